// Any text for --hex: nothing crashes, no more octets come out than characters went in, each run
// can hold a PDU, and what was found is found again in its digits alone.
#include <cstdlib>

#include "smpp-dump/hex_input.hpp"
#include "smpp-dump/json_output.hpp"
#include "smpp-dump/octet_session.hpp"

namespace {

struct printing_sink final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record& r) override {
        json.on_record(r);
        out.line().clear();
    }
    smpp_dump::octet_writer out{nullptr};
    smpp_dump::json_output json{out, {}};
};

void expect(bool condition) {
    if (!condition) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto runs = smpp_dump::octets_in_text({reinterpret_cast<const char*>(data), size});
    const bool by_client = smpp_dump::written_by_client(runs);
    printing_sink sink;
    smpp_dump::octet_session session(sink, 1);
    std::size_t all = 0;
    for (const smpp_dump::text_run& run : runs) {
        expect(run.octets.size() >= smpp::header_size);
        all += run.octets.size();
        const auto again = smpp_dump::octets_in_text(smpp::to_hex(smpp::as_octets(run.octets)));
        expect(again.size() == 1 && again.front().octets == run.octets);
        session.add(smpp::as_octets(run.octets), by_client);
    }
    expect(all <= size);
    session.finish();
    return 0;
}
