//! Figures for one thing, from different mouths and days.
//!
//! Two figures are compared only when they measure the same, of the same people, for the same
//! happening (or, for totals, in the same story and the same order of size). Bounds are intervals:
//! "over 400,000" is met by 420,000.

use crate::anchoring::chronicle_day;
use crate::comparable::comparable;
use crate::days::{Days, Relation};
use crate::drafts::Draft;
use crate::happenings::Happening;
use crate::readings::{Claim, readings};
use crate::tolls::Blows;
use crate::witnesses::Witnesses;
use crate::wording::{Words, clause_at, lexeme};
use variorum_model::{Clause, Figure, Quantity, Span};

/// One figure with what it counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) report: u32,
    pub(crate) index: u32,
    pub(crate) quantity: Quantity,
    pub(crate) span: Span,
    /// Index of the happening it counts for.
    pub(crate) happening: Option<u32>,
    /// Whether that is one blow, and no exchange of blows or campaign.
    pub(crate) is_of_one_blow: bool,
    pub(crate) as_of: Days,
    /// Named sources, as written.
    pub(crate) according_to: Vec<String>,
    pub(crate) place: Option<u32>,
    /// It counts over a stretch of time, or for nothing that happened on one day.
    pub(crate) is_total: bool,
    /// The day that its own words, or the entry it stands in, give.
    pub(crate) day: Days,
    /// All places that its sentence names.
    pub(crate) places: Vec<u32>,
    /// Number of its sentence.
    pub(crate) sentence: usize,
    /// The verb of its clause, by its class.
    pub(crate) verb: Option<String>,
    /// The words of its clause.
    pub(crate) words: ClauseWords,
    /// The words of its sentence.
    pub(crate) wide: ClauseWords,
    /// Told in words without a number: "dozens", "several".
    pub(crate) is_vague: bool,
    /// Told of some of a whole: "fifteen of the wounded".
    pub(crate) is_share: bool,
}

/// The words of a figure's clause with their weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClauseWords(Vec<(u32, f32)>);

impl ClauseWords {
    /// Weight of the words shared with `other`, times their share in both.
    pub(crate) fn likeness(&self, other: &ClauseWords) -> f32 {
        let square = |w: &ClauseWords| -> f32 { w.0.iter().map(|(_, x)| x * x).sum() };
        let shared = || {
            let at = |n: u32| other.0.binary_search_by_key(&n, |(m, _)| *m).is_ok();
            self.0.iter().filter(move |(n, _)| at(*n)).map(|(_, w)| *w)
        };
        let norm = (square(self) * square(other)).sqrt();
        let product: f32 = shared().map(|w| w * w).sum();
        if norm > 0.0 { shared().sum::<f32>() * product / norm } else { 0.0 }
    }
}

/// Measures that compare as tolls: they can only grow.
const TOLLS: [&str; 5] = ["killed", "injured", "missing", "displaced", "detained"];

/// A smaller figure of no stated day is more likely one incident's toll than a total.
const TOTAL: f64 = 100.0;

/// All figures, in order of report and text.
pub(crate) fn counted(
    witnesses: &Witnesses<'_>,
    happenings: &[Happening],
    words: &Words,
    happening_of: impl Fn(u32, u32) -> Option<u32>,
) -> Vec<Counted> {
    let blows = Blows::new(witnesses, happenings);
    let mut all = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        let weighed = |clauses: Vec<&Clause>| {
            let list = words.wording(witnesses, report, clauses.into_iter().flat_map(|c| &c.words));
            ClauseWords(list.into_iter().map(|w| (w, words.weight(w))).collect())
        };
        let annotations = witnesses.annotations(report);
        for (i, figure) in witnesses.codings(report).figures.iter().enumerate() {
            let Some(quantity) = annotations.quantities.get(figure.quantity as usize) else {
                continue;
            };
            let day = own_day(witnesses, report, figure);
            let apart = |h: &u32| {
                let days = happenings[*h as usize].days();
                matches!(day.relation(&days), Relation::Apart(_))
            };
            let place =
                figure.place.and_then(|s| crate::happenings::place_of(witnesses, report, s));
            let harm = TOLLS[..3].contains(&quantity.measure.as_str());
            let coded = figure.event.filter(|_| quantity.value > 0.0);
            let coded = coded.and_then(|e| happening_of(report, e));
            // A toll told by itself ("twelve people died") counts for the blow told before it.
            let bare = coded.is_none_or(|h| happenings[h as usize].is_bare(witnesses));
            let told_before = || blows.before(witnesses, report, figure.span).filter(|h| !apart(h));
            let happening = if harm && bare { told_before().or(coded) } else { coded };
            let happening = happening.filter(|h| !apart(h));
            let clause = clause_at(witnesses, report, quantity.span)
                .or_else(|| clause_at(witnesses, report, figure.span));
            let on_a_day =
                happening.is_some_and(|h| happenings[h as usize].days().is_day_precise());
            all.push(Counted {
                is_total: !on_a_day && quantity.value >= TOTAL,
                is_of_one_blow: happening.is_some_and(|h| happenings[h as usize].is_one_blow()),
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
                place,
                day,
                places: annotations
                    .sentences
                    .iter()
                    .find(|s| s.contains(figure.span))
                    .map(|&s| crate::happenings::places_within(witnesses, report, s))
                    .unwrap_or_default(),
                sentence: sentence_of(witnesses, report, figure.span),
                verb: clause.map(|c| lexeme(&c.lemma).to_owned()),
                words: weighed(clause.into_iter().collect()),
                wide: weighed(sentence_clauses(witnesses, report, figure.span)),
                is_vague: is_vague(quantity.span.of(&witnesses.report(report).text)),
                is_share: is_share(&witnesses.report(report).text[quantity.span.to()..]),
            });
        }
    }
    all
}

