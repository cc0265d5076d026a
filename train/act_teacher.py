"""The teacher for events: MiniLM fine-tuned on the written sentences, and what it says of other words.

    python act_teacher.py train MINILM OUT.pt TRAIN.jsonl TRAIN_ROWS HELD.jsonl HELD_ROWS [--minutes N] [--epochs N] [--begin TEACHER.pt]
    python act_teacher.py label MINILM TEACHER.pt TEXTS.jsonl ROWS OUT.npz [--minutes N]

ROWS are those of `cargo run -p variorum-events --example written_rows` for the texts beside them. The
teacher is asked of the words that the rows propose: which act a word tells, whether it happened, in which mode,
and which of the sentence's phrases act or are acted on. The embeddings and the first two layers of the encoder stay
as they are, so that what they make of a text is computed once. It does not see capitals, so each
word's shape is embedded beside it.
"""

import argparse
import json
import math
import random
import time

import numpy
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from events import ACTS, KINDS, MODALITIES, heads
from teacher import SHAPES, shape
from written_events import MODES

MODE_NAMES = [f"{kind}:{mode}" for kind in KINDS for mode in ["", *MODES[kind].split()] if MODES[kind]]
FROZEN = 2
BATCH = 32
LONGEST = 256


class Reader(torch.nn.Module):
    """Word pieces in, scores of the four questions out."""

    def __init__(self, folder):
        super().__init__()
        config = BertConfig.from_pretrained(folder, attn_implementation="eager")
        self.bert = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        width = config.hidden_size
        self.shapes = torch.nn.Embedding(SHAPES, width, padding_idx=0)
        torch.nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = torch.nn.Dropout(0.15)
        self.acts = torch.nn.Linear(width, len(ACTS))
        self.reality = torch.nn.Linear(width, len(MODALITIES))
        self.mode = torch.nn.Linear(width, len(MODE_NAMES))
        self.sought, self.phrase = torch.nn.Linear(width, 192), torch.nn.Linear(width, 192)
        self.near = torch.nn.Embedding(33, 192)
        self.party = torch.nn.Linear(192, 3)
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    @torch.no_grad()
    def below(self, ids):
        """What the layers that stay make of one text."""
        hidden = self.bert.embeddings(input_ids=ids[None])
        for layer in self.bert.encoder.layer[:FROZEN]:
            hidden = layer(hidden)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        return hidden[0]

    def forward(self, below, shapes, mask):
        """A vector for every piece."""
        hidden = below + self.shapes(shapes)
        barred = (1.0 - mask[:, None, None, :].float()) * -1e9
        for layer in self.bert.encoder.layer[FROZEN:]:
            hidden = layer(hidden, barred)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        return self.dropout(hidden)

    def sides(self, act, phrase, far):
        """Scores of a phrase's part in an act, from their vectors and how far apart they stand."""
        met = self.sought(act) + self.phrase(phrase) + self.near(far.clamp(-16, 16) + 16)
        return self.party(self.dropout(torch.nn.functional.gelu(met)))


