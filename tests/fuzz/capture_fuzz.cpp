// Any octets as a capture file: nothing crashes, and every PDU given has the length that it says.
#include <cstdlib>

#include "smpp-dump/analyser.hpp"
#include "smpp-dump/capture_reader.hpp"
#include "smpp-dump/json_output.hpp"

namespace {

struct checking_sink final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record& r) override {
        if (r.frame.kind == smpp_dump::frame_kind::whole &&
            r.frame.octets.size() != r.pdu.header.command_length) {
            std::abort();
        }
        json.on_record(r);
        out.line().clear();
    }
    smpp_dump::octet_writer out{nullptr};
    smpp_dump::json_output json{out, {}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    checking_sink sink;
    smpp_dump::analyser analyser(sink);
    try {
        const auto reader = smpp_dump::open_capture(smpp_dump::memory_source({data, size}), "fuzz");
        smpp_dump::packet p;
        while (reader->next(p)) {
            analyser.add(p);
        }
    } catch (const smpp_dump::input_error&) {
        return 0;
    }
    analyser.finish();
    return 0;
}
