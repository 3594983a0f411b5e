#!/bin/sh
# compiled.sh: compiles the workbench's own code where it is newer than what was compiled of it.
# Scheduled runs of another user may not be allowed to write here, and some systems tell Python
# not to: each process would compile all of it again.
set -eu

cd "$(dirname "$0")/.."
stamp=.venv/.compiled

if [ -e "$stamp" ] && [ -z "$(find aip_analysis -name '*.py' -newer "$stamp")" ]; then
    exit
fi

# Whoever may not write here goes without.
touch "$stamp.new" 2>/dev/null || exit 0
# What does not compile says so when it is used.
.venv/bin/python -m compileall -q aip_analysis >/dev/null || true
mv "$stamp.new" "$stamp"
