"""Train the name recogniser that ships, in spaCy, from the one of the pipeline it begins with.

    python student.py MODEL OUT NEWS.spacy... [--minutes N]

MODEL is the spaCy pipeline to begin from (`en_core_web_md`). Its tokenizer, tagger, parser and lemma
rules are taken over as they are. Its name recogniser knows other kinds of name: the new one begins
with its embedding stack and hidden layer, and with its moves for the kind that is nearest to each of
ours, and is trained on the teacher's names in NEWS.spacy and, several times as often, on the written
passages, whose names were marked by hand.
"""

import argparse
import random
import time

import spacy
from spacy.scorer import Scorer
from spacy.tokens import DocBin
from spacy.training import Example

from written import LETTERS, passages

# How often a written passage comes in for each time a news paragraph does.
WRITTEN_TIMES = 4
# The kind of MODEL's whose moves each of ours begins with.
NEAREST = {
    "person": "PERSON",
    "organization": "ORG",
    "group": "ORG",
    "place": "GPE",
    "government": "GPE",
    "facility": "FAC",
    "event": "EVENT",
    "people": "NORP",
    "title": None,
}
# Seconds between two measurements.
SHOW_SECONDS = 300


def written_docs(nlp, held):
    """Written passages with marked names."""
    for _, text, names in passages(held):
        doc = nlp.make_doc(text)
        spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in names]
        doc.set_ents(spacy.util.filter_spans(spans), default="outside")
        yield doc


def pipeline(path, sample):
    """The pipeline of `path` with a recogniser of our kinds that knows what its own knew."""
    nlp = spacy.load(path, exclude=["senter"])
    old = nlp.get_pipe("ner")
    config = nlp.get_pipe_config("ner")
    nlp.remove_pipe("ner")
    new = nlp.add_pipe("ner", config={"model": config["model"]})
    for label in sorted(LETTERS.values()):
        new.add_label(label)
    with nlp.select_pipes(enable=["ner"]):
        rows = examples(nlp, sample)
        new.initialize(lambda: rows, nlp=nlp)
    for ref in ("tok2vec", "lower"):
        take_over(old.model.get_ref(ref), new.model.get_ref(ref))
    begin_moves(old, new)
    return nlp


def take_over(old, new):
    """Copies every parameter of one network to another of the same form."""
    for a, b in zip(old.walk(), new.walk(), strict=True):
        for name in a.param_names:
            if a.has_param(name):
                b.set_param(name, a.get_param(name).copy())


def begin_moves(old, new):
    """Gives each move of the new recogniser the weights of the old one's nearest move."""
    rows = {old.moves.get_class_name(i): i for i in range(old.moves.n_moves)}
    source, target = old.model.get_ref("upper"), new.model.get_ref("upper")
    weights, bias = target.get_param("W").copy(), target.get_param("b").copy()
    for i in range(new.moves.n_moves):
        kind, _, label = new.moves.get_class_name(i).partition("-")
        row = rows.get(f"{kind}-{NEAREST[label]}" if label else kind)
        if row is not None:
            weights[i] = source.get_param("W")[row]
            bias[i] = source.get_param("b")[row]
    target.set_param("W", weights)
    target.set_param("b", bias)


def examples(nlp, docs):
    """Pairs of a bare document and what is to be learned, made once for all epochs."""
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def batches(rows, words, rng):
    """Endless random batches of about `words` words."""
    while True:
        order = list(range(len(rows)))
        rng.shuffle(order)
        batch, size = [], 0
        for i in order:
            batch.append(rows[i])
            size += len(rows[i].reference)
            if size >= words:
                yield batch
                batch, size = [], 0


def measure(nlp, held):
    """Agreement of names with the held-out rows, and of each kind."""
    with nlp.select_pipes(enable=["ner"]):
        rows = [Example(nlp(doc.text), doc) for doc in held]
    scores = Scorer.score_spans(rows, "ents")
    kinds = scores["ents_per_type"] or {}
    return {"all": round(scores["ents_f"] or 0.0, 4)} | {k: round(v["f"], 3) for k, v in kinds.items()}


def train(nlp, rows, held, rng, args):
    """Trains until the time is over and writes the averaged weights."""
    optimizer = nlp.resume_training()
    seen, step, losses = 0, 0, {}
    begin = measured = time.time()
    end = begin + args.minutes * 60
    for batch in batches(rows, args.words, rng):
        now = time.time()
        # Averages are what is kept: shown and saved now and then, since a run may be cut short.
        if now > end or now - measured > SHOW_SECONDS:
            with nlp.use_params(optimizer.averages):
                for name, docs in held.items():
                    print(f"{now - begin:.0f} s, {seen} tokens, {name}: {measure(nlp, docs)}", flush=True)
                nlp.to_disk(args.out)
            measured = time.time()
            if now > end:
                return
        # The rate falls in a straight line: high while there is time, near zero at the end.
        optimizer.learn_rate = args.rate * max(0.02, (end - now) / (args.minutes * 60))
        nlp.update(batch, drop=0.1, sgd=optimizer, losses=losses)
        seen += sum(len(row.reference) for row in batch)
        step += 1
        if step % 500 == 0:
            print(f"{now - begin:.0f} s, {seen} tokens, loss {losses['ner'] / 500:.1f}", flush=True)
            losses.clear()


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("model")
    args.add_argument("out")
    args.add_argument("news", nargs="+", help="paragraphs that the teacher labelled")
    args.add_argument("--minutes", type=float, default=60)
    args.add_argument("--words", type=int, default=1200, help="words in a batch")
    args.add_argument("--rate", type=float, default=0.001, help="learning rate at the start")
    args = args.parse_args()
    spacy.util.fix_random_seed(7)
    rng = random.Random(7)
    blank = spacy.blank("en")
    written = list(written_docs(blank, False))
    nlp = pipeline(args.model, written[:200])
    news = [doc for path in args.news for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]
    held = {"written": list(written_docs(blank, True)), "news": news[:: len(news) // 300]}
    kept = {id(doc) for doc in held["news"]}
    print(f"{len(news)} paragraphs, {len(written)} written passages", flush=True)
    taught = examples(nlp, [doc for doc in news if id(doc) not in kept])
    with nlp.select_pipes(enable=["ner"]):
        train(nlp, taught + WRITTEN_TIMES * examples(nlp, written), held, rng, args)


if __name__ == "__main__":
    main()
