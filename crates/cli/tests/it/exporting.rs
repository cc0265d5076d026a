//! Exports of a record in the formats of others.

use crate::running::{citations, example, lines, record, slice, text};
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

const CLUSTERS: [&str; 2] = ["harbour-talks", "market-blast"];

fn collated(cluster: &str, more: &[&str]) -> String {
    let mut arguments = vec!["collate".to_owned()];
    arguments.extend(example(cluster));
    arguments.extend(more.iter().map(|m| (*m).to_owned()));
    text(&arguments)
}

/// An element with its attributes and the names of the elements it stands in.
struct Element {
    way: Vec<String>,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// Elements of a document; that it is well-formed is a condition of reading it.
fn elements(document: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed");
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().0.to_owned();
                let mut way: Vec<String> =
                    open.last().map(|&n: &usize| all[n].way.clone()).unwrap_or_default();
                way.push(name);
                let attributes = tag
                    .attributes()
                    .map(|a| {
                        let a = a.expect("an attribute");
                        (a.key.0.to_owned(), a.value.into_owned())
                    })
                    .collect();
                all.push(Element { way, attributes, text: String::new() });
                if !empty {
                    open.push(all.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(piece) => {
                if let Some(&n) = open.last() {
                    all[n].text.push_str(&piece);
                }
            }
            Event::GeneralRef(entity) => {
                let c = match &*entity {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "#13" => '\r',
                    other => panic!("&{other};"),
                };
                if let Some(&n) = open.last() {
                    all[n].text.push(c);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    all
}

/// Of the rules of TEI P5 those that our elements could break: what may stand in what, which ids are pointed to.
#[test]
fn the_apparatus_is_tei() {
    for cluster in CLUSTERS {
        let document = collated(cluster, &["--tei"]);
        assert_eq!(document, collated(cluster, &["--format", "tei"]));
        let all = elements(&document);
        let may_stand_in: HashMap<&str, &[&str]> = HashMap::from([
            ("TEI", &[][..]),
            ("teiHeader", &["TEI"]),
            ("text", &["TEI", "group"]),
            ("group", &["text"]),
            ("body", &["text"]),
            ("div", &["body"]),
            ("head", &["div"]),
            ("listApp", &["div"]),
            ("app", &["listApp"]),
            ("rdg", &["app"]),
            ("seg", &["rdg"]),
            ("quote", &["rdg"]),
            ("note", &["rdg", "app", "bibl"]),
            ("ab", &["body"]),
            ("witness", &["listWit"]),
            ("bibl", &["witness"]),
        ]);
        let ids: HashSet<&str> =
            all.iter().filter_map(|e| e.attributes.get("xml:id")).map(String::as_str).collect();
        let count = all.iter().filter(|e| e.attributes.contains_key("xml:id")).count();
        assert_eq!(ids.len(), count, "{cluster}: an id is there twice");
        let mut texts: HashMap<&str, Vec<char>> = HashMap::new();
        for element in all.iter().filter(|e| e.way.last().is_some_and(|n| n == "ab")) {
            let id = element.attributes["xml:id"].as_str();
            texts.insert(id, element.text.chars().collect());
        }
        let (mut apps, mut quotes) = (0, 0);
        for element in &all {
            let name = element.way.last().expect("a name").as_str();
            let parent = element.way.len().checked_sub(2).map(|n| element.way[n].as_str());
            if let Some(parents) = may_stand_in.get(name) {
                let stands = parent.map_or(parents.is_empty(), |p| parents.contains(&p));
                assert!(stands, "{cluster}: {:?}", element.way);
            }
            apps += usize::from(name == "app");
            for pointer in ["wit", "source"].iter().filter_map(|key| element.attributes.get(*key)) {
                for target in pointer.split(' ') {
                    assert!(ids.contains(&target[1..]), "{cluster}: {target}");
                }
            }
            if name == "quote" {
                quotes += 1;
                let at = &element.attributes["corresp"];
                let range = at.strip_prefix("#string-range(").and_then(|r| r.strip_suffix(')'));
                let pieces: Vec<&str> = range.expect("a range").split(',').collect();
                let number = |n: usize| pieces[n].parse::<usize>().expect("a number");
                let cut: String =
                    texts[pieces[0]][number(1)..number(1) + number(2)].iter().collect();
                assert_eq!(cut, element.text);
            }
        }
        assert!(apps > 5 && quotes > 20, "{cluster}: {apps} apps, {quotes} quotes");
    }
}

#[test]
fn every_citation_is_a_web_annotation() {
    for cluster in CLUSTERS {
        let of = record(&example(cluster));
        let page: Value = serde_json::from_str(&collated(cluster, &["--format", "web-annotation"]))
            .expect("JSON");
        assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(page["type"], "AnnotationPage");
        let mut texts: HashMap<String, &str> = HashMap::new();
        for report in of["reports"].as_array().expect("reports") {
            let text = report["text"].as_str().expect("a text");
            let id = report["id"].as_str().expect("an id");
            let url = report["url"].as_str().map(str::to_owned);
            texts.insert(url.unwrap_or_else(|| format!("urn:variorum:report:{id}")), text);
        }
        let items = page["items"].as_array().expect("items");
        let mut shown: HashSet<(String, u64, u64)> = HashSet::new();
        let mut ids: HashSet<&str> = HashSet::new();
        for item in items {
            assert_eq!(item["type"], "Annotation");
            assert!(ids.insert(item["id"].as_str().expect("an id")), "{}", item["id"]);
            let target = &item["target"];
            let source = target["source"].as_str().expect("a source");
            let [position, quote] = target["selector"].as_array().expect("selectors").as_slice()
            else {
                panic!("{target}");
            };
            assert_eq!(position["type"], "TextPositionSelector");
            assert_eq!(quote["type"], "TextQuoteSelector");
            let at = |key: &str| position[key].as_u64().expect("an offset");
            let (start, end) = (at("start") as usize, at("end") as usize);
            let text = texts[source];
            assert_eq!(slice(text, start, end), quote["exact"].as_str().expect("a quote"));
            let suffix = quote["suffix"].as_str().expect("a suffix");
            let after = slice(text, end, end + suffix.chars().count());
            assert_eq!(after, suffix);
            shown.insert((quote["exact"].to_string(), at("start"), at("end")));
        }
        for cited in citations(&of) {
            let at = |key: &str| cited[key].as_u64().expect("an offset");
            let key = (cited["quote"].to_string(), at("start"), at("end"));
            assert!(shown.contains(&key), "{cluster}: {cited}");
        }
    }
}

#[test]
fn ledgers_are_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    let mut adding = vec!["add".to_owned(), "--record".into(), record.clone()];
    adding.extend(example("harbour-talks"));
    text(&adding);
    let story = lines(&text(&["stories", "--record", &record, "--format", "jsonl"])).remove(0);
    let story = story["id"].as_str().expect("an id");
    let shown = |more: &[&str]| text(&[&["show", story, "--record", &record], more].concat());
    for view in ["consultations", "accords", "mandates", "offices", "figures", "timeline", "names"]
    {
        let rows = lines(&shown(&["--view", view, "--format", "jsonl"]));
        let table = shown(&["--view", view, "--format", "csv", "--mode", "machine"]);
        assert!(table.lines().next().expect("a header").ends_with(",report,start,end,quote"));
        assert!(shown(&["--view", view]).lines().count() > 2, "{view}");
        for row in &rows {
            assert!(row["evidence"]["quote"].is_string(), "{view}: {row}");
        }
        if matches!(view, "consultations" | "offices" | "figures" | "timeline" | "names") {
            assert!(!rows.is_empty(), "{view}");
        }
    }
    let all = lines(&shown(&["--view", "timeline", "--format", "jsonl"]));
    let apart = all.iter().filter(|row| row["dates"].as_array().is_some_and(|d| d.len() > 1));
    assert!(apart.count() > 0, "nothing is dated in two ways");
    // Somebody is found under any spelling.
    let named = |name: &str| {
        lines(&shown(&["--view", "names", "--format", "jsonl", "--named", name])).len()
    };
    assert_eq!(named("Kholmirzaev"), 1);
    assert_eq!(named("Nobody Known"), 0);
}

/// Every format of whole records comes out of a record file too, and no header comes twice.
#[test]
fn a_record_file_exports_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    let mut adding = vec!["add".to_owned(), "--record".into(), record.clone()];
    adding.extend(example("harbour-talks"));
    adding.extend(example("market-blast"));
    text(&adding);
    let out = |more: &[&str]| text(&[&["export", "--record", &record], more].concat());
    for format in ["plover", "polecat", "gdelt", "gdelt-mentions", "ucdp", "ftm", "web-annotation"]
    {
        let all = out(&["--format", format]);
        assert!(all.lines().count() > 1, "{format}");
        let first = all.lines().next().expect("a line");
        let headed = matches!(format, "polecat" | "ucdp");
        let again = all.lines().skip(1).filter(|l| *l == first.trim_start_matches('\u{feff}'));
        assert!(!headed || again.count() == 0, "{format}: a header inside");
    }
    let story = lines(&text(&["stories", "--record", &record, "--format", "jsonl"])).remove(0);
    let story = story["id"].as_str().expect("an id");
    assert!(out(&["--format", "tei", "--story", story]).contains("<listApp>"));
    assert!(out(&["--format", "html", "--story", story]).starts_with("<!doctype html>"));
    for table in ["consultations", "accords", "mandates", "offices", "series", "timeline"] {
        let rows = lines(&out(&["--table", table]));
        assert!(rows.iter().all(|row| row["story"].as_str().is_some_and(|s| s.starts_with("s:"))));
        let csv = out(&["--table", table, "--format", "csv", "--mode", "machine"]);
        let headers = csv.lines().filter(|l| l.starts_with("story,")).count();
        assert_eq!(headers, 1, "{table}");
    }
}

#[test]
fn entities_of_follow_the_money_point_to_one_another() {
    for cluster in CLUSTERS {
        let entities = lines(&collated(cluster, &["--format", "ftm"]));
        let ids: HashSet<&str> = entities.iter().filter_map(|e| e["id"].as_str()).collect();
        assert_eq!(ids.len(), entities.len(), "{cluster}: an id is there twice");
        let mut schemata: BTreeMap<&str, usize> = BTreeMap::new();
        for entity in &entities {
            *schemata.entry(entity["schema"].as_str().expect("a schema")).or_default() += 1;
            for key in ["holder", "post", "involved", "proof", "document", "resolved"] {
                for value in entity["properties"][key].as_array().into_iter().flatten() {
                    assert!(ids.contains(value.as_str().expect("an id")), "{cluster}: {entity}");
                }
            }
        }
        for schema in ["Person", "Event", "Article", "Mention", "Occupancy"] {
            assert!(schemata.contains_key(schema), "{cluster}: {schemata:?}");
        }
    }
}

#[test]
fn deaths_are_given_as_told() {
    let csv = collated("market-blast", &["--format", "ucdp", "--mode", "machine"]);
    let mut rows = csv.lines();
    let header: Vec<&str> = rows.next().expect("a header").split(',').collect();
    assert_eq!(header.len(), 49);
    assert!(header.contains(&"best") && header.contains(&"where_prec"));
    assert!(rows.next().is_some(), "nobody died");
}
