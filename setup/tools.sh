#!/bin/sh
# tools.sh PYTHON: puts uv, which sets up everything else, into .tools.
set -eu

python=$1
uv_version=0.13.9

if [ "$(.tools/bin/uv --version 2>/dev/null | cut -d ' ' -f 2)" = "$uv_version" ]; then
    exit
fi

# A tools folder is whole or not there at all.
rm -rf .tools
trap 'rm -rf .tools' EXIT
"$python" -m venv .tools
.tools/bin/python -m pip install -qq --no-input --disable-pip-version-check \
    --only-binary :all: "uv==$uv_version"
trap - EXIT
