#include "details.hpp"

#include <fmt/format.h>

#include "parameters.hpp"

namespace notifier {

std::string version_text() { return "notifier " NOTIFIER_VERSION "\n"; }

std::string details_text() {
    std::string out = version_text();
    out +=
        "\nSchemas\n"
        "  smpp://     SMPP 3.3, 3.4 and 5.0 in plaintext, port 2775\n"
        "  smpps://    the same over TLS 1.2 or newer, port 3550\n"
        "\nURL forms\n"
        "  {schema}://{user}:{password}@{host}[:{port}]/{from}/{to}[/{to}...]\n"
        "  {schema}://{host}/{to}/...?user=&pass=&port=&from=&to=\n"
        "  {schema}://_?user=&pass=&host=&port=&from=&to=\n"
        "  user, pass or password, host, port, from or source, to or targets\n"
        "\nParameters\n";
    for (const auto& rule : parameter_rules()) {
        // Values that are longer than their column have a line of their own.
        constexpr std::size_t column = 28;
        out += rule.values.size() <= column
                   ? fmt::format("  {:<18} {:<28} {}\n", rule.name, rule.values, rule.help)
                   : fmt::format("  {:<18} {}\n  {:<18} {:<28} {}\n", rule.name, rule.values, "",
                                 "", rule.help);
    }
    return out;
}

}  // namespace notifier
