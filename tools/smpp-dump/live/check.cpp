#include "smpp-dump/live/check.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "smpp-dump/live/bind_words.hpp"
#include "smpp-dump/live/connector.hpp"
#include "smpp-dump/octet_source.hpp"
#include "smpp-dump/output.hpp"
#include "smpp/codec.hpp"
#include "smpp/visitors/json.hpp"

namespace smpp_dump {
namespace {

constexpr std::uint32_t max_pdu = 1U << 16;

class checker {
public:
    checker(const check_options& options, const step_sink& on_step)
        : options_(&options), on_step_(&on_step), timer_(io_) {
        if (options.target.tls) {
            tls_.emplace(tls_context::client(options.secure.trust));
        }
    }

    bool run() {
        const std::string& kind = options_->target.bind;
        bind_ = kind == "trx"  ? bind_octets<smpp::bind_transceiver>()
                : kind == "rx" ? bind_octets<smpp::bind_receiver>()
                               : bind_octets<smpp::bind_transmitter>();
        bind_id_ = smpp::decode_header(smpp::as_octets(bind_)).id;
        asio::co_spawn(io_, go(), asio::detached);
        io_.run();
        return good_;
    }

private:
    asio::awaitable<void> go() {
        connector_options how;
        how.tls = tls_ ? &*tls_ : nullptr;
        how.verify = options_->secure.verify;
        how.patience = options_->patience;
        connector way(io_.get_executor(), options_->target, how, *on_step_);
        server_ = co_await way.run();
        if (!server_) {
            co_return;
        }
        bool good = co_await exchange("bind", bind_id_, bind_);
        good = good && co_await exchange("enquire_link", smpp::enquire_link{}.id, simple(2, 0x15));
        good = good && co_await exchange("unbind", smpp::unbind{}.id, simple(3, 0x06));
        server_->close();
        good_ = good;
    }

    static std::string simple(std::uint32_t sequence, std::uint32_t id) {
        std::string octets(smpp::header_size, '\0');
        smpp::header head;
        head.command_length = smpp::header_size;
        head.id = static_cast<smpp::command_id>(id);
        head.sequence_number = sequence;
        smpp::encode_header(reinterpret_cast<std::uint8_t*>(octets.data()), head);
        return octets;
    }

    template <class Bind>
    std::string bind_octets() {
        const place& to = options_->target;
        Bind bind;
        bind.system_id = to.user;
        bind.password = to.password;
        bind.system_type = to.system_type;
        bind.interface_version = static_cast<smpp::interface_version>(to.version);
        std::string octets;
        if (const auto failure = smpp::append(octets, smpp::command_status::ok, 1, bind)) {
            throw input_error(
                fmt::format("--check: the bind cannot be sent: {}", smpp::to_string(failure)));
        }
        return octets;
    }

