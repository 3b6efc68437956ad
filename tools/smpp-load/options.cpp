#include "smpp-load/options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/program_options.hpp>
#include <charconv>
#include <sstream>

namespace smpp_load {
namespace {

namespace po = boost::program_options;

po::options_description all_options() {
    po::options_description all("Options");
    const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
    all.add_options()                                                                         //
        ("deliver", "wait at HOST:PORT for clients to bind, and send deliver_sm to them")     //
        ("user,u", text("NAME")->default_value("user"), "system_id of the binds")             //
        ("password,P", text("SECRET")->default_value("password"), "their password")           //
        ("sessions,s", text("N")->default_value("1"), "sessions at a time")                   //
        ("window,w", text("N")->default_value("10"), "messages outstanding of each session")  //
        ("threads,t", text("N")->default_value("1"), "threads, which share the sessions")     //
        ("rate,r", text("N"),
         "messages a second in all; without it as many as the windows allow")      //
        ("count,n", text("N"), "messages in all; without it the duration counts")  //
        ("duration,d", text("SECONDS")->default_value("10"), "how long to send")   //
        ("mix,m", text("KIND[:WEIGHT],...")->default_value("gsm"),
         "kinds of messages: gsm (20 octets), full (160), ucs2, tlv, payload (1000), part")  //
        ("text,b", text("TEXT"), "this text instead of the mix")                             //
        ("from", text("ADDRESS")->default_value("12345"), "source address")                  //
        ("to", text("ADDRESS")->default_value("15551234567"), "destination address")         //
        ("receipts", "ask for receipts")                                                     //
        ("response-timer", text("SECONDS")->default_value("10"), "wait for each answer")     //
        ("tls", "over TLS")                                                                  //
        ("ca", text("FILE"), "authorities to trust instead of the system's")                 //
        ("insecure", "take any certificate")                                                 //
        ("cert", text("FILE"), "certificate chain to show, PEM, with --deliver --tls")       //
        ("key", text("FILE"), "its private key, when it is not in the same file")            //
        ("output,o", text("text|json")->default_value("text"), "form of the result")         //
        ("progress", text("auto|always|never")->default_value("auto"),
         "on standard error, each second")  //
        ("help,h", "this text")             //
        ("version,V", "the version");
    return all;
}

class reader {
public:
    explicit reader(const po::variables_map& values) : values_(values) {}

    [[nodiscard]] bool has(const char* name) const { return values_.contains(name); }
    [[nodiscard]] std::string text(const char* name) const {
        return has(name) ? values_[name].as<std::string>() : std::string();
    }
    template <class T>
    [[nodiscard]] T number(const char* name, T least, T most) const {
        const std::string given = text(name);
        T out{};
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), out);
        if (error != std::errc{} || end != given.data() + given.size() || out < least ||
            out > most) {
            throw usage_error(
                fmt::format("--{}: '{}' is no number of {} to {}", name, given, least, most));
        }
        return out;
    }

private:
    const po::variables_map& values_;
};

std::vector<std::pair<std::string, unsigned>> mix_of(const std::string& given) {
    std::vector<std::pair<std::string, unsigned>> out;
    std::istringstream words(given);
    for (std::string word; std::getline(words, word, ',');) {
        const auto colon = word.find(':');
        unsigned weight = 1;
        if (colon != std::string::npos) {
            const std::string number = word.substr(colon + 1);
            const auto [end, error] =
                std::from_chars(number.data(), number.data() + number.size(), weight);
            if (error != std::errc{} || end != number.data() + number.size() || weight > 10'000) {
                throw usage_error(fmt::format("--mix: '{}' is no weight of 0 to 10000", number));
            }
        }
        out.emplace_back(word.substr(0, colon), weight);
    }
    return out;
}

void set_server(options& made, const std::string& given) {
    const auto colon = given.rfind(':');
    made.host = given.substr(0, colon);
    if (made.host.size() > 1 && made.host.front() == '[' && made.host.back() == ']') {
        made.host = made.host.substr(1, made.host.size() - 2);
    }
    const std::string port = colon == std::string::npos ? "" : given.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), made.port);
    if (made.host.empty() || error != std::errc{} || end != port.data() + port.size() ||
        (made.port == 0 && !made.deliver)) {
        throw usage_error(fmt::format("'{}' is no HOST:PORT", given));
    }
}

