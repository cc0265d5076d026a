//! Names of the seed reports, where the folder with them stands beside the checkout: every person,
//! body, group and place of the hand-made table is found with its type, and nothing removed is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use variorum_language::Language;
use variorum_model::{MentionKind, Span};

fn seeds() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    path.join("gold/collation.md").exists().then_some(path)
}

/// The body of a seed as blocks of bytes, from the hand-made clean text.
fn blocks(gold: &serde_json::Value, text: &str) -> Vec<(Option<u32>, Span)> {
    let byte: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let span = |b: &serde_json::Value| {
        let at = |key: &str| byte[b[key].as_u64().expect("offset") as usize];
        Span::new(at("start"), at("end"))
    };
    let title = gold["debris"].as_array().expect("debris").iter().find(|d| d["kind"] == "title");
    let body = gold["body"].as_array().expect("body");
    title
        .map(|t| (None, span(t)))
        .into_iter()
        .chain(body.iter().enumerate().map(|(i, b)| (Some(i as u32), span(b))))
        .collect()
}

/// Rows of the entity table: kind, seed, form as written.
fn wanted(table: &str) -> Vec<(&'static str, String, String)> {
    let mut out = Vec::new();
    let mut kind = "";
    for line in table.lines() {
        kind = match line {
            _ if line.starts_with("### People") => "person",
            _ if line.starts_with("### Organisations") => "body",
            _ if line.starts_with("### Places") => "place",
            _ => kind,
        };
        if !line.starts_with('|') || line.contains("(debris)") {
            continue;
        }
        // Forms stand as: 000: “form” ×count first 000[a:b]
        for part in line.split(" first ") {
            let Some((before, count)) = part.rsplit_once("” ×") else { continue };
            let Some((seed, form)) = before.rsplit_once(": “") else { continue };
            let seed: String =
                seed.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
            if count.bytes().all(|b| b.is_ascii_digit()) {
                out.push((kind, seed, form.to_owned()));
            }
        }
    }
    out
}

/// Descriptions without a name of their own ("the militants", "Takfiri terror groups").
fn is_description(form: &str) -> bool {
    form.split([' ', '-']).any(|w| {
        matches!(
            w,
            "the"
                | "forces"
                | "groups"
                | "terrorists"
                | "militants"
                | "soldiers"
                | "front"
                | "various"
        )
    })
}

#[test]
fn every_name_of_the_table_is_found_with_its_type() {
    let Some(folder) = seeds() else { return };
    let table = std::fs::read_to_string(folder.join("gold/collation.md")).expect("table");
    let gold: serde_json::Value = serde_json::from_str(
        &std::fs::read_to_string(folder.join("gold/clean.json")).expect("clean text"),
    )
    .expect("JSON");
    let language = Language::load();
    let section =
        &table[table.find("## 2.").expect("section")..table.find("Metonyms to tag").expect("end")];
    let wanted = wanted(section);
    assert!(wanted.len() > 60, "table not read: {}", wanted.len());
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in gold.as_array().expect("rows") {
        let file = row["file"].as_str().expect("file");
        let text = std::fs::read_to_string(folder.join(file)).expect("seed");
        let blocks = blocks(row, &text);
        let parse = language.read_blocks(&text, &blocks);
        for name in &parse.names {
            assert!(
                blocks.iter().any(|b| b.1.contains(name.span)),
                "{file}: name outside the article"
            );
        }
        for (kind, seed, form) in wanted.iter().filter(|w| file.starts_with(&w.1)) {
            let form = form
                .trim_start_matches("The ")
                .trim_end_matches("-brokered")
                .trim_end_matches(" and")
                .split(',')
                .next()
                .unwrap_or("");
            if is_description(form) || !form.contains(char::is_uppercase) {
                continue;
            }
            for form in form.split(" and ") {
                for (at, _) in text.match_indices(form) {
                    let span = Span::new(at, at + form.len());
                    if !blocks.iter().any(|b| b.1.contains(span))
                        || text[..at].ends_with(char::is_alphanumeric)
                        || text[span.to()..].starts_with(char::is_alphanumeric)
                    {
                        continue;
                    }
                    let found =
                        parse.names.iter().any(|n| n.span.contains(span) && fits(kind, n.kind));
                    let count = counts.entry(kind).or_default();
                    *count = (count.0 + usize::from(found), count.1 + 1);
                    if !found {
                        missed.push(format!("{kind} {seed}[{at}..{}]", span.to()));
                    }
                }
            }
        }
    }
    assert!(counts.values().all(|c| c.1 >= 20), "too few: {counts:?}");
    assert!(missed.is_empty(), "{counts:?}; missed {missed:?}");
}

fn fits(kind: &str, found: MentionKind) -> bool {
    match kind {
        "person" => found == MentionKind::Person,
        "body" => matches!(found, MentionKind::Organization | MentionKind::Group),
        _ => found == MentionKind::Place,
    }
}
