// Host names as people write them: DNS names, IDNA, IPv4, bracketed IPv6.
//
//     auto host = notifier::check_host("münchen.example");      // "xn--mnchen-3ya.example"
#pragma once

#include <string>
#include <string_view>

#include "url.hpp"

namespace notifier {

/// The host in the form that resolvers take. ASCII names keep their case, IPv6 literals their
/// brackets.
[[nodiscard]] parsed<std::string> check_host(std::string_view host);

/// The host without the brackets of an IPv6 literal: what to connect to.
[[nodiscard]] std::string_view bare_host(std::string_view host) noexcept;

}  // namespace notifier
