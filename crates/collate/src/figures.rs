//! Figures for one thing, from different mouths and days.
//!
//! Two figures are compared only when they measure the same, of the same people, for the same
//! happening (or, for totals, in the same story and the same order of size). Bounds are intervals:
//! "over 400,000" is met by 420,000.

use crate::assembly::Draft;
use crate::days::Days;
use crate::happenings::Happening;
use crate::participants::head_phrase;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use variorum_model::contract::Conflict;
use variorum_model::{Figure, Quantity, Span};

/// One figure with what it counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) report: u32,
    pub(crate) index: u32,
    pub(crate) quantity: Quantity,
    pub(crate) span: Span,
    /// Index of the happening it counts for.
    pub(crate) happening: Option<u32>,
    pub(crate) as_of: Days,
    /// Named sources, as written.
    pub(crate) according_to: Vec<String>,
    pub(crate) place: Option<u32>,
    /// It counts over a stretch of time, or for nothing that happened on one day.
    pub(crate) is_total: bool,
}

/// Measures that compare as tolls: they can only grow.
const TOLLS: [&str; 5] = ["killed", "injured", "missing", "displaced", "detained"];

/// A smaller figure of no stated day is more likely one incident's toll than a total.
const TOTAL: f64 = 100.0;

/// All figures, in order of report and text.
pub(crate) fn counted(
    witnesses: &Witnesses<'_>,
    happenings: &[Happening],
    happening_of: impl Fn(u32, u32) -> Option<u32>,
) -> Vec<Counted> {
    let mut all = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        let annotations = witnesses.annotations(report);
        for (i, figure) in witnesses.codings(report).figures.iter().enumerate() {
            let Some(quantity) = annotations.quantities.get(figure.quantity as usize) else {
                continue;
            };
            let happening = figure.event.and_then(|e| happening_of(report, e));
            let on_a_day =
                happening.is_some_and(|h| happenings[h as usize].days().is_day_precise());
            all.push(Counted {
                is_total: !on_a_day && quantity.value >= TOTAL,
                report,
                index: i as u32,
                quantity: quantity.clone(),
                span: figure.span,
                happening,
                as_of: as_of(witnesses, report, figure),
                according_to: figure
                    .attributed_to
                    .iter()
                    .map(|s| s.of(&witnesses.report(report).text).to_owned())
                    .collect(),
                place: figure.place.and_then(|s| crate::happenings::place_of(witnesses, report, s)),
            });
        }
    }
    all
}

/// The day a figure stands for: its own, or the day the report came out.
fn as_of(witnesses: &Witnesses<'_>, report: u32, figure: &Figure) -> Days {
    let own = figure.as_of.and_then(|t| witnesses.annotations(report).times.get(t as usize));
    if let Some(time) = own
        && (time.earliest.is_some() || time.latest.is_some())
    {
        return Days { earliest: time.earliest, latest: time.latest };
    }
    let published = witnesses.report(report).published.as_ref();
    published.map(|p| Days { earliest: p.start, latest: p.end }).unwrap_or_default()
}

/// Disagreements among figures.
pub(crate) fn conflicts(
    witnesses: &Witnesses<'_>,
    figures: &[Counted],
    about_of: impl Fn(u32) -> (String, String),
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for group in groups(witnesses, figures) {
        if let Some(draft) = conflict(witnesses, &group, &about_of) {
            drafts.push(draft);
        }
    }
    drafts
}

/// Groups of comparable figures, each in order.
pub(crate) fn groups<'f>(
    witnesses: &Witnesses<'_>,
    figures: &'f [Counted],
) -> Vec<Vec<&'f Counted>> {
    let mut groups: Vec<Vec<&Counted>> = Vec::new();
    for figure in figures.iter().filter(|f| TOLLS.contains(&f.quantity.measure.as_str())) {
        // The first member stands for its group, so that a chain of near likenesses cannot join
        // figures that are not comparable themselves.
        match groups.iter_mut().find(|g| g.iter().all(|m| comparable(witnesses, m, figure))) {
            Some(group) => group.push(figure),
            None => groups.push(vec![figure]),
        }
    }
    groups
}

