#include "smpp-dump/tls/tls_handshake.hpp"

#include <algorithm>

namespace smpp_dump {
namespace {

constexpr std::size_t head_size = 4;
constexpr std::size_t random_at = 2;
constexpr std::size_t random_size = 32;
constexpr std::uint16_t supported_versions = 43;

constexpr std::uint8_t retry_random[random_size] = {
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
    0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

bool is_wanted(std::uint8_t type) noexcept {
    return type == client_hello || type == server_hello || type == key_update;
}

/// Reads from the front; everything is empty or 0 after what is not there was asked for.
class cursor {
public:
    explicit cursor(smpp::octet_span octets) noexcept : rest_(octets) {}

    smpp::octet_span take(std::size_t n) noexcept {
        if (n > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const smpp::octet_span first = rest_.first(n);
        rest_ = rest_.subspan(n);
        return first;
    }
    std::uint16_t u16() noexcept {
        const smpp::octet_span two = take(2);
        return two.empty() ? std::uint16_t{0} : smpp::load_be<std::uint16_t>(two.data());
    }
    std::uint8_t u8() noexcept {
        const smpp::octet_span one = take(1);
        return one.empty() ? std::uint8_t{0} : one[0];
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }

private:
    smpp::octet_span rest_;
    bool good_ = true;
};

}  // namespace

bool handshake_reader::next(smpp::octet_span& octets, handshake_message& out) {
    if (done_ > 0) {
        kept_.erase(0, done_);
        done_ = 0;
    }
    const std::size_t over = std::min(skip_, octets.size());
    skip_ -= over;
    octets = octets.subspan(over);
    if (skip_ == 0 && !octets.empty()) {
        kept_ += smpp::as_text(octets);
        octets = {};
    }
    if (kept_.size() < head_size) {
        return false;
    }
    const auto head = smpp::load_be<std::uint32_t>(smpp::as_octets(kept_).data());
    out.type = static_cast<std::uint8_t>(head >> 24);
    const std::size_t size = head & 0xFFFFFFU;
    if (!is_wanted(out.type) || size > max_kept) {
        out.body = {};
        const std::size_t here = std::min(kept_.size() - head_size, size);
        done_ = head_size + here;
        skip_ = size - here;
        return true;
    }
    if (kept_.size() < head_size + size) {
        return false;
    }
    out.body = smpp::as_octets(kept_).subspan(head_size, size);
    done_ = head_size + size;
    return true;
}

std::optional<hello> read_client_hello(smpp::octet_span body) {
    if (body.size() < random_at + random_size) {
        return std::nullopt;
    }
    hello made;
    made.random = smpp::as_text(body.subspan(random_at, random_size));
    return made;
}

std::optional<hello> read_server_hello(smpp::octet_span body) {
    cursor at(body);
    hello made;
    made.version = at.u16();
    const smpp::octet_span random = at.take(random_size);
    made.random = smpp::as_text(random);
    made.retry =
        std::equal(random.begin(), random.end(), std::begin(retry_random), std::end(retry_random));
    static_cast<void>(at.take(at.u8()));  // session id
    made.suite = at.u16();
    at.u8();  // compression
    if (!at.good()) {
        return std::nullopt;
    }
    if (at.empty()) {
        return made;
    }
    cursor extensions(at.take(at.u16()));
    while (at.good() && extensions.good() && !extensions.empty()) {
        const std::uint16_t type = extensions.u16();
        cursor value(extensions.take(extensions.u16()));
        if (type == supported_versions) {
            made.version = value.u16();
        }
    }
    return at.good() && extensions.good() ? std::optional(made) : std::nullopt;
}

}  // namespace smpp_dump
