#include <clocale>

#include "smpp-dump/app.hpp"

int main(int argc, char** argv) {
    std::setlocale(LC_CTYPE, "");  // how wide characters are
    return smpp_dump::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