class Text:
    """One text: its pieces, and what is asked of it."""

    def __init__(self, tokenizer, text, row, learn):
        self.ids, self.shapes, self.first = [101], [0], {}
        self.name, self.acts, self.events, self.parties = row["id"], [], [], []
        for number, sentence in enumerate(row["sentences"]):
            for n, (start, end, _) in enumerate(sentence["tokens"]):
                coded = tokenizer.encode(text[start:end], add_special_tokens=False).ids
                if not coded:
                    continue
                self.first[number, n] = len(self.ids)
                self.ids += coded
                self.shapes += [shape(text[start:end])] * len(coded)
        self.ids.append(102)
        self.shapes.append(0)
        if learn:
            self.asked(row)
        else:
            for number, sentence in enumerate(row["sentences"]):
                self.acts += [(self.first[number, c["token"]], 0, (number, c["token"])) for c in sentence["candidates"] if (number, c["token"]) in self.first]

    def asked(self, row):
        """Questions with their answers, chosen as events.py chooses them."""
        left = list(range(len(row["events"])))
        for number, sentence in enumerate(row["sentences"]):
            tokens, labels, told = sentence["tokens"], {}, []
            candidates = {c["token"]: c for c in sentence["candidates"]}
            for n in list(left):
                event = row["events"][n]
                outer, inside = heads(tokens, event["trigger"])
                head = next((t for t in [*outer, *inside] if t in candidates and t not in labels), None)
                if head is None:
                    continue
                left.remove(n)
                labels[head] = event["type"]
                told.append((head, inside, event))
            taken = {t for _, inside, _ in told for t in inside}
            spread = {h for h, first, last in sentence["kept"] if any(first <= t <= last for t in labels)}
            for token in candidates:
                label = labels.get(token)
                if (label is None and (token in taken or token in spread)) or (number, token) not in self.first:
                    continue
                self.acts.append((self.first[number, token], ACTS.index(label or "none"), (number, token)))
            for head, _, event in told:
                if (number, head) not in self.first:
                    continue
                at, full = self.first[number, head], f"{event['type']}:{event['mode'] or ''}"
                mode = MODE_NAMES.index(full) if full in MODE_NAMES else -100
                self.events.append((at, MODALITIES.index(event["modality"]), mode))
                phrases, sides = {p["token"] for p in candidates[head]["phrases"]}, {}
                for label, field in ((1, "actors"), (2, "recipients")):
                    for span in event[field]:
                        outer, inside = heads(tokens, span)
                        found = [t for t in [*outer, *reversed(inside)] if t in phrases]
                        if found:
                            sides.setdefault(found[0], label)
                for token in phrases:
                    if (number, token) in self.first:
                        self.parties.append((at, self.first[number, token], sides.get(token, 0), token - head))


def texts(folder, source, rows, learn):
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known = {row["id"]: row["text"] for row in map(json.loads, open(source, encoding="utf-8"))}
    made = (Text(tokenizer, known[row["id"]], row, learn) for row in map(json.loads, open(rows, encoding="utf-8")))
    return [t for t in made if len(t.ids) <= LONGEST and t.acts]


