"""The sentences in `data/written_names`: text and names, split into training and held-out rows."""

import argparse
import hashlib
import json
import pathlib
import re

LETTERS = {
    "P": "person",
    "T": "title",
    "O": "organization",
    "G": "group",
    "L": "place",
    "C": "government",
    "F": "facility",
    "E": "event",
    "N": "people",
}
MARK = re.compile(r"\[([PTOGLCFEN]) ([^\[\]]+)\]")
FOLDER = pathlib.Path(__file__).parent.parent / "data" / "written_names"


def passage(line):
    """Text of a marked line and its names as (start, end, label) in characters."""
    text, names, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        names.append((len(text), len(text) + len(mark[2]), LETTERS[mark[1]]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], names


def held_out(text):
    """Whether a passage is kept for measuring: one in ten, by the hash of its text."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0


def passages(held):
    """The held-out passages, or the others: (file, text, names) in the order of the files."""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, names = passage(line)
                if held_out(text) == held:
                    yield path.stem, text, names


def main():
    """Prints the held-out passages as `score.py` reads gold entities."""
    args = argparse.ArgumentParser(description=main.__doc__)
    args.parse_args()
    for number, (file, text, names) in enumerate(passages(True)):
        entities = [
            {"start": start, "end": end, "type": label, "value": text[start:end]}
            for start, end, label in names
        ]
        row = {"id": f"{file}-{number}", "text": text, "entities": entities}
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
