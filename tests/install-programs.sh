#!/bin/sh
# Installs the system programs that some tests use. Where that is not allowed those tests skip, naming the package.
set -eu

# Formatters that people run over their notes, and axe-core, which looks at web pages, come from npm and lie in a folder
# of this project.
cd "$(dirname "$0")/.."
if [ ! -e .formatters/node_modules/axe-core/axe.min.js ] && command -v npm >/dev/null 2>&1; then
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix .formatters prettier@3.10.1 remark-cli@12.0.1 \
        remark-gfm@4.0.1 remark-frontmatter@5.0.0 markdownlint-cli2@0.22.1 axe-core@4.11.0 >/dev/null 2>&1 ||
        echo "prettier, remark, markdownlint and axe-core are not installed, so their tests will skip"
fi
missing=""
for pair in ssh:openssh-client tmux:tmux pandoc:pandoc weasyprint:weasyprint rsvg-convert:librsvg2-bin \
    dbclient:dropbear-bin plink:putty-tools faketime:faketime nats-server:nats-server; do
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
