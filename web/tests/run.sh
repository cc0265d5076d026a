#!/usr/bin/env bash
# Tests of the pages in Debian's Chromium. VARIORUM names the binary (the release build unless told),
# CHROMIUM the browser; SCREENSHOTS a folder for pictures of the pages.
set -euo pipefail
[[ -z ${VARIORUM:-} ]] || export VARIORUM="$(realpath "$VARIORUM")"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

browser=${CHROMIUM:-/usr/bin/chromium}
if [[ ! -x $browser ]]; then
    apt-get install -y -qq chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }
fi
npm ci --ignore-scripts --no-audit --no-fund --silent
exec node --test tests/
