#!/bin/sh
# Sees to a Japanese font, without which the tests that look at pages and charts see empty boxes.
set -eu

cd "$(dirname "$0")/.."

# Other systems than Linux come with Japanese fonts, and without fontconfig.
if [ "$(uname)" != Linux ] || [ -n "$(fc-list :lang=ja 2>/dev/null)" ]; then
    exit
fi
sh setup/packages.sh "日本語フォントがありません。" "A Japanese font is missing." fontconfig fonts-noto-cjk