/// Options of the other end, which would do nothing, are mistakes.
void read_end(options& made, const reader& given) {
    for (const char* option : {"cert", "key"}) {
        if (given.has(option) && !(made.deliver && made.tls)) {
            throw usage_error(fmt::format("--{} is for --deliver --tls", option));
        }
    }
    for (const char* option : {"ca", "insecure", "receipts"}) {
        if (given.has(option) && made.deliver) {
            throw usage_error(fmt::format("--{} is not for --deliver", option));
        }
    }
    if (made.deliver && given.number<unsigned>("threads", 1, 256) > 1) {
        throw usage_error("--threads: --deliver runs on one thread");
    }
    if (made.deliver && made.tls && !given.has("cert")) {
        throw usage_error("--deliver --tls needs --cert");
    }
    made.verify = !given.has("insecure");
    made.ca_file = given.text("ca");
    made.cert_file = given.text("cert");
    made.key_file = given.text("key");
}

void read_load(options& made, const reader& given) {
    made.sessions = given.number<unsigned>("sessions", 1, 60'000);
    made.window = given.number<unsigned>("window", 1, 32'768);
    made.threads = std::min(given.number<unsigned>("threads", 1, 256), made.sessions);
    if (given.has("rate")) {
        made.rate = given.number<double>("rate", 0.001, 1e9);
    }
    if (given.has("count")) {
        made.count = given.number<std::uint64_t>("count", 1, UINT64_MAX);
    }
    made.duration = std::chrono::duration<double>(given.number<double>("duration", 0.001, 1e7));
    made.response_timer =
        std::chrono::duration<double>(given.number<double>("response-timer", 0.001, 1e5));
}

options from_map(const po::variables_map& values) {
    const reader given(values);
    options made;
    made.help = given.has("help");
    made.version = given.has("version");
    if (made.help || made.version) {
        return made;
    }
    if (!given.has("server")) {
        throw usage_error("no server: give HOST:PORT");
    }
    made.deliver = given.has("deliver");
    set_server(made, given.text("server"));
    read_load(made, given);
    made.user = given.text("user");
    made.password = given.text("password");
    made.tls = given.has("tls");
    read_end(made, given);
    made.messages.mix = mix_of(given.text("mix"));
    made.messages.text = given.text("text");
    made.messages.from = given.text("from");
    made.messages.to = given.text("to");
    made.messages.receipts = given.has("receipts");
    const std::string form = given.text("output");
    if (form != "text" && form != "json") {
        throw usage_error(fmt::format("--output: '{}' is neither text nor json", form));
    }
    made.json = form == "json";
    const std::string progress = given.text("progress");
    if (progress != "auto" && progress != "always" && progress != "never") {
        throw usage_error(fmt::format("--progress: '{}' is none of auto, always, never", progress));
    }
    made.progress = progress == "always" || (progress == "auto" && isatty(STDERR_FILENO) == 1);
    return made;
}

}  // namespace

options parse_options(const std::vector<std::string>& arguments) {
    po::options_description all = all_options();
    po::options_description with_server(all);
    with_server.add_options()("server", po::value<std::string>());
    po::positional_options_description positional;
    positional.add("server", 1);
    po::variables_map values;
    try {
        po::store(
            po::command_line_parser(arguments).options(with_server).positional(positional).run(),
            values);
    } catch (const po::error& error) {
        throw usage_error(error.what());
    }
    return from_map(values);
}

std::string help_text() {
    std::ostringstream out;
    out << "Usage: smpp-load [OPTION]... HOST:PORT\n"
           "Loads a message centre with submit_sm, or clients with deliver_sm, and measures how "
           "they take it.\n\n"
           "  smpp-load localhost:2775                       one session, window 10, ten seconds\n"
           "  smpp-load -s 10 -w 100 -d 30 localhost:2775    as fast as it goes\n"
           "  smpp-load -r 500 -n 10000 localhost:2775       500 a second: latencies that count\n"
           "  smpp-load --deliver -s 2 0.0.0.0:2775          wait for two clients, deliver to "
           "them\n\n"
        << all_options()
        << "\nWith --rate the latency of a message counts from when it was due, not from when it "
           "could\nleave: a server that stalls is not measured more kindly for having been sent "
           "less.\n\n"
           "Exit status: 0 all answered, 1 something was not, 2 wrong usage.\n";
    return out.str();
}

}  // namespace smpp_load
