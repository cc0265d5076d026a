"""Learns what words of news go together, for telling two reports of one event that choose other words.

    python word_topics.py NEWS OUT      NEWS: gzipped JSONL with "title" and "text"

Latent semantic indexing (Deerwester et al. 1990): the strongest directions of the matrix of articles and
words, weighted by tf-idf. Writes each word with its place along them, a signed byte each, in base64.
"""

import base64
import collections
import gzip
import json
import math
import pathlib
import re
import sys

import numpy
import scipy.sparse
import scipy.sparse.linalg

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
DIRECTIONS = 64
WORD = re.compile(r"[^\W_]+")
HEADER = f"""\
# Which words of English news go together: the place of each word along the {DIRECTIONS} strongest directions of a
# matrix of 5,800 articles of many outlets and words (latent semantic indexing), a signed byte each, in base64.
# Made by train/word_topics.py; the words are those of word_document_frequencies.tsv. Counts only, no text.
# Licence: as the project.
# word<TAB>place
"""


def singular(word):
    stem = word[:-1]
    return stem if word.endswith("s") and len(stem) > 3 and stem[-1] not in "sui" else word


def words(text):
    return (singular(w.lower()) for w in WORD.findall(text) if len(w) >= 3 and not w.isdigit())


def listed():
    lines = (DATA / "word_document_frequencies.tsv").read_text(encoding="utf-8").splitlines()
    return sorted({singular(line.split("\t")[0]) for line in lines if not line.startswith("#")})


def main():
    news, out = sys.argv[1:]
    counts, holders = [], collections.Counter()
    with gzip.open(news, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            counts.append(collections.Counter(words(f"{row.get('title') or ''}\n{row['text']}")))
            holders.update(counts[-1].keys())
    known = [w for w in listed() if holders[w] >= 12]
    number = {w: i for i, w in enumerate(known)}
    cells = [
        (i, number[w], (1 + math.log(n)) * math.log(len(counts) / holders[w]))
        for i, article in enumerate(counts)
        for w, n in article.items()
        if w in number
    ]
    rows, columns, values = zip(*cells)
    matrix = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(counts), len(known)))
    length = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(1)).ravel()) + 1e-9
    matrix = scipy.sparse.diags(1 / length) @ matrix
    start = numpy.ones(min(matrix.shape))
    _, _, directions = scipy.sparse.linalg.svds(matrix, k=DIRECTIONS, v0=start)
    places = directions.T
    # One scale for all words: a word that goes with none stays near the middle.
    places = places / numpy.quantile(numpy.abs(places).max(1), 0.98)
    places = numpy.clip(numpy.rint(places * 127), -127, 127).astype(numpy.int8)
    with open(out, "w", encoding="utf-8") as file:
        file.write(HEADER)
        for word, place in zip(known, places):
            if place.any():
                file.write(f"{word}\t{base64.b64encode(place.tobytes()).decode()}\n")


main()
