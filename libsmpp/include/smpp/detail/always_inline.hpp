// SMPP_ALWAYS_INLINE: for the visitors of the codec, whose speed depends on it
// (bench/codec_bench.cpp).
#pragma once

#define SMPP_ALWAYS_INLINE [[gnu::always_inline]] inline
