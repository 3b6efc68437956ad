// The program: listeners, store, API, and how it starts and ends.
#pragma once

#include <memory>

#include "mock-smsc/http/http_types.hpp"
#include "mock-smsc/options.hpp"
#include "mock-smsc/ready_file.hpp"

namespace mock_smsc {

/// Runs until SIGTERM or SIGINT, or until `command` ends, when there is one. Returns the exit code:
/// the command's, or 0. Throws std::exception with one line when it cannot start.
int run(const options& wanted, const std::vector<std::string>& command = {});

/// The same on a thread of its own, without signals, until it is destroyed.
class running_program {
public:
    /// REQUIRES: `wanted` outlives it.
    explicit running_program(const options& wanted);
    ~running_program();
    running_program(const running_program&) = delete;
    running_program& operator=(const running_program&) = delete;

    [[nodiscard]] const addresses& where() const noexcept;
    /// Waits for the answer of the API.
    [[nodiscard]] http_response ask(http_request request) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace mock_smsc
