"""A small WebSocket client for tests.

    with WebSocket(mock.http, "/api/v1/events") as events:
        assert events.next()["event"] == "message"
"""
import base64
import json
import os
import socket
import struct


class Refused(Exception):
    """The handshake was answered with another status than 101."""


class WebSocket:
    def __init__(self, address, path, seconds=20, **headers):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=seconds)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {headers.pop('Host', address)}", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self._read(1)
        status = int(answer.split(b" ")[1])
        if status != 101:
            self.socket.close()
            raise Refused(status)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def next(self):
        """The next message, decoded."""
        while True:
            first, length = self._read(2)
            if length == 126:
                length, = struct.unpack(">H", self._read(2))
            elif length == 127:
                length, = struct.unpack(">Q", self._read(8))
            data = self._read(length)
            if first & 0x0F == 1:
                return json.loads(data)

    def send(self, data, opcode=1):
        length = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
        self.socket.sendall(bytes([0x80 | opcode]) + length + b"\0\0\0\0" + data)

    def ends(self):
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        return True

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("closed")
            data += more
        return data
