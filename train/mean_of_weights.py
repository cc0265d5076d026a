"""The mean of two files of weights for the coder of events.

    python mean_of_weights.py FIRST SECOND SHARE OUT

SHARE is what SECOND counts for. Both have the form that `events.py` writes; each class of FIRST must be one of
SECOND. Scores are linear in the weights, so the mean says what two models would say together, at the cost of one.
"""

import pathlib
import struct
import sys

import numpy

TASKS = 4
MAGIC = b"VREVENT1"
CELL = numpy.dtype([("class", "u1"), ("weight", "<i2")])
CHEAP = 0.02  # weights below it are left out


class Reader:
    """A cursor over the bytes of a file."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def numbers(self, form):
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def array(self, kind, count):
        found = numpy.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def read(path):
    """Names of the classes, least chance, and weights by hash and class, for each task."""
    reader = Reader(pathlib.Path(path).read_bytes())
    assert bytes(reader.array("u1", len(MAGIC))) == MAGIC, f"{path} holds no weights"
    tasks = []
    for _ in range(TASKS):
        names = bytes(reader.array("u1", *reader.numbers("<I"))).decode().split("\n")
        heat, scale, least, rows = reader.numbers("<fffI")
        hashes, lengths = reader.array("<u4", rows), reader.array("u1", rows).astype(int)
        cells = reader.array(CELL, int(lengths.sum()))
        keys = zip(numpy.repeat(hashes, lengths).tolist(), (names[c] for c in cells["class"].tolist()))
        values = (cells["weight"] * (scale / heat)).tolist()
        tasks.append((names, least, dict(zip(keys, values))))
    return tasks


def mean(first, second, share):
    """One task of both."""
    names, least, weights = second
    assert set(first[0]) <= set(names), "a class is in the first file alone"
    both = {key: share * value for key, value in weights.items()}
    for key, value in first[2].items():
        both[key] = both.get(key, 0.0) + (1 - share) * value
    both = {key: value for key, value in both.items() if abs(value) >= CHEAP}
    return names, (1 - share) * first[1] + share * least, both


def written(names, least, weights):
    """A task in the form that `model.rs` reads."""
    scale = max(abs(value) for value in weights.values()) / 32767
    number, rows = {name: n for n, name in enumerate(names)}, {}
    for (feature, name), value in weights.items():
        rows.setdefault(feature, []).append((number[name], round(value / scale)))
    text, cells = "\n".join(names).encode(), bytearray()
    for feature in sorted(rows):
        for cell in sorted(rows[feature]):
            cells += struct.pack("<Bh", *cell)
    head = struct.pack("<I", len(text)) + text + struct.pack("<fffI", 1.0, scale, least, len(rows))
    features = numpy.array(sorted(rows), "<u4")
    return head + features.tobytes() + bytes(len(rows[f]) for f in features.tolist()) + bytes(cells)


def main():
    first, second, share, out = sys.argv[1:5]
    tasks = [written(*mean(a, b, float(share))) for a, b in zip(read(first), read(second))]
    pathlib.Path(out).write_bytes(MAGIC + b"".join(tasks))


if __name__ == "__main__":
    main()
