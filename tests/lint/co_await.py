"""What g++ 12 compiles to a double destruction: in a statement with co_await, a braced aggregate or a
capturing lambda. Name it on the line before."""
import re

from sources import files

BRACED = re.compile(r"\b[A-Za-z_][\w:]*(?:<[^<>;]*>)?\s*\{[^}]*\S[^}]*\}")
LAMBDA = re.compile(r"\[\s*[^\]\s][^\]]*\]\s*(\(|\{|mutable)")
NOISE = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.S)


def statement_from(text, at):
    """The text from `at` to the ; that ends the statement."""
    depth = 0
    for end in range(at, len(text)):
        if text[end] in "({[":
            depth += 1
        elif text[end] in ")}]":
            depth -= 1
            if depth < 0:
                return text[at:end]
        elif text[end] == ";" and depth == 0:
            return text[at:end]
    return text[at:]


def check(path, text):
    text = NOISE.sub(lambda noise: re.sub(r"[^\n]", " ", noise[0]), text)
    for found in re.finditer(r"\bco_await\b", text):
        statement = statement_from(text, found.end())
        line = text.count("\n", 0, found.start()) + 1
        if LAMBDA.search(statement):
            yield f"{path}:{line}: a capturing lambda inside co_await"
        if BRACED.search(statement):
            yield f"{path}:{line}: a braced temporary inside co_await"


def violations(root):
    return [line for path, text in files(root) for line in check(path, text)]
