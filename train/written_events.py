"""The written sentences with marked events: reads, checks and splits them.

    python written_events.py check FILE...        names every fault with its line; exit status 1 if any
    python written_events.py rows [--held]        JSON lines {"id", "text", "events"}, spans in code points
"""

import hashlib
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data" / "written_events"
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack"
    " aerial drone heavy-weapons crowd-control unconventional",
    "STATEMENT": "",
    "APPOINT": "",
}
MODALITIES = {"actual", "ongoing", "planned", "alleged", "negated", "hypothetical"}
FIELDS = ("type", "modality", "trigger", "actors", "recipients", "reported_by")


class Fault(ValueError):
    """What is wrong with a line."""


def span(text, phrase):
    """Where a phrase stands in a text; `phrase#2` is its second occurrence as whole words."""
    wanted, number = phrase, 1
    if phrase[-2:-1] == "#" and phrase[-1].isdigit():
        wanted, number = phrase[:-2], int(phrase[-1])
    at = -1
    while number:
        at = text.find(wanted, at + 1)
        if at < 0:
            raise Fault(f"not in the passage: {phrase}")
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            number -= 1
    return at, at + len(wanted)


def spans(text, field):
    """The spans of a field of phrases set apart by semicolons."""
    return [] if field == "-" else [span(text, phrase.strip()) for phrase in field.split(";")]


def event(text, line):
    """One event line as a dictionary."""
    fields = [field.strip() for field in line.split(" | ")]
    if len(fields) != len(FIELDS):
        raise Fault(f"{len(fields)} fields, {len(FIELDS)} wanted")
    kind, _, mode = fields[0].partition(":")
    if kind not in MODES or (mode and mode not in MODES[kind].split()):
        raise Fault(f"no such type or mode: {fields[0]}")
    if fields[1] not in MODALITIES:
        raise Fault(f"no such modality: {fields[1]}")
    if fields[2] == "-":
        raise Fault("no trigger")
    row = {"type": kind, "mode": mode or None, "modality": fields[1], "trigger": span(text, fields[2])}
    return row | {name: spans(text, field) for name, field in zip(FIELDS[3:], fields[3:])}


def passages(path, faults):
    """(text, events) of each passage of a file; faults are added to a list as they are met."""
    text, events, marked = None, [], True
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate([*lines, "#"], 1):
        if not line.strip() or (line.startswith("#") and number <= len(lines)):
            continue
        if not line.startswith(" "):
            if text is not None:
                if not marked:
                    faults.append(f"{path.name}:{number - 1}: passage with neither events nor `none`")
                yield text, events
            text, events, marked = line.strip(), [], False
            continue
        marked = True
        if line.strip() == "none":
            continue
        try:
            events.append(event(text, line.strip()))
        except Fault as fault:
            faults.append(f"{path.name}:{number}: {fault}")


def held_out(text):
    """Whether a passage is one of the tenth that is never trained on."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0


def check(paths):
    """Prints every fault and the counts of the files."""
    faults, seen = [], {}
    for path in paths:
        rows = list(passages(path, faults))
        none = sum(not events for _, events in rows)
        print(f"{path.name}: {len(rows)} passages, {none} with no event, {sum(len(e) for _, e in rows)} events")
        for text, _ in rows:
            if text in seen:
                faults.append(f"{path.name}: also in {seen[text]}: {text[:60]}")
            seen[text] = path.name
    print("\n".join(faults))
    return 1 if faults else 0


def rows(held):
    """Prints the passages of one side of the split."""
    faults = []
    for path in sorted(FOLDER.glob("*.txt")):
        for number, (text, events) in enumerate(passages(path, faults)):
            if held_out(text) == held:
                print(json.dumps({"id": f"{path.stem}-{number}", "text": text, "events": events}, ensure_ascii=False))
    if faults:
        sys.exit("\n".join(faults))


def main():
    if sys.argv[1:2] == ["check"]:
        named = [pathlib.Path(name) for name in sys.argv[2:]]
        sys.exit(check(named or sorted(FOLDER.glob("*.txt"))))
    if sys.argv[1:2] == ["rows"]:
        return rows("--held" in sys.argv[2:])
    sys.exit(__doc__)


if __name__ == "__main__":
    main()
