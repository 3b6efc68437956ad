#!/usr/bin/env python3
"""mock-smsc's accounts and scopes, seen by clients."""
import json
import os
import subprocess
import tempfile
import threading
import time
import unittest

from mock import Mock, program
from smpp_peer import (BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, SUBMIT_SM, Peer, submit_sm)

OK, RALYBND, RINVSRCADR, RBINDFAIL, RINVPASWD, RINVSYSID, RTHROTTLED = 0, 5, 0x0A, 0x0D, 0x0E, 0x0F, 0x58
FINAL = 1


def hash_of(password, *options):
    done = subprocess.run([program("mock-smsc"), "accounts", "hash", *options], input=password + "\n", capture_output=True,
                          text=True, timeout=20, check=True)
    return done.stdout.strip()


class Case(unittest.TestCase):
    accounts = []

    def setUp(self):
        self.mock = Mock(*[word for each in self.accounts for word in ("--accounts", json.dumps(each))])
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)

    def peer(self, *bind, **how):
        peer = Peer(self.mock.port)
        self.addCleanup(peer.close)
        if bind:
            self.assertEqual(peer.bind(*bind, **how), OK)
        return peer

    def refused(self, *bind, **how):
        with Peer(self.mock.port) as peer:
            return peer.bind(*bind, **how)

    def put(self, accounts, **params):
        status, answer = self.mock.call("/accounts", "PUT", accounts, **params)
        self.assertEqual(status, 200, answer)
        return answer["accounts"]


class Binds(Case):
    accounts = [{"system_id": "shop", "password": "secret"},
                [{"system_id": "tx", "password": "secret", "binds": ["transmitter"]},
                 {"system_id": "two", "password": "secret", "max_binds": 2},
                 {"system_id": "far", "password": "secret", "networks": ["10.0.0.0/8", "2001:db8::/32"]},
                 {"system_id": "near", "password": "secret", "networks": ["127.0.0.0/8"]},
                 {"system_id": "any", "password": None}]]

    def test_who_is_refused_with_what(self):
        self.assertEqual(self.refused("shop", "secret"), OK)
        self.assertEqual(self.refused("shop", "wrong"), RINVPASWD)
        self.assertEqual(self.refused("nobody", "secret"), RINVSYSID)
        self.assertEqual(self.refused("shop", "wrong", version=0x50), RBINDFAIL)
        self.assertEqual(self.refused("nobody", "secret", version=0x50), RBINDFAIL)
        self.assertEqual(self.refused("any", "thing"), OK)

    def test_kinds_of_bind(self):
        self.assertEqual(self.refused("tx", "secret", kind=BIND_TRANSCEIVER), RBINDFAIL)
        self.assertEqual(self.refused("tx", "secret", kind=BIND_RECEIVER), RBINDFAIL)
        self.assertEqual(self.refused("tx", "secret", kind=BIND_TRANSMITTER), OK)

    def test_networks(self):
        self.assertEqual(self.refused("far", "secret"), RBINDFAIL)
        self.assertEqual(self.refused("near", "secret"), OK)

    def test_as_many_binds_as_are_allowed(self):
        first = self.peer("two", "secret")
        self.peer("two", "secret", kind=BIND_RECEIVER)
        self.assertEqual(self.refused("two", "secret"), RALYBND)
        bound = {each["system_id"]: each["bound"] for each in self.mock.get("/accounts")["accounts"]}
        self.assertEqual((bound["two"], bound["shop"]), (2, 0))
        first.request(6)
        self.assertTrue(first.ends())
        self.assertEqual(self.refused("two", "secret"), OK)

    def test_after_a_refusal_the_same_connection_may_try_again(self):
        peer = self.peer()
        self.assertEqual(peer.bind("shop", "wrong"), RINVPASWD)
        self.assertEqual(peer.bind("shop", "secret"), OK)


