"""walk_spans.py BENCH REPORTS RECORD: how many spans of the record are not what their file says,
and every span outside `reports`, as one JSON object. Uses the scorer's own walk."""
import json, os, sys

sys.path.insert(0, sys.argv[1])
import score

record = json.load(open(sys.argv[3], encoding="utf-8"))
path = {r["id"]: os.path.basename(r.get("path") or "") for r in record.get("reports", [])}
text = {}
for name in path.values():
    file = os.path.join(sys.argv[2], name)
    if os.path.isfile(file):
        text[name] = open(file, encoding="utf-8", newline="").read()


def wrong(span):
    return text.get(path.get(span["report"]), "")[span["start"]:span["end"]] != span["quote"]


facts = {key: value for key, value in record.items() if key != "reports"}
cited = [{"path": path.get(s["report"], ""), "start": s["start"], "end": s["end"]} for s in score.walk_spans(facts)]
print(json.dumps({"bad": sum(map(wrong, score.walk_spans(record))), "cited": cited}))
