#include "sources.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "ascii.hpp"
#include "body.hpp"

namespace notifier {
namespace {

/// More than any text that can be sent: 255 parts, or a payload of 64 KiB, in any markup.
constexpr std::size_t largest_input = std::size_t{16} << 20;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Without a comment at its end; a # inside of a URL is part of it.
std::string_view without_comment(std::string_view line) {
    for (auto at = line.find('#'); at != line.npos; at = line.find('#', at + 1)) {
        if (at == 0 || ascii::is_space(line[at - 1])) {
            return ascii::trim(line.substr(0, at));
        }
    }
    return line;
}

std::string reason() { return std::generic_category().message(errno); }

std::string read_all(int descriptor, const std::string& what) {
    std::string out;
    char block[16384];
    for (;;) {
        const auto count = ::read(descriptor, block, sizeof block);
        if (count == 0) {
            return out;
        }
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw source_error("cannot read " + what + ": " + reason());
        }
        out.append(block, static_cast<std::size_t>(count));
        if (out.size() > largest_input) {
            throw source_error(what + " has more than 16 MiB");
        }
    }
}

class descriptor {
public:
    explicit descriptor(int value) : value_(value) {}
    ~descriptor() { ::close(value_); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return value_; }

private:
    int value_;
};

}  // namespace

std::string read_text_file(const std::string& path) {
    const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) {
        throw source_error("cannot open " + path + ": " + reason());
    }
    const descriptor file(opened);
    auto text = read_all(file.get(), path);
    // Editors of Windows begin a file with a byte order mark.
    return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

std::vector<std::string> read_url_file(const std::string& path) {
    const auto content = read_text_file(path);
    std::string_view rest = content;
    std::vector<std::string> urls;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = without_comment(ascii::trim(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto found = split_urls(line);
        urls.insert(urls.end(), found.begin(), found.end());
    }
    return urls;
}

std::string read_body(const command_line& options) {
    auto body = options.body ? *options.body : read_all(STDIN_FILENO, "standard input");
    return options.interpret_escapes ? interpret_escapes(body) : body;
}

}  // namespace notifier
