"""Trains the learned part of the coder of events.

    python events.py TRAIN_ROWS HELD_ROWS OUT [--quick] [--keep] [--without-first-fold] [--news ROWS CHANCES]...

The rows are those of `cargo run -p variorum-events --example written_rows`; CHANCES are what `act_teacher.py label`
makes of ROWS of news. Where there are any, the model of acts learns beside the written words from the words of
news: from the chances of the teacher and of the model trained on the written words alone, multiplied.

Four linear models over hashed features: category of an act, whether it happened, mode, party. Each is fitted
by L-BFGS with a squared penalty, its strength chosen and its chances calibrated on folds of the training passages. Prints figures of the folds and of the held-out rows; writes the models that
`crates/events/src/coding/learned/model.rs` reads.
"""

import json
import pathlib
import struct
import sys
import time
import zlib

import numpy
import scipy.optimize
import scipy.sparse

KINDS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT STATEMENT APPOINT"
).split()
ACTS = ["none", *KINDS]
MODALITIES = "actual ongoing planned alleged negated hypothetical".split()
PARTIES = ["none", "actor", "recipient"]
CROSSED = 9  # as in reality.rs
FOLDS = 5
IGNORED = -1


def crossed(hashes, kind):
    """Features together with a category; features.rs does the same."""
    key = ((KINDS.index(kind) + 1) * 0x9E3779B1) & 0xFFFFFFFF
    values = (numpy.asarray(hashes, dtype=numpy.uint64) ^ key) * 0x85EBCA6B & 0xFFFFFFFF
    return (values ^ (values >> 15)).astype(numpy.uint32)


def heads(tokens, span):
    """Tokens of a span, those that hang outside it first."""
    inside = [n for n, (start, end, _) in enumerate(tokens) if start < span[1] and span[0] < end]
    outer = [n for n in inside if tokens[n][2] not in inside or tokens[n][2] == n]
    return outer, inside


class Rows:
    """Examples of one task: features, class, fold."""

    def __init__(self):
        self.features, self.labels, self.folds, self.ids = [], [], [], []

    def add(self, features, label, fold, name):
        self.features.append(numpy.unique(numpy.asarray(features, dtype=numpy.uint32)))
        self.labels.append(label)
        self.folds.append(fold)
        self.ids.append(name)


def read(path, modes):
    """Rows of the four tasks from the sentences of a file."""
    acts, reality, mode, party = Rows(), Rows(), Rows(), Rows()
    lost = {"event": 0, "party": 0, "events": 0, "parties": 0}
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        fold = zlib.crc32(row["id"].encode()) % FOLDS
        left = list(range(len(row["events"])))
        lost["events"] += len(left)
        for number, sentence in enumerate(row["sentences"]):
            tokens = sentence["tokens"]
            candidates = {c["token"]: c for c in sentence["candidates"]}
            labels, told = {}, []
            for n in list(left):
                event = row["events"][n]
                outer, inside = heads(tokens, event["trigger"])
                if not inside:
                    continue
                head = next((t for t in [*outer, *inside] if t in candidates and t not in labels), None)
                if head is None:
                    continue
                left.remove(n)
                labels[head] = event["type"]
                told.append((head, inside, event))
            taken = {t for _, inside, _ in told for t in inside}
            spread = {h for h, first, last in sentence["kept"] if any(first <= t <= last for t in labels)}
            for token, candidate in candidates.items():
                label = labels.get(token)
                if label is None and (token in taken or token in spread):
                    continue
                acts.add(candidate["act"], ACTS.index(label or "none"), fold, (row["id"], number, token))
            for head, _, event in told:
                kind, name = event["type"], (row["id"], number, head)
                seen = candidates[head]
                known = numpy.asarray(seen["reality"], dtype=numpy.uint32)
                known = numpy.concatenate([known, crossed(known[:CROSSED], kind)])
                reality.add(known, MODALITIES.index(event["modality"]), fold, name)
                full = f"{kind}:{event['mode'] or ''}"
                if full in modes:
                    mode.add(seen["act"], modes.index(full), fold, name)
                sides = {}
                phrases = {p["token"]: p for p in seen["phrases"]}
                for label, field in ((1, "actors"), (2, "recipients")):
                    for span in event[field]:
                        outer, inside = heads(tokens, span)
                        found = [t for t in [*outer, *reversed(inside)] if t in phrases]
                        lost["parties"] += 1
                        lost["party"] += not found
                        if found:
                            sides.setdefault(found[0], label)
                for token, phrase in phrases.items():
                    both = numpy.concatenate([numpy.asarray(phrase["plain"], dtype=numpy.uint32), crossed(phrase["typed"], kind)])
                    party.add(both, sides.get(token, 0), fold, name)
        lost["event"] += len(left)
    print(path, len(acts.labels), "words", len(party.labels), "phrases;", "not reached:", lost, flush=True)
    return acts, reality, mode, party


