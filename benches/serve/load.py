"""Readers of one story while reports are added: how long a page takes.

    python3 benches/serve/load.py target/release/variorum [READERS] [SECONDS]

Serves a record of the examples, lets READERS (20) ask for the page of a story without pause for SECONDS (20) while
another process adds copies of the examples under changed bytes, and prints the quantiles of the time from asking to
the last byte, in milliseconds. Plain sockets kept open; no answer comes from the reader's cache.
"""

import http.client
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def more(folder: pathlib.Path, count: int) -> None:
    """Writes reports that differ from the examples in a line."""
    texts = sorted((ROOT / "examples" / "market-blast").glob("*.txt"))
    for n in range(count):
        text = texts[n % len(texts)].read_text(encoding="utf-8")
        (folder / f"{n:05}.txt").write_text(f"{text}\n\nEdition {n}.\n", encoding="utf-8")


def read(port: int, path: str, until: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        begin = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(time.monotonic() - begin)
        assert answer.status == 200, answer.status


def main() -> None:
    binary = sys.argv[1]
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        record, pile = folder / "news.db", folder / "pile"
        pile.mkdir()
        more(pile, 2_000)
        add = [binary, "add", "--record", str(record), "--quiet"]
        subprocess.run([*add, str(ROOT / "examples" / "harbour-talks")], check=True, stdout=subprocess.DEVNULL)
        serve = [binary, "serve", "--record", str(record), "--listen", "127.0.0.1:0"]
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        port = int(server.stdout.readline().rsplit(":", 1)[1].strip().rstrip("/"))
        first = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        first.request("GET", "/api/v1/stories")
        story = json.load(first.getresponse())["items"][0]["id"].removeprefix("s:")
        path = f"/story/{story}"
        first.request("GET", path)
        size = len(first.getresponse().read())
        adding = subprocess.Popen([*add, str(pile)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + seconds
        times: list[list[float]] = [[] for _ in range(readers)]
        threads = [threading.Thread(target=read, args=(port, path, until, each)) for each in times]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        still = adding.poll() is None
        adding.kill()
        adding.wait()
        server.terminate()
        server.wait()
    taken = sorted(1000 * t for each in times for t in each)
    at = {f"p{q}": round(taken[min(len(taken) - 1, len(taken) * q // 100)], 1) for q in (50, 95, 99)}
    row = {"readers": readers, "pages": len(taken), "bytes": size, "still_adding": still, **at, "max": round(taken[-1], 1)}
    print(json.dumps(row))


if __name__ == "__main__":
    main()
