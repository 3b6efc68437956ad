#!/bin/sh
# Starts mock-smsc on free ports for what follows, and ends it with the script. For one command alone there is
# `mock-smsc run -- COMMAND`.
set -eu
folder=$(mktemp -d)
mock-smsc --listen 127.0.0.1:0 --http 127.0.0.1:0 --ready-file "$folder/ready.json" >"$folder/log" 2>&1 &
mock=$!
trap 'kill "$mock" 2>/dev/null && wait "$mock"; rm -rf "$folder"' EXIT
tries=0
until [ -s "$folder/ready.json" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ] || ! kill -0 "$mock" 2>/dev/null; then
        cat "$folder/log" >&2
        exit 1
    fi
    sleep 0.05
done
SMPP_URL=smpp://$(sed 's/.*"smpp":"\([^"]*\)".*/\1/' "$folder/ready.json")
MOCK_SMSC_API=http://$(sed 's/.*"http":"\([^"]*\)".*/\1/' "$folder/ready.json")/api/v1
export SMPP_URL MOCK_SMSC_API

# The test: replace this by your own.
"$@"
