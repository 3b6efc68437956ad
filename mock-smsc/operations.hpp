// What clients ask about messages they have submitted: query_sm, cancel_sm, replace_sm, and the
// broadcast forms of the first two.
#pragma once

#include "mock-smsc/recorder.hpp"
#include "mock-smsc/slices.hpp"

namespace mock_smsc {

class operations {
public:
    operations(const message_store& store, const session_registry& sessions, recorder& records,
               slices& works)
        : store_(store), sessions_(sessions), recorder_(records), works_(works) {}

    /// Answers, when it is one of those. False: another request, or one that the client's version
    /// does not have.
    bool handle(smpp::server_session& session, const session_info& who, const smpp::header& head,
                const smpp::body_view& body);

private:
    /// The message, when it is the account's and of that source. 0: none.
    [[nodiscard]] message_number find(std::string_view message_id, std::string_view source,
                                      const session_info& who) const;
    [[nodiscard]] static bool refuse(smpp::server_session& session, const smpp::header& head,
                                     const smpp::body_view& body);
    template <class Query>
    void query(smpp::server_session& session, const session_info& who, const smpp::header& head,
               const Query& asked);
    template <class Cancel>
    void cancel(smpp::server_session& session, const session_info& who, const smpp::header& head,
                const Cancel& asked);
    void replace(smpp::server_session& session, const session_info& who, const smpp::header& head,
                 const smpp::replace_sm_view& asked);
    /// A change that was made, once it is committed.
    template <class Response>
    void answer_change(smpp::server_session& session, std::uint32_t sequence_number);
    struct many;  // messages to cancel
    /// A step through all messages. False: it was the last, and is answered.
    bool cancel_next(many& which);

    const message_store& store_;
    const session_registry& sessions_;
    recorder& recorder_;
    slices& works_;
};

}  // namespace mock_smsc
