#include "smpp-dump/analyser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/link_layer.hpp"

namespace smpp_dump {

analyser::analyser(record_sink& sink, analyser_options options) : options_(std::move(options)) {
    context_.sink = &sink;
    context_.tls = &tls_;
    context_.late_after = options_.late_after;
    context_.ports.insert(options_.ports.begin(), options_.ports.end());
    if (!options_.keylog.empty()) {
        tls_.keys.follow(options_.keylog);
    }
    tls_.tell = [this](const std::string& what) {
        if (options_.tell && tls_.failed <= max_told) {
            options_.tell(what);
        }
    };
}

void analyser::add(const packet& p) {
    const link_payload link = find_ip(p.link_type, p.octets);
    if (link.what != link_result::ip) {
        if (link.what == link_result::unsupported) {
            unsupported_.insert(p.link_type);
        }
        return;
    }
    ip_packet ip;
    if (!parse_ip(link.ip, ip)) {
        return;
    }
    if (ip.fragment && !fragments_.add(ip, p.time, ip)) {
        return;
    }
    tcp_segment segment;
    if (ip.protocol == protocol_tcp && parse_tcp(ip, segment)) {
        ++tcp_packets_;
        add_segment(segment, {p.time, p.frame, p.wire_length});
    }
}

void analyser::add_segment(const tcp_segment& segment, const stamp& seen) {
    const bool same =
        last_connection_ != nullptr &&
        ((segment.source == last_.source && segment.destination == last_.destination) ||
         (segment.source == last_.destination && segment.destination == last_.source));
    if (!same || segment.syn || last_connection_->finished()) {
        last_connection_ = &connection_of(segment, seen.time);
        last_ = segment;
    }
    const bool was_closed = last_connection_->closed();
    last_connection_->add(segment, seen);
    if (!was_closed && last_connection_->closed()) {
        const auto [low, high] = std::minmax(segment.source, segment.destination);
        closing_.push_back({{low, high}, seen.time, last_connection_});
    }
    if (!closing_.empty()) {
        end_closed(seen.time);
    }
}

/// Sessions end when their connections do, not when there is need of room.
void analyser::end_closed(std::int64_t now) {
    while (!closing_.empty() && now - closing_.front().at > closed_patience) {
        const auto at = connections_.find(closing_.front().key);
        if (at != connections_.end() && at->second.get() == closing_.front().which) {
            at->second->finish();
        }
        closing_.pop_front();
    }
}

connection& analyser::connection_of(const tcp_segment& segment, std::int64_t now) {
    const auto [low, high] = std::minmax(segment.source, segment.destination);
    const ends key{low, high};
    auto at = connections_.find(key);
    if (at != connections_.end() && at->second->is_reopened_by(segment)) {
        at->second->finish();
        at->second.reset();
    }
    if (at == connections_.end()) {
        if (connections_.size() >= sweep_at_) {
            sweep(now);
        }
        at = connections_.try_emplace(key).first;
    }
    if (!at->second) {
        const bool forced = options_.ports.contains(segment.source.port) ||
                            options_.ports.contains(segment.destination.port);
        at->second = std::make_unique<connection>(context_, segment, forced);
    }
    return *at->second;
}

/// Connections that have ended make room; when there are too many open ones, those that were silent
/// longest do.
void analyser::sweep(std::int64_t now) {
    last_connection_ = nullptr;
    std::vector<ends> over;
    for (const auto& [key, each] : connections_) {
        if (each->closed() && now - each->last_seen() > closed_lifetime) {
            over.push_back(key);
        }
    }
    close(std::move(over));
    if (connections_.size() >= max_connections) {
        std::vector<std::int64_t> times;
        for (const auto& [key, each] : connections_) {
            times.push_back(each->last_seen());
        }
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
        std::nth_element(times.begin(), middle, times.end());
        std::vector<ends> silent;
        for (const auto& [key, each] : connections_) {
            if (each->last_seen() <= *middle) {
                silent.push_back(key);
            }
        }
        close(std::move(silent));
    }
    sweep_at_ = std::min(max_connections, std::max<std::size_t>(1024, connections_.size() * 2));
}

/// In the order of the table's hashes they would end in any order.
void analyser::close(std::vector<ends> which) {
    std::sort(which.begin(), which.end(), [&](const ends& a, const ends& b) {
        return connections_.at(a)->last_seen() < connections_.at(b)->last_seen();
    });
    for (const ends& key : which) {
        const auto at = connections_.find(key);
        at->second->finish();
        connections_.erase(at);
    }
}

void analyser::finish() {
    last_connection_ = nullptr;
    std::vector<ends> all;
    for (const auto& [key, each] : connections_) {
        all.push_back(key);
    }
    close(std::move(all));
    if (options_.tell && tls_.failed > max_told) {
        options_.tell(
            fmt::format("{} more TLS connections are not decrypted", tls_.failed - max_told));
    }
}

}  // namespace smpp_dump
