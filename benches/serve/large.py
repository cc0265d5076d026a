"""Readers of a large record file: how long searches and story pages take.

    target/release/examples/cluster_speed rows target/articles.db 100000 > rows.jsonl
    time target/release/variorum add --record large.db rows.jsonl
    python3 benches/serve/large.py target/release/variorum large.db rows.jsonl search [READERS] [SECONDS]
    python3 benches/serve/large.py target/release/variorum large.db rows.jsonl stories [READERS] [SECONDS]
    ... stories 20 20 MORE.jsonl      # while MORE.jsonl is added: give a copy of the record, which it changes

Serves the record and lets READERS (1) ask without pause for SECONDS (20): for searches of one to three words of the
texts, 50 reports each, or for the pages of the twenty stories that are listed first, each made once before the clock
runs. Prints the quantiles of the time from asking to the last byte, in milliseconds, and the size of the file over that of the texts.
"""

import http.client
import itertools
import json
import os
import random
import re
import subprocess
import sys
import threading
import time

TEXTS = 1_000
STORIES = 20


def texts(rows: str):
    with open(rows, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def story_paths(connection: http.client.HTTPConnection) -> list[str]:
    """Pages of the first stories, each asked for once, so that its record is made."""
    connection.request("GET", "/api/v1/stories")
    items = json.load(connection.getresponse())["items"][:STORIES]
    paths = ["/story/" + item["id"].removeprefix("s:") for item in items]
    for path in paths:
        connection.request("GET", path)
        connection.getresponse().read()
    return paths


def searches(words: list[str], chance: random.Random):
    while True:
        asked = (chance.choice(words) for _ in range(chance.choice([1, 1, 2, 2, 3])))
        yield "/api/v1/search?limit=50&q=" + "+".join(asked)


def read(port: int, paths, until: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        begin = time.monotonic()
        if begin >= until:
            return
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(time.monotonic() - begin)
        assert answer.status == 200, (answer.status, path)


def main() -> None:
    binary, record, rows, what = sys.argv[1:5]
    readers = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    seconds = float(sys.argv[6]) if len(sys.argv) > 6 else 20.0
    more = sys.argv[7] if len(sys.argv) > 7 else None
    size = sum(len(text.encode()) for text in texts(rows))
    words = [w for t in itertools.islice(texts(rows), TEXTS) for w in re.findall("[A-Za-z]{3,}", t)]
    serve = [binary, "serve", "--record", record, "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    adding = None
    try:
        port = int(server.stdout.readline().rsplit(":", 1)[1].strip().rstrip("/"))
        stories = [] if what == "search" else story_paths(http.client.HTTPConnection("127.0.0.1", port, timeout=120))
        if more:
            adding = subprocess.Popen([binary, "add", "--record", record, "--quiet", more])
        until = time.monotonic() + seconds
        times: list[list[float]] = [[] for _ in range(readers)]
        chances = [random.Random(n) for n in range(readers)]
        asked = [searches(words, c) if what == "search" else iter(lambda c=c: c.choice(stories), None) for c in chances]
        threads = [threading.Thread(target=read, args=(port, *each, until, t)) for each, t in zip(zip(asked), times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        if adding:
            adding.wait()
    all_times = sorted(1000 * t for each in times for t in each)
    at = lambda share: all_times[int(share * (len(all_times) - 1))]
    print(f"{what}, {readers} readers, {len(all_times)} answers: median {at(0.5):.1f} ms, p95 {at(0.95):.1f}, most {at(1.0):.1f}")
    print(f"file {os.path.getsize(record)} bytes, texts {size}: {os.path.getsize(record) / size:.2f}")


if __name__ == "__main__":
    main()
