"""Whether a program was built with a sanitizer: such ones take more memory and time than they promise.

    if not sanitized(program("notifier")):
        self.assertLess(memory, limit)
"""
import mmap


def sanitized(path):
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        return any(octets.find(name) >= 0 for name in (b"__asan_init", b"__tsan_init", b"__msan_init"))
