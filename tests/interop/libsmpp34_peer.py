"""PDUs through Debian's libsmpp34 and back: hex lines in, what it packs of what it unpacked out, or its error."""
import ctypes
import os
import sys

LIBRARY = ctypes.CDLL("libsmpp34.so.1")
ERROR = ctypes.c_char * 2048
ROOM = 65536  # its largest structure has 3 KB


def through(pdu):
    unpacked, packed, size = ctypes.create_string_buffer(ROOM), ctypes.create_string_buffer(ROOM), ctypes.c_int()
    if LIBRARY.smpp34_unpack2(unpacked, pdu, len(pdu)) != 0:
        return "refused: " + ERROR.in_dll(LIBRARY, "smpp34_strerror").value.decode(errors="replace").strip()
    if LIBRARY.smpp34_pack2(packed, ROOM, ctypes.byref(size), unpacked) != 0:
        return "refused: " + ERROR.in_dll(LIBRARY, "smpp34_strerror").value.decode(errors="replace").strip()
    return packed.raw[:size.value].hex()


for line in sys.stdin:
    child = os.fork()  # it crashes on some PDUs
    if child == 0:
        print(through(bytes.fromhex(line)).replace("\n", " "), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print("crashed", flush=True)
