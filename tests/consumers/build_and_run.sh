#!/usr/bin/env bash
# Builds a consumer of the library as a stranger would, and runs it.
#   build_and_run.sh find_package|add_subdirectory SOURCE BUILD WORK COMPILER
set -euo pipefail
kind=$1 source=$2 build=$3 work=$4 compiler=$5
rm -rf "$work"
mkdir -p "$work"
options=(-S "$source/tests/consumers/$kind" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_COMPILER=$compiler")
launcher=$(command -v ccache || true)
[ -z "$launcher" ] || options+=("-DCMAKE_CXX_COMPILER_LAUNCHER=$launcher")
if [ "$kind" = find_package ]; then
    cmake --install "$build" --prefix "$work/prefix" >/dev/null
    options+=("-DCMAKE_PREFIX_PATH=$work/prefix")
else
    options+=("-DSMPP_SOURCE_DIR=$source")
fi
cmake "${options[@]}" >/dev/null
cmake --build "$work/build" --target consumer
"$work/build/consumer"
[ "$kind" != find_package ] || "$work/build/mock_consumer"