def batches(rows, size, shuffled):
    """Rows in batches of like length."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids) + (random.uniform(0, 6) if shuffled else 0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffled:
        random.shuffle(groups)
    return [[rows[i] for i in group] for group in groups]


def vectors(model, chosen):
    longest = max(len(t.ids) for t in chosen)
    below = torch.zeros(len(chosen), longest, model.bert.config.hidden_size)
    shapes, mask = torch.zeros(len(chosen), longest, dtype=torch.long), torch.zeros(len(chosen), longest)
    for i, t in enumerate(chosen):
        if getattr(t, "below", None) is None:
            t.below = model.below(torch.tensor(t.ids)).half()
        below[i, : len(t.ids)] = t.below.float()
        shapes[i, : len(t.ids)] = torch.tensor(t.shapes)
        mask[i, : len(t.ids)] = 1
    return model(below, shapes, mask)


def questions(chosen):
    """(text, piece, answer) of acts; (text, piece, reality, mode) of events; (text, act, phrase, side, distance) of parties."""
    acts = [(i, a, l) for i, t in enumerate(chosen) for a, l, _ in t.acts]
    events = [(i, *e) for i, t in enumerate(chosen) for e in t.events]
    parties = [(i, *p) for i, t in enumerate(chosen) for p in t.parties]
    return [torch.tensor(rows, dtype=torch.long).reshape(-1, width).T for rows, width in ((acts, 3), (events, 4), (parties, 5))]


def answers(model, chosen):
    """Scores and right answers of the four questions."""
    hidden = vectors(model, chosen)
    acts, events, parties = questions(chosen)
    told = hidden[events[0], events[1]]
    return [
        (model.acts(hidden[acts[0], acts[1]]), acts[2]),
        (model.reality(told), events[2]),
        (model.mode(told), events[3]),
        (model.sides(hidden[parties[0], parties[1]], hidden[parties[0], parties[2]], parties[4]), parties[3]),
    ]


SHARES = (1.0, 0.5, 0.3, 1.0)


@torch.no_grad()
def measured(model, rows):
    """Figures on rows, as events.py gives them."""
    model.eval()
    found = [[], [], [], []]
    for chosen in batches(rows, 64, False):
        for task, (scores, right) in zip(found, answers(model, chosen)):
            task.append((scores, right))
    model.train()
    told = []
    for name, task in zip(("acts", "reality", "mode", "party"), found):
        scores, right = torch.cat([s for s, _ in task]), torch.cat([r for _, r in task])
        guess, known = scores.argmax(1), right >= 0
        if name in ("acts", "party"):
            hits = int(((guess == right) & (right > 0)).sum())
            figure = 2 * hits / max(1, int((guess > 0).sum() + (right > 0).sum()))
        else:
            figure = float((guess == right)[known].float().mean())
        loss = torch.nn.functional.cross_entropy(scores, right)
        told.append(f"{name} {figure:.4f} (loss {loss:.4f})")
    return ", ".join(told)


def train(args):
    torch.manual_seed(7)
    random.seed(7)
    rows = texts(args.minilm, args.texts, args.rows, True)
    held = texts(args.minilm, args.held_texts, args.held_rows, True)
    model = Reader(args.minilm)
    if args.begin:
        model.load_state_dict(torch.load(args.begin))
    model.train()
    # What stays as it is runs without dropout.
    model.bert.embeddings.eval()
    model.bert.encoder.layer[:FROZEN].eval()
    fast = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    slow = [p for n, p in model.named_parameters() if n.startswith("bert.") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": 2e-4}, {"params": fast, "lr": 1e-3}], weight_decay=0.01)
    bases = [g["lr"] for g in optimizer.param_groups]
    steps = args.epochs * math.ceil(len(rows) / BATCH)
    began, step, total = time.time(), 0, 0.0
    print(len(rows), "texts,", sum(len(t.ids) for t in rows), "pieces,", steps, "steps", flush=True)
    for epoch in range(args.epochs):
        for chosen in batches(rows, BATCH, True):
            done = max(step / steps, (time.time() - began) / (60 * args.minutes))
            if done >= 1:
                break
            for group, base in zip(optimizer.param_groups, bases):
                group["lr"] = base * min((step + 1) / 40, 1 - done)
            # Frozen parts must stay without dropout after a measurement turned training on again.
            model.bert.embeddings.eval()
            model.bert.encoder.layer[:FROZEN].eval()
            loss = sum(
                share * torch.nn.functional.cross_entropy(scores, right)
                for share, (scores, right) in zip(SHARES, answers(model, chosen))
                if bool((right >= 0).any())
            )
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item()
            step += 1
            if step % 25 == 0:
                print(f"{step}/{steps}: loss {total / 25:.4f}, {time.time() - began:.0f} s", flush=True)
                total = 0.0
        print(f"epoch {epoch}: held out {measured(model, held)}; {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), args.out)
        if done >= 1:
            break


@torch.no_grad()
def label(args):
    """Chances of every act for each word that the rows propose: arrays `ids`, `places`, `chances`."""
    model = Reader(args.minilm)
    model.load_state_dict(torch.load(args.teacher))
    model.eval()
    rows = texts(args.minilm, args.texts, args.rows, False)
    random.seed(7)
    random.shuffle(rows)
    began, ids, places, chances, words = time.time(), [], [], [], 0
    for at in range(0, len(rows), 2048):
        if args.minutes and time.time() - began > 60 * args.minutes:
            break
        for chosen in batches(rows[at : at + 2048], 64, False):
            hidden = vectors(model, chosen)
            acts, _, _ = questions(chosen)
            chances.append(torch.softmax(model.acts(hidden[acts[0], acts[1]]), -1).half().numpy())
            for t in chosen:
                t.below = None
                ids += [t.name] * len(t.acts)
                places += [place for _, _, place in t.acts]
        print(f"{at + 2048} texts, {time.time() - began:.0f} s", flush=True)
        numpy.savez(args.out, ids=numpy.array(ids), places=numpy.array(places), chances=numpy.concatenate(chances))


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    tasks = args.add_subparsers(required=True)
    task = tasks.add_parser("train")
    for name in ("minilm", "out", "texts", "rows", "held_texts", "held_rows"):
        task.add_argument(name)
    task.add_argument("--epochs", type=int, default=4)
    task.add_argument("--minutes", type=float, default=60.0, help="at most so long, the rate falling with the clock")
    task.add_argument("--begin", help="weights to go on from")
    task.set_defaults(run=train)
    task = tasks.add_parser("label")
    for name in ("minilm", "teacher", "texts", "rows", "out"):
        task.add_argument(name)
    task.add_argument("--minutes", type=float, default=0.0, help="stop after so long; 0 never")
    task.set_defaults(run=label)
    args = args.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
