"""Run spaCy over news text and write the rows that `crates/language/tests/parity.rs` compares.

    python parity.py PACKAGE NEWS.jsonl[.gz] OUT.jsonl [--every N] [--limit N] [--whole]
        [--sentences N] [--share I/K]
    python parity.py PACKAGE ROWS.jsonl[.gz] OUT.conllu --conllu

Reads every Nth article. With --sentences it reads the first article of every outlet, then every Nth
of the others, and stops after that many sentences as spaCy parts them; it fails where the articles
do not hold as many. --share takes one of K like parts of the work, for K processes at once.
--conllu writes what spaCy makes of every row {"id", "text"} as `variorum annotate --format conllu` writes
what the engine does, for `cargo xtask quality --only parse --binary`.

One row per paragraph (or per whole text with --whole): {"text", "spans": [start, end, ...] in UTF-8
bytes, "tags", "deps", "heads", "lemmas", "pos", "norms", "starts": token numbers of sentence starts,
"ents": [[first token, end token, label], ...]}. The last line is {"spacy": version, "rows",
"sentences", "tokens", "seconds"}.
"""

import argparse
import gzip
import json
import sys
import time

import spacy


def articles(args):
    opener = gzip.open if args.news.endswith(".gz") else open
    with opener(args.news, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    strided = [row for number, row in enumerate(rows) if number % args.every == 0]
    if args.sentences:
        first = {}
        for row in rows:
            first.setdefault(row.get("outlet"), row)
        taken = {id(row) for row in first.values()}
        strided = [*first.values(), *(row for row in strided if id(row) not in taken)]
    share, shares = args.share
    return strided[: args.limit][share::shares]


def texts(args):
    for row in articles(args):
        if args.whole:
            yield row["text"]
        else:
            yield from (part for part in row["text"].split("\n") if part.strip())


def share(text):
    """`I/K` as numbers: part I, counted from 0, of K."""
    part, parts = map(int, text.split("/"))
    if not 0 <= part < parts:
        raise ValueError(text)
    return part, parts


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


def conllu(identity, doc):
    """One text, as `variorum annotate --format conllu` writes it, without its white space tokens."""
    lines = [f"# newdoc id = {identity}"]
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        number = {token.i: count + 1 for count, token in enumerate(words)}
        lines.append("# text = " + " ".join(sentence.text.split()))
        for token in words:
            head = token.head
            while head.i not in number and head.head.i != head.i:
                head = head.head
            root = head.i == token.i or head.i not in number
            fields = [number[token.i], token.text, token.lemma_ or "_", token.pos_, token.tag_, "_",
                      0 if root else number[head.i], "root" if root else token.dep_, "_",
                      f"Start={token.idx}|End={token.idx + len(token)}"]
            lines.append("\t".join(map(str, fields)))
        lines += [""] if words else []
    return "\n".join(lines) + "\n"


def write_conllu(args, nlp):
    opener = gzip.open if args.news.endswith(".gz") else open
    with opener(args.news, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    pairs = nlp.pipe(((row["text"], row["id"]) for row in rows), as_tuples=True, batch_size=32)
    with open(args.out, "w", encoding="utf-8") as out:
        for doc, identity in pairs:
            out.write(conllu(identity, doc))


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("package")
    args.add_argument("news")
    args.add_argument("out")
    args.add_argument("--every", type=int, default=20)
    args.add_argument("--limit", type=int, default=10**9)
    args.add_argument("--whole", action="store_true")
    args.add_argument("--sentences", type=int, default=0)
    args.add_argument("--share", type=share, default=(0, 1), metavar="I/K")
    args.add_argument("--conllu", action="store_true")
    args = args.parse_args()
    nlp = spacy.load(args.package)
    if args.conllu:
        return write_conllu(args, nlp)
    asked = -(-args.sentences // args.share[1])
    begin, spent, rows, sentences, tokens = time.process_time(), 0.0, 0, 0, 0
    with open(args.out, "w", encoding="utf-8") as out:
        for doc in nlp.pipe(texts(args), batch_size=32):
            pause = time.process_time()
            line = row(doc)
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            rows, sentences, tokens = rows + 1, sentences + len(line["starts"]), tokens + len(doc)
            spent += time.process_time() - pause
            if asked and sentences >= asked:
                break
        seconds = time.process_time() - begin - spent
        if sentences < asked:
            sys.exit(f"{args.news}: {sentences} sentences, {asked} asked for: lower --every")
        end = {"spacy": spacy.__version__, "rows": rows, "sentences": sentences, "tokens": tokens}
        out.write(json.dumps({**end, "seconds": seconds}) + "\n")
    print(
        f"{args.out}: {rows} texts, {sentences} sentences, {tokens} tokens, "
        f"{tokens / seconds:.0f} tokens per CPU second"
    )


if __name__ == "__main__":
    main()
