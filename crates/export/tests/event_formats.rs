//! Events in the formats of event data sets: golden rows over a small invented record, and what must
//! hold for any record.

use serde_json::{Value, json};
use variorum_export::{
    GDELT_EVENT_COLUMNS, GDELT_MENTION_COLUMNS, POLECAT_COLUMNS, render_gdelt_events,
    render_gdelt_mentions, render_plover, render_polecat,
};
use variorum_model::contract::Record;

const FIRST: &str = "Envoys meet in Baku\nThe Iranian minister Arash Vand met Lena Brandt in Baku on \
    8 March. Rebels shelled Sumgait, Vand alleged.";
const SECOND: &str =
    "Vand and Brandt met in Baku. They will meet again in Tehran. No envoy was arrested.";

/// The citation of the first `quote` in the report called `id`.
fn cite(id: &str, quote: &str) -> Value {
    let text = if id == "r1" { FIRST } else { SECOND };
    let start = text[..text.find(quote).expect("the quote stands in the text")].chars().count();
    json!({"report": id, "start": start, "end": start + quote.chars().count(), "quote": quote})
}

fn telling(
    id: &str,
    clause: &str,
    trigger: &str,
    modality: &str,
    day: Option<&str>,
    place: Option<&str>,
) -> Value {
    let mut row = cite(id, clause);
    let more = json!({
        "trigger": cite(id, trigger), "modality": modality, "reported_by": [],
        "reported_by_evidence": [], "time": day.map(|d| json!({"earliest": d, "latest": d})),
        "time_evidence": null, "place": place, "place_evidence": place.map(|_| cite(id, "Baku")),
        "agenda": null, "confidence": if id == "r1" { 0.75 } else { 0.5 }, "rule": "verb:meet",
    });
    let fields = row.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    row
}

fn event(
    id: &str,
    kind: &str,
    mode: &str,
    cameo: &str,
    modality: &str,
    parties: [&[&str]; 2],
    mentions: Vec<Value>,
) -> Value {
    let time = &mentions[0]["time"];
    json!({
        "id": id, "type": kind, "mode": mode, "contexts": ["diplomatic", "not a context"],
        "cameo": cameo, "modality": modality, "actors": parties[0], "recipients": parties[1],
        "place": mentions[0]["place"], "time": time, "summary": id, "mentions": mentions,
        "independent_sources": 9, "merges": [],
    })
}

fn actor(
    id: &str,
    name: &str,
    kind: &str,
    country: Option<&str>,
    mentions: Vec<Value>,
    offices: Value,
) -> Value {
    json!({"id": id, "name": name, "kind": kind, "country": country, "mentions": mentions,
        "variants": [name], "offices": offices, "merges": []})
}

fn report(id: &str, text: &str, url: Option<&str>, outlet: &str, lead_end: usize) -> Value {
    json!({"id": id, "path": "x", "url": url, "text": text, "language": "en",
        "title": {"value": "Envoys meet in Baku", "span": null},
        "outlet": {"name": outlet, "basis": "stated", "span": null},
        "published": {"start": "2019-03-09", "end": "2019-03-09"},
        "body": [{"kind": "paragraph", "start": 0, "end": lead_end}]})
}

/// Two reports that count as one source; a meeting, and beside it a plan, a denial and an allegation.
fn record() -> Value {
    let minister = json!([{"title": "Minister of Foreign Affairs", "body": "Iran",
        "standing": "current", "from": null, "to": null, "evidence": []}]);
    let meeting = vec![
        telling(
            "r1",
            "The Iranian minister Arash Vand met Lena Brandt in Baku on 8 March",
            "met",
            "actual",
            Some("2019-03-08"),
            Some("p1"),
        ),
        telling("r2", "Vand and Brandt met in Baku", "met", "actual", None, Some("p1")),
    ];
    let shelling = vec![telling("r1", "Rebels shelled Sumgait", "shelled", "alleged", None, None)];
    let plan = vec![telling("r2", "They will meet again in Tehran", "meet", "planned", None, None)];
    let denial = vec![telling("r2", "No envoy was arrested", "arrested", "negated", None, None)];
    json!({
        "variorum": 1,
        "reports": [
            report("r1", FIRST, Some("https://www.harbour.example/a?b=1"), "Harbour Post", 90),
            report("r2", SECOND, None, "The \"Caspian\"\tWire", 0),
        ],
        "lineages": [["r1", "r2"]],
        "actors": [
            actor("a1", "Arash Vand", "person", None, vec![cite("r1", "Arash Vand"), cite("r2", "Vand")], minister),
            actor("a2", "Lena Brandt", "person", Some("DEU"), vec![cite("r1", "Lena Brandt"), cite("r2", "Brandt")], json!([])),
            actor("a3", "Rebels", "group", None, vec![cite("r1", "Rebels")], json!([])),
        ],
        "places": [{"id": "p1", "name": "Baku", "country": "AZE", "lat": 40.377_670_288_085_94,
            "lon": 49.892_009_735_107_42, "mentions": [cite("r1", "Baku"), cite("r2", "Baku")]}],
        "events": [
            event("e1", "CONSULT", "visit", "042", "actual", [&["a1"], &["a2"]], meeting),
            event("e2", "ASSAULT", "heavy-weapons", "194", "alleged", [&["a3"], &[]], shelling),
            event("e3", "CONSULT", "", "040", "planned", [&["a1", "a2"], &[]], plan),
            event("e4", "COERCE", "arrest", "173", "negated", [&[], &[]], denial),
        ],
        "accords": [], "mandates": [], "figures": [], "quotations": [], "agreements": [],
        "conflicts": [], "framing": [], "dependence": [], "singles": [], "stories": [], "rejected": [],
    })
}

