#!/bin/sh
# Prints the path of the Python to build on: 3.11 where there is one, otherwise any newer. It can
# make virtual environments, which Debian's cannot until a package more is installed.
set -eu

find_python() {
    for name in python3.11 python3 python3.12 python3.13 python3.14; do
        # Trying it tells more than its name: a version manager's shim may lead nowhere. The base
        # executable is asked for because an activated virtual environment may be deleted later.
        "$name" -c '
import sys
if sys.version_info < (3, 11): sys.exit(1)
print(getattr(sys, "_base_executable", sys.executable))' 2>/dev/null && return
    done
    return 1
}

if ! python=$(find_python); then
    sh setup/packages.sh \
        "Python 3.11以上が見つかりません。" "Python 3.11 or newer is missing." python3 python3-venv >&2
    if ! python=$(find_python); then
        echo "このシステムのPythonは3.11より古いものです。3.11以上を入れてから、もう一度実行してください。" >&2
        echo "This system's Python is older than 3.11. Install 3.11 or newer, then try again." >&2
        exit 14
    fi
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    sh setup/packages.sh \
        "Pythonの仮想環境をつくる部品（venv）がありません。" \
        "The part of Python that makes virtual environments (venv) is missing." "$package" >&2
fi
echo "$python"
