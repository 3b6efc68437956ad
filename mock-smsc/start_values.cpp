#include "mock-smsc/start_values.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include "mock-smsc/rules/rule.hpp"

namespace mock_smsc {

std::string rules_json(const options& wanted) {
    std::string list;
    for (const auto& each : wanted.rules) {
        for (const rule& one : parse_rules(each)) {
            list += (list.empty() ? "" : ",") + one.json;
        }
    }
    return "[" + list + "]";
}

http_server::limits http_limits(const options& wanted) {
    http_server::limits out;
    out.time = wanted.http_timeout;
    out.hosts = wanted.http_hosts;
    return out;
}

std::string shown(const listen_address& address, std::uint16_t port) {
    return address.host.find(':') == std::string::npos ? fmt::format("{}:{}", address.host, port)
                                                       : fmt::format("[{}]:{}", address.host, port);
}

void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

}  // namespace mock_smsc