fn parsed(value: Value) -> Record {
    serde_json::from_value(value).expect("a record")
}

/// The cells that are not empty, under the names of their columns.
fn named<'t>(columns: &[&'t str], line: &'t str) -> Vec<(&'t str, &'t str)> {
    let cells: Vec<&str> = line.split('\t').collect();
    assert_eq!(cells.len(), columns.len(), "{line:?}");
    columns.iter().copied().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect()
}

#[test]
fn a_row_of_the_gdelt_event_table() {
    let out = render_gdelt_events(&parsed(record()));
    assert_eq!(out.lines().count(), 1, "only the meeting happened: {out}");
    let cells = named(&GDELT_EVENT_COLUMNS, out.trim_end_matches('\n'));
    let want = [
        ("SQLDATE", "20190308"),
        ("MonthYear", "201903"),
        ("Year", "2019"),
        ("FractionDate", "2019.1863"),
        ("Actor1Code", "IRNGOV"),
        ("Actor1Name", "ARASH VAND"),
        ("Actor1CountryCode", "IRN"),
        ("Actor1Type1Code", "GOV"),
        ("Actor2Code", "DEU"),
        ("Actor2Name", "LENA BRANDT"),
        ("Actor2CountryCode", "DEU"),
        ("IsRootEvent", "1"),
        ("EventCode", "042"),
        ("EventBaseCode", "042"),
        ("EventRootCode", "04"),
        ("QuadClass", "1"),
        ("NumMentions", "2"),
        ("NumSources", "1"),
        ("NumArticles", "2"),
        ("ActionGeo_Type", "4"),
        ("ActionGeo_FullName", "Baku, Azerbaijan"),
        ("ActionGeo_CountryCode", "AJ"),
        ("ActionGeo_Lat", "40.3777"),
        ("ActionGeo_Long", "49.892"),
        ("SOURCEURL", "https://www.harbour.example/a?b=1"),
    ];
    assert_eq!(cells[1..], want);
    let id: u64 = cells[0].1.parse().expect("a number");
    assert!(id > 0 && id < 1 << 53);
}

#[test]
fn rows_of_the_gdelt_mentions_table() {
    let record = parsed(record());
    let out = render_gdelt_mentions(&record);
    let rows: Vec<_> = out.lines().map(|line| named(&GDELT_MENTION_COLUMNS, line)).collect();
    let first = [
        ("MentionType", "1"),
        ("MentionSourceName", "harbour.example"),
        ("MentionIdentifier", "https://www.harbour.example/a?b=1"),
        ("Actor1CharOffset", "41"),
        ("Actor2CharOffset", "56"),
        ("ActionCharOffset", "52"),
        ("InRawText", "1"),
        ("Confidence", "75"),
        ("MentionDocLen", "125"),
        ("Extras", "report:r1;start:20;end:86"),
    ];
    let second = [
        ("MentionType", "2"),
        ("MentionSourceName", "The 'Caspian' Wire"),
        ("MentionIdentifier", "The 'Caspian' Wire, “Envoys meet in Baku”, 2019-03-09 [report r2]"),
        ("Actor1CharOffset", "0"),
        ("Actor2CharOffset", "9"),
        ("ActionCharOffset", "16"),
        ("InRawText", "1"),
        ("Confidence", "50"),
        ("MentionDocLen", "83"),
        ("Extras", "report:r2;start:0;end:27"),
    ];
    assert_eq!(rows.len(), 2, "{out}");
    assert_eq!(rows[0][1..], first);
    assert_eq!(rows[1][1..], second);
    let event = render_gdelt_events(&record);
    assert!(rows.iter().all(|row| Some(row[0].1) == event.split('\t').next()), "ids differ");
}

