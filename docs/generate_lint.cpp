// Prints docs/lint.md from the table of rules.
#include <fmt/format.h>

#include "smpp/lint/finding.hpp"

using namespace smpp::lint;

constexpr rule all_rules[] = {
#define X(enumerator, id, severity, clause, sentence) rule::enumerator,
#include "smpp/lint/rules.def"
#undef X
};

int main() {
    fmt::print(
        "# What lint finds\n\n"
        "Printed by `generate_lint` from `libsmpp/include/smpp/lint/rules.def`; a test checks that "
        "it is current.\n"
        "An error is what the specification forbids, a warning what some peers refuse or show as "
        "something else, a\n"
        "note what is allowed and rarely meant. `framing` to `receipt` look at one PDU "
        "(`smpp::lint::check`),\n"
        "`session` at the course of a connection (`smpp::lint::session_lint`), `client` at several "
        "of one client\n(`smpp::lint::client_lint`). `smpp-dump --lint` and mock-smsc show all of "
        "them.\n\n"
        "| rule | severity | clause | what |\n|---|---|---|---|\n");
    for (const rule which : all_rules) {
        const rule_info& each = info(which);
        fmt::print("| `{}` | {} | {} | {} |\n", each.id, name(each.severity), each.clause,
                   each.sentence);
    }
}
