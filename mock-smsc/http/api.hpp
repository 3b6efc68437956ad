// The HTTP API: routes requests to what they mean.
#pragma once

#include "mock-smsc/http/event_feed.hpp"
#include "mock-smsc/http/http_types.hpp"
#include "mock-smsc/http/waiters.hpp"
#include "mock-smsc/slices.hpp"

namespace smpp {
class server;
}

namespace mock_smsc {

struct options;
class recorder;
class rule_set;
class receipt_sender;
class accounts;
class message_page;
class counters;

/// What API calls change.
struct control_panel {
    recorder& records;
    rule_set& rules;
    receipt_sender& receipts;
    smpp::server& server;
    mock_smsc::accounts& accounts;
    slices& works;
    const counters& counts;
    const options& start;
    std::string first_rules;  ///< JSON lists: those that reset brings back
    std::string first_accounts;
};

class api {
public:
    api(boost::asio::any_io_executor executor, message_source source, control_panel control)
        : source_(source),
          control_(std::move(control)),
          waiters_(std::move(executor), source, control_.works),
          feed_(source) {}

    void handle(const http_request& request, http_reply reply);

    /// Waiting clients and listeners hear of what happens to records and sessions, until leave().
    void follow(message_store& store, session_registry& sessions, recorder& records);
    static void leave(message_store& store, session_registry& sessions, recorder& records);

    [[nodiscard]] waiters& waiting() noexcept { return waiters_; }
    [[nodiscard]] event_feed& feed() noexcept { return feed_; }
    /// False from the moment on that the program stops.
    bool ready = true;

private:
    struct route;
    static const route routes[];

    enum class aspect : std::uint8_t { all, fields, octets };

    void route_to(const http_request& request, http_reply& reply);
    void describe(http_reply& reply);
    void metrics(http_reply& reply);
    void events(const http_request& request, http_reply& reply);
    void expect(const http_request& request, http_reply& reply);
    void list_messages(const http_request& request, http_reply& reply);
    void get_message(const http_request& request, std::string_view name, aspect wanted_aspect,
                     http_reply& reply);
    /// Calls `use` with the number that is meant, or "latest"; refuses when there is none.
    void with_message(const http_request& request, std::string_view name, const http_reply& reply,
                      std::function<void(message_number)> use);
    /// Work that takes long. What it throws becomes the answer.
    void in_slices(const http_reply& reply, slices::step work);
    void reply_messages(unsigned status, std::vector<message_number> ids,
                        std::shared_ptr<message_page> page, const http_reply& reply);
    void lint(const http_request& request, http_reply& reply);
    void lint_message(const http_request& request, std::string_view name, http_reply& reply);
    void put_tags(const http_request& request, http_reply& reply);
    void delete_session(const http_request& request, std::string_view id, http_reply& reply);
    void wait(const http_request& request, http_reply& reply);
    void list_sessions(const http_request& request, http_reply& reply);
    void get_session(const http_request& request, std::string_view id, http_reply& reply);
    void list_accounts(const http_request& request, http_reply& reply);
    void replace_accounts(const http_request& request, http_reply& reply);
    void list_rules(const http_request& request, http_reply& reply);
    void add_rules(const http_request& request, http_reply& reply);
    void replace_rules(const http_request& request, http_reply& reply);
    void delete_rules(const http_request& request, std::string_view id, http_reply& reply);
    void delete_messages(const http_request& request, http_reply& reply);
    void post_receipt(const http_request& request, std::string_view id, http_reply& reply);
    void post_mo(const http_request& request, http_reply& reply);
    void get_mo(const http_request& request, std::string_view id, http_reply& reply);
    void post_outbind(const http_request& request, http_reply& reply);
    void post_alert(const http_request& request, http_reply& reply);
    void get_carrier(const http_request& request, http_reply& reply);
    void put_carrier(const http_request& request, http_reply& reply);
    void reset(const http_request& request, http_reply& reply);
    void probe(const http_request& request, http_reply& reply);

    void reset_scope(const std::string& scope, const http_reply& reply);
    /// Refuses with 503 while the database cannot be written.
    void require_writable() const;
    /// Answers once what was changed is committed.
    void reply_written(const http_reply& reply, http_response response);

    message_source source_;
    control_panel control_;
    std::uint16_t mo_reference_ = 0;
    waiters waiters_;
    event_feed feed_;
};

}  // namespace mock_smsc
