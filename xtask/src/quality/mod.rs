//! `cargo xtask quality`: every set of the bench through the release binary and the bench's own
//! scorer, beside the floors pinned in `quality/floors.toml`.

mod archives;
mod bench;
mod casualties;
mod chain_scores;
mod clear_to_universal;
mod clusters;
mod conllu;
mod coreference;
mod digest;
mod dyads;
mod entity_marks;
mod figure;
mod floors;
mod gold_ids;
mod named;
mod pairs;
mod people;
mod record_faults;
mod scored;
mod seed_collation;
mod seed_gold;
mod seed_values;
mod seeds_clean;
mod seeds_collate;
mod seeds_events;
mod seeds_figures;
mod seeds_findings;
mod seeds_names;
mod seeds_questions;
mod seeds_times;
mod sentences;
mod sets;
mod speakers;
mod table;
mod treebanks;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use self::bench::Bench;
use self::figure::{Figure, Unit};
use self::floors::{Floors, Standing};
use self::sets::{ALL, Measured, Set};
use self::table::Row;
use crate::place;

/// What was asked on the command line.
pub(crate) struct Options {
    /// Move floors up and ceilings down to what was measured.
    pub(crate) raise: bool,
    /// Tasks or sets asked for; all when empty.
    pub(crate) only: Vec<String>,
    /// Binary to measure instead of a built one.
    pub(crate) binary: Option<PathBuf>,
}

/// Measures, prints the table, raises floors where asked. False when a figure fell or a set failed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let root = place::root()?;
    let asked: Vec<&Set> = ALL.iter().filter(|set| set.asked_for(&options.only)).collect();
    ensure!(!asked.is_empty(), "no task or set is called {}", options.only.join(", "));
    let Some(shared) = place::shared(&root) else {
        println!(
            "quality: no test sets at ../shared (VARIORUM_SHARED names another place): nothing measured"
        );
        return Ok(!place::unattended());
    };
    let binary = place::binary(&root, options.binary.as_deref())?;
    let bench = Bench { binary, shared, work: place::target(&root).join("quality") };
    let file = root.join("quality").join("floors.toml");
    let mut floors = read_floors(&file)?;
    let mut report = Report::default();
    for set in asked {
        report.measure(set, &bench, &mut floors, options.raise);
    }
    print!("{}", report.text());
    if options.raise {
        fs::write(&file, floors.text())
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("raised {} of the floors and ceilings in quality/floors.toml", report.raised);
    }
    Ok(report.good())
}

fn read_floors(file: &Path) -> Result<Floors> {
    if !file.exists() {
        return Ok(Floors::default());
    }
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Floors::parse(&text).with_context(|| format!("{}", file.display()))
}

/// What has been measured so far.
#[derive(Default)]
struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
    fell: usize,
    failed: usize,
    absent: usize,
    raised: usize,
}

impl Report {
    /// Measures one set and holds it against its floors.
    fn measure(&mut self, set: &Set, bench: &Bench, floors: &mut Floors, raise: bool) {
        let name = format!("{}/{}", set.task, set.name);
        let gold = set.gold_in(&bench.shared);
        if !gold.exists() {
            self.absent += 1;
            self.notes.push(format!("{name}: its gold is absent, not measured"));
            return;
        }
        eprintln!("quality: {name}");
        let digest = match digest::of(&gold, &bench.scorer()) {
            Ok(digest) => digest,
            Err(error) => return self.fail(set, &error),
        };
        if floors.gold(set.task, set.name).is_some_and(|pinned| pinned != digest) {
            self.notes.push(format!("{name}: its gold is not the one its floors were measured on"));
        }
        match set.measure(bench) {
            Ok(measured) => {
                self.hold(set, measured, floors, raise);
                if raise {
                    floors.pin_gold(set.task, set.name, &digest);
                }
            }
            Err(error) => self.fail(set, &error),
        }
    }

    fn hold(
        &mut self,
        set: &Set,
        (mut figures, usage): Measured,
        floors: &mut Floors,
        raise: bool,
    ) {
        for pinned in floors.pinned(set.task, set.name) {
            if !figures.iter().any(|figure| figure.name == pinned) {
                self.fell += 1;
                let note =
                    format!("{}/{}: {pinned} has a floor and was not measured", set.task, set.name);
                self.notes.push(note);
            }
        }
        figures.push(Figure::told("time", usage.seconds, Unit::Seconds));
        figures.push(Figure::told("memory", usage.peak_mib, Unit::Mebibytes));
        for figure in &figures {
            let standing = floors.standing(set.task, set.name, figure);
            self.fell += usize::from(matches!(standing, Standing::Fell(_)));
            self.rows.push(Row::figure(set.task, set.name, figure, standing));
            if raise {
                self.raised += usize::from(floors.raise(set.task, set.name, figure));
            }
        }
    }

    fn fail(&mut self, set: &Set, error: &anyhow::Error) {
        self.failed += 1;
        self.rows.push(Row::failed(set.task, set.name));
        self.notes.push(format!("{}/{}: {error:#}", set.task, set.name));
    }

    /// The table, what is to be said beside it, and how it went.
    fn text(&self) -> String {
        let mut text = table::render(&self.rows);
        for note in &self.notes {
            text += &format!("{note}\n");
        }
        text += &format!(
            "{} below its floor or above its ceiling, {} failed, {} absent\n",
            self.fell, self.failed, self.absent
        );
        text
    }

    /// Whether nothing fell, nothing failed and, unattended, nothing was left out.
    fn good(&self) -> bool {
        self.fell == 0 && self.failed == 0 && (self.absent == 0 || !place::unattended())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Usage;

    fn report(floors: &str, figures: Vec<Figure>, raise: bool) -> (Report, Floors) {
        let mut floors = Floors::parse(floors).unwrap();
        let mut report = Report::default();
        report.hold(&ALL[0], (figures, Usage::default()), &mut floors, raise);
        (report, floors)
    }

    #[test]
    fn a_fall_or_a_missing_figure_is_not_good() {
        let floors = "[floors.pages.fundus]\nf1 = 0.9\n";
        for (figures, good) in [
            (vec![Figure::rate("f1", 0.9)], true),
            (vec![Figure::rate("f1", 0.9), Figure::rate("title", 0.1)], true),
            (vec![Figure::rate("f1", 0.8)], false),
            (vec![Figure::rate("title", 0.9)], false),
        ] {
            assert_eq!(report(floors, figures.clone(), false).0.good(), good, "{figures:?}");
        }
    }

    #[test]
    fn floors_move_only_when_asked() {
        let floors = "[floors.pages.fundus]\nf1 = 0.5\n";
        let figures = vec![Figure::rate("f1", 0.75)];
        let (kept, raised) =
            (report(floors, figures.clone(), false), report(floors, figures, true));
        assert_eq!((kept.0.raised, raised.0.raised), (0, 1));
        assert!(kept.1.text().contains("f1 = 0.5\n"));
        assert!(raised.1.text().contains("f1 = 0.75\n"));
    }

    #[test]
    fn a_failed_set_is_told_and_not_good() {
        let mut report = Report::default();
        report.fail(&ALL[0], &anyhow::anyhow!("exit 3: a reason"));
        assert!(!report.good());
        assert!(report.text().contains("pages/fundus: exit 3: a reason"));
    }
}
