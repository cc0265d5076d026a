//! The pinned floors and ceilings, and the one way they move.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::figure::{Better, Figure};

/// What stands at the head of the file.
const HEAD: &str = "\
# Floors and ceilings of `cargo xtask quality`; quality/README.md says how to read them.
# Written by `cargo xtask quality --raise`: floors only rise, ceilings only fall.
";

/// Decimals kept: a floor is cut to three, so that the fourth may wobble.
const STEPS: f64 = 1000.0;

/// Slack for numbers that differ in binary only.
const SLACK: f64 = 1e-9;

/// A set within a task, such as `("pages", "fundus")`.
type SetKey = (String, String);

/// Floors, ceilings, and the digests of the gold they were measured on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Floors {
    floors: BTreeMap<SetKey, BTreeMap<String, f64>>,
    ceilings: BTreeMap<SetKey, BTreeMap<String, f64>>,
    gold: BTreeMap<SetKey, String>,
}

/// How a figure stands to its bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Standing {
    /// It has no bound.
    Unbound,
    /// It keeps to its bound.
    Kept(f64),
    /// It is worse than its bound.
    Fell(f64),
}

impl Floors {
    /// Reads the file's text.
    ///
    /// # Errors
    /// When it is no TOML, or a table or number stands where another thing is due.
    pub(crate) fn parse(text: &str) -> Result<Floors> {
        let table: Table = text.parse().context("not TOML")?;
        let mut floors = Floors::default();
        for (name, part) in &table {
            for (task, sets) in tables(part, name)? {
                for (set, value) in tables(sets, task)? {
                    let key = (task.clone(), set.clone());
                    match name.as_str() {
                        "floors" => drop(floors.floors.insert(key, numbers(value, set)?)),
                        "ceilings" => drop(floors.ceilings.insert(key, numbers(value, set)?)),
                        "gold" => drop(floors.gold.insert(key, text_of(value, set)?)),
                        _ => bail!("[{name}] is neither floors, ceilings nor gold"),
                    }
                }
            }
        }
        Ok(floors)
    }

    /// The file's text: sorted, so that a change shows as the lines it changes.
    pub(crate) fn text(&self) -> String {
        let mut out = String::from(HEAD);
        for (name, part) in [("floors", &self.floors), ("ceilings", &self.ceilings)] {
            for ((task, set), numbers) in part {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "\n[{name}.{task}.{set}]");
                for (figure, value) in numbers {
                    let _ = writeln!(out, "{figure} = {}", number_text(*value));
                }
            }
        }
        let mut last = "";
        for ((task, set), digest) in &self.gold {
            if task != last {
                let _ = writeln!(out, "\n[gold.{task}]");
                last = task;
            }
            let _ = writeln!(out, "{set} = \"{digest}\"");
        }
        out
    }

    /// How `figure` of this set stands to its bound.
    pub(crate) fn standing(&self, task: &str, set: &str, figure: &Figure) -> Standing {
        let Some(bound) = self.bound(task, set, figure) else { return Standing::Unbound };
        let worse = match figure.better {
            Better::Higher => figure.value < bound - SLACK,
            Better::Lower => figure.value > bound + SLACK,
            Better::Told => false,
        };
        if worse { Standing::Fell(bound) } else { Standing::Kept(bound) }
    }

    /// The floor or ceiling pinned for `figure`.
    fn bound(&self, task: &str, set: &str, figure: &Figure) -> Option<f64> {
        let part = match figure.better {
            Better::Higher => &self.floors,
            Better::Lower => &self.ceilings,
            Better::Told => return None,
        };
        part.get(&(task.to_owned(), set.to_owned()))?.get(&figure.name).copied()
    }

    /// Names of the figures pinned for this set.
    pub(crate) fn pinned(&self, task: &str, set: &str) -> Vec<&str> {
        let key = (task.to_owned(), set.to_owned());
        let parts = [self.floors.get(&key), self.ceilings.get(&key)];
        parts.into_iter().flatten().flat_map(|part| part.keys().map(String::as_str)).collect()
    }

    /// Moves the bound of `figure` to its value where that is better, or pins it where there is
    /// none; never the other way. Says whether anything moved.
    pub(crate) fn raise(&mut self, task: &str, set: &str, figure: &Figure) -> bool {
        let old = self.bound(task, set, figure);
        let (part, new) = match figure.better {
            Better::Higher => (&mut self.floors, down(figure.value)),
            Better::Lower => (&mut self.ceilings, up(figure.value)),
            Better::Told => return false,
        };
        let better = old.is_none_or(|old| match figure.better {
            Better::Higher => new > old + SLACK,
            _ => new < old - SLACK,
        });
        if better {
            let key = (task.to_owned(), set.to_owned());
            part.entry(key).or_default().insert(figure.name.clone(), new);
        }
        better
    }

    /// Digest of the gold this set's bounds were measured on.
    pub(crate) fn gold(&self, task: &str, set: &str) -> Option<&str> {
        self.gold.get(&(task.to_owned(), set.to_owned())).map(String::as_str)
    }

    /// Pins the digest of the gold; says whether it is another than before.
    pub(crate) fn pin_gold(&mut self, task: &str, set: &str, digest: &str) -> bool {
        let key = (task.to_owned(), set.to_owned());
        self.gold.insert(key, digest.to_owned()).is_none_or(|old| old != digest)
    }
}

