"""How far the chances of the coder of events are to be believed.

    python event_confidence.py TRAIN_JSONL VARIORUM

VARIORUM is the program built with weights that have not seen the first fold of the training passages
(`events.py … --without-first-fold`), TRAIN_JSONL the passages (`written_events.py rows`). The program codes
that fold; a logistic curve is fitted from what it says to what is right (Platt 1999), and printed with the calibration error
before and after. Its slope and shift stand in `crates/events/src/coding/learned/weighing.rs`.
"""

import json
import subprocess
import sys
import tempfile
import zlib

import numpy
import scipy.optimize

BINS = 10
FOLDS = 5


def right(gold, coded):
    """Which of the coded events have type and words of an event of the gold, each used once."""
    used = set()
    for event in gold:
        for n, other in enumerate(coded):
            (a, b), (c, d) = event["trigger"], other["trigger"]
            if n not in used and other["type"] == event["type"] and max(a, c) < min(b, d):
                used.add(n)
                break
    return [n in used for n in range(len(coded))]


def points(program, passages):
    """Confidence and rightness of each event that the program codes."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in passages:
            file.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        file.flush()
        told = subprocess.run([program, "annotate", "--quiet", file.name], capture_output=True, check=True, text=True).stdout
    found = []
    for row, line in zip(passages, told.splitlines()):
        coded = json.loads(line)["annotations"]["events"]
        found += zip((e["confidence"] for e in coded), right(row["events"], coded))
    return numpy.array(found, dtype=float)


def error(chances, hits):
    """Expected calibration error."""
    bins = numpy.minimum(BINS - 1, (chances * BINS).astype(int))
    return sum(abs(chances[bins == b].sum() - hits[bins == b].sum()) for b in range(BINS)) / len(chances)


def main():
    passages = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    fold = [row for row in passages if zlib.crc32(row["id"].encode()) % FOLDS == 0]
    chances, hits = points(sys.argv[2], fold).T
    clipped = numpy.clip(chances, 1e-4, 1 - 1e-4)
    odds = numpy.log(clipped / (1 - clipped))

    def loss(curve):
        scores = curve[0] * odds + curve[1]
        return (numpy.log1p(numpy.exp(-scores)) * hits + numpy.log1p(numpy.exp(scores)) * (1 - hits)).mean()

    slope, shift = scipy.optimize.minimize(loss, [1.0, 0.0], method="Nelder-Mead").x
    after = 1 / (1 + numpy.exp(-(slope * odds + shift)))
    print(f"{len(hits)} events: slope {slope:.3f}, shift {shift:.3f}; error {error(chances, hits):.4f}, then {error(after, hits):.4f}")


if __name__ == "__main__":
    main()
