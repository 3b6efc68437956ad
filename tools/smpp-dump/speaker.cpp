#include "smpp-dump/speaker.hpp"

#include <string_view>

namespace smpp_dump {

speaker speaker_of(smpp::command_id id) noexcept {
    switch (id) {
#define X(name, number, esme_states, mc_states)                         \
    case smpp::command_id::name:                                        \
        return std::string_view(#esme_states) == "none" ? speaker::mc   \
               : std::string_view(#mc_states) == "none" ? speaker::esme \
                                                        : speaker::either;
#include "smpp/tables/command_id.def"
#undef X
    }
    return speaker::either;
}

}  // namespace smpp_dump
