//! Figures for one thing, from different mouths and days.
//!
//! Two figures are compared only when they measure the same, of the same people, for the same
//! happening (or, for totals, in the same story and the same order of size). Bounds are intervals:
//! "over 400,000" is met by 420,000.

use crate::comparable::{Kind, class, comparable, kind};
use crate::drafts::Draft;
use crate::figures::{Counted, sentence_of};
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use variorum_model::Quantity;

/// Disagreements among figures, which stand in `groups` of comparable ones.
pub(crate) fn conflicts(
    witnesses: &Witnesses<'_>,
    groups: &[Vec<&Counted>],
    about_of: impl Fn(u32) -> (String, String),
) -> Vec<Draft> {
    groups.iter().filter_map(|group| conflict(witnesses, group, &about_of)).collect()
}

/// Groups of comparable figures, each in order.
pub(crate) fn groups<'f>(
    witnesses: &Witnesses<'_>,
    figures: &'f [Counted],
) -> Vec<Vec<&'f Counted>> {
    let mut groups: Vec<Group<'f>> = Vec::new();
    // By what figures have to have in common, the groups of those that have it, in order.
    let mut kinds: FxHashMap<Kind<'_>, Vec<usize>> = FxHashMap::default();
    let mut classes = FxHashMap::default();
    let mut known: FxHashMap<(u32, u32), bool> = FxHashMap::default();
    for figure in figures.iter().filter(|f| !f.is_vague) {
        let next = classes.len() as u32;
        let class = *classes.entry(class(witnesses, figure)).or_insert(next);
        let like = kind(witnesses, figure).map(|kind| kinds.entry(kind).or_default());
        // All members stand for their group, so that a chain of near likenesses cannot join figures that
        // are not comparable themselves.
        let mut fits = |&&group: &&usize| {
            let group: &Group<'_> = &groups[group];
            let leading = group.leading.iter().filter(|(_, led)| led.report != figure.report);
            let told = group.members.iter().rev().take_while(|m| m.report == figure.report);
            leading.into_iter().all(|&(other, led)| {
                let answer = known.entry((other, class));
                *answer.or_insert_with(|| comparable(witnesses, led, figure))
            }) && told.into_iter().all(|m| comparable(witnesses, m, figure))
        };
        match like.as_ref().and_then(|like| like.iter().find(&mut fits)) {
            Some(&group) => groups[group].add(class, figure),
            None => {
                like.into_iter().for_each(|like| like.push(groups.len()));
                groups.push(Group { leading: vec![(class, figure)], members: vec![figure] });
            }
        }
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// Figures that are comparable with each other, as they are found.
struct Group<'f> {
    /// Of each class one figure and, if there is one, another of another report.
    leading: Vec<(u32, &'f Counted)>,
    /// In order of the reports.
    members: Vec<&'f Counted>,
}

impl<'f> Group<'f> {
    fn add(&mut self, class: u32, figure: &'f Counted) {
        let mut alike = self.leading.iter().filter(|(other, _)| *other == class);
        if alike.next().is_none_or(|(_, led)| led.report != figure.report) && alike.next().is_none()
        {
            self.leading.push((class, figure));
        }
        self.members.push(figure);
    }
}

fn conflict(
    witnesses: &Witnesses<'_>,
    group: &[&Counted],
    about_of: &impl Fn(u32) -> (String, String),
) -> Option<Draft> {
    let odd = group.iter().any(|a| group.iter().any(|b| !meet(&a.quantity, &b.quantity)));
    if !odd {
        return None;
    }
    let claims: Vec<Claim> = group
        .iter()
        .map(|f| Claim {
            value: phrase(&f.quantity),
            report: f.report,
            span: f.span,
            according_to: f.according_to.clone(),
        })
        .collect();
    let sides = readings(witnesses, &claims);
    if sides.len() < 2 {
        return None;
    }
    let (verdict, reason) = if tells_the_rise(witnesses, group) {
        ("update_over_time", "the highest figure is told as risen from the others")
    } else {
        verdict(group)
    };
    let first = group[0];
    let one_happening = group.iter().all(|f| f.happening == first.happening);
    let (about, event) = match first.happening.filter(|_| one_happening) {
        Some(h) => {
            let (about, id) = about_of(h);
            (format!("{}: {about}", counts(witnesses, first)), Some(id))
        }
        None if first.is_total => (format!("{} in all", counts(witnesses, first)), None),
        None => (counts(witnesses, first), None),
    };
    let order = (2, first.report, first.span.start);
    let draft = Draft::new(order, "number", about, sides, reason).judged(verdict);
    Some(match event {
        Some(event) => draft.over(&event),
        None => draft,
    })
}

/// What a figure counts, for a person: "people killed", "shells fired at the harbour".
pub(crate) fn counts(witnesses: &Witnesses<'_>, figure: &Counted) -> String {
    let of = figure.quantity.of.map(|s| s.of(&witnesses.report(figure.report).text));
    match figure.quantity.measure.as_str() {
        "count" => format!("number of {}", of.unwrap_or("things")),
        measure if figure.quantity.unit == "people" => format!("people {measure}"),
        measure => of.map_or(measure.to_owned(), |of| format!("{measure} ({of})")),
    }
}

/// Lowest and highest value a figure admits. A bound is read with a margin of two fifths: who says
/// "at least 15" would not have said so of 50, but may have of 20.
fn range(q: &Quantity) -> (f64, f64) {
    match q.bound {
        // "At least one" says that there was one, not how many.
        "at_least" if q.value <= 1.0 => (q.value, f64::INFINITY),
        "at_least" => (q.low.unwrap_or(q.value), q.value * 1.4),
        "at_most" => (q.value * 0.75, q.high.unwrap_or(q.value)),
        "about" => (q.value * 0.9, q.value * 1.1),
        "range" => (q.low.unwrap_or(q.value), q.high.unwrap_or(q.value)),
        _ => (q.value, q.value),
    }
}

/// Whether both figures can be right at once.
pub(crate) fn meet(a: &Quantity, b: &Quantity) -> bool {
    let ((al, ah), (bl, bh)) = (range(a), range(b));
    // Two lower bounds are two claims when they differ: each names the number it stands on.
    if a.bound == "at_least" && b.bound == "at_least" {
        return a.value == b.value || (a.value.max(b.value) / a.value.min(b.value).max(1.0)) < 1.1;
    }
    al <= bh && bl <= ah
}

/// The verdict on figures that do not meet, with its reason.
fn verdict(group: &[&Counted]) -> (&'static str, &'static str) {
    if grows_with_time(group) {
        return ("update_over_time", "the later the report, the higher the figure");
    }
    // "At least 15" and "at least 50" can both be right; that they differ so much is worth showing.
    let lower = |f: &Counted| f.quantity.bound == "at_least" && f.quantity.value > 1.0;
    let at_odds = |a: &Counted, b: &Counted| !meet(&a.quantity, &b.quantity);
    if group.iter().all(|a| group.iter().all(|b| !at_odds(a, b) || lower(a) && lower(b))) {
        return ("different_sources", "lower bounds, which can both hold");
    }
    let sources = |f: &Counted| {
        let mut s = f.according_to.clone();
        s.sort();
        s
    };
    let all_attributed = group.iter().all(|f| !f.according_to.is_empty());
    let differ = group.iter().any(|a| group.iter().any(|b| sources(a) != sources(b)));
    if all_attributed && differ {
        return ("different_sources", "each figure is given by a source of its own");
    }
    ("conflict", "the figures do not meet")
}

/// Whether the report with the highest figure tells the others as those it has risen from: "rose to 17
/// from 11", "now 17, up from 11". It counts later, whenever the others came out.
fn tells_the_rise(witnesses: &Witnesses<'_>, group: &[&Counted]) -> bool {
    let highest = group.iter().max_by(|a, b| a.quantity.value.total_cmp(&b.quantity.value));
    let Some(highest) = highest else { return false };
    let text = &witnesses.report(highest.report).text;
    let earlier: Vec<f64> = witnesses
        .annotations(highest.report)
        .quantities
        .iter()
        .filter(|q| sentence_of(witnesses, highest.report, q.span) == highest.sentence)
        .filter(|q| text[..q.span.from()].trim_end().ends_with("from"))
        .map(|q| q.value)
        .collect();
    let lower = group.iter().filter(|f| f.quantity.value != highest.quantity.value);
    let mut lower = lower.peekable();
    lower.peek().is_some() && lower.all(|f| earlier.contains(&f.quantity.value))
}

/// Whether of any two figures that do not meet the later is the higher.
fn grows_with_time(group: &[&Counted]) -> bool {
    let rises = |a: &Counted, b: &Counted| {
        let later = match (a.as_of.latest, b.as_of.earliest) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        };
        later && a.quantity.value < b.quantity.value
    };
    let fits =
        |a: &Counted, b: &Counted| meet(&a.quantity, &b.quantity) || rises(a, b) || rises(b, a);
    group.iter().all(|a| group.iter().all(|b| fits(a, b)))
}

