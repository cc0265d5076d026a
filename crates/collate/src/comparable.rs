//! Which figures count the same thing, so that they can be held against each other.
//!
//! A part is never held against its whole, nor one day's toll against another's. Two numbers in one
//! sentence of one report are two things; two of one report stand for one thing only when each has a
//! source of its own.

use crate::days::{Days, Relation};
use crate::figure_conflicts::meet;
use crate::figures::{ClauseWords, Counted, TOLLS, is_anybody};
use crate::participants::head_phrase;
use crate::places::named_alike;
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::is_idle;

/// Weight of shared words, times their share, from which two clauses count one thing.
const SAME_CLAUSE: f32 = 3.5;
/// The same for whole sentences.
const SAME_SENTENCE: f32 = 5.0;
/// Days between two figures that words alone may join.
const TOGETHER: i64 = 1;
/// The same for things that one verb is told of ("five shells fell", "four shells fell").
const SAME_VERB: f32 = 1.5;
/// From this on a count is one of a population, which needs no act to be counted.
const POPULATION: f64 = 1_000.0;
/// A count this many times another counts something else.
const SAME_ORDER: f64 = 3.0;
/// A toll this many times another is that of a war beside that of a blow.
const MOST_APART: f64 = 5.0;

/// What two figures have in common wherever they are [`comparable`]: the measure; of tolls the unit and whether
/// they are shares; of counts the noun.
pub(crate) type Kind<'f> = (&'f str, &'f str, bool, String);

/// What a figure has in common with all that it is comparable with; `None` where it is with nothing.
pub(crate) fn kind<'f>(witnesses: &Witnesses<'_>, figure: &'f Counted) -> Option<Kind<'f>> {
    let Counted { quantity, is_share, .. } = figure;
    match quantity.measure.as_str() {
        "count" => {
            let noun = noun(&counted_phrase(witnesses, figure));
            (!noun.is_empty()).then_some(("count", "", false, noun))
        }
        "percent" | "seats" | "votes" => None,
        "age" => Some(("age", "", false, String::new())),
        measure => Some((measure, &quantity.unit, *is_share, String::new())),
    }
}

