"""How fast times are read in news, beyond the parse: this repository and peers from PyPI, in turn.

    python benches/times/compare.py [--news FILE] [--texts N] [--rounds N] [--binary FILE]

Run it with a Python that has the peers (benches/times/requirements.txt); those that are not
installed are left out. benches/README.md says how to read the table. Every reading is a process of
its own, on one thread, and each peer gets only as many texts as it can read in some seconds.

    times              `variorum_annotate::times` over texts that are parsed already
    recognizers-text   Microsoft's `recognizers-text-date-time`, English model, paragraph by paragraph
    dateparser         `dateparser.search.search_dates`, English, paragraph by paragraph
"""

import argparse
import datetime
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Share of the texts that a peer is given
PEERS = {"recognizers-text": 0.1, "dateparser": 0.1}


def sample(news, count):
    """`count` articles, spread evenly over the file."""
    opener = gzip.open if news.endswith(".gz") else open
    with opener(news, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    count = min(count, len(rows))
    return [rows[i * len(rows) // count] for i in range(count)]


def reader(peer):
    """A function from a paragraph and its day of publication to how many times it holds."""
    if peer == "dateparser":
        from dateparser.search import search_dates

        def read(text, day):
            settings = {"RELATIVE_BASE": day}
            return len(search_dates(text, languages=["en"], settings=settings) or [])

        return read
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_text import Culture

    model = DateTimeRecognizer(Culture.English).get_datetime_model()
    return lambda text, day: len(model.parse(text, day))


def read_with_peer(peer, rows):
    """One reading, in this process; prints the line that `time_speed` prints."""
    warnings.simplefilter("ignore")
    read = reader(peer)
    read("He left on Monday.", datetime.datetime(2016, 6, 28))  # tables that are made on first use
    words = found = 0
    begin = time.process_time()
    with open(rows, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            day = datetime.datetime.fromisoformat((row.get("published") or "2016-06-28")[:10])
            for paragraph in filter(str.strip, row["text"].split("\n")):
                words += len(paragraph.split())
                try:
                    found += read(paragraph, day)
                except Exception as error:  # a peer that fails on a paragraph reads the next
                    print(f"{peer}: {type(error).__name__}", file=sys.stderr)
    print(json.dumps({"words": words, "found": found, "cpu": time.process_time() - begin}))


def installed(peer):
    module = {"dateparser": "dateparser", "recognizers-text": "recognizers_date_time"}[peer]
    done = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True)
    return done.returncode == 0


def build():
    command = ["cargo", "build", "--release", "-p", "variorum-annotate", "--example", "time_speed"]
    subprocess.run(command, check=True, cwd=ROOT)
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    return str(pathlib.Path(target) / "release" / "examples" / "time_speed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", default=str(ROOT.parent / "shared" / "text" / "news.jsonl.gz"))
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary")
    parser.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peer:
        return read_with_peer(*args.peer)
    rows = sample(args.news, args.texts)
    binary = args.binary or build()
    with tempfile.TemporaryDirectory() as folder:
        commands = {}
        for name, share in {"times": 1.0, **PEERS}.items():
            if name in PEERS and not installed(name):
                print(f"{name} is not installed", file=sys.stderr)
                continue
            path = pathlib.Path(folder) / f"{name}.jsonl"
            few = rows[:: round(1 / share)]
            path.write_text("".join(json.dumps(row) + "\n" for row in few), encoding="utf-8")
            mine = [binary, str(path), "3"]
            commands[name] = mine if name == "times" else [sys.executable, __file__, "--peer", name, str(path)]
        lines = {name: [] for name in commands}
        for _ in range(args.rounds):
            for name, command in commands.items():
                out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
                lines[name].append(json.loads(out))
    speed = {name: [line["words"] / line["cpu"] for line in all] for name, all in lines.items()}
    print(f"{'':18}{'words/s':>12}{'spread':>20}{'found per 1000 words':>24}{'times':>10}")
    for name, all in speed.items():
        per_thousand = 1000 * lines[name][0]["found"] / lines[name][0]["words"]
        factor = statistics.median(speed["times"]) / statistics.median(all)
        spread = f"{min(all):,.0f}-{max(all):,.0f}"
        print(f"{name:18}{statistics.median(all):12,.0f}{spread:>20}{per_thousand:24.1f}{factor:10,.0f}")


if __name__ == "__main__":
    main()