#[test]
fn a_polecat_file() {
    let out = render_polecat(&parsed(record()));
    let (header, row) = out.split_once('\n').expect("a header");
    assert_eq!(header.split('\t').collect::<Vec<_>>(), POLECAT_COLUMNS);
    let cells = named(&POLECAT_COLUMNS, row.trim_end_matches('\n'));
    let want = [
        ("Event Date", "2019-03-08"),
        ("Event Type", "CONSULT"),
        ("Event Mode", "visit"),
        ("Quad Code", "VERBAL COOPERATION"),
        ("Contexts", "diplomatic"),
        ("Actor Name", "Arash Vand"),
        ("Actor Country", "IRN"),
        ("Actor COW", "630"),
        ("Primary Actor Sector", "GOV"),
        ("Actor Sectors", "GOV"),
        ("Actor Title", "Minister of Foreign Affairs"),
        ("Actor Name Raw", "Arash Vand"),
        ("Recipient Name", "Lena Brandt"),
        ("Recipient Country", "DEU"),
        ("Recipient COW", "255"),
        ("Recipient Name Raw", "Lena Brandt"),
        ("Placename", "Baku"),
        ("City", "Baku"),
        ("Country", "AZE"),
        ("Latitude", "40.3777"),
        ("Longitude", "49.892"),
        ("Raw Placename", "Baku"),
        ("Source", "Harbour Post; The 'Caspian' Wire"),
        ("Publication Date", "2019-03-09"),
        ("Story People", "Arash Vand; Lena Brandt"),
        ("Story Organizations", "Rebels"),
        ("Story Locations", "Baku"),
        ("Language", "en"),
    ];
    assert_eq!(cells[1..cells.len() - 1], want);
    assert!(cells[0].1.ends_with("_CONSULT"));
}

#[test]
fn plover_marks_what_did_not_happen_and_leaves_out_what_is_alleged() {
    let out = render_plover(&parsed(record()));
    let rows: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let short: Vec<Value> =
        rows.iter().map(|r| json!([r["event"], r["mode"], r["date"], r["event_scale"]])).collect();
    assert_eq!(
        short,
        [
            json!([["CONSULT"], ["visit"], "2019-03-08", null]),
            json!([["COERCE"], ["negation", "arrest"], null, null]),
            json!([["CONSULT"], ["future"], null, 2.5]),
        ]
    );
    let mut meeting = rows[0].clone();
    let fields = meeting.as_object_mut().expect("an object");
    assert!(fields.remove("id").is_some_and(|id| id.as_str().is_some_and(|id| id.len() == 16)));
    let own = fields.remove("variorum").expect("our field");
    assert_eq!(own["independent_sources"], 1);
    assert_eq!(own["mentions"][1]["quote"], "Vand and Brandt met in Baku");
    let want = json!({
        "has_event": true,
        "date": "2019-03-08",
        "actor": [{"code": "IRN", "sector": "GOV", "entity_text": "Arash Vand",
            "identifier_text": "Arash Vand", "office": "Minister of Foreign Affairs"}],
        "recipient": [{"code": "DEU", "entity_text": "Lena Brandt", "identifier_text": "Lena Brandt"}],
        "event": ["CONSULT"],
        "event_loc": {"extracted_place": "Baku", "resolved_place": "Baku", "lat": 40.3777,
            "lon": 49.892, "country": "Azerbaijan", "country_code": "AZE"},
        "event_text": ["met", "met"],
        "quad_code": 1,
        "mode": ["visit"],
        "context": ["diplomatic"],
        "text_info": {"start": 20, "end": 86},
        "cite_info": {"citation": "Harbour Post, “Envoys meet in Baku”, 2019-03-09 [report r1]",
            "url": "https://www.harbour.example/a?b=1", "title": "Envoys meet in Baku",
            "language": "en", "publication": "Harbour Post", "coder": "variorum",
            "codebook": "plover-0.8"},
        "coder": "variorum",
    });
    assert_eq!(meeting, want);
    let names: Vec<&str> = out
        .lines()
        .next()
        .expect("a row")
        .split("\":")
        .filter_map(|p| p.rsplit('"').next())
        .take(3)
        .collect();
    assert_eq!(names, ["id", "has_event", "date"], "the manual's order");
}

