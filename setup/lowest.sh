#!/bin/sh
# lowest.sh: builds .venv-lowest, which has the lowest version that pyproject.toml allows of each
# package that it names, and the newest of everything that these need. Rebuilt only after a change.
set -eu

cd "$(dirname "$0")/.."
wanted="$(cksum <pyproject.toml) $(pwd -P)"

if [ "$(cat .venv-lowest/.set-up 2>/dev/null || true)" = "$wanted" ]; then
    exit
fi

python=$(sh setup/python.sh)
echo "最も低い版の環境を用意しています… / Setting up the environment with the lowest versions..."
# shellcheck source=setup/certificates.sh
. setup/certificates.sh
sh setup/tools.sh "$python"
.tools/bin/uv venv --quiet --clear --python "$python" .venv-lowest
.tools/bin/uv pip install --quiet --python .venv-lowest/bin/python --resolution lowest-direct \
    --only-binary :all: --editable '.[dask]' --group test
echo "$wanted" >.venv-lowest/.set-up
