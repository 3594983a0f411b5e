#!/bin/sh
# Sees to a Chromium for the tests that open the reports in a browser, and to what the program that
# drives it in those tests is linked against: a bare Debian lacks libatomic.
set -eu

cd "$(dirname "$0")/.."

browser() {
    for name in "${AIP_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name" >/dev/null; then
            return
        fi
    done
    return 1
}

driver() {
    for node in .venv/lib/python3*/site-packages/playwright/driver/node; do
        if [ -x "$node" ] && ! "$node" --version >/dev/null 2>&1; then
            return 1
        fi
    done
}

browser || sh setup/packages.sh "ブラウザー（Chromium）がありません。" "A browser (Chromium) is missing." chromium
driver || sh setup/packages.sh "ブラウザーのテストに使うライブラリーがありません。" \
    "A library for the tests in a browser is missing." libatomic1