class Hashes(Case):
    def test_a_hash_in_place_of_a_password(self):
        kept = hash_of("secret")
        self.assertRegex(kept, r"^\$scrypt\$ln=14,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$")
        self.assertNotEqual(kept, hash_of("secret"))
        shown = self.put([{"system_id": "shop", "password": kept}])
        self.assertNotIn("password", shown[0])
        self.assertEqual(self.refused("shop", "wrong"), RINVPASWD)
        for _ in range(3):
            self.assertEqual(self.refused("shop", "secret"), OK)
        self.assertEqual(self.refused("shop", "wrong"), RINVPASWD)
        self.assertEqual(self.refused("shop", kept), RINVPASWD)

    def test_argon2(self):
        kept = hash_of("secret", "--argon2id")
        self.assertRegex(kept, r"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$")
        vector = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        self.put([{"system_id": "shop", "password": kept}, {"system_id": "old", "password": vector}])
        for name, password in (("shop", "secret"), ("old", "password")):
            self.assertEqual(self.refused(name, "wrong"), RINVPASWD)
            self.assertEqual(self.refused(name, password), OK)

    def test_others_are_served_while_a_hash_is_checked(self):
        self.put([{"system_id": "shop", "password": hash_of("secret").replace("ln=14", "ln=17")},
                  {"system_id": "plain", "password": "x"}])
        slow = self.peer()
        peer = self.peer("plain", "x")
        sequence = slow.start(BIND_TRANSCEIVER, b"shop\0wrong\0\0\x34\0\0\0")
        again = slow.start(BIND_TRANSCEIVER, b"shop\0wrong\0\0\x34\0\0\0")
        self.assertEqual(slow.response(again)[1], RALYBND)  # one at a time
        peer.submit()
        self.assertEqual(slow.response(sequence)[1], RINVPASWD)

    def test_without_a_password(self):
        done = subprocess.run([program("mock-smsc"), "accounts", "hash"], input="", capture_output=True, text=True, timeout=20,
                              check=False)
        self.assertEqual((done.returncode, done.stderr), (2, "mock-smsc: a password is expected on standard input\n"))
        for words in (["hash", "--bcrypt"], ["hash", "--argon2id", "x"], ["show"], []):
            done = subprocess.run([program("mock-smsc"), "accounts", *words], input="x", capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual((done.returncode, done.stderr), (2, "mock-smsc: usage: mock-smsc accounts hash [--argon2id] <PASSWORD_FILE\n"))


class Limits(Case):
    accounts = [{"system_id": "slow", "password": None, "tps": {"rate": 0.001, "burst": 3}},
                {"system_id": "narrow", "password": None, "window": 4},
                {"system_id": "short", "password": None, "addresses": "^1234"}]

    def test_more_a_second_than_is_allowed(self):
        peer = self.peer("slow")
        statuses = [peer.request(SUBMIT_SM, submit_sm())[0] for _ in range(5)]
        self.assertEqual(statuses, [OK, OK, OK, RTHROTTLED, RTHROTTLED])
        # The limit is the account's, not the session's.
        self.assertEqual(self.peer("slow").request(SUBMIT_SM, submit_sm())[0], RTHROTTLED)
        throttled = self.mock.messages("status:rthrottled")
        self.assertEqual([m["faults"] for m in throttled], ["tps"] * 3)
        self.assertEqual(throttled[0]["state"], "REJECTED")

    def test_the_bucket_fills_again(self):
        self.put([{"system_id": "slow", "password": None, "tps": {"rate": 50, "burst": 1}}])
        peer = self.peer("slow")
        deadline = time.monotonic() + 10
        seen = []
        while seen[-2:] != [RTHROTTLED, OK]:
            self.assertLess(time.monotonic(), deadline)
            seen.append(peer.request(SUBMIT_SM, submit_sm())[0])

    def test_more_at_a_time_than_the_window(self):
        peer = self.peer("narrow")
        peer.sequence = 100
        burst = b"".join(self.pdu(SUBMIT_SM, 1 + i) for i in range(6))
        peer.send(burst)
        statuses = [peer.response(1 + i)[1] for i in range(6)]
        self.assertEqual(statuses, [OK] * 4 + [RTHROTTLED] * 2)
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], OK)
        self.assertEqual(self.mock.messages("status:rthrottled")[0]["faults"], "window")
        session = self.mock.get("/sessions", limit=1)["sessions"][0]
        self.assertEqual((session["window_max"], session["unanswered"]), (6, 0))
        self.assertGreaterEqual(session["rate_max"], 1)

    def test_the_window_counts_answers_that_wait(self):
        self.mock.call("/rules", "POST", {"match": {"to": "^1"}, "actions": [{"no_response": True}]})
        self.mock.call("/rules", "POST", {"match": {"to": "^2"}, "actions": [{"delay": "300s"}]})
        peer = self.peer("narrow")
        for _ in range(10):
            peer.start(SUBMIT_SM, submit_sm(to="1"))  # never answered: no client waits for ever
        for _ in range(4):
            self.assertEqual(peer.request(0x15)[0], OK)
            peer.start(SUBMIT_SM, submit_sm(to="2"))
        self.assertEqual(peer.request(0x15)[0], OK)
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm(to="3"))[0], RTHROTTLED)

    @staticmethod
    def pdu(command, sequence):
        body = submit_sm()
        return b"".join(n.to_bytes(4, "big") for n in (16 + len(body), command, 0, sequence)) + body

    def test_senders(self):
        peer = self.peer("short")
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm(sender="12345"))[0], OK)
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm(sender="ACME"))[0], RINVSRCADR)
        self.assertEqual(self.mock.messages("status:rinvsrcadr")[0]["faults"], "addresses")


