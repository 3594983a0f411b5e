#!/bin/sh
# Sees to a Chromium for the tests that open the reports in a browser.
set -eu

cd "$(dirname "$0")/.."

for name in "${AIP_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
        exit
    fi
done
sh setup/packages.sh "ブラウザー（Chromium）がありません。" "A browser (Chromium) is missing." chromium
