#include "mock-smsc/tls_setup.hpp"

#include <algorithm>
#include <iterator>

#include "mock-smsc/ready_file.hpp"

namespace mock_smsc {
namespace {

constexpr std::string_view faults[] = {"expired", "not-yet-valid", "wrong-host", "self-signed",
                                       "weak"};

smpp::self_signed_certificate make_certificate(const options& wanted) {
    smpp::certificate_form form;
    auto names = wanted.tls_names;
    if (wanted.tls_fault == "expired") {
        form.from_day = -30;
        form.to_day = -1;
    } else if (wanted.tls_fault == "not-yet-valid") {
        form.from_day = 30;
        form.to_day = 60;
    } else if (wanted.tls_fault == "wrong-host") {
        names = {"another-host.invalid"};
    } else if (wanted.tls_fault == "weak") {
        form.weak_key = true;
    }
    return smpp::make_self_signed(names, form);
}

}  // namespace

bool is_tls_fault(std::string_view name) noexcept {
    return std::find(std::begin(faults), std::end(faults), name) != std::end(faults);
}

smpp::tls_server_options tls_setup(const options& wanted) {
    smpp::tls_server_options tls;
    tls.cert_file = wanted.tls_cert;
    tls.key_file = wanted.tls_key;
    tls.client_ca_file = wanted.tls_client_ca;
    tls.keylog_file = wanted.tls_keylog;
    if (!tls.cert_file.empty()) {
        return tls;
    }
    const auto made = make_certificate(wanted);
    tls.cert_pem = made.cert_pem;
    tls.key_pem = made.key_pem;
    tls.allow_weak_key = wanted.tls_fault == "weak";
    if (!wanted.tls_ca_out.empty()) {
        // Clients trust somebody else when the fault is that nobody they trust has signed it.
        const bool other = wanted.tls_fault == "self-signed";
        write_whole_file(wanted.tls_ca_out,
                         other ? make_certificate(wanted).cert_pem : made.cert_pem);
    }
    return tls;
}

}  // namespace mock_smsc