/// Whether an amount is told without a number that could be wrong.
fn is_vague(written: &str) -> bool {
    const VAGUE: [&str; 13] = [
        "dozen",
        "several",
        "few",
        "some",
        "many",
        "couple",
        "dozens",
        "scores",
        "tens",
        "hundreds",
        "thousands",
        "millions",
        "numerous",
    ];
    let digits = written.contains(|c: char| c.is_ascii_digit());
    !digits && written.to_lowercase().split(' ').any(|w| VAGUE.contains(&w))
}

/// The clauses of the sentence that holds `at`.
fn sentence_clauses<'w>(witnesses: &Witnesses<'w>, report: u32, at: Span) -> Vec<&'w Clause> {
    let sentences = &witnesses.annotations(report).sentences;
    let clauses = &witnesses.codings(report).clauses;
    let Some(sentence) = sentences.iter().find(|s| s.contains(at)) else { return Vec::new() };
    let from = clauses.partition_point(|c| c.verb.start < sentence.start);
    clauses[from..].iter().take_while(|c| c.verb.end <= sentence.end).collect()
}

/// Whether what follows a number makes it a part of a whole that is told beside it.
fn is_share(after: &str) -> bool {
    let mut words = after.split_whitespace();
    words.next() == Some("of")
        && words.next().is_some_and(|w| {
            matches!(
                w,
                "the" | "those" | "these" | "them" | "whom" | "which" | "his" | "her" | "their"
            )
        })
}

/// Number of the sentence that holds `at`.
pub(crate) fn sentence_of(witnesses: &Witnesses<'_>, report: u32, at: Span) -> usize {
    witnesses.annotations(report).sentences.partition_point(|s| s.start <= at.start)
}

/// The day that a figure's sentence or entry gives; unknown where only the report's day is.
fn own_day(witnesses: &Witnesses<'_>, report: u32, figure: &Figure) -> Days {
    let time = figure.as_of.and_then(|t| witnesses.annotations(report).times.get(t as usize));
    // "said on Friday that 12 were killed": the day of the saying counts nobody.
    let quoted = |span: Span| {
        let said = &witnesses.annotations(report).quotations;
        said.iter().any(|q| q.span.contains(figure.span) && !q.span.overlaps(span))
    };
    match time.filter(|t| !quoted(t.span)) {
        Some(t) if t.earliest.is_some() || t.latest.is_some() => {
            Days { earliest: t.earliest, latest: t.latest }
        }
        _ => chronicle_day(witnesses, report, figure.span).map(|(d, _)| d).unwrap_or_default(),
    }
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
    let counted = |f: &&Counted| {
        let measure = f.quantity.measure.as_str();
        (TOLLS.contains(&measure) || measure == "count") && !f.is_vague
    };
    for figure in figures.iter().filter(counted) {
        // The first member stands for its group, so that a chain of near likenesses cannot join
        // figures that are not comparable themselves.
        match groups.iter_mut().find(|g| g.iter().all(|m| comparable(witnesses, m, figure))) {
            Some(group) => group.push(figure),
            None => groups.push(vec![figure]),
        }
    }
    groups
}

/// Whether a phrase says no more than that there were people.
pub(crate) fn is_anybody(phrase: &str) -> bool {
    GENERIC.contains(&phrase.rsplit(' ').next().unwrap_or_default().to_lowercase().as_str())
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
    if figure.quantity.measure != "count" {
        return format!("people {}", figure.quantity.measure);
    }
    let of = figure.quantity.of.map(|s| s.of(&witnesses.report(figure.report).text));
    format!("number of {}", of.unwrap_or("things"))
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
    fn amounts_that_cannot_be_held_against_others() {
        for (written, want) in
            [("dozens", true), ("several", true), ("at least 12", false), ("four", false)]
        {
            assert_eq!(is_vague(written), want, "{written}");
        }
        for (after, want) in [
            (" of the wounded", true),
            (" of them", true),
            (" of flour", false),
            (" people", false),
        ] {
            assert_eq!(is_share(after), want, "{after}");
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
