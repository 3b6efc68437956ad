#include "smpp-dump/option_groups.hpp"

#include <sstream>

#include "smpp-dump/options.hpp"

namespace smpp_dump {
namespace {

namespace po = boost::program_options;

po::options_description input_group() {
    po::options_description group("Input");
    group.add_options()  //
        ("hex", po::value<std::vector<std::string>>()->composing()->value_name("TEXT|@FILE"),
         "PDUs as hexadecimal or base64 text, also inside log lines")  //
        ("raw", po::value<std::vector<std::string>>()->multitoken()->value_name("CLIENT SERVER"),
         "the octets that a client and a server have sent, in a file each")  //
        ("follow",
         "read on what is appended to the file, until Ctrl-C; keeps up with a capture under way")  //
        ("port,p", po::value<std::vector<std::string>>()->composing()->value_name("PORT"),
         "connections of this port are SMPP, whatever they look like; others are still recognised "
         "by their content")  //
        ("keylog", po::value<std::string>()->value_name("FILE"),
         "secrets of TLS sessions (SSLKEYLOGFILE), to decrypt them; those in a pcapng are used as "
         "well");
    return group;
}

po::options_description live_group() {
    po::options_description group("Live");
    group.add_options()  //
        ("interface,i", po::value<std::string>()->value_name("IFACE"),
         "capture on this network interface, or 'any', until Ctrl-C; takes CAP_NET_RAW")  //
        ("bpf,f", po::value<std::string>()->value_name("BPF"),
         "with -i: what to capture, in tcpdump's language, e.g. 'port 2775'")  //
        ("proxy", po::value<std::string>()->value_name("LISTEN=TARGET"),
         "listen, pass everything on to TARGET and show it, e.g. "
         "127.0.0.1:2776=smpps://smsc.example.com:3550; 'tls:' before LISTEN for TLS")  //
        ("check", po::value<std::string>()->value_name("URL"),
         "connect, bind, enquire_link and unbind as a client, and report each step; the URL is "
         "notifier's, its password may come from SMPP_PASSWORD")  //
        ("timeout", po::value<double>()->value_name("SECONDS")->default_value(15),
         "with --check: for each step")  //
        ("cert", po::value<std::string>()->value_name("FILE"),
         "certificate shown to clients of a TLS proxy, PEM; without it one is made")  //
        ("key", po::value<std::string>()->value_name("FILE"),
         "its private key, when it is not in the same file")  //
        ("cert-out", po::value<std::string>()->value_name("FILE"),
         "write the certificate that was made here, for clients to trust")  //
        ("ca", po::value<std::string>()->value_name("FILE"),
         "authorities that the server's certificate is trusted by; else the system's")  //
        ("insecure", "go on when the server's certificate cannot be trusted")           //
        ("client-cert", po::value<std::string>()->value_name("FILE"),
         "certificate shown to the server, PEM")  //
        ("client-key", po::value<std::string>()->value_name("FILE"),
         "its private key, when it is not in the same file");
    return group;
}

po::options_description output_group() {
    po::options_description group("Output");
    group.add_options()  //
        ("type,T",
         po::value<std::string>()->value_name("text|tree|json|csv")->default_value("text"),
         "a line a PDU, every field below it, a JSON object a line, or a row a PDU")  //
        ("filter,Y", po::value<std::string>()->value_name("FILTER"),
         "only these PDUs, e.g. 'submit_sm && destination_addr contains \"49\"', "
         "'status != ESME_ROK', 'latency > 2s'; --fields lists what can be asked for")  //
        ("query", po::value<std::string>()->value_name("QUERY"),
         "only these PDUs, in mock-smsc's words: 'to:1555 -status:ok', 'text:/hello/i'")  //
        ("with", po::value<std::string>()->value_name("WHAT,..."),
         "what comes along with a PDU that -Y or --query lets through: resp (its request or "
         "response), dlr "
         "(the receipts of a submit, the submit of a receipt), parts (of its long message), "
         "session")                                                                //
        ("hexdump,x", "the octets of each PDU as well")                            //
        ("names", "JSON: the names of TLVs as well")                               //
        ("events", "JSON: how sessions ended as well, in objects with \"event\"")  //
        ("late", po::value<double>()->value_name("SECONDS")->default_value(10),
         "a response that took longer is late")  //
        ("default-alphabet", po::value<std::string>()->value_name("NAME")->default_value("gsm7"),
         "what data_coding 0 means: gsm7, latin1, ascii, utf8, ucs2")  //
        ("stats",
         "instead of PDUs: counts, statuses, rates, latencies and windows of each session")  //
        ("ladder",
         po::value<std::string>()->value_name("text|mermaid|html")->implicit_value("text"),
         "instead of PDUs: a sequence diagram of each session (--ladder, or --ladder=html)")  //
        ("write,w", po::value<std::string>()->value_name("FILE"),
         "the PDUs as a clean pcapng, one a packet; '-' is standard output")          //
        ("lint", "what PDUs and sessions do against the specification, behind each")  //
        ("fail-on", po::value<std::string>()->value_name("SEVERITY"),
         "exit status 1 when lint finds a note, warning or error, or worse")  //
        ("window", po::value<std::string>()->value_name("N")->default_value("0"),
         "--lint: requests that a client may have outstanding; 0: any number")  //
        ("anonymise",
         "replace addresses, accounts, texts, and hosts, each by the same other one of its "
         "length")                          //
        ("show-secrets", "show passwords")  //
        ("columns", po::value<std::string>()->value_name("N"),
         "-T text: cut texts so that lines keep to it; 0: do not [the terminal's]")  //
        ("colour", po::value<std::string>()->value_name("WHEN")->default_value("auto"),
         "auto, always or never");
    return group;
}

po::options_description tui_group() {
    po::options_description group("Terminal interface (smpp-dump tui)");
    group.add_options()  //
        ("keep", po::value<std::string>()->value_name("N")->default_value("100000"),
         "PDUs that are kept; beyond them the oldest go");
    return group;
}

po::options_description general_group() {
    po::options_description group("General");
    group.add_options()                                                    //
        ("help,h", "this text")                                            //
        ("fields", "the fields that -Y knows, and what values they have")  //
        ("version,V", "the version");
    return group;
}

}  // namespace

po::options_description option_groups() {
    po::options_description all;
    all.add(input_group()).add(live_group()).add(output_group()).add(tui_group());
    all.add(general_group());
    return all;
}

std::string help_text() {
    std::string text =
        "Usage: smpp-dump [OPTION]... FILE...\n"
        "       smpp-dump [OPTION]... --hex TEXT|@FILE\n"
        "       smpp-dump [OPTION]... --raw CLIENT SERVER\n"
        "       smpp-dump [OPTION]... -i IFACE [-f BPF]\n"
        "       smpp-dump [OPTION]... --proxy LISTEN=TARGET\n"
        "       smpp-dump [OPTION]... --check URL\n"
        "       smpp-dump tui [OPTION]... FILE...|-i IFACE|--proxy LISTEN=TARGET\n\n"
        "Shows the SMPP PDUs in captures (pcap, pcapng, also gzipped; '-' is standard input).\n\n"
        "  smpp-dump session.pcapng                 a line a PDU\n"
        "  tcpdump -w - port 2775 | smpp-dump -     while it happens\n"
        "  smpp-dump -T json x.pcap | jq ...        for programs\n"
        "  smpp-dump --hex 00000010000000150000000000000001\n"
        "  smpp-dump -i eth0 -f 'port 2775'         on the wire\n"
        "  smpp-dump --proxy 127.0.0.1:2776=smsc.example.com:2775\n"
        "  smpp-dump tui x.pcap                     on the screen: sessions, ladders, PDUs\n"
        "  smpp-dump --check smpps://user:password@smsc.example.com\n\n";
    std::ostringstream groups;
    groups << input_group() << '\n'
           << live_group() << '\n'
           << output_group() << '\n'
           << tui_group() << '\n'
           << general_group();
    text += groups.str();
    text +=
        "\nExit status: 0 fine, 1 findings with --fail-on, 2 wrong usage, 3 damaged or unreadable "
        "input.\n"
        "Passwords are masked unless --show-secrets is given.\n";
    return text;
}

}  // namespace smpp_dump
