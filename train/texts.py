"""The unlabelled news paragraphs that the teacher labels, chosen the same way every time."""

import gzip
import hashlib
import json
import re

SENTENCE_END = re.compile(r"(?<=[a-z)\d][.!?]) +(?=[A-Z\"“])")


def pieces(paragraph, words):
    """A paragraph cut at sentence ends into pieces of up to about `words` words."""
    piece = ""
    for sentence in SENTENCE_END.split(paragraph):
        if piece and piece.count(" ") + sentence.count(" ") + 2 > words:
            yield piece
            piece = sentence
        else:
            piece = f"{piece} {sentence}".strip()
    yield piece


def reports(path):
    """The texts of a JSON-lines file of reports, or the paragraphs of a treebank."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        if ".conllu" not in path:
            yield from (json.loads(line)["text"] for line in file)
            return
        paragraph = []
        for line in file:
            if line.startswith(("# newpar", "# newdoc")) and paragraph:
                yield " ".join(paragraph)
                paragraph = []
            elif line.startswith("# text = "):
                paragraph.append(line[len("# text = ") :].strip())
        yield " ".join(paragraph)


def paragraphs(path, words):
    """Paragraphs of a file of reports, up to about `words` words in all.

    Paragraphs are taken in the order of their hash, so that every outlet and topic comes in by its
    share and the choice does not depend on the order of the file. Long ones are cut at sentence
    ends. Very short ones (menus, credits) and those that stay long (lists) are left out, and none is
    taken twice.
    """
    chosen = {}
    for text in reports(path):
        for paragraph in text.split("\n"):
            for piece in pieces(" ".join(paragraph.split()), 80):
                if 8 <= piece.count(" ") + 1 <= 160:
                    key = hashlib.sha256(piece.encode()).digest()
                    chosen.setdefault(key, piece)
    taken = 0
    for key in sorted(chosen):
        taken += chosen[key].count(" ") + 1
        if taken > words:
            return
        yield chosen[key]
