"""Train the shipped pipeline: spaCy's English architecture with one embedding stack for all heads.

    python student.py MODEL OUT NEWS.spacy [--minutes N]

MODEL is the spaCy pipeline to begin from (`en_core_web_md`): its word vectors, embedding stack,
tagger and parser are taken over, its name recogniser is not. NEWS.spacy holds paragraphs with the
teachers' tags, trees and names. The written passages are parsed by MODEL before training and come in
several times as often as news, since their names were marked by hand. One new name recogniser listens
to the shared stack; all heads are trained together, so that syntax stays while names are learned.
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
NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"},
    }
}
HEADS = ["tok2vec", "tagger", "parser", "ner"]


def written_docs(nlp, held):
    """Written passages with marked names and the trees that `nlp` gives them."""
    rows = list(passages(held))
    for (_, text, names), doc in zip(rows, nlp.pipe((text for _, text, _ in rows), batch_size=64)):
        spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in names]
        doc.set_ents(spacy.util.filter_spans(spans), default="outside")
        yield doc


def pipeline(path):
    """The pipeline to train: everything of the old one but its name recogniser."""
    nlp = spacy.load(path, exclude=["ner", "senter"])
    nlp.add_pipe("ner", config=NER)
    return nlp


def examples(nlp, docs):
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def batches(docs, words, rng):
    """Endless random batches of about `words` words."""
    while True:
        order = list(range(len(docs)))
        rng.shuffle(order)
        batch, size = [], 0
        for i in order:
            batch.append(docs[i])
            size += len(docs[i])
            if size >= words:
                yield batch
                batch, size = [], 0


def measure(nlp, held):
    """Agreement with the held-out rows: tags, attachment, names."""
    with nlp.select_pipes(enable=HEADS):
        rows = [Example(nlp(doc.text), doc) for doc in held]
    scores = {**Scorer.score_token_attr(rows, "tag"), **Scorer.score_deps(rows, "dep", ignore_labels=("punct",)), **Scorer.score_spans(rows, "ents")}
    return {k: round(scores[k] or 0.0, 4) for k in ("tag_acc", "dep_uas", "dep_las", "ents_p", "ents_r", "ents_f")}


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("model")
    args.add_argument("out")
    args.add_argument("news")
    args.add_argument("--minutes", type=float, default=60)
    args.add_argument("--words", type=int, default=1200, help="words in a batch")
    args = args.parse_args()
    spacy.util.fix_random_seed(7)
    rng = random.Random(7)
    teacher = spacy.load(args.model, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    nlp = pipeline(args.model)
    news = list(DocBin().from_disk(args.news).get_docs(nlp.vocab))
    written = list(written_docs(teacher, False))
    held_written = list(written_docs(teacher, True))
    held_news = news[:: len(news) // 300]
    kept = {id(doc) for doc in held_news}
    docs = [doc for doc in news if id(doc) not in kept] + WRITTEN_TIMES * written
    print(f"{len(news)} paragraphs, {len(written)} written passages, {len(held_written)} held out", flush=True)
    with nlp.select_pipes(enable=HEADS):
        ner = nlp.get_pipe("ner")
        for label in sorted(LETTERS.values()):
            ner.add_label(label)
        sample = examples(nlp, written[:200])
        ner.initialize(lambda: sample, nlp=nlp)
        optimizer = nlp.resume_training()
        begin, seen, step, losses = time.time(), 0, 0, {}
        end = begin + args.minutes * 60
        for batch in batches(docs, args.words, rng):
            now = time.time()
            if now > end:
                break
            # The rate falls in a straight line: high while there is time, near zero at the end.
            optimizer.learn_rate = 0.001 * max(0.02, (end - now) / (args.minutes * 60))
            nlp.update(examples(nlp, batch), drop=0.1, sgd=optimizer, losses=losses)
            seen += sum(map(len, batch))
            step += 1
            if step % 500 == 0:
                shown = " ".join(f"{k} {v / 500:.1f}" for k, v in losses.items())
                print(f"{now - begin:.0f} s, {seen} tokens, {shown}", flush=True)
                losses = {}
            if step % 1500 == 0:
                with nlp.use_params(optimizer.averages):
                    print("held-out written", measure(nlp, held_written), "news", measure(nlp, held_news), flush=True)
                    nlp.to_disk(args.out)
    with nlp.use_params(optimizer.averages):
        print("held-out written", measure(nlp, held_written), "news", measure(nlp, held_news), flush=True)
        nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
