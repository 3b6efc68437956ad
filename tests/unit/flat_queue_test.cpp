#include "smpp/flat_queue.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>

namespace {

void put(smpp::flat_queue& queue, std::string_view text) {
    std::memcpy(queue.prepare(text.size()), text.data(), text.size());
    queue.commit(text.size());
}

TEST(flat_queue, what_goes_in_comes_out_in_order) {
    smpp::flat_queue queue;
    EXPECT_TRUE(queue.empty());
    put(queue, "hello ");
    put(queue, "world");
    EXPECT_EQ(smpp::as_text(queue.octets()), "hello world");
    queue.consume(6);
    EXPECT_EQ(smpp::as_text(queue.octets()), "world");
    queue.consume(5);
    EXPECT_TRUE(queue.empty());
}

TEST(flat_queue, behaves_as_a_deque_under_random_use) {
    std::mt19937 random(1);
    smpp::flat_queue queue;
    std::deque<char> model;
    for (int i = 0; i < 5000; ++i) {
        if (random() % 2 == 0) {
            const std::string text(random() % 300, static_cast<char>('a' + random() % 26));
            put(queue, text);
            model.insert(model.end(), text.begin(), text.end());
        } else {
            const std::size_t n = random() % (queue.size() + 1);
            queue.consume(n);
            model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(n));
        }
        ASSERT_EQ(smpp::as_text(queue.octets()), std::string(model.begin(), model.end()));
    }
}

TEST(flat_queue, gives_memory_back_only_when_empty) {
    smpp::flat_queue queue;
    put(queue, std::string(100000, 'x'));
    queue.shrink();
    EXPECT_EQ(queue.size(), 100000U);
    queue.consume(100000);
    queue.shrink();
    EXPECT_EQ(queue.capacity(), 0U);
    put(queue, "again");
    EXPECT_EQ(smpp::as_text(queue.octets()), "again");
}

}  // namespace
