#!/usr/bin/env bash
# Trains the learned part of the coder of events and writes models/events.weights: a quarter of an hour on one core.
# The weights are the mean of two trainings, without and with the passages named by manner (train/README.md says why).
#
#   train/events.sh [PYTHON]     PYTHON: an interpreter with numpy and scipy (train/requirements.txt), python3 unless told
#
# Needs the reader of English as it is to be used: train again whenever models/english.weights or the
# rules of events change. Works in target/events.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
work=${CARGO_TARGET_DIR:-target}/events
mkdir -p "$work"

python3 train/written_events.py rows > "$work/train.jsonl"
python3 train/written_events.py rows --held > "$work/held.jsonl"
for side in train held; do
    cargo run --quiet --release -p variorum-events --example written_rows < "$work/$side.jsonl" > "$work/$side.rows"
done
manners='briefings|chronicles|consultations|features|headlines|local_press|state_media|wires'
grep -vE "\"id\":\"($manners)-" "$work/train.rows" > "$work/plain.rows"
export OMP_NUM_THREADS=1
for part in plain train; do
    "$python" train/events.py "$work/$part.rows" "$work/held.rows" "$work/$part.weights" --quick
done
"$python" train/mean_of_weights.py "$work/plain.weights" "$work/train.weights" 0.6 models/events.weights
