"""Sorts common words into classes by their static vectors, for words that training has not seen.

    python word_clusters.py MODEL OUT      MODEL: folder of a spaCy model with vectors (MIT)

Writes word, class of 80, class of 320, class of 1200, each class made of whole classes of the next.
"""

import pathlib
import sys

import numpy
import spacy

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
COUNT = 16000
SIZES = (1200, 320, 80)


def common(nlp):
    """The most frequent lower-case words that have a vector of their own, and those of the event lexicon."""
    strings, vectors = nlp.vocab.strings, nlp.vocab.vectors
    wanted = {}
    for name in ("events_verbs.tsv", "events_nouns.tsv", "events_classes.tsv", "events_actors.tsv"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                for cell in line.split("\t")[:3]:
                    for word in cell.lstrip("!").split("|"):
                        wanted.setdefault(word.lstrip("@"))
    for name in ("word_document_frequencies.tsv", "common_words.tsv"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                wanted.setdefault(line.split("\t")[0])
    known = [w for w in wanted if w.isalpha() and w.islower() and strings[w] in vectors.key2row]
    known = [w for w in known if vectors.key2row[strings[w]] >= 0]
    return sorted(known[:COUNT])


def grouped(points, size, rounds=20):
    """k-means: the class of each point, and the centres. Starts at points spread by a fixed draw."""
    draw = numpy.random.default_rng(1)
    centres = points[draw.choice(len(points), size, replace=False)]
    for _ in range(rounds):
        nearest = (points @ centres.T - (centres**2).sum(1) / 2).argmax(1)
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, points)
        counts = numpy.bincount(nearest, minlength=size)[:, None]
        centres = numpy.where(counts > 0, sums / numpy.maximum(counts, 1), centres)
    return nearest, centres


def main():
    model, out = sys.argv[1:]
    nlp = spacy.load(model)
    words = common(nlp)
    rows = numpy.stack([nlp.vocab.vectors[nlp.vocab.strings[w]] for w in words])
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    levels, points = [], rows
    for size in SIZES:
        nearest, points = grouped(points, size)
        levels.append(nearest if not levels else nearest[levels[-1]])
    head = f"""# Classes of common words by their static vectors: alike in use, alike in class.
# Columns: word, class of {SIZES[2]}, class of {SIZES[1]}, class of {SIZES[0]}
# Made by train/word_clusters.py (k-means) from the vectors of spaCy en_core_web_md 3.8 (MIT), whose
# words are those of this project's own lists.
"""
    lines = ["\t".join([w, *(str(levels[k][i]) for k in (2, 1, 0))]) for i, w in enumerate(words)]
    pathlib.Path(out).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
