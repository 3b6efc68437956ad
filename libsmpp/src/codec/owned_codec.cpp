// The codec of every PDU that owns its octets.
#include "smpp/visitors/body_codec.hpp"

#define X(name, number, esme_states, mc_states) SMPP_INSTANTIATE_CODEC(basic_##name<smpp::owned>)
#include "smpp/tables/command_id.def"
#undef X
