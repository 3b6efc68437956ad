#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "mock-smsc/app.hpp"
#include "smpp/mock/server.hpp"

namespace smpp::mock {
namespace {

namespace json = boost::json;

mock_smsc::options options_of(const std::vector<std::string>& words) {
    std::vector<std::string> all = words;
    const auto http = [](const std::string& word) {
        return word == "--http" || word.starts_with("--http=");
    };
    if (std::none_of(words.begin(), words.end(), http)) {
        all.insert(all.end(), {"--http", "none"});
    }
    std::vector<const char*> arguments;
    for (const auto& each : all) {
        arguments.push_back(each.c_str());
    }
    // What the environment says is for the program, not for tests.
    auto parsed = mock_smsc::parse_options(
        arguments, [](const char*) -> const char* { return {}; }, mock_smsc::default_ports::free);
    std::string wrong;
    for (const auto& each : parsed.errors) {
        wrong += (wrong.empty() ? "" : "\n") + each;
    }
    if (!wrong.empty()) {
        throw std::runtime_error(wrong);
    }
    return std::move(parsed.options);
}

std::string text_of(const json::object& of, const char* name) {
    const auto* value = of.if_contains(name);
    return value != nullptr && value->is_string() ? json::value_to<std::string>(*value)
                                                  : std::string();
}

std::vector<message> messages_of(const std::string& body) {
    std::vector<message> out;
    const auto parsed = json::parse(body);
    for (const auto& each : parsed.at("messages").as_array()) {
        const auto& one = each.as_object();
        message read;
        read.id = one.at("id").to_number<std::uint64_t>();
        read.message_id = text_of(one, "message_id");
        read.from = text_of(one, "from");
        read.to = text_of(one, "to");
        read.text = text_of(one, "text");
        read.status = text_of(one, "status");
        read.state = text_of(one, "state");
        read.account = text_of(one, "system_id");
        read.json = json::serialize(one);
        out.push_back(std::move(read));
    }
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string summary(const std::vector<message>& found) {
    std::string out;
    for (const auto& each : found) {
        out += fmt::format("\n  {} -> {}: {}", each.from, each.to, each.text);
    }
    return out;
}

}  // namespace

struct server::impl {
    explicit impl(const std::vector<std::string>& words)
        : options(options_of(words)), running(options) {
        const std::string& where = running.where().smpp;
        const auto colon = where.rfind(':');
        if (colon != std::string::npos) {
            host = where.substr(0, colon);
            port = static_cast<std::uint16_t>(std::stoul(where.substr(colon + 1)));
        }
    }

    mock_smsc::options options;
    mock_smsc::running_program running;
    std::string host;
    std::uint16_t port = 0;
};

server::server(const std::vector<std::string>& options) : impl_(std::make_unique<impl>(options)) {}
server::~server() = default;

const std::string& server::host() const noexcept { return impl_->host; }
std::uint16_t server::port() const noexcept { return impl_->port; }
std::string server::url() const { return "smpp://" + impl_->running.where().smpp; }
const std::string& server::tls_address() const noexcept { return impl_->running.where().smpps; }
const std::string& server::http_address() const noexcept { return impl_->running.where().http; }

answer server::call(std::string_view method, std::string_view target, std::string_view body) const {
    mock_smsc::http_request request;
    request.method = method;
    mock_smsc::parse_target(target, request);
    request.body = body;
    auto response = impl_->running.ask(std::move(request));
    return {response.status, std::move(response.body)};
}

namespace {

/// The body of an answer that must be good.
std::string good(answer got) {
    if (got.status >= 300) {
        throw std::runtime_error(got.body);
    }
    return std::move(got.body);
}

}  // namespace

std::vector<message> server::messages(std::string_view query) const {
    auto found = messages_of(
        good(call("GET", "/api/v1/messages?full=1&limit=1000&query=" + escaped(query))));
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<message> server::wait_for(std::size_t count, std::string_view query,
                                      std::chrono::milliseconds timeout) {
    const auto got = call("GET", fmt::format("/api/v1/wait?full=1&count={}&timeout={}ms&query={}",
                                             count, timeout.count(), escaped(query)));
    if (got.status != 200 && got.status != 408) {
        throw std::runtime_error(got.body);
    }
    auto found = messages_of(got.body);
    if (got.status == 408) {
        throw std::runtime_error(fmt::format("{} messages expected for \"{}\" in {} ms, {} came{}",
                                             count, query, timeout.count(), found.size(),
                                             summary(found)));
    }
    return found;
}

void server::add_rules(std::string_view json) { good(call("POST", "/api/v1/rules", json)); }
void server::clear_rules() { good(call("DELETE", "/api/v1/rules")); }
void server::send_mo(std::string_view json) { good(call("POST", "/api/v1/mo", json)); }
void server::reset() { good(call("POST", "/api/v1/reset")); }

}  // namespace smpp::mock
