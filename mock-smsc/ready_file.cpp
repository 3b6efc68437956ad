#include "mock-smsc/ready_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "mock-smsc/http/json_out.hpp"

namespace mock_smsc {

std::string ready_line(const addresses& where) {
    json_out out;
    out.open('{').member("pid", static_cast<std::uint64_t>(::getpid()));
    for (const auto& [name, address] :
         {std::pair("smpp", &where.smpp), {"smpps", &where.smpps}, {"http", &where.http}}) {
        if (!address->empty()) {
            out.member(name, *address);
        }
    }
    out.close('}');
    return std::move(out.text());
}

void write_whole_file(const std::string& path, const std::string& text) {
    const std::string beside = fmt::format("{}.{}", path, ::getpid());
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file || std::rename(beside.c_str(), path.c_str()) != 0) {
        const int why = errno;
        std::remove(beside.c_str());
        throw std::runtime_error(fmt::format("cannot write {}: {}", path, std::strerror(why)));
    }
}

}  // namespace mock_smsc