fn comparable(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    if a.quantity.measure != b.quantity.measure || a.quantity.unit != b.quantity.unit {
        return false;
    }
    if !same_people(witnesses, a, b) {
        return false;
    }
    let places = &witnesses.identities.places;
    if let (Some(p), Some(q)) = (a.place, b.place)
        && p != q
        && !places[p as usize].is_country
        && !places[q as usize].is_country
    {
        return false;
    }
    if a.happening.is_some() && a.happening == b.happening {
        return true;
    }
    // Totals: same story, of no one day, and not a part beside a whole.
    let (small, large) =
        (a.quantity.value.min(b.quantity.value).max(1.0), a.quantity.value.max(b.quantity.value));
    a.is_total && b.is_total && witnesses.same_story(a.report, b.report) && large / small <= 3.0
}

/// A part ("five children") is never compared with the whole ("20 people").
fn same_people(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    let class = |c: &Counted| {
        let of = c.quantity.of.map(|s| s.of(&witnesses.report(c.report).text));
        let head = of.map(head_phrase).unwrap_or_default().to_lowercase();
        let head = head.rsplit(' ').next().unwrap_or_default().to_owned();
        if GENERIC.contains(&head.as_str()) { String::new() } else { head }
    };
    let (x, y) = (class(a), class(b));
    // Counts of civilians and of people are set side by side when each has its own source: which part
    // of the people were civilians is what such sources disagree on.
    let civilians = |c: &str| c.is_empty() || matches!(c, "civilians" | "civilian");
    let sourced = !a.according_to.is_empty() && !b.according_to.is_empty();
    x == y || (sourced && civilians(&x) && civilians(&y))
}

/// Words that count people of any sort.
const GENERIC: [&str; 11] = [
    "",
    "people",
    "persons",
    "lives",
    "others",
    "dead",
    "deaths",
    "casualties",
    "victims",
    "bodies",
    "fatalities",
];

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
    let (verdict, reason) = verdict(group);
    let first = group[0];
    let one_happening = group.iter().all(|f| f.happening == first.happening);
    let (about, event) = match first.happening.filter(|_| one_happening) {
        Some(h) => {
            let (about, id) = about_of(h);
            (format!("people {}: {about}", first.quantity.measure), Some(id))
        }
        None => (format!("people {} in all", first.quantity.measure), None),
    };
    Some(Draft {
        order: (2, first.report, first.span.start),
        conflict: Conflict {
            id: String::new(),
            kind: "number".to_owned(),
            about,
            event,
            verdict: verdict.to_owned(),
            readings: sides,
            reason: reason.to_owned(),
        },
    })
}

/// Lowest and highest value a figure admits. A bound is read with a margin of a quarter: who says
/// "at least 15" would not have said so of 50.
fn range(q: &Quantity) -> (f64, f64) {
    match q.bound {
        "at_least" => (q.low.unwrap_or(q.value), q.value * 1.25),
        "at_most" => (q.value * 0.75, q.high.unwrap_or(q.value)),
        "about" => (q.value * 0.9, q.value * 1.1),
        "range" => (q.low.unwrap_or(q.value), q.high.unwrap_or(q.value)),
        _ => (q.value, q.value),
    }
}

/// Whether both figures can be right at once.
fn meet(a: &Quantity, b: &Quantity) -> bool {
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

/// Whether figures only rise as days go by, and the days are told apart.
fn grows_with_time(group: &[&Counted]) -> bool {
    let mut dated: Vec<(Days, f64)> = group.iter().map(|f| (f.as_of, f.quantity.value)).collect();
    if dated.iter().any(|(d, _)| d.earliest.is_none() || d.latest.is_none()) {
        return false;
    }
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    dated.windows(2).all(|w| {
        let later = w[0].0.latest < w[1].0.earliest;
        let same_figure = w[0].1 == w[1].1;
        same_figure || (later && w[0].1 < w[1].1)
    })
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
