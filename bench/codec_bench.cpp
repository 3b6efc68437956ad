// Encode and decode of a submit_sm of 170 octets, beside a hand-written floor in the same run.
//
//     build/release/bin/codec_bench --benchmark_repetitions=9
//     --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <new>

#include "smpp/codec.hpp"

namespace {
std::size_t allocations = 0;
}

// Counts every allocation of the process, so that "no allocation" is a figure and not a claim.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

smpp::submit_sm example(int tlvs) {
    smpp::submit_sm sm;
    sm.source = smpp::address("ACMEACME", smpp::ton::alphanumeric);
    sm.destination = smpp::address("1555765432100", smpp::ton::international, smpp::npi::isdn);
    sm.validity_period = "000001000000000R";
    sm.short_message = std::string(100, 'a');
    if (tlvs > 0) {
        sm.tlvs.set(smpp::tlv::user_message_reference, 7);
        sm.tlvs.set(smpp::tlv::source_port, 9200);
        sm.tlvs.set(smpp::tlv::privacy_indicator, 0);
    }
    return sm;
}

std::string example_octets(int tlvs) {
    std::string octets;
    static_cast<void>(smpp::append(octets, smpp::command_status::ok, 1, example(tlvs)));
    return octets;
}

/// What a patient programmer writes by hand for this one PDU: each octet checked, nothing shared.
struct floor_submit_sm {
    std::string_view service_type, source, destination, schedule, validity, text, tlvs;
    std::uint8_t numbers[11];
};

bool floor_cstring(const std::uint8_t*& at, const std::uint8_t* end, std::size_t max,
                   std::string_view& out) {
    const auto limit = std::min(static_cast<std::size_t>(end - at), max);
    const auto* nul = static_cast<const std::uint8_t*>(std::memchr(at, 0, limit));
    if (nul == nullptr) {
        return false;
    }
    out = {reinterpret_cast<const char*>(at), static_cast<std::size_t>(nul - at)};
    at = nul + 1;
    return true;
}

bool floor_take(const std::uint8_t*& at, const std::uint8_t* end, std::uint8_t* out,
                std::size_t n) {
    if (static_cast<std::size_t>(end - at) < n) {
        return false;
    }
    std::memcpy(out, at, n);
    at += n;
    return true;
}

bool floor_decode(smpp::octet_span frame, floor_submit_sm& out) {
    const std::uint8_t* at = frame.data() + 16;
    const std::uint8_t* end = frame.data() + frame.size();
    if (!floor_cstring(at, end, 6, out.service_type) || !floor_take(at, end, out.numbers, 2) ||
        !floor_cstring(at, end, 21, out.source) || !floor_take(at, end, out.numbers + 2, 2) ||
        !floor_cstring(at, end, 21, out.destination) || !floor_take(at, end, out.numbers + 4, 3) ||
        !floor_cstring(at, end, 17, out.schedule) || !floor_cstring(at, end, 17, out.validity) ||
        !floor_take(at, end, out.numbers + 7, 4) || at == end) {
        return false;
    }
    const std::size_t size = *at++;
    if (static_cast<std::size_t>(end - at) < size) {
        return false;
    }
    out.text = {reinterpret_cast<const char*>(at), size};
    at += size;
    out.tlvs = {reinterpret_cast<const char*>(at), static_cast<std::size_t>(end - at)};
    while (at != end) {
        if (end - at < 4 || end - at - 4 < smpp::load_be<std::uint16_t>(at + 2)) {
            return false;
        }
        at += 4 + smpp::load_be<std::uint16_t>(at + 2);
    }
    return true;
}

void floor_put(std::uint8_t*& at, const std::string& text) {
    std::memcpy(at, text.data(), text.size());
    at += text.size();
    *at++ = 0;
}

