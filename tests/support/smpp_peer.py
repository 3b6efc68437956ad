"""A bare SMPP client for tests: sends exactly the octets it is told and returns what comes.

    with Peer(mock.port) as peer:
        assert peer.bind("user", "secret") == 0
        status, body = peer.request(SUBMIT_SM, submit_sm("15551234567", b"hello"))
"""
import socket
import ssl
import struct

GENERIC_NACK = 0x80000000
BIND_RECEIVER, BIND_TRANSMITTER, QUERY_SM, SUBMIT_SM, DELIVER_SM, UNBIND = 1, 2, 3, 4, 5, 6
REPLACE_SM, CANCEL_SM, BIND_TRANSCEIVER, ENQUIRE_LINK = 7, 8, 9, 0x15
SUBMIT_MULTI, DATA_SM = 0x21, 0x103
RESPONSE = 0x80000000


def pdu(command_id, sequence, body=b"", status=0):
    return struct.pack(">IIII", 16 + len(body), command_id, status, sequence) + body


def c_string(text):
    return text.encode("latin-1") + b"\0"


def address(digits, ton=1, npi=1):
    return bytes([ton, npi]) + c_string(digits)


def tlv(tag, value):
    return struct.pack(">HH", tag, len(value)) + value


def submit_sm(to="15551234567", text=b"hello", sender="12345", coding=0, esm_class=0, registered=0, tlvs=b"",
              schedule="", validity=""):
    """The body of a submit_sm."""
    return (b"\0" + address(sender) + address(to) + bytes([esm_class, 0, 0]) + c_string(schedule)
            + c_string(validity) + bytes([registered, 0, coding, 0, len(text)]) + text + tlvs)


def data_sm(to="15551234567", payload=b"hello", sender="12345", coding=0, registered=0):
    return (b"\0" + address(sender) + address(to) + bytes([0, registered, coding]) + tlv(0x0424, payload))


def submit_multi(recipients, text=b"hello", sender="12345", registered=0):
    dests = b"".join(b"\1" + address(to) for to in recipients)
    return (b"\0" + address(sender) + bytes([len(recipients)]) + dests + bytes([0, 0, 0]) + b"\0\0"
            + bytes([registered, 0, 0, 0, len(text)]) + text)


class Deliver:
    """The fields of a deliver_sm that tests look at."""

    def __init__(self, body):
        _, body = body.split(b"\0", 1)
        source, body = body[2:].split(b"\0", 1)
        destination, body = body[2:].split(b"\0", 1)
        self.source, self.destination = source.decode(), destination.decode()
        self.esm_class, body = body[0], body[3:]
        _, _, body = body.split(b"\0", 2)
        self.data_coding, length = body[2], body[4]
        self.text, body = body[5:5 + length], body[5 + length:]
        self.tlvs = {}
        while body:
            tag, length = struct.unpack(">HH", body[:4])
            self.tlvs[tag] = body[4:4 + length]
            body = body[4 + length:]


class Closed(Exception):
    """The other side has closed the connection."""


class Peer:
    def __init__(self, port, tls=None, seconds=60):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.sequence = 0
        self.waiting = []  # PDUs that came while another was awaited

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def fileno(self):  # for select(), in the clear only
        return self.socket.fileno()

    def send(self, octets):
        self.socket.sendall(octets)

    def start(self, command_id, body=b""):
        """Sends a request; returns its sequence number."""
        self.sequence += 1
        self.send(pdu(command_id, self.sequence, body))
        return self.sequence

    def receive(self):
        """The next PDU: command_id, status, sequence, body."""
        if self.waiting:
            return self.waiting.pop(0)
        return self._read_pdu()

    def response(self, sequence):
        """Command, status and body of the response with that number; others are kept for receive()."""
        for index, (command, status, number, body) in enumerate(self.waiting):
            if number == sequence and command & RESPONSE:
                del self.waiting[index]
                return command, status, body
        while True:
            command, status, number, body = self._read_pdu()
            if number == sequence and command & RESPONSE:
                return command, status, body
            self.waiting.append((command, status, number, body))

    def request(self, command_id, body=b""):
        """Status and body of the answer, which must be of the right kind or generic_nack."""
        command, status, answer = self.response(self.start(command_id, body))
        if command not in (command_id | RESPONSE, GENERIC_NACK):
            raise AssertionError(f"0x{command:08x} answers 0x{command_id:08x}")
        return status, answer

    def bind(self, user="user", password="secret", kind=BIND_TRANSCEIVER, version=0x34):
        body = c_string(user) + c_string(password) + c_string("") + bytes([version, 0, 0]) + b"\0"
        return self.request(kind, body)[0]

    def submit(self, *args, **fields):
        """The message_id of a message that must be accepted."""
        status, body = self.request(SUBMIT_SM, submit_sm(*args, **fields))
        if status != 0:
            raise AssertionError(f"submit_sm was answered with 0x{status:08x}")
        return body.split(b"\0")[0].decode()

    def next_deliver(self, answer=0):
        """The next deliver_sm, answered with that status (None: not at all)."""
        for index, (command, _, sequence, body) in enumerate(self.waiting):
            if command == DELIVER_SM:
                del self.waiting[index]
                break
        else:
            while True:
                command, status, sequence, body = self._read_pdu()
                if command == DELIVER_SM:
                    break
                self.waiting.append((command, status, sequence, body))
        if answer is not None:
            self.send(pdu(DELIVER_SM | RESPONSE, sequence, b"\0", answer))
        return Deliver(body)

    def ends(self):
        """Whether the other side closes, whatever it sends before."""
        try:
            while True:
                self._read_pdu()
        except (Closed, ConnectionError, ssl.SSLError):
            return True

    def _read_pdu(self):
        length, command, status, sequence = struct.unpack(">IIII", self._read(16))
        return command, status, sequence, self._read(length - 16)

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise Closed()
            data += more
        return data
