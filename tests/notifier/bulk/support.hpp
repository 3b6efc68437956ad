// Files for the tests of bulk input.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace bulk_test {

/// A file that is gone at the end of the test.
class temporary {
public:
    explicit temporary(const std::string& content = {}) {
        path_.append(testing::TempDir()).append("notifier-bulk-test-XXXXXX");
        const int file = ::mkstemp(path_.data());
        EXPECT_GE(file, 0);
        ::close(file);
        write(content);
    }
    ~temporary() { ::unlink(path_.c_str()); }
    temporary(const temporary&) = delete;
    temporary& operator=(const temporary&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    void write(const std::string& content) const {
        std::ofstream(path_, std::ios::binary) << content;
    }
    [[nodiscard]] std::string read() const {
        std::ostringstream out;
        out << std::ifstream(path_, std::ios::binary).rdbuf();
        return out.str();
    }

private:
    std::string path_;
};

}  // namespace bulk_test