#[test]
fn nobody_and_nothing_that_only_an_allegation_names_is_in_a_happening() {
    let mut value = record();
    let alleged = telling(
        "r1",
        "Rebels shelled Sumgait",
        "shelled",
        "alleged",
        Some("2019-03-07"),
        Some("p1"),
    );
    let events = value["events"].as_array_mut().expect("events");
    events.truncate(1);
    let meeting = &mut events[0];
    meeting["recipients"] = json!(["a2", "a3"]);
    let tellings = meeting["mentions"].as_array_mut().expect("tellings");
    tellings.remove(0);
    tellings[0]["place"] = Value::Null;
    tellings.push(alleged);
    let record = parsed(value);
    for out in [render_gdelt_events(&record), render_polecat(&record), render_plover(&record)] {
        let row = out.lines().last().expect("a row");
        assert!(row.to_uppercase().contains("BRANDT"), "{row}");
        for word in ["20190308", "2019-03-08", "40.3777", "Sumgait"] {
            assert!(!row.contains(word), "{word}: {row}");
        }
    }
    assert!(!render_gdelt_events(&record).contains("REBELS"));
    assert!(!render_gdelt_mentions(&record).contains("start:88"));
    assert_eq!(render_gdelt_mentions(&record).lines().count(), 1);
}

#[test]
fn invariant_3_the_order_of_the_record_does_not_matter() {
    let forms = [render_plover, render_polecat, render_gdelt_events, render_gdelt_mentions];
    let straight = parsed(record());
    let mut value = record();
    for list in ["reports", "actors", "places", "events"] {
        value[list].as_array_mut().expect("a list").reverse();
    }
    for event in value["events"].as_array_mut().expect("events") {
        event["mentions"].as_array_mut().expect("tellings").reverse();
    }
    let turned = parsed(value);
    for render in forms {
        assert_eq!(render(&straight), render(&turned));
    }
}

#[test]
fn hostile_text_stays_in_its_cell() {
    let mut value = record();
    let hostile = "x\ty\r\nz\u{2028}\"q\u{0}; | \u{202e}é";
    for actor in value["actors"].as_array_mut().expect("actors") {
        actor["name"] = json!(hostile);
        actor["mentions"][0]["quote"] = json!(hostile);
    }
    value["places"][0]["name"] = json!(hostile);
    for report in value["reports"].as_array_mut().expect("reports") {
        report["outlet"]["name"] = json!(hostile);
        report["url"] = json!(format!("https://a.example/{hostile}"));
    }
    value["events"][0]["type"] = json!("CONSULT");
    value["events"][0]["time"] = json!({"earliest": "2019-03-0ü", "latest": "2019-03-0ü"});
    let record = parsed(value);
    let tables = [
        (render_polecat(&record), 40, 2),
        (render_gdelt_events(&record), 61, 1),
        (render_gdelt_mentions(&record), 16, 2),
    ];
    for (out, columns, rows) in tables {
        assert_eq!(out.matches('\n').count(), rows, "{out:?}");
        assert!(out.split_terminator('\n').all(|l| l.split('\t').count() == columns), "{out:?}");
        assert!(!out.contains(['\r', '"', '\u{0}', '\u{2028}']), "{out:?}");
    }
    let jsonl = render_plover(&record);
    assert_eq!(jsonl.lines().count(), 3);
    assert!(jsonl.lines().all(|l| serde_json::from_str::<Value>(l).is_ok()));
}

#[test]
fn an_empty_record_has_no_rows_and_many_parties_no_square_of_them() {
    let mut value = record();
    value["events"] = json!([]);
    let record_without = parsed(value);
    assert_eq!(render_gdelt_events(&record_without), "");
    assert_eq!(render_polecat(&record_without).lines().count(), 1);
    let mut value = record();
    let ids: Vec<String> = (0..3000).map(|i| format!("b{i}")).collect();
    value["actors"] =
        ids.iter().map(|id| actor(id, id, "person", None, vec![], json!([]))).collect();
    value["events"][0]["actors"] = json!(ids);
    value["events"][0]["recipients"] = json!([]);
    let out = render_gdelt_events(&parsed(value));
    assert_eq!(out.lines().count(), 66);
    let ids: std::collections::BTreeSet<_> = out.lines().map(|l| l.split('\t').next()).collect();
    assert_eq!(ids.len(), 66, "every pair has an id of its own");
}
