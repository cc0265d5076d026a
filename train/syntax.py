"""Label news paragraphs with tags and trees by a spaCy English model, the teacher for syntax.

    python syntax.py MODEL OUT.spacy --words N NEWS.jsonl[.gz]... [--part I/K]

Writes a DocBin with words, spaces, fine tags, heads, relations and sentence starts.
"""

import argparse

import spacy
from spacy.tokens import DocBin

from texts import paragraphs


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("model")
    args.add_argument("out")
    args.add_argument("texts", nargs="+", help="JSON-lines files, each as FILE=WORDS")
    args = args.parse_args()
    nlp = spacy.load(args.model, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    out = DocBin(attrs=["TAG", "HEAD", "DEP", "SENT_START", "SPACY"])
    for source in args.texts:
        path, words = source.rsplit("=", 1)
        for doc in nlp.pipe(paragraphs(path, int(words)), batch_size=64):
            out.add(doc)
    out.to_disk(args.out)
    print(f"{args.out}: {len(out)} paragraphs")


if __name__ == "__main__":
    main()
