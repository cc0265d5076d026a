"""What adding one report more takes, beside few reports and beside many.

    cluster_speed rows articles.db 40100 > rows.jsonl      # ../README.md
    python3 benches/adding/one.py rows.jsonl 100,1000,10000,40000 [--binary variorum] [--count 20]

For each number a record of so many rows is made, and the rows behind the last of them are added to it one by one,
each by an `add` of its own. Printed are medians of CPU seconds and seconds by the clock, and the same for a record of
no more than those rows: what reading a report takes, with loading the model.
The first `add` after the many is left out: it may still index some of them.
"""

import argparse
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time


def add(binary, record, rows, folder):
    """Adds rows in one run: seconds of CPU, by the clock."""
    path = folder / "rows.jsonl"
    path.write_text("".join(rows), "utf-8")
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([binary, "add", "--record", record, path], check=True, stdout=subprocess.DEVNULL)
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows")
    parser.add_argument("sizes")
    parser.add_argument("--binary", default="variorum")
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    rows = pathlib.Path(options.rows).read_text("utf-8").splitlines(keepends=True)
    print("reports held\tCPU, s\tby the clock, s\tall at once, CPU, s\tbytes of the file")
    for size in [0] + [int(size) for size in options.sizes.split(",")]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            record = folder / "record.db"
            bulk = add(options.binary, record, rows[:size], folder)[0] if size else 0
            length = record.stat().st_size if size else 0
            more = rows[size : size + options.count + 1]
            taken = [add(options.binary, record, [row], folder) for row in more][1:]
            cpu, clock = (statistics.median(column) for column in zip(*taken))
            print(f"{size}\t{cpu:.2f}\t{clock:.2f}\t{bulk:.1f}\t{length}", flush=True)


main()