std::size_t floor_encode(std::uint8_t* to, const smpp::submit_sm& sm) {
    if (sm.service_type.size() > 5 || sm.source.digits.size() > 20 ||
        sm.destination.digits.size() > 20 || sm.validity_period.size() > 16 ||
        sm.short_message.size() > 254) {
        return 0;
    }
    std::uint8_t* at = to + 16;
    floor_put(at, sm.service_type);
    *at++ = static_cast<std::uint8_t>(sm.source.ton);
    *at++ = static_cast<std::uint8_t>(sm.source.npi);
    floor_put(at, sm.source.digits);
    *at++ = static_cast<std::uint8_t>(sm.destination.ton);
    *at++ = static_cast<std::uint8_t>(sm.destination.npi);
    floor_put(at, sm.destination.digits);
    *at++ = sm.esm_class.bits;
    *at++ = sm.protocol_id;
    *at++ = sm.priority_flag;
    floor_put(at, sm.schedule_delivery_time);
    floor_put(at, sm.validity_period);
    *at++ = sm.registered_delivery.bits;
    *at++ = sm.replace_if_present_flag;
    *at++ = static_cast<std::uint8_t>(sm.data_coding);
    *at++ = sm.sm_default_msg_id;
    *at++ = static_cast<std::uint8_t>(sm.short_message.size());
    std::memcpy(at, sm.short_message.data(), sm.short_message.size());
    at += sm.short_message.size();
    const auto tlvs = sm.tlvs.octets();
    std::memcpy(at, tlvs.data(), tlvs.size());
    at += tlvs.size();
    const auto size = static_cast<std::size_t>(at - to);
    smpp::store_be<std::uint32_t>(to, static_cast<std::uint32_t>(size));
    smpp::store_be<std::uint32_t>(to + 4, 4);
    smpp::store_be<std::uint32_t>(to + 8, 0);
    smpp::store_be<std::uint32_t>(to + 12, 1);
    return size;
}

/// Runs the loop and reports allocations per iteration beside the time.
template <class F>
void measure_loop(benchmark::State& state, F&& once) {
    once();
    const std::size_t before = allocations;
    std::size_t rounds = 0;
    for (auto _ : state) {
        once();
        ++rounds;
    }
    state.counters["allocations"] =
        static_cast<double>(allocations - before) / static_cast<double>(rounds == 0 ? 1 : rounds);
}

void encode_floor(benchmark::State& state) {
    const auto sm = example(static_cast<int>(state.range(0)));
    std::uint8_t buffer[512];
    measure_loop(state, [&] {
        benchmark::DoNotOptimize(floor_encode(buffer, sm));
        benchmark::ClobberMemory();
    });
}

void encode(benchmark::State& state) {
    const auto sm = example(static_cast<int>(state.range(0)));
    std::uint8_t buffer[512];
    measure_loop(state, [&] {
        const auto measured = smpp::measure(smpp::command_status::ok, sm);
        smpp::encode_to(buffer, measured.size, smpp::command_status::ok, 1, sm);
        benchmark::ClobberMemory();
    });
}

/// As sessions send.
void validate_and_encode(benchmark::State& state) {
    const auto sm = example(static_cast<int>(state.range(0)));
    std::uint8_t buffer[512];
    measure_loop(state, [&] {
        const auto measured = smpp::validate(smpp::command_status::ok, sm);
        smpp::encode_to(buffer, measured.size, smpp::command_status::ok, 1, sm);
        benchmark::ClobberMemory();
    });
}

void decode_floor(benchmark::State& state) {
    const std::string octets = example_octets(static_cast<int>(state.range(0)));
    measure_loop(state, [&] {
        floor_submit_sm sm;
        benchmark::DoNotOptimize(floor_decode(smpp::as_octets(octets), sm));
        benchmark::DoNotOptimize(sm);
    });
}

template <class P>
void decode_as(benchmark::State& state) {
    const std::string octets = example_octets(static_cast<int>(state.range(0)));
    const auto body = smpp::as_octets(octets).subspan(smpp::header_size);
    measure_loop(state, [&] {
        P sm;
        benchmark::DoNotOptimize(
            smpp::decode_body(body, smpp::command_status::ok, smpp::decode_mode::strict, sm));
        benchmark::DoNotOptimize(sm);
    });
}

void decode_variant(benchmark::State& state) {
    const std::string octets = example_octets(static_cast<int>(state.range(0)));
    measure_loop(state, [&] {
        smpp::pdu_view pdu;
        benchmark::DoNotOptimize(
            smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
        benchmark::DoNotOptimize(pdu);
    });
}

// The argument: TLVs in the PDU.
BENCHMARK(encode_floor)->Arg(0)->Arg(3);
BENCHMARK(encode)->Arg(0)->Arg(3);
BENCHMARK(validate_and_encode)->Arg(0)->Arg(3);
BENCHMARK(decode_floor)->Arg(0)->Arg(3);
BENCHMARK(decode_as<smpp::submit_sm_view>)->Arg(0)->Arg(3);
BENCHMARK(decode_as<smpp::submit_sm>)->Arg(0)->Arg(3);
BENCHMARK(decode_variant)->Arg(0)->Arg(3);

}  // namespace