/// Cut to three decimals.
fn down(value: f64) -> f64 {
    (value * STEPS + SLACK * STEPS).floor() / STEPS
}

/// Up to three decimals; the sum turns the negative zero that `ceil` leaves into zero.
fn up(value: f64) -> f64 {
    (value * STEPS - SLACK * STEPS).ceil() / STEPS + 0.0
}

fn number_text(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.1}") } else { format!("{value}") }
}

fn tables<'a>(value: &'a Value, name: &str) -> Result<&'a Table> {
    value.as_table().with_context(|| format!("{name} is no table"))
}

fn numbers(value: &Value, name: &str) -> Result<BTreeMap<String, f64>> {
    let number = |value: &Value| value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
    tables(value, name)?
        .iter()
        .map(|(figure, value)| {
            let value = number(value).with_context(|| format!("{figure} is no number"))?;
            Ok((figure.clone(), value))
        })
        .collect()
}

fn text_of(value: &Value, name: &str) -> Result<String> {
    Ok(value.as_str().with_context(|| format!("{name} is no text"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Floors {
        Floors::parse(
            "[floors.pages.fundus]\nf1 = 0.95\n[ceilings.collate.open]\ntraps_hit = 2\n\
             [gold.pages]\nfundus = \"ab\"\n",
        )
        .unwrap()
    }

    #[test]
    fn a_figure_falls_only_past_its_bound() {
        let floors = sample();
        for (set, figure, standing) in [
            (("pages", "fundus"), Figure::rate("f1", 0.95), Standing::Kept(0.95)),
            (("pages", "fundus"), Figure::rate("f1", 0.96), Standing::Kept(0.95)),
            (("pages", "fundus"), Figure::rate("f1", 0.9499), Standing::Fell(0.95)),
            (("pages", "fundus"), Figure::rate("title", 0.1), Standing::Unbound),
            (("pages", "dates"), Figure::rate("f1", 0.1), Standing::Unbound),
            (("collate", "open"), Figure::faults("traps_hit", 2), Standing::Kept(2.0)),
            (("collate", "open"), Figure::faults("traps_hit", 3), Standing::Fell(2.0)),
            (("collate", "open"), Figure::faults("traps_hit", 0), Standing::Kept(2.0)),
        ] {
            assert_eq!(floors.standing(set.0, set.1, &figure), standing, "{figure:?}");
        }
    }

    #[test]
    fn floors_only_rise_and_ceilings_only_fall() {
        for (set, figure, moved, bound) in [
            (("pages", "fundus"), Figure::rate("f1", 0.96789), true, 0.967),
            (("pages", "fundus"), Figure::rate("f1", 0.9503), false, 0.95),
            (("pages", "fundus"), Figure::rate("f1", 0.2), false, 0.95),
            (("pages", "fundus"), Figure::rate("title", 0.29), true, 0.29),
            (("collate", "open"), Figure::faults("traps_hit", 1), true, 1.0),
            (("collate", "open"), Figure::faults("traps_hit", 5), false, 2.0),
        ] {
            let mut floors = sample();
            assert_eq!(floors.raise(set.0, set.1, &figure), moved, "{figure:?}");
            assert_eq!(floors.bound(set.0, set.1, &figure), Some(bound), "{figure:?}");
        }
    }

    #[test]
    fn a_raised_floor_is_one_its_own_figure_keeps() {
        for thousandth in 0..=10_000u32 {
            let figure = Figure::rate("f1", f64::from(thousandth) / 10_000.0);
            let mut floors = Floors::default();
            floors.raise("a", "b", &figure);
            assert!(matches!(floors.standing("a", "b", &figure), Standing::Kept(_)), "{figure:?}");
        }
    }

    #[test]
    fn bounds_are_cut_towards_the_worse() {
        for (value, floor, ceiling) in
            [(0.0, "0.0", "0.0"), (0.9519, "0.951", "0.952"), (0.952, "0.952", "0.952")]
        {
            assert_eq!(
                (number_text(down(value)), number_text(up(value))),
                (floor.into(), ceiling.into())
            );
        }
    }

    #[test]
    fn what_is_told_is_never_pinned() {
        let mut floors = Floors::default();
        let told = Figure::told("time", 2.0, super::super::figure::Unit::Seconds);
        assert!(!floors.raise("a", "b", &told));
        assert_eq!(floors, Floors::default());
    }

    #[test]
    fn the_file_survives_being_written_and_read() {
        let mut floors = sample();
        floors.raise("times", "timebank", &Figure::rate("value", 0.7812));
        floors.pin_gold("times", "timebank", "cd");
        assert_eq!(Floors::parse(&floors.text()).unwrap(), floors);
    }

    #[test]
    fn a_file_of_another_shape_is_refused() {
        for text in ["floors = 3", "[floors.a.b]\nf1 = \"high\"", "[lows.a.b]\nf1 = 1", "[[["] {
            assert!(Floors::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn another_gold_is_noticed() {
        let mut floors = sample();
        assert_eq!(floors.gold("pages", "fundus"), Some("ab"));
        assert!(!floors.pin_gold("pages", "fundus", "ab"));
        assert!(floors.pin_gold("pages", "fundus", "cd"));
    }
}