/// What [`comparable`] looks at of a figure, but for its report and sentence: figures that are alike in it are
/// comparable with the same figures of other reports.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Class<'f> {
    value: (u64, Option<u64>, Option<u64>, &'static str),
    counts: (&'f str, &'f str, String),
    flags: [Option<bool>; 5],
    happening: Option<u32>,
    person: Option<u32>,
    days: [Days; 2],
    places: (Option<u32>, &'f [u32]),
    verb: Option<&'f str>,
    words: [&'f ClauseWords; 2],
    sources: &'f [String],
    placement: (u32, u32),
}

/// The class of a figure.
pub(crate) fn class<'f>(witnesses: &Witnesses<'_>, figure: &'f Counted) -> Class<'f> {
    let Counted { quantity: q, is_of_one_blow, is_total, is_vague, is_share, .. } = figure;
    let placement = &witnesses.stories.placements[figure.report as usize];
    let plain = [is_of_one_blow, is_total, is_vague, is_share].map(|&flag| Some(flag));
    let [blow, total, vague, share] = plain;
    Class {
        value: (q.value.to_bits(), q.low.map(f64::to_bits), q.high.map(f64::to_bits), q.bound),
        counts: (&q.measure, &q.unit, counted_phrase(witnesses, figure)),
        flags: [blow, total, vague, share, figure.is_inside],
        happening: figure.happening,
        person: figure.of_person,
        days: [figure.as_of, figure.day],
        places: (figure.place, &figure.places),
        verb: figure.verb.as_deref(),
        words: [&figure.words, &figure.wide],
        sources: &figure.according_to,
        placement: (placement.event, placement.story),
    }
}

/// Whether two figures count one thing.
pub(crate) fn comparable(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    let alike = a.quantity.measure == b.quantity.measure && !a.is_vague && !b.is_vague;
    if !alike || !told_apart(a, b) || far_apart(witnesses, a, b) {
        return false;
    }
    match a.quantity.measure.as_str() {
        "count" => return counts_alike(witnesses, a, b),
        "age" => {
            return a.of_person.is_some() && a.of_person == b.of_person && a.report != b.report;
        }
        // What polls and shares say differs from one poll, or whole, to the next.
        "percent" | "seats" | "votes" => return false,
        measure if !TOLLS.contains(&measure) => return measures_alike(a, b),
        _ => {}
    }
    if a.quantity.unit != b.quantity.unit || a.is_share != b.is_share {
        return false;
    }
    let one_happening = a.happening.is_some() && a.happening == b.happening && a.is_of_one_blow;
    let days = a.day.relation(&b.day);
    if let Relation::Apart(_) = days
        && !one_happening
    {
        return false;
    }
    let one_story = witnesses.same_story(a.report, b.report);
    let clauses = a.words.likeness(&b.words) >= SAME_CLAUSE;
    let towns = |c: &Counted| c.places.iter().any(|p| is_town(witnesses, Some(*p)));
    let two_towns = towns(a) && towns(b) && !share_town(witnesses, a, b);
    let sentences = a.wide.likeness(&b.wide) >= SAME_SENTENCE && !two_towns;
    // A story goes on for weeks with blows told alike: words alone join what came out together.
    let together = match a.as_of.relation(&b.as_of) {
        Relation::Apart(days) => days <= TOGETHER,
        _ => true,
    };
    let one_clause = one_story && together && (clauses || sentences);
    let told_alike = one_happening || one_clause;
    if !same_people(witnesses, a, b, told_alike) || !one_order(a, b, MOST_APART) {
        return false;
    }
    // That nobody came to harm is said of one blow, not of a day.
    if a.quantity.value.min(b.quantity.value) == 0.0 && !one_happening {
        return false;
    }
    let one_day = a.day.is_day_precise() && b.day.is_day_precise();
    let one_place = share_town(witnesses, a, b);
    if told_alike || one_day && one_place {
        return true;
    }
    // Totals: same story, of no one day, and not a part beside a whole.
    let totals = a.is_total && b.is_total && witnesses.same_story(a.report, b.report);
    totals && one_order(a, b, SAME_ORDER)
}

/// Whether two figures can be two readings at all: of two reports, or of two sources in one.
fn told_apart(a: &Counted, b: &Counted) -> bool {
    if a.report != b.report || meet(&a.quantity, &b.quantity) {
        return true;
    }
    let sourced = !a.according_to.is_empty() && !b.according_to.is_empty();
    a.sentence != b.sentence && sourced && a.according_to != b.according_to
}

fn is_town(witnesses: &Witnesses<'_>, place: Option<u32>) -> bool {
    place.is_some_and(|p| !witnesses.identities.places[p as usize].is_country)
}

/// Whether the figures stand for two towns.
fn far_apart(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    let (Some(p), Some(q)) = (a.place, b.place) else { return false };
    let places = &witnesses.identities.places;
    let towns = is_town(witnesses, a.place) && is_town(witnesses, b.place);
    towns
        && p != q
        && !a.places.contains(&q)
        && !b.places.contains(&p)
        && !named_alike(&places[p as usize].name, &places[q as usize].name)
}

/// Whether the sentences of both name one town.
fn share_town(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    a.places.iter().any(|p| b.places.contains(p) && is_town(witnesses, Some(*p)))
}

/// Whether neither figure is more than `most` times the other; none at all is no order of size.
fn one_order(a: &Counted, b: &Counted, most: f64) -> bool {
    let (x, y) = (a.quantity.value, b.quantity.value);
    x.min(y) == 0.0 || x.max(y) / x.min(y) <= most
}

/// Lengths, sums, distances and counts of other fates: of one unit, in clauses that tell the same.
fn measures_alike(a: &Counted, b: &Counted) -> bool {
    a.report != b.report
        && a.quantity.unit == b.quantity.unit
        && a.is_share == b.is_share
        && a.main_event == b.main_event
        && a.verb.is_some()
        && a.verb == b.verb
        && one_order(a, b, SAME_ORDER)
        && a.words.likeness(&b.words) >= SAME_CLAUSE
        && !matches!(a.day.relation(&b.day), Relation::Apart(_))
}

/// Counts of things or of a population: the same noun, and the same verb, the same side of a bound or the
/// same place.
fn counts_alike(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted) -> bool {
    let one_side = a.is_inside.is_some() && a.is_inside == b.is_inside;
    if a.report == b.report {
        return false;
    }
    let (x, y) = (counted_phrase(witnesses, a), counted_phrase(witnesses, b));
    if noun(&x).is_empty() || noun(&x) != noun(&y) {
        return false;
    }
    // "Three others" are fewer than all, but "three others inside" may be all of those inside.
    let further = |of: &str| of.split_whitespace().any(|w| List::Further.has(w));
    if !one_side
        && (a.is_inside != b.is_inside || a.is_share != b.is_share || further(&x) || further(&y))
    {
        return false;
    }
    if a.main_event != b.main_event
        || !one_order(a, b, SAME_ORDER)
        || matches!(a.day.relation(&b.day), Relation::Apart(_))
    {
        return false;
    }
    if a.quantity.value >= POPULATION && b.quantity.value >= POPULATION {
        return share_town(witnesses, a, b);
    }
    let verb = |c: &Counted| c.verb.clone().filter(|v| !is_idle(v));
    let one_act = verb(a).is_some_and(|v| verb(b) == Some(v));
    let things = one_side && a.quantity.unit != "people";
    let two_acts = a.happening.is_some() && b.happening.is_some() && a.happening != b.happening;
    !two_acts && (things || one_act && a.words.likeness(&b.words) >= SAME_VERB)
}

/// What a figure counts, as written, in lower case.
fn counted_phrase(witnesses: &Witnesses<'_>, figure: &Counted) -> String {
    let of = figure.quantity.of.map_or("", |s| s.of(&witnesses.report(figure.report).text));
    of.to_lowercase()
}

/// The noun of what is counted, in the singular.
fn noun(of: &str) -> String {
    singular(of.rsplit(' ').next().unwrap_or_default())
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// A part ("five children") is never compared with the whole ("20 people").
fn same_people(witnesses: &Witnesses<'_>, a: &Counted, b: &Counted, told_alike: bool) -> bool {
    let class = |c: &Counted| {
        let of = c.quantity.of.map(|s| s.of(&witnesses.report(c.report).text));
        let phrase = of.unwrap_or_default().to_lowercase();
        if phrase.split_whitespace().any(|w| List::Further.has(w)) {
            return "other".to_owned();
        }
        let head = head_phrase(&phrase);
        let head = head.rsplit(' ').next().unwrap_or_default().to_owned();
        if is_anybody(&head) { String::new() } else { head }
    };
    let (x, y) = (class(a), class(b));
    // Counts of civilians and of people are set side by side when each has its own source: which part
    // of the people were civilians is what such sources disagree on.
    let civilians = |c: &str| c.is_empty() || matches!(c, "civilians" | "civilian");
    let sourced = !a.according_to.is_empty() && !b.according_to.is_empty();
    if x == y || (sourced && civilians(&x) && civilians(&y)) {
        return true;
    }
    // "killing 21" beside "killing 26 protesters": all that fell, unless the noun names a part.
    let whole = |c: &str| c.is_empty() || !List::Part.has(c);
    told_alike && (x.is_empty() || y.is_empty()) && whole(&x) && whole(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_in_one_number() {
        for (word, want) in
            [("shells", "shell"), ("gas", "gas"), ("houses", "house"), ("press", "press")]
        {
            assert_eq!(singular(word), want);
        }
    }
}
