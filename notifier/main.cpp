#include <cstddef>
#include <span>

#include "app.hpp"

int main(int argc, char** argv) {
    const std::span<const char* const> all(argv, static_cast<std::size_t>(argc));
    return notifier::run(all.empty() ? all : all.subspan(1));
}