/// A figure as a person writes it.
pub(crate) fn phrase(q: &Quantity) -> String {
    let number = |v: f64| {
        let plain = if v.fract() == 0.0 { format!("{v:.0}") } else { format!("{v}") };
        grouped(&plain)
    };
    match q.bound {
        "at_least" => format!("at least {}", number(q.value)),
        "at_most" => format!("at most {}", number(q.value)),
        "about" => format!("about {}", number(q.value)),
        "range" => match (q.low, q.high) {
            (Some(a), Some(b)) => format!("{} to {}", number(a), number(b)),
            _ => number(q.value),
        },
        _ => number(q.value),
    }
}

/// Thousands parted by commas.
fn grouped(plain: &str) -> String {
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && c.is_ascii_digit() && !out.ends_with('-') {
            out.push(',');
        }
        out.push(c);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::Span;

    fn quantity(value: f64, bound: &'static str) -> Quantity {
        Quantity {
            span: Span::new(0, 1),
            value,
            bound,
            low: None,
            high: None,
            unit: "people".to_owned(),
            measure: "killed".to_owned(),
            of: None,
            cue: None,
            derived: None,
            rule: "test",
            confidence: 1.0,
        }
    }

    #[test]
    fn figures_meet_or_not() {
        for (a, b, want) in [
            ((20.0, "exact"), (20.0, "exact"), true),
            ((20.0, "exact"), (22.0, "exact"), false),
            ((20.0, "at_least"), (22.0, "exact"), true),
            ((15.0, "at_least"), (50.0, "at_least"), false),
            ((400_000.0, "at_least"), (470_000.0, "at_least"), false),
            ((100.0, "about"), (105.0, "exact"), true),
            ((100.0, "about"), (150.0, "exact"), false),
            ((30.0, "at_most"), (28.0, "exact"), true),
            ((1.0, "at_least"), (4.0, "exact"), true),
        ] {
            let (x, y) = (quantity(a.0, a.1), quantity(b.0, b.1));
            assert_eq!(meet(&x, &y), want, "{a:?} and {b:?}");
            assert_eq!(meet(&y, &x), want, "{b:?} and {a:?}");
        }
    }

    #[test]
    fn phrases() {
        assert_eq!(phrase(&quantity(400_000.0, "at_least")), "at least 400,000");
        assert_eq!(phrase(&quantity(12.0, "exact")), "12");
        assert_eq!(phrase(&quantity(0.5, "about")), "about 0.5");
        assert_eq!(grouped("1234567"), "1,234,567");
    }
}
