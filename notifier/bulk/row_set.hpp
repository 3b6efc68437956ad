// A set of row numbers, kept as ranges: rows are finished nearly in order, so that millions of them
// are few ranges.
#pragma once

#include <cstdint>
#include <map>

namespace notifier::bulk {

class row_set {
public:
    /// first .. last, both in it.
    void insert(std::uint64_t first, std::uint64_t last);
    void insert(std::uint64_t row) { insert(row, row); }
    void erase(std::uint64_t row);
    [[nodiscard]] bool contains(std::uint64_t row) const;
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t ranges() const noexcept { return ranges_.size(); }

private:
    std::map<std::uint64_t, std::uint64_t> ranges_;  // first -> last
    std::uint64_t size_ = 0;
};

}  // namespace notifier::bulk
