#include "smpp-load/app.hpp"

int main(int argc, char** argv) {
    return smpp_load::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
