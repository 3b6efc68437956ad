"""A small SMSC for tests that does what it is told, also what no SMSC should do.

    with FakeSmsc(submit=[0x58, 0]) as smsc:          # throttles the first submit, takes the second
        run_notifier(f"smpp://user:pass@{smsc.address}/+1555.../+1555...")
    assert len(smsc.submits) == 2

`bind` and `submit` are lists of answers, one for each request in turn, the last one for all that
follow. An answer is a command_status, or one of the words below.
"""
import socket
import ssl
import struct
import threading

DROP = "drop"              # close the connection instead of answering
IGNORE = "ignore"          # never answer
GARBAGE = "garbage"        # octets that are no SMPP

BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT_SM, DELIVER_SM = 1, 2, 4, 5
UNBIND, BIND_TRANSCEIVER, ENQUIRE_LINK = 6, 9, 0x15
RESPONSE = 0x80000000
BINDS = (BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER)


def pdu(command_id, status, sequence, body=b""):
    return struct.pack(">IIII", 16 + len(body), command_id, status, sequence) + body


def c_strings(body, count):
    """The first `count` C strings of a body, and what follows."""
    texts = []
    for _ in range(count):
        text, _, body = body.partition(b"\0")
        texts.append(text)
    return texts, body


class Submit:
    """The fields of a submit_sm that tests look at."""

    def __init__(self, body):
        (self.service_type,), body = c_strings(body, 1)
        self.source_ton, self.source_npi, body = body[0], body[1], body[2:]
        (self.source,), body = c_strings(body, 1)
        self.dest_ton, self.dest_npi, body = body[0], body[1], body[2:]
        (self.destination,), body = c_strings(body, 1)
        self.esm_class, self.protocol_id, self.priority, body = body[0], body[1], body[2], body[3:]
        (self.schedule, self.validity), body = c_strings(body, 2)
        self.registered_delivery, _, self.data_coding, _, length = body[:5]
        self.short_message, self.tlvs = body[5:5 + length], body[5 + length:]


class FakeSmsc:
    def __init__(self, bind=(0,), submit=(0,), unbind=0, tls=None, hello=b"", before_submit_resp=b"", hold=0):
        self.bind_answers, self.submit_answers, self.unbind_answer = list(bind), list(submit), unbind
        self.hello, self.before_submit_resp, self.tls = hello, before_submit_resp, tls
        self.hold = hold             # answer submits only once that many have come
        self.binds, self.submits, self.commands, self.times = [], [], [], []
        self.most_unanswered = 0
        self.connections = 0
        self.changed = threading.Condition()
        self.next_message_id = 1
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.sockets = []
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in [self.listener, *self.sockets]:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()
        for thread in self.threads:
            thread.join(5)

    def wait_for(self, condition, seconds=10):
        """Waits until `condition()` holds; False when it did not in time."""
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.sockets.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _serve(self, connection):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self.sockets.append(connection)
            if self.hello:
                connection.sendall(self.hello)
            self._session(connection)
        except (OSError, ssl.SSLError, struct.error):
            pass
        finally:
            connection.close()

    def _session(self, connection):
        waiting = []
        while True:
            head = self._read(connection, 16)
            length, command, status, sequence = struct.unpack(">IIII", head)
            body = self._read(connection, length - 16)
            with self.changed:
                self.commands.append((command, status, body))
                self.changed.notify_all()
            if command in BINDS:
                self._note(self.binds, (command, c_strings(body, 3)[0], body))
                if not self._answer(connection, command, sequence, self._next(self.bind_answers), b"FAKE\0"):
                    return
            elif command == SUBMIT_SM:
                self._note(self.submits, Submit(body))
                waiting.append(sequence)
                self.most_unanswered = max(self.most_unanswered, len(waiting))
                if len(self.submits) < self.hold:
                    continue
                for each in waiting:
                    if not self._answer_submit(connection, each):
                        return
                waiting.clear()
            elif command == ENQUIRE_LINK:
                connection.sendall(pdu(command | RESPONSE, 0, sequence))
            elif command == UNBIND:
                if self.unbind_answer == IGNORE:
                    continue
                self._answer(connection, command, sequence, self.unbind_answer, b"")
                return

    def _answer_submit(self, connection, sequence):
        if self.before_submit_resp:
            connection.sendall(self.before_submit_resp)
        message_id = str(self.next_message_id).encode() + b"\0"
        self.next_message_id += 1
        return self._answer(connection, SUBMIT_SM, sequence, self._next(self.submit_answers), message_id)

    def _answer(self, connection, command, sequence, answer, body):
        """False when the session is over."""
        if answer == DROP:
            return False
        if answer == GARBAGE:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return False
        if answer != IGNORE:
            connection.sendall(pdu(command | RESPONSE, answer, sequence, body if answer == 0 else b""))
        return True

    def _note(self, where, what):
        with self.changed:
            where.append(what)
            self.changed.notify_all()

    @staticmethod
    def _next(answers):
        return answers.pop(0) if len(answers) > 1 else answers[0]

    @staticmethod
    def _read(connection, count):
        data = b""
        while len(data) < count:
            more = connection.recv(count - len(data))
            if not more:
                raise OSError("closed")
            data += more
        return data
