#include "smpp-dump/tui/partners.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "smpp-dump/dlr.hpp"

namespace smpp_dump::tui {
namespace {

bool is_pair(const record& a, const record& b) noexcept {
    if (a.frame.kind == frame_kind::garbage || b.frame.kind == frame_kind::garbage) {
        return false;
    }
    const record& response = smpp::is_response(a.pdu.header.id) ? a : b;
    const record& request = &response == &a ? b : a;
    return a.session->number == b.session->number && a.from_client != b.from_client &&
           a.pdu.header.sequence_number == b.pdu.header.sequence_number &&
           !smpp::is_response(request.pdu.header.id) && response.request &&
           response.request->id == request.pdu.header.id &&
           response.request->frame == request.frame.last.frame;
}

/// Under which a message is known: what a submit's response gave it, or what a receipt calls it.
std::vector<std::string> keys_of(const record& r, smpp::alphabet standard) {
    if (r.frame.kind != frame_kind::whole || r.from_client) {
        return {};
    }
    if (const auto* const response = std::get_if<smpp::submit_sm_resp_view>(&r.pdu.body)) {
        const std::string_view id = response->message_id;
        return id.empty() ? std::vector<std::string>{}
                          : std::vector<std::string>{smpp::message_id_key(id)};
    }
    const std::string id = receipted_id(r, standard);
    return id.empty() ? std::vector<std::string>{} : smpp::message_id_candidates(id);
}

/// Adds to `found` what is a pair with one of them.
void add_pairs(const std::vector<record>& pdus, std::vector<bool>& found) {
    const std::vector<bool> before = found;
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        for (std::size_t j = 0; j < pdus.size() && !found[i]; ++j) {
            found[i] = before[j] && i != j && is_pair(pdus[i], pdus[j]);
        }
    }
}

}  // namespace

std::vector<bool> partners_of(const std::vector<record>& pdus, std::size_t index,
                              smpp::alphabet standard) {
    std::vector<bool> found(pdus.size());
    if (index >= pdus.size()) {
        return found;
    }
    found[index] = true;
    add_pairs(pdus, found);
    std::set<std::string> known;
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        if (found[i]) {
            const auto keys = keys_of(pdus[i], standard);
            known.insert(keys.begin(), keys.end());
        }
    }
    if (!known.empty()) {
        for (std::size_t i = 0; i < pdus.size(); ++i) {
            const auto keys = keys_of(pdus[i], standard);
            found[i] = found[i] || std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
                           return known.contains(key);
                       });
        }
        add_pairs(pdus, found);
    }
    found[index] = false;
    return found;
}

}  // namespace smpp_dump::tui
