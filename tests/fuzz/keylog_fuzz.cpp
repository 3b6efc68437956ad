// Any octets as a key log: nothing crashes, and no more sessions come out than lines went in.
#include <algorithm>
#include <cstdlib>

#include "smpp-dump/tls/key_log.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    smpp_dump::key_log keys;
    keys.add(text);
    if (keys.size() > static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1) {
        std::abort();
    }
    return 0;
}
