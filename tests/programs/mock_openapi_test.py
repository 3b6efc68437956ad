#!/usr/bin/env python3
"""mock-smsc's OpenAPI document against the server: every call of the document is made, with its example and each of its
parameters, and the answer has to be what the document says, no less and no more."""
import json
import re
import unittest
import urllib.error
import urllib.parse
import urllib.request

from mock import Mock
from smpp_peer import Peer


def differences(value, schema, schemas, where="answer"):
    """What of a value a schema does not allow; members that it does not name, too."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    kind = schema.get("type")
    types = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    if kind and (not isinstance(value, types[kind]) or (kind in ("integer", "number") and isinstance(value, bool))):
        return [f"{where}: {value!r} is no {kind}"]
    out = []
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{where}: {value!r} is not one of {schema['enum']}")
    if kind == "object" and "properties" in schema:
        out += [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            if name not in schema["properties"]:
                out.append(f"{where}.{name} is not described")
            else:
                out += differences(member, schema["properties"][name], schemas, f"{where}.{name}")
    if kind == "array":
        for index, each in enumerate(value):
            out += differences(each, schema["items"], schemas, f"{where}[{index}]")
    return out


class Document(unittest.TestCase):
    # What takes things away comes last, whatever the document's order.
    LAST = ("delete /api/v1/rules/{id}", "delete /api/v1/rules", "delete /api/v1/sessions/{id}", "delete /api/v1/messages",
            "put /api/v1/accounts", "post /api/v1/reset")

    def setUp(self):
        self.mock = Mock()
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)
        self.peer = Peer(self.mock.port)
        self.addCleanup(self.peer.close)
        self.peer.bind()
        for number in (1, 2):  # a long message, with findings
            self.peer.submit(to="15551234567", sender="ACME", esm_class=0x40, text=bytes([5, 0, 3, 9, 2, number]) + b"part")
        self.document = self.mock.get("/openapi.json")
        self.schemas = self.document["components"]["schemas"]

    def calls(self):
        all_calls = [(method, path, call) for path, methods in self.document["paths"].items() for method, call in methods.items()]
        last = [c for name in self.LAST for c in all_calls if f"{c[0]} {c[1]}" == name]
        self.assertEqual(len(last), len(self.LAST))
        return [c for c in all_calls if f"{c[0]} {c[1]}" not in self.LAST] + last

    def send(self, method, path, params, body):
        address = f"http://{self.mock.http}{path.replace('{id}', '1')}?{urllib.parse.urlencode(params)}"
        request = urllib.request.Request(address, None if body is None else json.dumps(body).encode(), method=method.upper())
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                kind = answer.headers["Content-Type"]
                return answer.status, kind, b"" if kind == "text/event-stream" else answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers["Content-Type"], refused.read()

    def check(self, call, status, kind, body):
        described = call["responses"].get(str(status))
        self.assertIsNotNone(described, f"{status} is not described: {body}")
        if "content" in described:
            self.assertEqual(kind, "application/json")
            schema = described["content"]["application/json"]["schema"]
            self.assertEqual(differences(json.loads(body), schema, self.schemas), [])
        else:
            self.assertNotEqual(kind, "application/json")

    def test_every_call_is_as_described(self):
        made = 0
        for method, path, call in self.calls():
            with self.subTest(method=method, path=path):
                body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
                number = self.mock.call("/rules", "POST", {"actions": []})[1]["id"] if "/rules/" in path else 1
                status, kind, answer = self.send(method, path.replace("{id}", str(number)), {}, body)
                if path == "/api/v1/outbind":
                    self.assertIn(status, (202, 502))  # nobody listens there
                else:
                    self.assertLess(status, 300, answer)
                    self.check(call, status, kind, answer)
                made += 1
        self.assertGreater(made, 30)

    def test_every_parameter_is_taken_and_others_are_not(self):
        for path, methods in self.document["paths"].items():
            for method, call in methods.items():
                if method == "get":
                    with self.subTest(path=path):
                        names = {p["name"]: p["example"] for p in call["parameters"] if p["in"] == "query"}
                        self.assertIn("scope", names)
                        status, _, answer = self.send(method, path, names, None)
                        self.assertIn(status, (200, 404, 408), answer)
                        self.assertEqual([p["name"] for p in call["parameters"] if p["in"] == "path"], re.findall(r"\{(\w+)\}", path))
                        if path.startswith("/api/") and path != "/api/v1/openapi.json":
                            status, _, answer = self.send(method, path, {"nope": 1}, None)
                            self.assertEqual((status, json.loads(answer)["error"]["message"]), (400, 'unknown parameter "nope"'))

    def test_every_call_names_an_answer(self):
        for path, methods in self.document["paths"].items():
            for method, call in methods.items():
                with self.subTest(method=method, path=path):
                    self.assertIn("default", call["responses"])
                    self.assertTrue(any(code.startswith("2") for code in call["responses"]))

    def test_methods_that_are_not_described_are_not_there(self):
        for path, methods in self.document["paths"].items():
            for method in {"get", "put", "post", "delete", "patch"} - set(methods):
                with self.subTest(method=method, path=path):
                    # Messages have ids of all kinds, for all that the path of their tags says.
                    expected = 404 if (method, path) == ("get", "/api/v1/messages/tags") else 405
                    self.assertEqual(self.send(method, path, {}, None if method == "get" else {})[0], expected)

    def test_errors_are_as_described(self):
        for path in ("/api/v1/messages/99", "/api/v1/nothing", "/api/v1/messages?query=("):
            status, answer = self.mock.call(path)
            self.assertGreaterEqual(status, 400)
            self.assertEqual(differences(answer, {"$ref": "#/components/schemas/Error"}, self.schemas), [])


if __name__ == "__main__":
    unittest.main()
