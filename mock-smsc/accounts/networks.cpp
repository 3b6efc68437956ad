#include "mock-smsc/accounts/networks.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace mock_smsc {
namespace {

namespace ip = boost::asio::ip;

bool contains(const std::string& text, const ip::address& who) {
    boost::system::error_code failed;
    const auto one = ip::make_address(text, failed);
    if (!failed) {
        return one == who;
    }
    if (who.is_v4()) {
        const auto network = ip::make_network_v4(text, failed);
        return !failed && ip::make_network_v4(who.to_v4(), network.prefix_length()).canonical() ==
                              network.canonical();
    }
    const auto network = ip::make_network_v6(text, failed);
    return !failed && ip::make_network_v6(who.to_v6(), network.prefix_length()).canonical() ==
                          network.canonical();
}

ip::address address_of(std::string_view peer) {
    auto host = peer.substr(0, peer.rfind(':'));
    if (host.size() > 2 && host.front() == '[') {
        host = host.substr(1, host.size() - 2);
    }
    boost::system::error_code failed;
    const auto address = ip::make_address(std::string(host), failed);
    // A client of IPv4 on a socket of both.
    return address.is_v6() && address.to_v6().is_v4_mapped()
               ? ip::make_address_v4(ip::v4_mapped, address.to_v6())
               : address;
}

}  // namespace

bool is_network(const std::string& text) {
    boost::system::error_code failed;
    ip::make_address(text, failed);
    if (failed) {
        ip::make_network_v4(text, failed);
    }
    if (failed) {
        ip::make_network_v6(text, failed);
    }
    return !failed;
}

bool comes_from(std::string_view peer, const std::vector<std::string>& networks) {
    const auto who = address_of(peer);
    return std::any_of(networks.begin(), networks.end(),
                       [&](const std::string& each) { return contains(each, who); });
}

}  // namespace mock_smsc