    /// Sends a request and awaits its response.
    asio::awaitable<bool> exchange(std::string name, smpp::command_id id, std::string octets) {
        const stopwatch watch;
        step done;
        done.name = std::move(name);
        timed_out_ = false;
        timer_.expires_after(
            std::chrono::duration_cast<asio::steady_timer::duration>(options_->patience));
        timer_.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled) {
                timed_out_ = true;
                server_->cancel();
            }
        });
        ++sequence_;
        bool answered = co_await server_->write(smpp::as_octets(octets));
        while (answered) {
            answered = co_await next_pdu();
            const bool waits = answered && !is_answer(id);
            if (!waits) {
                break;
            }
            const std::string reply = answer_to_peer();
            if (!reply.empty()) {
                answered = co_await server_->write(smpp::as_octets(reply));
            }
        }
        timer_.cancel();
        done.took = watch.elapsed();
        judge(done, id, answered);
        (*on_step_)(done);
        co_return done.good;
    }

    [[nodiscard]] bool is_answer(smpp::command_id request) const {
        const auto head = smpp::decode_header(smpp::as_octets(pdu_));
        return (head.id == smpp::response_of(request) ||
                head.id == smpp::command_id::generic_nack) &&
               (head.sequence_number == sequence_ || head.sequence_number == 0);
    }

    /// The server may ask whether we are there while we ask it. Messages are left unanswered: it
    /// keeps them for who binds in earnest.
    [[nodiscard]] std::string answer_to_peer() const {
        const auto head = smpp::decode_header(smpp::as_octets(pdu_));
        return head.id == smpp::command_id::enquire_link ? simple(head.sequence_number, 0x80000015U)
                                                         : std::string{};
    }

    /// False: there will be none; unread_ has what came instead.
    asio::awaitable<bool> next_pdu() {
        std::string part;
        for (;;) {
            if (unread_.size() >= smpp::header_size) {
                const auto head = smpp::decode_header(smpp::as_octets(unread_));
                if (head.command_length < smpp::header_size || head.command_length > max_pdu) {
                    co_return false;
                }
                if (unread_.size() >= head.command_length) {
                    pdu_ = unread_.substr(0, head.command_length);
                    unread_.erase(0, head.command_length);
                    co_return true;
                }
            }
            const stream_end end = co_await server_->read(part);
            unread_ += part;
            if (end != stream_end::none && part.empty()) {
                ended_ = end;
                co_return false;
            }
        }
    }

    void judge(step& done, smpp::command_id id, bool answered) {
        done.good = false;
        if (!answered) {
            explain_silence(done);
            return;
        }
        smpp::pdu_view answer;
        const auto failure =
            smpp::decode(smpp::as_octets(pdu_), smpp::decode_mode::lenient, answer);
        const smpp::command_status status = answer.header.status;
        if (status != smpp::command_status::ok) {
            done.text = fmt::format("{}: {}, {}", command_name(answer.header.id),
                                    name_or_number(status), smpp::meaning(status));
            done.hint = bind_hint(status);
            return;
        }
        if (failure) {
            done.text = fmt::format("{} cannot be read: {}", command_name(answer.header.id),
                                    smpp::to_string(failure));
            return;
        }
        done.good = answer.header.id != smpp::command_id::generic_nack;
        done.text = command_name(answer.header.id);
        if (done.name == "bind") {
            done.text = fmt::format(
                "{}; {}", command_name(id),
                negotiated(static_cast<smpp::interface_version>(options_->target.version),
                           answer.body));
        }
    }

    void explain_silence(step& done) const {
        if (looks_like_tls(smpp::as_octets(unread_))) {
            done.text = "the server answers in TLS";
            done.hint = "smpps:// instead of smpp://";
        } else if (!unread_.empty()) {
            done.text = "what the server answers is no SMPP: ";
            append_printable(done.text, std::string_view(unread_).substr(0, 40));
        } else if (timed_out_) {
            done.text = fmt::format("no answer within {:g} s",
                                    std::chrono::duration<double>(options_->patience).count());
            done.hint = options_->target.tls ? "" : "does this port expect TLS (smpps://)?";
        } else if (ended_ == stream_end::closed || ended_ == stream_end::truncated) {
            done.text = "the server closed the connection instead of answering";
            done.hint = done.name == "bind" ? "user, password, an address that is not allowed, or "
                                              "TLS that is expected (smpps://)"
                                            : "";
        } else {
            done.text = ended_ == stream_end::reset ? "the server reset the connection"
                                                    : server_->failure();
        }
    }

    const check_options* options_;
    const step_sink* on_step_;
    asio::io_context io_{1};
    asio::steady_timer timer_;
    std::optional<tls_context> tls_{};
    std::unique_ptr<channel> server_{};
    std::string bind_{};
    smpp::command_id bind_id_{};
    std::string unread_{};
    std::string pdu_{};
    std::uint32_t sequence_ = 0;
    stream_end ended_ = stream_end::none;
    bool timed_out_ = false;
    bool good_ = false;
};

}  // namespace

bool run_check(const check_options& options, const step_sink& on_step) {
    checker made(options, on_step);
    return made.run();
}

std::string step_line(const step& done) {
    const double ms = static_cast<double>(done.took.count()) / 1e6;
    std::string line = fmt::format("{:<8}{:<13}{:>8.1f} ms  {}", done.good ? "ok" : "FAILED",
                                   done.name, ms, done.text);
    if (!done.hint.empty()) {
        line += fmt::format("\n{:>34}{}", "hint: ", done.hint);
    }
    return line;
}

std::string step_json(const step& done) {
    std::string line = "{\"step\":";
    smpp::append_json_string(line, done.name);
    line += fmt::format(",\"ok\":{},\"ms\":{:.3f},\"text\":", done.good,
                        static_cast<double>(done.took.count()) / 1e6);
    smpp::append_json_string(line, done.text);
    line += ",\"hint\":";
    smpp::append_json_string(line, done.hint);
    return line + '}';
}

}  // namespace smpp_dump
