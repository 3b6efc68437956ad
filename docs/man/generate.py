"""The man page of a program, from what its --help prints: generate.py PROGRAM > NAME.1"""
import os
import re
import subprocess
import sys

import smpp_dump

ABOUT = {
    "notifier": ("send SMS over SMPP from Apprise-style URLs", [
        ("0", "every recipient of every URL was accepted; delivered, with --wait-receipt"),
        ("1", "something failed or its outcome is unknown, or there is nothing to send to"),
        ("2", "a mistake in the command line, a URL or a file, even beside good URLs, which are served"),
        ("3", "no URL of the configuration has the tags of -g")]),
    "mock-smsc": ("an SMSC for tests, local work and load", [
        ("0", "ended by SIGTERM or SIGINT; for run, what the command says"),
        ("1", "it could not start, or ready found nothing ready"),
        ("2", "a mistake in the options, the environment or the configuration: all are told at once")]),
    "smpp-dump": ("show the SMPP protocol in captures and on the wire", [
        ("0", "fine"), ("1", "findings that --fail-on asks about, or a check that failed"), ("2", "a mistake in the options"),
        ("3", "damaged input; what came before it was shown")]),
    "smpp-load": ("load a message centre with SMPP and measure how it takes it", [
        ("0", "all sessions were bound to the end, and every message that was due was answered"),
        ("1", "not all, or the centre could not be reached"),
        ("2", "a mistake in the options")]),
}
# Sections that --help has no place for: (title, [(term or None, text), ...]).
MORE = {
    "notifier": [
        ("URLS", [
            (None, "Every part of a URL can stand in its query, where it wins. Each parameter of a URL below can, too, and each "
                   "is also an option that counts for all URLs."),
            ("user", "the user (system_id)"),
            ("pass, password", "the password"),
            ("host, port", "where to connect; host may be name:port"),
            ("from, source", "the sender; then the whole path is recipients"),
            ("to, targets", "recipients, separated by commas; may repeat"),
            ("tag, tags", "names to choose the URL by with -g"),
            ("optional", "yes: a failure of this URL does not count")]),
        ("ENVIRONMENT", [
            ("NOTIFIER_URLS, APPRISE_URLS", "URLs that are used when neither a URL nor -c is given; the first one that is set"),
            ("NOTIFIER_CONFIG_PATH, APPRISE_CONFIG_PATH", "configuration files, separated by semicolons, in place of those below"),
            ("TMPDIR", "where --bulk keeps an input that is not a file")]),
        ("FILES", [
            ("~/.notifier, ~/.config/notifier, /etc/notifier",
             "configurations, as such or with .conf, .yml or .yaml; also in a folder of that name, ~/.config/notifier/notifier.yml. "
             "Without any, those of apprise are read"),
            (None, "TEXT: lines of [TAGS =] URL, GROUP = TAGS and include FILE. YAML: the keys urls, tag, groups and include.")]),
        ("EXAMPLES", [
            ('notifier -b "Disk is full" smpp://user:password@smpp.example.ca/+15551234567/+15557654321', "one SMS"),
            ('backup.sh 2>&1 | tail -1 | notifier --url-file /etc/notifier/oncall', "the text from standard input, the URL from a file"),
            ("notifier --explain smpps://user:password@smpp.example.ca/Shop/+15557654321", "how a URL is understood"),
            ('notifier --wait-receipt 60 -vv -b "On my way" -g family', "to the URLs of the configuration with a tag; did it arrive?"),
            ('notifier --bulk people.csv --journal people.journal -b "Dear {name}, ..." smpps://user:password@smpp.example.ca/Shop',
             "to many; the same command again after a crash goes on")])],
}
OPTION = re.compile(r"^  (-.*?)(?:\s{2,}(\S.*))?$")
GROUP = re.compile(r"^([A-Z][^:]*.*):$")
USAGE = re.compile(r"^usage:((?: .*\n)(?:[ ]+\S.*\n)*)", re.M | re.I)


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def bold_options(left):
    """-b [ --body ] TEXT becomes -b, --body TEXT with its names in bold."""
    left = re.sub(r"(-\w) \[ (--[\w-]+) \]", r"\1, \2", left)
    return re.sub(r"(?<![\w-])(--?[A-Za-z][\w-]*)", lambda name: "\\fB" + roff(name[1]) + "\\fR", roff(left)
                  .replace("\\-", "-"))


def apart(line, next_line):
    """Two spaces before the description, where the longest option of a group leaves only one."""
    column = len(next_line) - len(next_line.lstrip())
    if len(line) > column > 3 and line[column - 1] == " " and not OPTION.match(next_line):
        return line[:column] + " " + line[column:]
    return line


def options(lines):
    """(group or None, left, description) of each option."""
    group, left, words = None, None, []
    for line in [*map(apart, lines, [*lines[1:], ""]), ""]:
        found = OPTION.match(line)
        if left is not None and (found or not line.startswith("   ")):
            yield group, left, " ".join(" ".join(words).split())
            left, words = None, []
        if found:
            left, words = found[1], [found[2]] if found[2] else []
        elif left is not None:
            words.append(line.strip())
        elif GROUP.match(line):
            group = GROUP.match(line)[1]


def more(name, program):
    for title, entries in MORE.get(name, []) + (smpp_dump.sections(program) if name == "smpp-dump" else []):
        yield f".SH {title}"
        for term, text in entries:
            yield from [".PP", roff(text)] if term is None else [".TP", f"\\fB{roff(term)}\\fR", roff(text)]


def synopsis(name, lines):
    """The forms of use that --help begins with."""
    text = "\n".join(lines)
    usage = USAGE.search(text)
    for form in usage[1].splitlines() if usage else [f"{name} [OPTIONS]"]:
        form = re.split(r"\s{3,}", form.strip())[0]
        yield ".br" if form else ""
        yield re.sub(r"^\S+", lambda found: f"\\fB{found[0]}\\fR", roff(form))


def page(program, text):
    name = os.path.basename(program)
    summary, codes = ABOUT[name]
    lines = text.splitlines()
    first = next(i for i, line in enumerate(lines) if OPTION.match(line))
    head = "\n".join(line for line in lines[:first] if not GROUP.match(line)) + "\n"
    head = USAGE.sub(lambda forms: forms[0] if re.search(r"\S {3,}\S", forms[0]) else "", head)  # with what they do
    out = [f".TH {name.upper()} 1", ".SH NAME", f"{name} \\- {roff(summary)}", ".SH SYNOPSIS",
           *synopsis(name, lines), ".SH DESCRIPTION", ".nf"]
    out += [roff(line) for line in head.strip("\n").splitlines()]
    out += [".fi", ".SH OPTIONS"]
    before = None
    for group, left, description in options(lines[first - 1:]):
        if group != before:
            out.append(f".SS \"{roff(group)}\"")
            before = group
        out += [".TP", bold_options(left), roff(description)]
    out.append(".SH EXIT STATUS")
    for code, meaning in codes:
        out += [".TP", f"\\fB{code}\\fR", roff(meaning)]
    out += more(name, program)
    others = sorted(set(ABOUT) - {name})
    out += [".SH SEE ALSO", ", ".join(f"\\fB{roff(other)}\\fR(1)" for other in others)]
    return "\n".join(out) + "\n"


def main():
    program = sys.argv[1]
    shown = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)
    sys.stdout.write(page(program, shown.stdout))


if __name__ == "__main__":
    main()
