#include "text/cutter.hpp"

#include <algorithm>

#include "smpp/text/ucs2.hpp"
#include "smpp/text/utf8.hpp"
#include "text/combining.hpp"

namespace smpp::text_detail {

std::vector<std::size_t> cutter::ends() const {
    std::vector<std::size_t> out;
    const std::size_t fewest = parts_from(0);
    out.reserve(fewest);
    for (std::size_t begin = 0; begin < octets_.size();) {
        std::size_t end = farthest_end(begin);
        if (end < octets_.size() && tears(begin, end)) {
            const std::size_t whole = whole_end(begin, end);
            end = out.size() + 1 + parts_from(whole) <= fewest ? whole : end;
        }
        out.push_back(end);
        begin = end;
    }
    return out;
}

std::size_t cutter::parts_from(std::size_t begin) const noexcept {
    std::size_t parts = 0;
    for (; begin < octets_.size(); begin = farthest_end(begin)) {
        ++parts;
    }
    return parts;
}

std::size_t cutter::farthest_end(std::size_t begin) const noexcept {
    if (octets_.size() - begin <= capacity_) {
        return octets_.size();
    }
    const std::size_t end = begin + capacity_;
    switch (alphabet_) {
        case alphabet::gsm7:
        case alphabet::gsm7_packed: return end - (in_escape(begin, end) ? 1 : 0);
        case alphabet::ucs2: return end - (in_surrogates(end) ? 2 : 0);
        case alphabet::utf8: return before_continuation(end);
        default: return end;
    }
}

/// The last place up to `end` where nothing is torn; `end` when there is none.
std::size_t cutter::whole_end(std::size_t begin, std::size_t end) const {
    for (std::size_t cut = before(begin, end).begin; cut > begin; cut = before(begin, cut).begin) {
        if (!tears(begin, cut)) {
            return cut;
        }
    }
    return end;
}

bool cutter::tears(std::size_t begin, std::size_t cut) const {
    if (alphabet_ == alphabet::octets) {
        return false;
    }
    const char32_t after = at(cut).code_point;
    if (after < 0x300 && after != '\n') {
        return false;
    }
    if (is_flag_letter(after)) {
        return letters_of_flags_before(begin, cut) % 2 != 0;
    }
    return is_torn_between(before(begin, cut).code_point, after);
}

std::size_t cutter::letters_of_flags_before(std::size_t begin, std::size_t cut) const {
    std::size_t letters = 0;
    while (cut > begin) {
        const character last = before(begin, cut);
        if (!is_flag_letter(last.code_point)) {
            break;
        }
        ++letters;
        cut = last.begin;
    }
    return letters;
}

cutter::character cutter::at(std::size_t place) const {
    const std::size_t left = octets_.size() - place;
    switch (alphabet_) {
        case alphabet::ucs2: {
            const std::size_t size = left >= 4 && in_surrogates(place + 2) ? 4 : 2;
            const std::string text = ucs2::decode(octets_.subspan(place, std::min(size, left)));
            return {text.empty() ? 0 : utf8::next(text, 0).code_point, place, place + size};
        }
        case alphabet::utf8: {
            const auto next = utf8::next(as_text(octets_), place);
            return {next.code_point, place, place + next.size};
        }
        case alphabet::gsm7:
        case alphabet::gsm7_packed: {
            const std::size_t size = octets_[place] == gsm7::escape && left >= 2 ? 2 : 1;
            if (tables_ == gsm7::shift{} && size == 1) {
                // None of the default tables' characters combines: all that matters is CR LF.
                return {octets_[place], place, place + 1};
            }
            const std::string text = gsm7::decode(octets_.subspan(place, size), tables_);
            return {text.empty() ? 0 : utf8::next(text, 0).code_point, place, place + size};
        }
        default: return {octets_[place], place, place + 1};
    }
}

/// The character that ends at `place`, which is not the beginning of its part.
cutter::character cutter::before(std::size_t begin, std::size_t place) const {
    switch (alphabet_) {
        case alphabet::ucs2: {
            const std::size_t last = place - std::min<std::size_t>(place - begin, 2);
            return at(last >= begin + 2 && in_surrogates(last) ? last - 2 : last);
        }
        case alphabet::utf8: {
            std::size_t first = place - 1;
            while (first > begin && place - first < 4 && (octets_[first] & 0xC0) == 0x80) {
                --first;
            }
            // Octets that are no UTF-8 stand for themselves.
            return first + utf8::next(as_text(octets_), first).size == place ? at(first)
                                                                             : at(place - 1);
        }
        case alphabet::gsm7:
        case alphabet::gsm7_packed:
            return at(place - 1 > begin && in_escape(begin, place - 1) ? place - 2 : place - 1);
        default: return at(place - 1);
    }
}

// An odd run of escapes before `end` has a last one whose septet comes behind `end`.
bool cutter::in_escape(std::size_t begin, std::size_t end) const noexcept {
    std::size_t run = 0;
    while (run < end - begin && octets_[end - 1 - run] == gsm7::escape) {
        ++run;
    }
    return run % 2 != 0;
}

bool cutter::in_surrogates(std::size_t end) const noexcept {
    return end >= 2 && octets_.size() - end >= 2 &&
           ucs2::is_high_surrogate(load_be<std::uint16_t>(&octets_[end - 2])) &&
           ucs2::is_low_surrogate(load_be<std::uint16_t>(&octets_[end]));
}

std::size_t cutter::before_continuation(std::size_t end) const noexcept {
    std::size_t cut = end;
    while (end - cut < 3 && (octets_[cut] & 0xC0) == 0x80) {
        --cut;
    }
    return (octets_[cut] & 0xC0) == 0x80 ? end : cut;  // not UTF-8 at all: any place will do
}

}  // namespace smpp::text_detail
