#!/usr/bin/env python3
"""Check every list in expected/ against the reports of its folder (Python 3.11 or later, nothing else needed).

Each quote must stand verbatim in the article of its file, each `never` string in the file and in no quote,
each caption and heading in the file, each weekday on its date, and each `string(N)` must count its bytes rightly.
"""
import datetime
import gzip
import html
import json
import pathlib
import re
import sys
import tomllib
from html.parser import HTMLParser

HERE = pathlib.Path(__file__).resolve().parent
BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "td", "figcaption", "br", "section", "header", "footer", "span", "small"}


class VisibleText(HTMLParser):
    """Text of a page without scripts and styles; `paragraphs` holds the text of each <p> on its own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.paragraphs, self.hidden, self.open = [], [], 0, False

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag == "p":
            self.paragraphs.append("")
            self.open = True

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")
        self.open = self.open and tag != "p"

    def handle_data(self, data):
        if self.hidden:
            return
        self.parts.append(data)
        if self.open:
            self.paragraphs[-1] += data


def load(path):
    """Return (whole text of the file, text in which quotes are looked for)."""
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    text = raw.decode("utf-8-sig")
    if path.suffix == ".jsonl":
        return text, json.loads(text)["text"]
    if path.suffix == ".html":
        page = VisibleText()
        page.feed(text)
        return html.unescape(text) + "".join(page.parts), "\n".join(page.paragraphs)
    return text, text


def located(node):
    """Yield every (file, quote) pair anywhere below `node`."""
    if isinstance(node, dict):
        if "quote" in node:
            yield node["file"], node["quote"]
        for value in node.values():
            yield from located(value)
    elif isinstance(node, list):
        for value in node:
            yield from located(value)


def check(folder):
    expected = tomllib.loads((HERE / "expected" / f"{folder.name}.toml").read_text(encoding="utf-8"))
    named = {report["file"] for report in expected["report"]}
    present = {path.name for path in folder.iterdir()}
    faults = [f"report list and folder differ: {name}" for name in sorted(named ^ present)]
    files = {name: load(folder / name) for name in named & present}
    quotes = list(located(expected))
    for name, quote in quotes:
        if quote not in files[name][1]:
            faults.append(f"{name}: quote not in the article: {quote}")
    for entry in expected["never"]:
        for string in entry["strings"]:
            if string not in files[entry["file"]][0]:
                faults.append(f"{entry['file']}: debris not in the file: {string}")
            for name, quote in quotes:
                if name == entry["file"] and string in quote:
                    faults.append(f"{name}: debris inside a quote: {string}")
    for entry in expected["caption"] + expected.get("heading", []):
        if entry["text"] not in files[entry["file"]][0]:
            faults.append(f"{entry['file']}: not in the file: {entry['text']}")
    for entry in expected["calendar"]:
        if datetime.date.fromisoformat(entry["date"]).strftime("%A") != entry["weekday"]:
            faults.append(f"{entry['file']}: {entry['date']} is no {entry['weekday']}")
        if entry["weekday"][:3] not in entry["quote"]:
            faults.append(f"{entry['file']}: the quote does not name {entry['weekday']}")
    for report in expected["report"]:
        published = report["published"]
        days = [datetime.date.fromisoformat(published[key]) for key in ("start", "end")]
        if days != sorted(days):
            faults.append(f"{report['file']}: published ends before it starts")
    for name, (whole, _) in files.items():
        for found in re.finditer(r'string\((\d+)\) "', whole):
            rest = whole[found.end():].encode()
            if rest[int(found[1]):int(found[1]) + 1] != b'"':
                faults.append(f"{name}: string({found[1]}) does not end at a quotation mark")
    return len(quotes), faults


def main():
    failed = False
    for folder in sorted(HERE / path.stem for path in HERE.glob("expected/*.toml")):
        count, faults = check(folder)
        print(f"{folder.name}: {count} quotes, {len(faults)} faults")
        for fault in faults:
            print("  " + fault)
        failed = failed or bool(faults)
    return failed


if __name__ == "__main__":
    sys.exit(main())
