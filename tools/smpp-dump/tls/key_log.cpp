#include "smpp-dump/tls/key_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "smpp-dump/octet_source.hpp"
#include "smpp/octets.hpp"

namespace smpp_dump {
namespace {

constexpr std::size_t random_size = 32;

std::string_view word(std::string_view& line) {
    const auto end = std::min(line.find(' '), line.size());
    const std::string_view first = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return first;
}

std::string tls_secrets::*member(std::string_view label) noexcept {
    constexpr std::pair<std::string_view, std::string tls_secrets::*> labels[] = {
        {"CLIENT_RANDOM", &tls_secrets::master},
        {"CLIENT_HANDSHAKE_TRAFFIC_SECRET", &tls_secrets::client_handshake},
        {"SERVER_HANDSHAKE_TRAFFIC_SECRET", &tls_secrets::server_handshake},
        {"CLIENT_TRAFFIC_SECRET_0", &tls_secrets::client_traffic},
        {"SERVER_TRAFFIC_SECRET_0", &tls_secrets::server_traffic}};
    for (const auto& [name, place] : labels) {
        if (name == label) {
            return place;
        }
    }
    return nullptr;
}

}  // namespace

void key_log::add(std::string_view lines) {
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        add_line(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
}

void key_log::add_line(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
        line.remove_suffix(1);
    }
    std::string tls_secrets::*const place = member(word(line));
    if (place == nullptr || line.size() > 4 * random_size + 96) {
        return;
    }
    const auto random = smpp::from_hex(word(line));
    const auto secret = smpp::from_hex(line);
    if (!random || random->size() != random_size || !secret ||
        (secret->size() != 32 && secret->size() != 48)) {
        return;
    }
    if (known_.size() < max_sessions || known_.contains(*random)) {
        known_[*random].*place = *secret;
    }
}

void key_log::follow(const std::string& path) {
    path_ = path;
    read_ = 0;
    errno = 0;
    if (!read_appended()) {
        throw input_error(fmt::format("--keylog {}: {}", path,
                                      errno != 0 ? std::strerror(errno) : "cannot be read"));
    }
}

/// Only whole lines: the rest of the last one is still to be written.
bool key_log::read_appended() {
    std::ifstream file(path_, std::ios::binary);
    if (!file.seekg(static_cast<std::streamoff>(read_))) {
        return false;
    }
    std::string part(1U << 16, '\0');
    std::string lines;
    while (file.read(part.data(), static_cast<std::streamsize>(part.size())), file.gcount() > 0) {
        lines.append(part, 0, static_cast<std::size_t>(file.gcount()));
        const auto end = lines.rfind('\n');
        if (end != std::string::npos) {
            add(std::string_view(lines).substr(0, end));
            read_ += end + 1;
            lines.erase(0, end + 1);
        } else if (lines.size() > (1U << 20)) {
            read_ += lines.size();  // no key log has such lines
            lines.clear();
        }
    }
    return !file.bad();
}

const tls_secrets* key_log::find(std::string_view client_random) {
    const std::string key(client_random);
    auto at = known_.find(key);
    if (at == known_.end() && !path_.empty() && read_appended()) {
        at = known_.find(key);
    }
    return at == known_.end() ? nullptr : &at->second;
}

}  // namespace smpp_dump
