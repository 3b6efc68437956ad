"""TLS sessions as captures, made by Python's ssl without a network.

    session = TlsSession(certificates, "1.3")
    session.send("client", octets); session.send("server", octets)
    session.write_pcap(path); session.key_log          # lines for --keylog
"""
import os
import ssl
import struct
import tempfile

CLIENT, SERVER = (bytes([10, 0, 0, 1]), 40000), (bytes([10, 0, 0, 2]), 3550)


class TlsSession:
    def __init__(self, certificates, version, cipher=None, client_port=40000, trust=None):
        self.pieces = []  # (from, octets), as they would travel
        self.client_port = client_port
        number = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(*certificates.issue("localhost"))
        client = ssl.create_default_context(cafile=trust or certificates.ca)
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "keys")
            client.keylog_filename = log
            for context in (client, server):
                context.minimum_version = context.maximum_version = number
                if cipher:
                    context.set_ciphers(cipher)
            self._bio = {side: (ssl.MemoryBIO(), ssl.MemoryBIO()) for side in ("client", "server")}
            self._tls = {"client": client.wrap_bio(*self._bio["client"], server_hostname="localhost"),
                         "server": server.wrap_bio(*self._bio["server"], server_side=True)}
            pending = {"client", "server"}
            self.error = None  # why the handshake failed
            while pending and not self.error:
                for side in ("client", "server"):
                    try:
                        self._tls[side].do_handshake()
                        pending.discard(side)
                    except ssl.SSLWantReadError:
                        pass
                    except ssl.SSLError as error:
                        self.error = error
                    self._travel(side)
            self.key_log = ""
            if os.path.exists(log):
                with open(log, encoding="ascii") as file:
                    self.key_log = file.read()

    def _travel(self, side):
        octets = self._bio[side][1].read()
        if octets:
            self.pieces.append((side, octets))
            self._bio["server" if side == "client" else "client"][0].write(octets)

    def send(self, side, octets):
        self._tls[side].write(octets)
        self._travel(side)
        receiver = self._tls["server" if side == "client" else "client"]
        try:
            while receiver.read(65536):
                pass
        except ssl.SSLWantReadError:
            pass

    def packets(self, size=1400):
        """Ethernet frames with SYN, the octets in segments of `size`, and FIN."""
        ends = {"client": (CLIENT[0], self.client_port), "server": SERVER}
        seq = {"client": 1000, "server": 2000}
        frames = []

        def segment(side, flags, octets=b""):
            other = "server" if side == "client" else "client"
            tcp = struct.pack(">HHIIBBHHH", ends[side][1], ends[other][1], seq[side], seq[other], 0x50, flags, 65000, 0, 0)
            ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + len(octets), 0, 0, 64, 6, 0, ends[side][0], ends[other][0])
            frames.append(bytes(12) + b"\x08\x00" + ip + tcp + octets)
            seq[side] = (seq[side] + len(octets) + (1 if flags & 3 else 0)) & 0xFFFFFFFF

        segment("client", 2)
        segment("server", 0x12)
        segment("client", 0x10)
        for side, octets in self.pieces:
            for at in range(0, len(octets), size):
                segment(side, 0x18, octets[at:at + size])
        segment("client", 0x11)
        segment("server", 0x11)
        return frames


def pcap(frames):
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
    for n, frame in enumerate(frames):
        out += struct.pack("<IIII", 1_700_000_000 + n // 1000, n % 1000 * 1000, len(frame), len(frame)) + frame
    return out


def pcapng(frames, key_log):
    def block(kind, body):
        body += bytes(-len(body) % 4)
        return struct.pack("<II", kind, 12 + len(body)) + body + struct.pack("<I", 12 + len(body))

    keys = key_log.encode()
    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)) + block(1, struct.pack("<HHI", 1, 0, 262144))
    out += block(10, struct.pack("<II", 0x544C534B, len(keys)) + keys)
    for n, frame in enumerate(frames):
        out += block(6, struct.pack("<IIIII", 0, 0x60A24, n * 1000, len(frame), len(frame)) + frame)
    return out
