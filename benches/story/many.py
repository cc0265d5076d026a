"""A thousand reports of one story, out of the few that there are, as rows of JSONL.

    python3 benches/story/many.py FOLDER [REPORTS] > many.jsonl
    time variorum annotate many.jsonl > /dev/null
    time variorum collate --format json many.jsonl > /dev/null

FOLDER holds plain texts that tell one story. A made report keeps four in five paragraphs of one of them, adds
three of another, and tells some other numbers; days of publication are four in a row. The same every time.
"""

import json
import pathlib
import random
import re
import sys

NUMBERS = ["12", "14", "20", "150", "four", "five"]


def main(folder, reports=1000):
    chance = random.Random(5)
    files = sorted(p for p in pathlib.Path(folder).iterdir() if p.is_file())
    texts = [[line for line in p.read_text("utf-8").split("\n") if line.strip()] for p in files]
    number = re.compile(r"\b(" + "|".join(NUMBERS) + r")\b")
    for i in range(int(reports)):
        base, other = chance.choice(texts), chance.choice(texts)
        kept = [line for line in base if chance.random() < 0.8]
        kept += chance.sample(other, min(3, len(other)))
        kept = [number.sub(lambda _: chance.choice(NUMBERS), line) for line in kept]
        day = f"2011-11-{10 + chance.randrange(4)}"
        row = {"id": f"r{i}", "text": "\n".join(kept), "published": day, "outlet": f"Paper {i % 200}"}
        print(json.dumps(row))


main(*sys.argv[1:])
