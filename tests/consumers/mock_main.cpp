// The SMSC inside of a stranger's test program.
#include <cstdio>

#include "smpp/mock/server.hpp"

int main() {
    const smpp::mock::server smsc({"--user", "shop:secret"});
    std::puts(smsc.url().c_str());
    return smsc.url().find("smpp://127.0.0.1:") == 0 ? 0 : 1;
}
