// Events over a WebSocket: each is one text message, {"event":"message","data":{...}}. Only for
// connection.cpp.
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "mock-smsc/http/http_types.hpp"

namespace mock_smsc {

/// Shakes hands, then calls `begin`. `held` is kept as long as the WebSocket is open.
void open_websocket(boost::beast::tcp_stream stream,
                    const boost::beast::http::request<boost::beast::http::string_body>& request,
                    std::function<void(std::shared_ptr<event_stream>)> begin,
                    std::shared_ptr<void> held);

}  // namespace mock_smsc
