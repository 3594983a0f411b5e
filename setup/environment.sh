#!/bin/sh
# environment.sh reports|test: brings .venv to what uv.lock says; nothing to do, nothing done.
set -eu

cd "$(dirname "$0")/.."
kind=$1

# The stamp holds what was set up and where: content, not dates, so that a new checkout of the
# same files costs nothing, and a folder that moved, whose scripts point to the old place, is seen.
here=$(pwd -P)
wanted="$(cat pyproject.toml uv.lock | cksum) $here"
stamp=$(cat ".venv/.set-up-for-$kind" 2>/dev/null || true)

alive() {
    .venv/bin/python -I -S -c '' 2>/dev/null
}

if [ "$stamp" = "$wanted" ] && alive; then
    exit
fi

failed() {
    code=$?
    if [ "$code" -eq 0 ] || [ "$code" -eq 14 ]; then
        exit "$code"
    fi
    echo "Python環境を用意できませんでした。理由は上のとおりです。ネットワークが理由なら、接続とプロキシの設定を確かめて、もう一度実行してください。" >&2
    echo "The Python environment could not be set up, for the reason above. If it is the network, check the connection and the proxy settings, then try again." >&2
    exit 14
}
trap failed EXIT

python=$(sh setup/python.sh)
echo "Python環境を用意しています（初回は数分かかります）… / Setting up the Python environment (a few minutes the first time)..."
# shellcheck source=setup/certificates.sh
. setup/certificates.sh
sh setup/tools.sh "$python"

moved=$(cat .venv/.set-up-in 2>/dev/null || echo "$here")
if [ "$moved" != "$here" ] || ! alive; then
    rm -rf .venv
fi
rm -f .venv/.set-up-*

group=
if [ "$kind" = test ]; then
    group="--group test"
fi
# Inexact: setting up for reports leaves the test tools where they are. Compiled now, because the
# scheduled runs of another user may not be allowed to write here.
# shellcheck disable=SC2086  # none or two words
UV_PROJECT_ENVIRONMENT=.venv .tools/bin/uv sync --quiet --locked --inexact --no-dev \
    --compile-bytecode --python "$python" $group

echo "$here" >.venv/.set-up-in
echo "$wanted" >.venv/.set-up-for-reports
if [ "$kind" = test ]; then
    echo "$wanted" >.venv/.set-up-for-test
fi
