//! `collate` on the seed reports: the events that the gold marks, with type, parties and modality.

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::{Bench, file_name, json};
use super::figure::Figure;
use super::seed_gold;
use super::sets::{Measured, Set};

/// Rows of the gold that are no events but figures, terms of accords, mandates and states of affairs.
const NO_EVENTS: [&str; 4] = ["FIGURE", "TERM", "STATUS", "MANDATE"];

/// Collates the seeds and looks every event of the gold up in the record.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = set.gold_in(&bench.shared);
    let seeds = seed_gold::read(&gold.with_file_name("clean.json"))?;
    let out = bench.folder(set.task, set.name)?.join("out.json");
    let usage = bench.read("collate", &seed_gold::paths(&seeds, &gold), "json", &out)?;
    let rows = std::fs::read_to_string(&gold)?;
    let rows: Vec<Value> =
        rows.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("bad gold")?;
    Ok((figures(&rows, &json(&out)?), usage))
}

fn figures(rows: &[Value], record: &Value) -> Vec<Figure> {
    let mut made = Vec::new();
    for (sure, name) in [("H", "sure"), ("M", "likely")] {
        let asked = |row: &&Value| {
            row["confidence"] == sure
                && row["event"].as_str().is_some_and(|e| !NO_EVENTS.contains(&e))
        };
        let found: Vec<Found> = rows.iter().filter(asked).map(|row| look_up(row, record)).collect();
        let count = |test: &dyn Fn(&Found) -> bool| found.iter().filter(|f| test(f)).count() as u64;
        let all = found.len() as u64;
        made.extend([
            Figure::share(&format!("{name}_typed"), count(&|f| f.typed), all),
            Figure::share(&format!("{name}_parties"), count(&|f| f.parties), all),
            Figure::share(&format!("{name}_modality"), count(&|f| f.modality), all),
            Figure::share(&format!("{name}_right"), count(&Found::right), all),
        ]);
    }
    made
}

/// What the record has of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    typed: bool,
    parties: bool,
    modality: bool,
}

impl Found {
    fn right(&self) -> bool {
        self.typed && self.parties && self.modality
    }
}

/// The best that an event told at the row's words says of it.
fn look_up(row: &Value, record: &Value) -> Found {
    let empty = Vec::new();
    let reports = record["reports"].as_array().unwrap_or(&empty);
    let id = reports.iter().find(|r| file_name(&r["path"]) == row["file"]).map(|r| &r["id"]);
    let start = row["trigger_start"].as_u64().or(row["start"].as_u64());
    let end = row["trigger_end"].as_u64().or(row["end"].as_u64());
    let touches = |span: &Value| {
        span["start"].as_u64().zip(end).is_some_and(|(s, end)| s < end)
            && span["end"].as_u64().zip(start).is_some_and(|(e, start)| start < e)
    };
    let mut best = Found::default();
    for event in record["events"].as_array().unwrap_or(&empty) {
        let typed = event["type"] == row["event"];
        for told in event["mentions"].as_array().unwrap_or(&empty) {
            if Some(&told["report"]) != id || !typed || !touches(&told["trigger"]) {
                continue;
            }
            let here = Found {
                typed,
                parties: has_parties(row, event, record),
                modality: told["modality"] == modality(row),
            };
            if (here.parties, here.modality) > (best.parties, best.modality) || !best.typed {
                best = here;
            }
        }
    }
    best
}

/// The gold's word in the record's words.
fn modality(row: &Value) -> &str {
    match row["modality"].as_str().unwrap_or_default() {
        "future" => "planned",
        "actual (past)" | "reported" | "historical" | "state" => "actual",
        other => other,
    }
}

/// Whether every party of the row is one of the event's on its side; where the gold has all on one side
/// the event may have them on two.
fn has_parties(row: &Value, event: &Value, record: &Value) -> bool {
    let empty = Vec::new();
    let list = |key: &str| row[key].as_array().unwrap_or(&empty).iter().filter_map(Value::as_str);
    let names = |key: &str| -> Vec<String> {
        let ids = event[key].as_array().unwrap_or(&empty);
        let actors = record["actors"].as_array().unwrap_or(&empty).iter();
        actors.filter(|a| ids.contains(&a["id"])).flat_map(forms).collect()
    };
    let (actors, recipients) = (names("actors"), names("recipients"));
    let mutual = list("recipients").next().is_none() || event["type"] == "CONSULT";
    let on = |side: &[String], party: &str| {
        if is_unnamed(party) {
            return true;
        }
        let across: &[String] = if mutual { &recipients } else { &[] };
        let both = if mutual { &actors[..] } else { &[] };
        side.iter().chain(across).chain(both).any(|name| is_named(party, name))
    };
    list("actors").all(|p| on(&actors, p)) && list("recipients").all(|p| on(&recipients, p))
}

