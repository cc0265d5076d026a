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

/// Right and all, where the recogniser is silent and where it says otherwise.
#[derive(Default)]
struct Count {
    silent: (u32, u32),
    against: (u32, u32),
}

fn chance((right, all): (u32, u32)) -> f64 {
    (f64::from(right) + PRIOR * PRIOR_CHANCE) / (f64::from(all) + PRIOR)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language = Language::load();
    let mut counts: BTreeMap<(&str, &str), Count> = BTreeMap::new();
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
            let count = counts.entry((proposal.rule, proposal.level)).or_default();
            let count = match proposal.recogniser {
                Recogniser::Agrees => continue,
                Recogniser::Silent => &mut count.silent,
                Recogniser::Against => &mut count.against,
            };
            count.0 += u32::from(right);
            count.1 += 1;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "# Chance that a rule's name is right where the recogniser finds none, and where it"
    )?;
    writeln!(out, "# finds another. Counted on the held-out passages of data/written_names by")?;
    writeln!(out, "# crates/language/examples/name_rule_weights.rs; right and all behind each.")?;
    writeln!(out, "# rule\tlevel\tsilent\tagainst\tcounts")?;
    for ((rule, level), c) in &counts {
        let counts = format!("{}/{} {}/{}", c.silent.0, c.silent.1, c.against.0, c.against.1);
        writeln!(
            out,
            "{rule}\t{level}\t{:.3}\t{:.3}\t{counts}",
            chance(c.silent),
            chance(c.against)
        )?;
    }
    Ok(())
}
