// What a stranger's first program looks like: both targets link, and the library works.
#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "smpp/asio/client.hpp"
#include "smpp/codec.hpp"

int main() {
    boost::asio::io_context context;
    const smpp::client client(context.get_executor());

    smpp::submit_sm submit;
    submit.destination.digits = "15551234567";
    submit.short_message = "hello";
    std::string octets;
    if (const auto failure = smpp::append(octets, smpp::command_status::ok, 1, submit)) {
        std::puts(smpp::to_string(failure).c_str());
        return 1;
    }
    smpp::pdu_view decoded;
    if (smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, decoded)) {
        return 1;
    }
    return decoded.header.id == smpp::command_id::submit_sm ? 0 : 1;
}
