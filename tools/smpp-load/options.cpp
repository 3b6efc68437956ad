#include "smpp-load/options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/program_options.hpp>
#include <charconv>
#include <sstream>

namespace smpp_load {
namespace {

namespace po = boost::program_options;

po::typed_value<std::string>* text(const char* name) {
    return po::value<std::string>()->value_name(name);
}

po::options_description load_options() {
    po::options_description all("Load");
    all.add_options()                                                                         //
        ("deliver", "wait at HOST:PORT for clients to bind, and send deliver_sm to them")     //
        ("sessions,s", text("N")->default_value("1"), "sessions at a time")                   //
        ("window,w", text("N")->default_value("10"), "messages outstanding of each session")  //
        ("threads,t", text("N")->default_value("1"), "threads, which share the sessions")     //
        ("rate,r", text("N"),
         "messages a second in all; without it as many as the windows allow")      //
        ("count,n", text("N"), "messages in all; without it the duration counts")  //
        ("duration,d", text("SECONDS")->default_value("10"), "how long to send")   //
        ("warm-up", text("SECONDS")->default_value("0"),
         "load for so long before, and do not measure it")  //
        ("response-timer", text("SECONDS")->default_value("10"), "wait for each answer");
    return all;
}

po::options_description session_options() {
    po::options_description all("Sessions");
    all.add_options()                                                                //
        ("user,u", text("NAME")->default_value("user"), "system_id of the binds")    //
        ("password,P", text("SECRET")->default_value("password"), "their password")  //
        ("bind", text("tx|rx|trx")->default_value("trx"),
         "transmitter, receiver (sends nothing, counts what comes) or transceiver")  //
        ("system-type", text("TEXT"), "system_type of the binds")                    //
        ("interface-version", text("3.3|3.4|5.0")->default_value("3.4"), "version to offer");
    return all;
}

po::options_description message_options_shown() {
    po::options_description all("Messages");
    all.add_options()  //
        ("mix,m", text("KINDS")->default_value("gsm"),
         "KIND[:WEIGHT],...: gsm (20 octets), full (160), ucs2, tlv, payload (1000), long (400 "
         "characters in 3 parts)")                                           //
        ("text,b", text("TEXT"), "this text instead of the mix")             //
        ("from", text("ADDRESS")->default_value("12345"), "source address")  //
        ("to", text("ADDRESS")->default_value("15551234567"),
         "destination address; 1555{n:7} counts: 15550000000, 15550000001...")  //
        ("receipts", "ask for receipts");
    return all;
}

po::options_description tls_options_shown() {
    po::options_description all("TLS");
    all.add_options()        //
        ("tls", "over TLS")  //
        ("ca", text("FILE"),
         "authorities to trust instead of the system's; with --deliver: clients must show a "
         "certificate of theirs")                                                      //
        ("insecure", "take any certificate")                                           //
        ("cert", text("FILE"), "certificate chain to show, PEM")                       //
        ("key", text("FILE"), "its private key, when it is not in the same file")      //
        ("servername", text("NAME"), "name to ask for and to verify instead of HOST")  //
        ("tls-min", text("1.2|1.3")->default_value("1.2"), "oldest version")           //
        ("resume", "resume the TLS sessions of connections before")                    //
        ("keylog", text("FILE"), "append the TLS secrets here, for Wireshark");
    return all;
}

po::options_description output_options() {
    po::options_description all("Output");
    all.add_options()                                                                 //
        ("output,o", text("text|json")->default_value("text"), "form of the result")  //
        ("progress", text("auto|always|never")->default_value("auto"),
         "on standard error, each second")  //
        ("help,h", "this text")             //
        ("version,V", "the version");
    return all;
}

po::options_description all_options() {
    po::options_description all;
    all.add(load_options())
        .add(session_options())
        .add(message_options_shown())
        .add(tls_options_shown())
        .add(output_options());
    return all;
}

class reader {
public:
    explicit reader(const po::variables_map& values) : values_(values) {}

