//! Two people who may be taken for one, in pairs of short reports: `data/written_pairs`.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;

use super::bench::{Bench, json as read_json, write_lines};
use super::figure::Figure;
use super::sets::{Measured, Set};
use crate::process::Usage;

/// Every so many families one is held out.
const HELD_OUT: usize = 3;
/// Reports of one family: two of one person, two of another.
const FAMILY: usize = 4;

/// A report with the stretch of the mention that is asked about, in code points.
struct Asked {
    text: String,
    start: u64,
    end: u64,
}

/// Two reports, and whether both speak of one person.
struct Pair<'a>(&'a Asked, &'a Asked, bool);

/// Whether `collate` puts two mentions in one actor where they are one person, and in two where they are not. A
/// mention that no actor has is wrong in either case.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let written = fs::read_to_string(set.gold_in(&bench.shared).join("confusable.txt"))?;
    let families = families(&written)?;
    let folder = bench.folder(set.task, set.name)?;
    let (input, out) = (folder.join("in.jsonl"), folder.join("out.json"));
    let mut usage = Usage::default();
    let (mut open, mut held_out, mut one, mut two) = ((0, 0), (0, 0), (0, 0), (0, 0));
    for (number, family) in families.iter().enumerate() {
        for Pair(a, b, same) in pairs(family) {
            let row = |id: &str, asked: &Asked| json!({"id": id, "text": asked.text, "published": "2015-03-05"});
            write_lines(&input, &[row("a", a), row("b", b)])?;
            usage.add(bench.read("collate", std::slice::from_ref(&input), "json", &out)?);
            let record = read_json(&out)?;
            let (x, y) = (actor(&record, "a", a), actor(&record, "b", b));
            let right = x.is_some() && y.is_some() && (x == y) == same;
            let part = if number % HELD_OUT == HELD_OUT - 1 { &mut held_out } else { &mut open };
            for count in [part, if same { &mut one } else { &mut two }] {
                count.0 += u64::from(right);
                count.1 += 1;
            }
        }
    }
    let figures = vec![
        Figure::share("right", open.0, open.1),
        Figure::share("right_held_out", held_out.0, held_out.1),
        Figure::share("one_person_joined", one.0, one.1),
        Figure::share("two_people_kept_apart", two.0, two.1),
    ];
    Ok((figures, usage))
}

/// The reports of each family, those of the first person before those of the second.
fn families(written: &str) -> Result<Vec<Vec<Asked>>> {
    let mut families: Vec<Vec<Asked>> = Vec::new();
    let mut open = false;
    for line in written.lines().filter(|l| !l.starts_with('#')) {
        match line.split_once(' ') {
            Some(("1" | "2", text)) => {
                let family =
                    families.last_mut().filter(|_| open).context("a report of no family")?;
                family.push(asked(text)?);
            }
            _ if line.is_empty() => open = false,
            _ => {
                families.push(Vec::new());
                open = true;
            }
        }
    }
    ensure!(families.iter().all(|f| f.len() == FAMILY), "a family without four reports");
    Ok(families)
}

fn asked(marked: &str) -> Result<Asked> {
    let (before, rest) = marked.split_once("[[").context("no mention is marked")?;
    let (name, after) = rest.split_once("]]").context("a mention without an end")?;
    let start = before.chars().count() as u64;
    let end = start + name.chars().count() as u64;
    Ok(Asked { text: format!("{before}{name}{after}"), start, end })
}

fn pairs(family: &[Asked]) -> [Pair<'_>; FAMILY] {
    let [a, b, c, d] = [&family[0], &family[1], &family[2], &family[3]];
    [Pair(a, b, true), Pair(c, d, true), Pair(a, c, false), Pair(b, d, false)]
}

/// The first actor with a mention that touches the one asked about.
fn actor<'r>(record: &'r Value, report: &str, asked: &Asked) -> Option<&'r str> {
    let touches = |mention: &Value| {
        let (start, end) = (mention["start"].as_u64(), mention["end"].as_u64());
        mention["report"] == report
            && start.is_some_and(|s| s < asked.end)
            && end.is_some_and(|e| e > asked.start)
    };
    let actors = record["actors"].as_array()?;
    let has = |actor: &&Value| actor["mentions"].as_array().is_some_and(|m| m.iter().any(touches));
    actors.iter().find(has)?["id"].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "# About.\n\nbrothers\n1 Then [[Ann Lee]] spoke.\n1 [[Lee]] spoke.\n2 [[Bo Lee]] sang.\n2 So Bo [[Lee]] sang.\n";

    #[test]
    fn a_family_is_four_reports_and_four_pairs() {
        let families = families(WRITTEN).unwrap();
        assert_eq!(families.len(), 1);
        let first = &families[0][0];
        assert_eq!((first.text.as_str(), first.start, first.end), ("Then Ann Lee spoke.", 5, 12));
        let same: Vec<bool> = pairs(&families[0]).iter().map(|p| p.2).collect();
        assert_eq!(same, [true, true, false, false]);
        assert!(super::families("brothers\n1 [[Ann]] spoke.\n").is_err());
    }

    #[test]
    fn the_actor_of_a_mention() {
        let asked = asked("Then [[Ann Lee]] spoke.").unwrap();
        let record = json!({"actors": [
            {"id": "a1", "mentions": [{"report": "b", "start": 5, "end": 12}]},
            {"id": "a2", "mentions": [{"report": "a", "start": 9, "end": 12}]},
        ]});
        assert_eq!(actor(&record, "a", &asked), Some("a2"));
        assert_eq!(actor(&record, "c", &asked), None);
    }
}
