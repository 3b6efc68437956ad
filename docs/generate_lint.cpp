// Prints docs/lint.md from the table of rules.
#include <fmt/format.h>

#include "smpp/lint/finding.hpp"

int main() {
    using namespace smpp::lint;
    fmt::print(
        "# What lint finds\n\n"
        "Printed by `generate_lint` from `libsmpp/include/smpp/lint/rules.def`; a test checks that "
        "it is current.\n"
        "An error is what the specification forbids, a warning what some peers refuse or show as "
        "something else, a\n"
        "note what is allowed and rarely meant. `framing` to `receipt` look at one PDU "
        "(`smpp::lint::check`),\n"
        "`session` at the course of a connection (`smpp::lint::session_lint`). `smpp-dump --lint` "
        "shows both.\n\n"
        "| rule | severity | clause | what |\n|---|---|---|---|\n");
    for (int i = 0; i <= static_cast<int>(rule::session_receipt_after_final); ++i) {
        const rule_info& each = info(rule(i));
        fmt::print("| `{}` | {} | {} | {} |\n", each.id, name(each.severity), each.clause,
                   each.sentence);
    }
}