def table_of(rows, vocabulary):
    """Rows as a sparse table of the features that are seen often enough."""
    starts, flat = [0], []
    for features in rows.features:
        at = numpy.minimum(numpy.searchsorted(vocabulary, features), len(vocabulary) - 1)
        flat.append(at[vocabulary[at] == features].astype(numpy.int32))
        starts.append(starts[-1] + len(flat[-1]))
    ones = numpy.ones(starts[-1], dtype=numpy.float32)
    return scipy.sparse.csr_matrix((ones, numpy.concatenate(flat), starts), shape=(len(flat), len(vocabulary)))


def often(rows, least):
    hashes, counts = numpy.unique(numpy.concatenate(rows.features), return_counts=True)
    return hashes[counts >= least]


def certain(labels, classes):
    """Labels as chances."""
    return numpy.eye(classes, dtype=numpy.float32)[labels]


def fit(table, right, strength, begin=None, rounds=40, counts=None):
    """Weights of a multinomial logistic regression on chances, with a squared penalty, by L-BFGS."""
    (rows, size), classes = table.shape, right.shape[1]
    turned = table.T.tocsr()
    counts = numpy.ones((rows, 1), dtype=numpy.float32) if counts is None else counts[:, None].astype(numpy.float32)

    def loss(flat):
        weights = flat.reshape(size, classes).astype(numpy.float32)
        scores = table @ weights
        scores -= scores.max(1, keepdims=True)
        raised = numpy.exp(scores)
        total = raised.sum(1, keepdims=True)
        lost = (counts * (numpy.log(total) - (scores * right).sum(1, keepdims=True))).sum()
        slope = turned @ (counts * (raised / total - right)) + strength * weights
        return float(lost + strength / 2 * (weights**2).sum()), slope.ravel().astype(numpy.float64)

    begin = numpy.zeros(size * classes) if begin is None else begin.ravel().astype(numpy.float64)
    found = scipy.optimize.minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    return found.x.reshape(size, classes).astype(numpy.float32)


