#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app.hpp"
#include "process_title.hpp"

int main(int argc, char** argv) {
    const auto arguments = notifier::take_arguments({argv, static_cast<std::size_t>(argc)});
    std::vector<const char*> words;
    for (const std::string& each : arguments) {
        words.push_back(each.c_str());
    }
    return notifier::run(words.empty() ? std::span<const char* const>()
                                       : std::span<const char* const>(words).subspan(1));
}