/// Whom the gold itself does not name is not asked for.
fn is_unnamed(party: &str) -> bool {
    ["parties", "unnamed", "implied"].iter().any(|word| party.contains(word))
}

/// All names of an actor, and the code of its country where it is one.
fn forms(actor: &Value) -> Vec<String> {
    let variants = actor["variants"].as_array().into_iter().flatten();
    let mut forms: Vec<String> =
        variants.chain([&actor["name"]]).filter_map(Value::as_str).map(str::to_lowercase).collect();
    if actor["kind"] == "country" {
        forms.extend(actor["country"].as_str().map(|iso| format!("[{iso}]")));
    }
    forms
}

/// Letters of a word that two spellings of a name share.
const STEM: usize = 5;

/// Whether a party as the gold words it ("he (= Petrov [RUS GOV, minister])") is somebody of that name.
fn is_named(party: &str, name: &str) -> bool {
    let code = party.split_once('[').and_then(|(_, code)| code.get(..3));
    if code.is_some_and(|iso| party.contains("GOV") && name == format!("[{iso}]")) {
        return true;
    }
    let plain = party.split('[').next().unwrap_or(party).to_lowercase();
    let telling = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    // "Iran" and "Iranian": as far as the shorter goes.
    let alike = |a: &str, b: &str| {
        let (a, b) = (stem(a), stem(b));
        a == b
            || a.chars().count().min(b.chars().count()) > 3
                && (a.starts_with(&b) || b.starts_with(&a))
    };
    let mut words = telling.filter(|w| !["senior", "security", "party", "high"].contains(w));
    words.any(|w| name.split(|c: char| !c.is_alphanumeric()).any(|n| alike(n, w)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parties_are_known_by_name_or_state() {
        for (party, name, want) in [
            ("Petrov [RUS GOV, minister]", "ivan petrov", true),
            ("he (= Petrov [RUS GOV, minister])", "ivan petrov", true),
            ("Petrov [RUS GOV]", "[RUS]", true),
            ("Petrov [RUS GOV]", "[IRN]", false),
            ("Petrov [RUS GOV]", "omar saleh", false),
            ("Iranian officials", "iran", true),
            ("Iranian officials", "iraq", false),
        ] {
            assert_eq!(is_named(party, name), want, "{party} {name}");
        }
        assert!(is_unnamed("conflict parties (unnamed)"));
        assert!(!is_unnamed("Iranian officials"));
    }

    #[test]
    fn an_event_is_right_with_type_parties_and_modality() {
        let row = json!({"file": "a.txt", "trigger_start": 4, "trigger_end": 7, "event": "CONSULT",
            "modality": "future", "actors": ["Petrov [RUS GOV]"], "recipients": ["Saleh [KEN GOV]"],
            "confidence": "H"});
        let record = |kind: &str, modality: &str, actor: &str| {
            json!({"reports": [{"id": "r", "path": "in/a.txt"}],
                "actors": [{"id": "a1", "name": actor, "variants": [], "kind": "person"},
                           {"id": "a2", "name": "Omar Saleh", "variants": [], "kind": "person"}],
                "events": [{"type": kind, "actors": ["a1"], "recipients": ["a2"], "mentions": [
                    {"report": "r", "trigger": {"start": 4, "end": 7}, "modality": modality}]}]})
        };
        for (kind, modality, actor, want) in [
            ("CONSULT", "planned", "Ivan Petrov", (true, true, true)),
            ("CONSULT", "actual", "Ivan Petrov", (true, true, false)),
            ("CONSULT", "planned", "Jorge Vidal", (true, false, true)),
            ("ASSAULT", "planned", "Ivan Petrov", (false, false, false)),
        ] {
            let found = look_up(&row, &record(kind, modality, actor));
            assert_eq!(
                (found.typed, found.parties, found.modality),
                want,
                "{kind} {modality} {actor}"
            );
        }
    }
}
