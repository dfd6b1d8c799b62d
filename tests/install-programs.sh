#!/bin/sh
# Installs the system programs that some tests use. Where that is not allowed those tests skip, naming the package.
set -eu
missing=""
for pair in ssh:openssh-client tmux:tmux pandoc:pandoc weasyprint:weasyprint rsvg-convert:librsvg2-bin \
    dbclient:dropbear-bin plink:putty-tools faketime:faketime; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null 2>&1 || { echo "not installed, so their tests will skip:$missing"; exit 0; }
if [ "$(id -u)" = 0 ]; then
    root=""
elif sudo -n true 2>/dev/null; then
    root="sudo"
else
    echo "not installed, so their tests will skip:$missing"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# shellcheck disable=SC2086
$root apt-get install -y -qq --no-install-recommends $missing >/dev/null
