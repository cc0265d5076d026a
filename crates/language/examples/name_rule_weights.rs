//! Counts how often each rule for names is right where the recogniser is silent or says otherwise,
//! and prints `data/name_rule_weights.tsv`.
//!
//! `python train/written.py | cargo run --release -p variorum-language --example name_rule_weights`
//!
//! Standard input holds held-out passages as rows `{"text", "entities": [{"start", "end", "type"}]}`,
//! offsets in code points.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};
use variorum_language::{Language, Recogniser};
use variorum_model::{CodePoints, MentionKind};

/// Passages' worth of belief that a rule is right one time in three.
const PRIOR: f64 = 3.0;
const PRIOR_CHANCE: f64 = 0.33;

const HEAD: &str = "\
# Chance that a rule's name is right where the recogniser finds none, where it thinks of another but
# is unsure, and where it surely finds another; `any` is for all kinds of name that the rule proposes,
# and each kind leans on it. Counted on the held-out passages of data/written_names by
# crates/language/examples/name_rule_weights.rs; right and all behind each.
# rule\tlevel\tkind\tsilent\tdoubted\tagainst\tcounts
";

#[derive(Deserialize)]
struct Row {
    text: String,
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

fn kind_of(label: &str) -> Option<MentionKind> {
    Some(match label {
        "person" => MentionKind::Person,
        "organization" => MentionKind::Organization,
        "group" => MentionKind::Group,
        "place" | "government" => MentionKind::Place,
        "facility" => MentionKind::Facility,
        "event" => MentionKind::Event,
        _ => return None,
    })
}

/// Right and all, where the recogniser is silent, where it thinks otherwise, and where it surely does.
type Counts = [(u32, u32); 3];

/// What the counts say: the chance in each case, leaning on `prior`.
fn chances(counts: Counts, prior: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|i| {
        let (right, all) = counts[i];
        (f64::from(right) + PRIOR * prior[i]) / (f64::from(all) + PRIOR)
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language = Language::load();
    let mut counts: BTreeMap<(&str, &str), BTreeMap<&str, Counts>> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let row: Row = serde_json::from_str(&line?)?;
        let points = CodePoints::new(&row.text);
        let gold: HashMap<[usize; 2], MentionKind> = row
            .entities
            .iter()
            .filter_map(|e| Some(([e.start, e.end], kind_of(&e.kind)?)))
            .collect();
        for proposal in language.proposals(&row.text) {
            let right = gold.get(&points.pair(proposal.span)) == Some(&proposal.kind);
            let case = match proposal.recogniser {
                Recogniser::Agrees => continue,
                Recogniser::Silent => 0,
                Recogniser::Doubts => 1,
                Recogniser::Against => 2,
            };
            let of_rule = counts.entry((proposal.rule, proposal.level)).or_default();
            for kind in ["any", proposal.kind.name()] {
                let (sum, all) = &mut of_rule.entry(kind).or_default()[case];
                *sum += u32::from(right);
                *all += 1;
            }
        }
    }
    print(&counts)
}

/// Writes the table; a rule that proposes one kind of name needs no line of its own for it.
fn print(
    counts: &BTreeMap<(&str, &str), BTreeMap<&str, Counts>>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    out.write_all(HEAD.as_bytes())?;
    for ((rule, level), kinds) in counts {
        let any = chances(kinds["any"], [PRIOR_CHANCE; 3]);
        for (kind, &counts) in kinds.iter().filter(|(kind, _)| **kind == "any" || kinds.len() > 2) {
            let told = if *kind == "any" { any } else { chances(counts, any) };
            let told = told.map(|c| format!("{c:.3}")).join("\t");
            let counts = counts.map(|(right, all)| format!("{right}/{all}")).join(" ");
            writeln!(out, "{rule}\t{level}\t{kind}\t{told}\t{counts}")?;
        }
    }
    Ok(())
}
