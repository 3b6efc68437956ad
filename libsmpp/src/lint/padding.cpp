// C-octet strings that are filled up with NULs, as fixed-width fields are elsewhere.
#include <algorithm>
#include <string>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

constexpr std::size_t most_strings = 8;  // in the PDU with the most

/// A visitor of fields() that copies a body without NULs it has too many: those that fill each
/// string up to its maximum, or so many behind one string.
class unpadder {
public:
    explicit unpadder(octet_span body) noexcept : left_(body) {}
    unpadder(octet_span body, std::size_t string, std::size_t nuls) noexcept
        : left_(body), chosen_(string), nuls_(nuls) {}

    template <wire_integer T>
    bool operator()(const char*, T& value) {
        using wire = wire_type<T>;
        if (left_.size() < sizeof(wire)) {
            return false;
        }
        value = T(load_be<wire>(left_.data()));
        return copy(sizeof(wire));
    }
    template <class Text>
    bool operator()(const char* name, Text&, cstring kind) {
        const auto nul = std::find(left_.begin(), left_.end(), 0);
        const auto size = static_cast<std::size_t>(nul - left_.begin());
        const std::uint32_t start = offset();
        if (nul == left_.end() || size >= kind.max || !copy(size + 1)) {
            return false;
        }
        const bool mine = chosen_ == every || chosen_ == strings_;
        ++strings_;
        return !mine || drop(name, start, chosen_ == every ? kind.max - size - 1 : nuls_);
    }
    template <class Text>
    bool operator()(const char* name, Text& value, time_text) {
        return (*this)(name, value, cstring{17});
    }
    template <class Text>
    bool operator()(const char*, Text&, octets8) {
        return !left_.empty() && copy(std::size_t{1} + left_[0]);
    }
    template <class Item>
    bool operator()(const char*, std::vector<Item>&, list8) {
        if (left_.empty()) {
            return false;
        }
        const std::size_t count = left_[0];
        bool good = copy(1);
        for (std::size_t i = 0; i < count && good; ++i) {
            Item item;
            good = Item::fields(*this, item);
        }
        return good;
    }
    template <class S>
    bool operator()(const char*, basic_tlv_list<S>&) {
        return copy(left_.size());
    }
    bool operator()(const char*, unknown_layout) noexcept { return false; }

    [[nodiscard]] bool complete() const noexcept { return left_.empty(); }
    [[nodiscard]] const padding& found() const noexcept { return found_; }
    [[nodiscard]] const std::string& body() const noexcept { return out_; }

private:
    static constexpr std::size_t every = ~std::size_t{0};

    [[nodiscard]] std::uint32_t offset() const noexcept {
        return static_cast<std::uint32_t>(header_size + out_.size() + dropped_);
    }
    bool copy(std::size_t size) {
        if (size > left_.size()) {
            return false;
        }
        out_ += as_text(left_.first(size));
        left_ = left_.subspan(size);
        return true;
    }
    bool drop(const char* name, std::uint32_t start, std::size_t nuls) {
        if (nuls > left_.size()) {
            return false;
        }
        const octet_span dropped = left_.first(nuls);
        if (std::any_of(dropped.begin(), dropped.end(), [](std::uint8_t o) { return o != 0; })) {
            return false;
        }
        if (nuls > 0 && found_.octets == 0) {
            found_ = {name, start, nuls};
        }
        dropped_ += nuls;
        left_ = left_.subspan(nuls);
        return true;
    }

    octet_span left_;
    std::size_t chosen_ = every;
    std::size_t nuls_ = 0;
    std::size_t strings_ = 0;
    std::size_t dropped_ = 0;
    std::string out_{};
    padding found_{};
};

/// Whether what is left can be read.
bool is_sound(octet_span frame, const unpadder& made) {
    if (!made.complete() || made.found().octets == 0) {
        return false;
    }
    std::string whole(as_text(frame.first(header_size)));
    whole += made.body();
    store_be(reinterpret_cast<std::uint8_t*>(whole.data()),
             static_cast<std::uint32_t>(whole.size()));
    pdu_view read;
    return !decode(as_octets(whole), decode_mode::strict, read);
}

template <class Body>
std::optional<padding> find_in(octet_span frame, Body body) {
    const octet_span octets = frame.subspan(header_size);
    const auto attempt = [&](unpadder made) {
        return Body::fields(made, body) && is_sound(frame, made) ? std::optional(made.found())
                                                                 : std::nullopt;
    };
    auto found = attempt(unpadder(octets));
    for (std::size_t string = 0; string < most_strings && !found; ++string) {
        for (std::size_t nuls = 1; nuls < 65 && !found; ++nuls) {
            found = attempt(unpadder(octets, string, nuls));
        }
    }
    return found;
}

}  // namespace

std::optional<padding> find_padding(octet_span frame, const pdu_view& pdu) {
    constexpr std::size_t longest = 4096;  // trying costs more with each octet
    if (frame.size() > longest) {
        return std::nullopt;
    }
    return std::visit(
        [&](const auto& body) -> std::optional<padding> {
            using type = std::remove_cvref_t<decltype(body)>;
            if constexpr (pdu_type<type>) {
                return find_in(frame, type());
            } else {
                return std::nullopt;
            }
        },
        pdu.body);
}

}  // namespace smpp::lint
