#!/bin/sh
# packages.sh JAPANESE ENGLISH PACKAGE...: installs Debian packages where it may, otherwise says
# what is missing (in the two languages given) and the one line that installs it.
# Exit code 14: a tool is missing.
set -eu

missing_ja=$1 missing_en=$2
shift 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# cron's PATH lacks the folders that dpkg needs.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1
}

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "$* を入れています… / Installing $*..."
    # The package lists are fetched only where they are missing or too old to serve.
    install="install -y --no-install-recommends"
    # shellcheck disable=SC2086  # the words of $install are separate arguments
    if apt $install "$@" || { apt update && apt $install "$@"; }; then
        exit 0
    fi
    tail -n 5 "$log" >&2
fi

if command -v apt-get >/dev/null; then
    echo "${missing_ja}次の1行で入れてから、もう一度実行してください: sudo apt-get install $*" >&2
    echo "$missing_en Install it with this line, then try again: sudo apt-get install $*" >&2
else
    echo "${missing_ja}入れてから、もう一度実行してください（Debianでのパッケージ名: $*）。" >&2
    echo "$missing_en Install it, then try again (on Debian the packages are: $*)." >&2
fi
exit 14