class Api(Case):
    def test_what_is_shown_can_be_put_again(self):
        given = [{"system_id": "a", "password": "secret", "binds": ["receiver"], "max_binds": 3, "addresses": "^1", "tps": 7.5,
                  "window": 9, "networks": ["127.0.0.1"], "scope": "s"}, {"system_id": "b", "password": None}]
        shown = self.put(given)
        self.assertEqual(shown[0], {"system_id": "a", "binds": ["receiver"], "max_binds": 3, "addresses": "^1",
                                    "tps": {"rate": 7.5, "burst": 7.5}, "window": 9, "networks": ["127.0.0.1"], "scope": "s",
                                    "bound": 0})
        self.assertIsNone(shown[1]["password"])
        self.assertEqual(self.put({"accounts": shown}), shown)
        self.assertEqual(self.refused("a", "wrong", kind=BIND_RECEIVER), RINVPASWD)
        self.assertEqual(self.refused("a", "secret", kind=BIND_RECEIVER), OK)

    def test_what_is_wrong(self):
        for given, words in (({}, '"system_id" is missing'), ([{"system_id": "x" * 16}], "accounts[0].system_id: at most 15"),
                             ([{"system_id": "a"}, {"system_id": "a"}], "accounts[1].system_id: given twice"),
                             ([{"system_id": "a", "binds": ["x"]}], 'not "x"'), ([{"system_id": "a", "addresses": "("}], "regular"),
                             ([{"system_id": "a", "tps": {"x": 1}}], "accounts[0].tps.x: unknown"),
                             ([{"system_id": "a", "networks": ["10.0.0.0/99"]}], "networks"),
                             ([{"system_id": "a", "password": "$scrypt$x"}], "accounts[0].password: $scrypt$ln=14"),
                             ([{"system_id": "a", "password": "$argon2id$v=19$m=65536"}], "accounts[0].password: $argon2id$v=19"),
                             ([{"system_id": "a", "password": "$argon2id$v=19$m=999999999,t=9,p=1$c29tZXNhbHQ$nf65EOgLrQMR"}], "no more than 256 MiB"),
                             ([{"system_id": "a", "password": "$2b$12$x"}], "accounts[0].password: hashes of that kind cannot be checked"),
                             ({"accounts": [], "account": []}, "account: unknown"),
                             ([{"system_id": "a", "tps": -1}], "tps"), ([{"nope": 1}], "nope"), ("x", "an object expected")):
            with self.subTest(given=given):
                status, answer = self.mock.call("/accounts", "PUT", given)
                self.assertEqual((status, answer["error"]["code"]), (400, "bad_body"))
                self.assertIn(words, answer["error"]["message"])
        self.assertEqual(self.mock.get("/accounts"), {"accounts": []})

    def test_limits_change_under_a_session(self):
        self.put([{"system_id": "a", "password": None}])
        peer = self.peer("a")
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], OK)
        self.put([{"system_id": "a", "addresses": "^999"}])
        self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], RINVSRCADR)

    def test_reset_brings_back_those_of_the_start(self):
        self.put([{"system_id": "a", "password": "x"}])
        self.assertEqual(self.refused("b", "y"), RINVSYSID)
        self.mock.call("/reset", "POST")
        self.assertEqual(self.refused("b", "y"), OK)

    def test_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "mock.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write("accounts:\n  - {system_id: shop, password: secret, tps: 5, binds: [transceiver], scope: one}\n"
                           "  - {system_id: \"12345\", password: \"67890\"}\nuser: x:y\n")
            with Mock("--config", path) as mock:
                known = {each["system_id"]: each for each in mock.get("/accounts")["accounts"]}
                self.assertEqual(sorted(known), ["12345", "shop", "x"])
                self.assertEqual((known["shop"]["tps"]["rate"], known["shop"]["scope"]), (5, "one"))
            with open(path, "w", encoding="utf-8") as file:
                file.write("accounts:\n  - {system_id: shop, tps: fast}\nuser: shop:x\n")
            done = subprocess.run([program("mock-smsc"), "--config", path], capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("accounts: tps: a number", done.stderr)


class Scopes(Case):
    def setUp(self):
        super().setUp()
        for scope in ("one", "two"):
            self.put([{"system_id": scope, "password": None}], scope=scope)
        self.one, self.two, self.common = self.peer("one"), self.peer("two"), self.peer("anybody")

    def texts(self, **params):
        return [m["text"] for m in self.mock.get("/messages", **params)["messages"]]

    def test_messages(self):
        ids = [each.submit(text=text) for each, text in ((self.one, b"1"), (self.two, b"2"), (self.common, b"3"))]
        self.assertEqual(self.texts(), ["3", "2", "1"])
        self.assertEqual(self.texts(scope="one"), ["1"])
        self.assertEqual(self.texts(query="scope:two OR scope:one"), ["2", "1"])
        self.assertEqual(self.texts(query="scope:ONE"), [])
        self.assertEqual(self.mock.get("/messages/latest", scope="two")["scope"], "two")
        self.assertEqual(self.mock.call("/messages/" + ids[1], scope="one")[0], 404)
        self.assertEqual(self.mock.call(f"/messages/{ids[1]}/receipt", "POST", {"state": "DELIVERED"}, scope="one")[0], 404)
        self.assertEqual(self.mock.get("/wait", scope="two")["messages"][0]["text"], "2")
        self.assertEqual(self.mock.call("/wait", scope="three", timeout="10ms")[0], 408)
        self.assertEqual(self.mock.call("/expect", "POST", {"count": 1, "fields": {"text": "1"}}, scope="one")[0], 200)
        self.assertEqual([s["system_id"] for s in self.mock.get("/sessions", scope="one")["sessions"]], ["one"])
        self.assertEqual(self.mock.call("/messages", "DELETE", scope="one"), (200, {"deleted": 1}))
        self.assertEqual(self.texts(), ["3", "2"])

    def test_rules_and_reset(self):
        fail = {"actions": [{"status": "ESME_RSYSERR"}]}
        self.assertEqual(self.mock.call("/rules", "POST", fail, scope="one")[0], 201)
        self.assertEqual(self.mock.call("/rules", "PUT", [fail], scope="two")[0], 200)
        self.assertEqual([r["scope"] for r in self.mock.get("/rules")["rules"]], ["one", "two"])
        self.assertEqual(len(self.mock.get("/rules", scope="one")["rules"]), 1)
        for peer, status in ((self.one, 8), (self.two, 8), (self.common, OK)):
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], status)
        self.mock.call("/reset", "POST", scope="one")
        for peer, status in ((self.one, OK), (self.two, 8), (self.common, OK)):
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], status)
        self.assertEqual([m["system_id"] for m in self.mock.messages()], ["anybody", "two", "one", "anybody", "two"])
        self.assertEqual(self.refused("one"), OK)
        self.assertEqual(self.mock.call("/rules", "DELETE", scope="two")[0], 200)
        self.assertEqual(self.mock.get("/rules")["rules"], [])

    def test_rules_about_binds(self):
        self.mock.call("/rules", "POST", {"match": {"command": "bind"}, "actions": [{"status": "ESME_RBINDFAIL"}]}, scope="one")
        self.assertEqual(self.refused("one"), RBINDFAIL)
        self.assertEqual(self.refused("two"), OK)
        self.assertEqual(self.refused("anybody"), OK)

    def test_messages_from_mobiles(self):
        self.assertEqual(self.mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x"})[0], 400)
        self.assertEqual(self.mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x"}, scope="one")[0], 202)
        self.assertEqual(self.one.next_deliver().text, b"x")
        self.assertEqual(self.mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x", "account": "two"}, scope="one")[0], 404)

    def test_accounts_of_another_scope_are_not_taken(self):
        status, answer = self.mock.call("/accounts", "PUT", [{"system_id": "two"}], scope="one")
        self.assertEqual((status, answer["error"]["message"]), (400, "two: is an account of another scope"))

    def test_a_scope_survives_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ("--database", os.path.join(folder, "r.db"), "--accounts", '{"system_id":"s","password":null,"scope":"deep"}')
            with Mock(*options) as mock, Peer(mock.port) as peer:
                peer.bind("s")
                peer.submit(text=b"kept")
            with Mock(*options) as mock:
                self.assertEqual([m["text"] for m in mock.messages("scope:deep")], ["kept"])


if __name__ == "__main__":
    unittest.main()
