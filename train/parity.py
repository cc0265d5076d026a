"""Run spaCy over news text and write the rows that `crates/language/tests/parity.rs` compares.

    python parity.py PACKAGE NEWS.jsonl[.gz] OUT.jsonl [--every N] [--limit N] [--whole]

One row per paragraph (or per whole text with --whole): {"text", "spans": [start, end, ...] in UTF-8
bytes, "tags", "deps", "heads", "lemmas", "pos", "norms", "starts": token numbers of sentence starts,
"ents": [[first token, end token, label], ...]}. The last line is {"spacy": version, "tokens", "seconds"}.
"""

import argparse
import gzip
import json
import time

import spacy


def texts(args):
    opener = gzip.open if args.news.endswith(".gz") else open
    taken = 0
    with opener(args.news, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % args.every or taken == args.limit:
                continue
            taken += 1
            text = json.loads(line)["text"]
            if args.whole:
                yield text
            else:
                yield from (part for part in text.split("\n") if part.strip())


def row(doc):
    spans, at = [], 0
    for token in doc:
        size = len(token.text.encode())
        spans += [at, at + size]
        at += size + len(token.whitespace_)
    return {
        "text": doc.text,
        "spans": spans,
        "tags": [t.tag_ for t in doc],
        "deps": [t.dep_ for t in doc],
        "heads": [t.head.i for t in doc],
        "lemmas": [t.lemma_ for t in doc],
        "pos": [t.pos_ for t in doc],
        "norms": [t.norm_ for t in doc],
        "starts": [t.i for t in doc if t.is_sent_start],
        "ents": [[e.start, e.end, e.label_] for e in doc.ents],
    }


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("package")
    args.add_argument("news")
    args.add_argument("out")
    args.add_argument("--every", type=int, default=20)
    args.add_argument("--limit", type=int, default=10**9)
    args.add_argument("--whole", action="store_true")
    args = args.parse_args()
    nlp = spacy.load(args.package)
    parts = list(texts(args))
    begin, tokens = time.process_time(), 0
    with open(args.out, "w", encoding="utf-8") as out:
        spent = 0.0
        for doc in nlp.pipe(parts, batch_size=32):
            pause = time.process_time()
            tokens += len(doc)
            out.write(json.dumps(row(doc), ensure_ascii=False) + "\n")
            spent += time.process_time() - pause
        seconds = time.process_time() - begin - spent
        out.write(json.dumps({"spacy": spacy.__version__, "tokens": tokens, "seconds": seconds}) + "\n")
    print(f"{args.out}: {len(parts)} texts, {tokens} tokens, {tokens / seconds:.0f} tokens per CPU second")


if __name__ == "__main__":
    main()