def softmax(scores):
    raised = numpy.exp(scores - scores.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def cross_entropy(scores, labels):
    return float(-numpy.log(softmax(scores)[numpy.arange(len(labels)), labels] + 1e-12).mean())


def temperature(scores, labels):
    """The divisor that makes the folds' scores the best chances."""
    grid = numpy.linspace(0.5, 4.0, 71)
    losses = [cross_entropy(scores / t, labels) for t in grid]
    return float(grid[int(numpy.argmin(losses))])


def f1(guess, labels):
    """Of classes that are not the first."""
    right = int(((guess == labels) & (labels > 0)).sum())
    return 2 * right / max(1, int((guess > 0).sum() + (labels > 0).sum()))


def measure(task, scores, labels):
    guess = scores.argmax(1)
    if task in ("acts", "party"):
        return f1(guess, labels)
    return float((guess == labels).mean())


def quantised(names, weights, vocabulary, heat, least):
    """One model as bytes."""
    scale = max(float(numpy.abs(weights).max()) / 32767, 1e-9)
    steps = numpy.rint(weights / scale).astype(numpy.int16)
    steps[numpy.abs(weights) < CHEAP] = 0
    rows = numpy.flatnonzero((steps != 0).any(1))
    lengths = (steps[rows] != 0).sum(1)
    cells = bytearray()
    for r in rows:
        for c in numpy.flatnonzero(steps[r]):
            cells += struct.pack("<Bh", c, int(steps[r, c]))
    text = "\n".join(names).encode()
    head = struct.pack("<I", len(text)) + text + struct.pack("<fffI", heat, scale, least, len(rows))
    return head + vocabulary[rows].astype("<u4").tobytes() + lengths.astype(numpy.uint8).tobytes() + bytes(cells)


STRENGTHS = {"acts": (4.0,), "reality": (3.0,), "mode": (6.0,), "party": (3.0,)}
LEAST_SEEN = {"acts": 2, "reality": 2, "mode": 3, "party": 2}
CHEAP = 0.03  # weights below it are left out
NEWS = 0.3  # how much a word of news counts beside a written one
TEACHER = 0.7  # share of the teacher in what is learned of a word of news


def train(task, names, rows, held, folds_run):
    began = time.time()
    vocabulary = often(rows, LEAST_SEEN[task])
    table, outside = table_of(rows, vocabulary), table_of(held, vocabulary)
    labels, folds = numpy.array(rows.labels), numpy.array(rows.folds)
    found = {s: numpy.zeros((len(labels), len(names)), dtype=numpy.float32) for s in STRENGTHS[task]}
    for fold in range(folds_run):
        weights, others, mine = None, numpy.flatnonzero(folds != fold), numpy.flatnonzero(folds == fold)
        for strength in STRENGTHS[task]:
            weights = fit(table[others], certain(labels[others], len(names)), strength, weights)
            found[strength][mine] = table[mine] @ weights
    seen = folds < folds_run
    best = None
    for strength, scores in found.items():
        heat = temperature(scores[seen], labels[seen])
        loss = cross_entropy(scores[seen] / heat, labels[seen])
        print(f"{task}: strength {strength}: folds {measure(task, scores[seen], labels[seen]):.4f}, loss {loss:.4f}, temperature {heat:.2f}", flush=True)
        if best is None or loss < best[0]:
            best = (loss, strength, heat)
    _, strength, heat = best
    mine = folds != 0 if "--without-first-fold" in sys.argv else folds >= 0
    weights = fit(table[mine], certain(labels[mine], len(names)), strength)
    scores = outside @ weights
    print(f"{task}: {len(vocabulary)} features; held out {measure(task, scores, numpy.array(held.labels)):.4f}; {time.time() - began:.0f} s", flush=True)
    return weights, vocabulary, heat


def read_news(pairs):
    """Words of news: features, and the chances of the teacher."""
    words, chances = Rows(), []
    for source, labelled in pairs:
        file = numpy.load(labelled)
        told, places = file["chances"].astype(numpy.float32), file["places"].tolist()
        known = {(name, *place): n for n, (name, place) in enumerate(zip(file["ids"].tolist(), places))}
        for line in open(source, encoding="utf-8"):
            row = json.loads(line)
            for number, sentence in enumerate(row["sentences"]):
                for c in sentence["candidates"]:
                    n = known.get((row["id"], number, c["token"]))
                    if n is not None:
                        words.add(c["act"], None, None, None)
                        chances.append(told[n])
    return words, numpy.array(chances)


def widened(rows, news):
    """Features seen often enough in the written words and in news together, a written one for two."""
    own, counts = numpy.unique(numpy.concatenate(rows.features), return_counts=True)
    others, more = numpy.unique(numpy.concatenate(news.features), return_counts=True)
    both, at = numpy.unique(numpy.concatenate([own, others]), return_inverse=True)
    return both[numpy.bincount(at, numpy.concatenate([2 * counts, more])) >= 2 * LEAST_SEEN["acts"]]


def distil(task, names, rows, held, plain, news, teacher):
    """The model of acts, from the written words and from news. `plain`: the one from the written words."""
    began, strength = time.time(), STRENGTHS[task][0]
    weights, vocabulary, heat = plain
    own = softmax(table_of(news, vocabulary) @ weights / heat)
    soft = own ** (1 - TEACHER) * (teacher + 1e-6) ** TEACHER
    soft /= soft.sum(1, keepdims=True)
    vocabulary = widened(rows, news)
    table, labels, folds = table_of(rows, vocabulary), numpy.array(rows.labels), numpy.array(rows.folds)
    right, outside, beside = certain(labels, len(names)), table_of(held, vocabulary), table_of(news, vocabulary)

    def fitted(mine, begin, rounds):
        counts = numpy.concatenate([numpy.ones(len(mine)), numpy.full(len(soft), NEWS)])
        chances = numpy.concatenate([right[mine], soft]).astype(numpy.float32)
        return fit(scipy.sparse.vstack([table[mine], beside]).tocsr(), chances, strength, begin, rounds, counts)

    others, mine = numpy.flatnonzero(folds != 0), numpy.flatnonzero(folds == 0)
    weights = fitted(others, None, 45)
    scores = table[mine] @ weights
    heat = temperature(scores, labels[mine])
    print(f"{task} with news: fold {measure(task, scores, labels[mine]):.4f}, loss {cross_entropy(scores / heat, labels[mine]):.4f}, temperature {heat:.2f}", flush=True)
    weights = fitted(numpy.arange(len(labels)), weights, 20)
    scores = outside @ weights
    print(f"{task}: {len(vocabulary)} features; held out {measure(task, scores, numpy.array(held.labels)):.4f}; {time.time() - began:.0f} s", flush=True)
    return weights, vocabulary, heat


def main():
    source, held, out = sys.argv[1:4]
    folds = 1 if "--quick" in sys.argv else FOLDS
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    from written_events import MODES

    modes = [f"{kind}:{mode}" for kind in KINDS for mode in ["", *MODES[kind].split()] if MODES[kind]]
    data = zip(("acts", "reality", "mode", "party"), (ACTS, MODALITIES, modes, PARTIES), read(source, modes), read(held, modes))
    least = {"acts": 0.5, "reality": 0.0, "mode": 0.0, "party": 0.5}
    file = bytearray(b"VREVENT1")
    pairs = [sys.argv[n + 1 : n + 3] for n, word in enumerate(sys.argv) if word == "--news"]
    for task, names, rows, outside in data:
        weights, vocabulary, heat = train(task, names, rows, outside, folds)
        if task == "acts" and pairs:
            weights, vocabulary, heat = distil(task, names, rows, outside, (weights, vocabulary, heat), *read_news(pairs))
        part = quantised(names, weights, vocabulary, heat, least[task])
        print(f"{task}: {len(part)} bytes", flush=True)
        if "--keep" in sys.argv:
            numpy.savez(f"{out}.{task}.npz", weights=weights, vocabulary=vocabulary, heat=heat)
        file += part
    pathlib.Path(out).write_bytes(file)
    print(len(file), "bytes", flush=True)


if __name__ == "__main__":
    main()