    [[nodiscard]] bool has(const char* name) const { return values_.contains(name); }
    /// By the user, not by default.
    [[nodiscard]] bool given(const char* name) const {
        return has(name) && !values_[name].defaulted();
    }
    [[nodiscard]] std::string text(const char* name) const {
        return has(name) ? values_[name].as<std::string>() : std::string();
    }
    template <class T>
    [[nodiscard]] T number(const char* name, T least, T most) const {
        const std::string written = text(name);
        T out{};
        const auto [end, error] =
            std::from_chars(written.data(), written.data() + written.size(), out);
        if (error != std::errc{} || end != written.data() + written.size() || !(out >= least) ||
            !(out <= most)) {
            throw usage_error(
                fmt::format("--{}: '{}' is no number of {} to {}", name, written, least, most));
        }
        return out;
    }
    [[nodiscard]] std::chrono::duration<double> seconds(const char* name, double least,
                                                        double most) const {
        return std::chrono::duration<double>(number<double>(name, least, most));
    }
    template <class T>
    [[nodiscard]] T word(const char* name,
                         std::initializer_list<std::pair<const char*, T>> words) const {
        const std::string written = text(name);
        std::string all;
        for (const auto& [word, value] : words) {
            if (written == word) {
                return value;
            }
            all += fmt::format("{}{}", all.empty() ? "" : ", ", word);
        }
        throw usage_error(fmt::format("--{}: '{}' is none of {}", name, written, all));
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

/// Options that would do nothing are mistakes.
void refuse_idle(const options& made, const reader& given) {
    for (const char* option :
         {"ca", "insecure", "cert", "key", "servername", "tls-min", "resume", "keylog"}) {
        if (given.given(option) && !given.has("tls")) {
            throw usage_error(fmt::format("--{} is for --tls", option));
        }
    }
    if (given.has("key") && !given.has("cert")) {
        throw usage_error("--key is for --cert");
    }
    if (made.deliver) {
        for (const char* option : {"insecure", "receipts", "servername", "resume", "user",
                                   "password", "bind", "system-type", "interface-version"}) {
            if (given.given(option)) {
                throw usage_error(fmt::format("--{} is not for --deliver", option));
            }
        }
        if (made.threads > 1) {
            throw usage_error("--threads: --deliver runs on one thread");
        }
        if (made.tls.on && !given.has("cert")) {
            throw usage_error("--deliver --tls needs --cert");
        }
    }
    if (made.only_receives()) {
        for (const char* option : {"rate", "window", "mix", "text", "from", "to", "receipts"}) {
            if (given.given(option)) {
                throw usage_error(fmt::format("--{} is not for --bind rx", option));
            }
        }
        if (made.count && made.threads > 1) {
            throw usage_error("--threads: --bind rx with --count runs on one thread");
        }
    }
}

void read_tls(tls_options& made, const reader& given) {
    made.on = given.has("tls");
    made.verify = !given.has("insecure");
    made.ca_file = given.text("ca");
    made.cert_file = given.text("cert");
    made.key_file = given.text("key");
    made.server_name = given.text("servername");
    made.min_version = given.word<smpp::tls_version>(
        "tls-min", {{"1.2", smpp::tls_version::v1_2}, {"1.3", smpp::tls_version::v1_3}});
    made.keylog_file = given.text("keylog");
    made.resume = given.has("resume");
}

void read_load(options& made, const reader& given) {
    made.sessions = given.number<unsigned>("sessions", 1, 60'000);
    made.window = given.number<unsigned>("window", 1, 32'768);
    made.threads = given.number<unsigned>("threads", 1, 256);
    if (made.threads > made.sessions) {
        throw usage_error(fmt::format("--threads: {} threads cannot share {} session{}",
                                      made.threads, made.sessions, made.sessions == 1 ? "" : "s"));
    }
    if (given.has("rate")) {
        made.rate = given.number<double>("rate", 0.001, 1e8);
    }
    if (given.has("count")) {
        made.count = given.number<std::uint64_t>("count", 1, UINT64_MAX);
    }
    made.duration = given.seconds("duration", 0.001, 1e7);
    made.warm_up = given.seconds("warm-up", 0, 1e7);
    made.response_timer = given.seconds("response-timer", 0.001, 1e5);
}

void read_session(options& made, const reader& given) {
    made.user = given.text("user");
    made.password = given.text("password");
    made.bind = given.word<bind_kind>("bind", {{"tx", bind_kind::transmitter},
                                               {"rx", bind_kind::receiver},
                                               {"trx", bind_kind::transceiver}});
    made.system_type = given.text("system-type");
    made.version = given.word<smpp::interface_version>("interface-version",
                                                       {{"3.3", smpp::interface_version::v3_3},
                                                        {"3.4", smpp::interface_version::v3_4},
                                                        {"5.0", smpp::interface_version::v5_0}});
}

void read_output(options& made, const reader& given) {
    made.json = given.word<bool>("output", {{"text", false}, {"json", true}});
    made.progress = given.word<bool>(
        "progress", {{"auto", isatty(STDERR_FILENO) == 1}, {"always", true}, {"never", false}});
}

options from_map(const po::variables_map& values) {
    const reader given(values);
    options made;
    made.help = given.has("help");
    made.version_asked = given.has("version");
    if (made.help || made.version_asked) {
        return made;
    }
    if (!given.has("server")) {
        throw usage_error("no server: give HOST:PORT");
    }
    made.deliver = given.has("deliver");
    set_server(made, given.text("server"));
    read_load(made, given);
    read_session(made, given);
    read_tls(made.tls, given);
    made.messages.mix = mix_of(given.text("mix"));
    made.messages.text = given.text("text");
    made.messages.from = given.text("from");
    made.messages.to = given.text("to");
    made.messages.receipts = given.has("receipts");
    read_output(made, given);
    refuse_idle(made, given);
    return made;
}

}  // namespace

options parse_options(const std::vector<std::string>& arguments) {
    po::options_description with_server(all_options());
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
           "them\n"
           "  smpp-load --bind rx -n 1000 localhost:2775     take a thousand deliver_sm\n\n"
        << all_options()
        << "\nWith --rate the latency of a message counts from when it was due, not from when it "
           "could\nleave: a server that stalls is not measured more kindly for having been sent "
           "less.\n\n"
           "Exit status: 0 all answered, 1 something was not, 2 wrong usage.\n";
    return out.str();
}

}  // namespace smpp_load
