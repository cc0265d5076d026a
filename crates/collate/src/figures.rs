//! Figures with what they count: of whom, for which happening, as of which day, who gives them.

use crate::anchoring::chronicle_day;
use crate::days::{Days, Relation};
use crate::happenings::{self, Happening, Telling, coded};
use crate::tolls::Blows;
use crate::vetoes::is_speech;
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::{Words, clause_at, lexeme};
use rayon::prelude::*;
use variorum_model::{Clause, EventType, Figure, Quantity, Span};

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
    /// All places that its sentence names, a camp or crossing as the town it is called after.
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
    /// Whose age it is.
    pub(crate) of_person: Option<u32>,
    /// The event that its report tells in the main.
    pub(crate) main_event: u32,
    /// Whether those counted came to be inside of something; `None` where nothing says so.
    pub(crate) is_inside: Option<bool>,
}

/// The words of a figure's clause with their weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClauseWords(Vec<(u32, f32)>);

// A word has one weight.
impl PartialEq for ClauseWords {
    fn eq(&self, other: &ClauseWords) -> bool {
        self.0.iter().map(|w| w.0).eq(other.0.iter().map(|w| w.0))
    }
}

impl Eq for ClauseWords {}

impl std::hash::Hash for ClauseWords {
    fn hash<H: std::hash::Hasher>(&self, to: &mut H) {
        self.0.iter().for_each(|w| w.0.hash(to));
    }
}

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
pub(crate) const TOLLS: [&str; 5] = ["killed", "injured", "missing", "displaced", "detained"];

/// A smaller figure of no stated day is more likely one incident's toll than a total.
const TOTAL: f64 = 100.0;

/// What is asked of a happening by each figure that counts for it.
struct Asked {
    days: Days,
    is_bare: bool,
    is_one_blow: bool,
}

impl Asked {
    fn of(witnesses: &Witnesses<'_>, happening: &Happening) -> Asked {
        Asked {
            days: happening.days(),
            is_bare: happening.is_bare(witnesses),
            is_one_blow: happening.is_one_blow(),
        }
    }
}

/// All figures, in order of report and text.
pub(crate) fn counted(
    witnesses: &Witnesses<'_>,
    told: &[Happening],
    words: &Words,
    happening_of: impl Fn(u32, u32) -> Option<u32> + Sync,
) -> Vec<Counted> {
    let blows = Blows::new(witnesses, told);
    let main_events = main_events(witnesses, told);
    let asked: Vec<Asked> = told.par_iter().map(|h| Asked::of(witnesses, h)).collect();
    // The happening that a figure counts for.
    let happening = |report: u32, figure: &Figure, quantity: &Quantity, day: Days| {
        let apart = |h: &u32| matches!(day.relation(&asked[*h as usize].days), Relation::Apart(_));
        let harm = TOLLS[..3].contains(&quantity.measure.as_str());
        let coded = figure.event.filter(|_| quantity.value > 0.0);
        let coded = coded.and_then(|e| happening_of(report, e));
        // A toll told by itself ("twelve people died") counts for the blow told before it.
        let bare = coded.is_none_or(|h| asked[h as usize].is_bare);
        let told_before = || blows.before(witnesses, report, figure.span).filter(|h| !apart(h));
        let happening = if harm && bare { told_before().or(coded) } else { coded };
        happening.filter(|h| !apart(h))
    };
    witnesses.in_each(|report| {
        let text = &witnesses.report(report).text;
        let weighed = |clauses: Vec<&Clause>| {
            let list = words.wording(witnesses, report, clauses.into_iter().flat_map(|c| &c.words));
            ClauseWords(list.into_iter().map(|w| (w, words.weight(w))).collect())
        };
        let annotations = witnesses.annotations(report);
        let counted = |(i, figure): (usize, &Figure)| {
            let quantity = annotations.quantities.get(figure.quantity as usize)?;
            let day = own_day(witnesses, report, figure);
            let happening = happening(report, figure, quantity, day);
            let asked = happening.map(|h| &asked[h as usize]);
            let clause = clause_counting(witnesses, report, quantity)
                .or_else(|| clause_at(witnesses, report, quantity.span))
                .or_else(|| clause_at(witnesses, report, figure.span));
            let on_a_day = asked.is_some_and(|a| a.days.is_day_precise());
            let sentence = annotations.sentences.iter().find(|s| s.contains(figure.span));
            let places = sentence.map(|&s| happenings::places_within(witnesses, report, s));
            Some(Counted {
                is_total: !on_a_day && quantity.value >= TOTAL,
                is_of_one_blow: asked.is_some_and(|a| a.is_one_blow),
                report,
                index: i as u32,
                quantity: quantity.clone(),
                span: figure.span,
                happening,
                as_of: as_of(witnesses, report, figure),
                according_to: figure.attributed_to.iter().map(|s| s.of(text).to_owned()).collect(),
                place: figure.place.and_then(|s| happenings::place_of(witnesses, report, s)),
                day,
                places: places.into_iter().flatten().map(|p| words.area_of(p)).collect(),
                sentence: sentence_of(witnesses, report, figure.span),
                verb: clause.map(|c| lexeme(&c.lemma).to_owned()),
                words: weighed(clause.into_iter().collect()),
                wide: weighed(sentence_clauses(witnesses, report, figure.span)),
                is_vague: is_vague(quantity.span.of(text)),
                is_share: is_share(&text[quantity.span.to()..]),
                main_event: main_events[report as usize],
                of_person: whose_age(witnesses, report, quantity),
                is_inside: is_inside(&text[told_from(quantity.span, clause).to()..]),
            })
        };
        witnesses.codings(report).figures.iter().enumerate().filter_map(counted).collect()
    })
}

/// Sentences with which a report leads.
const LEAD: usize = 3;

/// For each report a number that those share which tell one event in the main: they were placed so, or lead
/// with one happening that is an act and not somebody's words.
fn main_events(witnesses: &Witnesses<'_>, happenings: &[Happening]) -> Vec<u32> {
    let mut of: Vec<u32> = witnesses.stories.placements.iter().map(|p| p.event).collect();
    for happening in happenings {
        let leads = |t: &&Telling| {
            let event = coded(witnesses, t);
            let act = event.kind != EventType::Other && !is_speech(event.kind);
            act && sentence_of(witnesses, t.report, event.trigger) <= LEAD
        };
        let mut told = happening.tellings.iter().filter(leads).map(|t| of[t.report as usize]);
        let Some(first) = told.next() else { continue };
        let others: Vec<u32> = told.filter(|&o| o != first).collect();
        if !others.is_empty() {
            of.iter_mut().filter(|o| others.contains(o)).for_each(|o| *o = first);
        }
    }
    of
}

/// Whether an amount is told without a number that could be wrong.
fn is_vague(written: &str) -> bool {
    let digits = written.contains(|c: char| c.is_ascii_digit());
    !digits && written.split(' ').any(|w| List::Vague.has(w))
}

/// The clauses of the sentence that holds `at`.
fn sentence_clauses<'w>(witnesses: &Witnesses<'w>, report: u32, at: Span) -> Vec<&'w Clause> {
    let sentences = &witnesses.annotations(report).sentences;
    let clauses = &witnesses.codings(report).clauses;
    let Some(sentence) = sentences.iter().find(|s| s.contains(at)) else { return Vec::new() };
    let from = clauses.partition_point(|c| c.verb.start < sentence.start);
    clauses[from..].iter().take_while(|c| c.verb.end <= sentence.end).collect()
}

/// The clause that tells something of those counted: they are its subject or object. "One shell, which did
/// not explode, fell on the pier" counts what fell.
fn clause_counting<'w>(
    witnesses: &Witnesses<'w>,
    report: u32,
    quantity: &Quantity,
) -> Option<&'w Clause> {
    let text = &witnesses.report(report).text;
    let noun = quantity.of.filter(|of| of.start >= quantity.span.start).unwrap_or(quantity.span);
    let after = text[noun.to()..].trim_start_matches([',', ' ']);
    let next = after.split(' ').next().unwrap_or_default();
    let told: Vec<&Clause> = sentence_clauses(witnesses, report, quantity.span)
        .into_iter()
        .filter(|c| c.subjects.iter().chain(&c.objects).any(|s| s.overlaps(quantity.span)))
        .collect();
    let following = told.iter().map(|c| c.verb.start).filter(|v| *v >= noun.end).min();
    let relative = |c: &Clause| List::Relative.has(next) && Some(c.verb.start) == following;
    told.into_iter().min_by_key(|c| (relative(c), c.words.len()))
}

/// Whether what follows a number makes it a part of a whole that is told beside it.
fn is_share(after: &str) -> bool {
    let mut words = after.split_whitespace();
    words.next() == Some("of") && words.next().is_some_and(|w| List::Whole.has(w))
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

/// Whether a phrase says no more than that there were people.
pub(crate) fn is_anybody(phrase: &str) -> bool {
    let word = phrase.rsplit(' ').next().unwrap_or_default();
    word.is_empty() || List::Anybody.has(word)
}

/// The person that an age is told of: whose name ends where the number begins.
fn whose_age(witnesses: &Witnesses<'_>, report: u32, quantity: &Quantity) -> Option<u32> {
    /// A comma, a space and a bracket.
    const BETWEEN: u32 = 3;
    let mentions = &witnesses.annotations(report).mentions;
    let at = mentions.partition_point(|m| m.span.end <= quantity.span.start).checked_sub(1)?;
    let near = quantity.measure == "age" && quantity.span.start - mentions[at].span.end <= BETWEEN;
    near.then(|| witnesses.identities.actor_of[report as usize][at]).flatten()
}

/// Where to look for what is told of those counted: behind the verb where it follows the number.
fn told_from(number: Span, clause: Option<&Clause>) -> Span {
    clause.map(|c| c.verb).filter(|v| v.start >= number.end).unwrap_or(number)
}

/// On which side of a bound the things counted came to be, by the words up to the end of the clause: "two
/// fell inside the camp", "three near the road". "Within" before a length of time is of no place.
fn is_inside(after: &str) -> Option<bool> {
    let clause = after.split([',', ';', '.', ':', '-']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let time = |w: &&str| List::Time.has(w.trim_end_matches('s'));
    let timed = |at: usize| words.iter().skip(at + 1).take(3).any(time);
    let sides = words.iter().enumerate().filter(|(at, _)| !timed(*at)).filter_map(|(_, w)| {
        List::Outside.has(w).then_some(false).or(List::Inside.has(w).then_some(true))
    });
    // "On the outskirts" and "in the vicinity" are outside.
    let sides: Vec<bool> = sides.collect();
    (!sides.is_empty()).then(|| !sides.contains(&false))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn sides_of_a_bound() {
        for (after, want) in [
            (" shells fell within the walls", Some(true)),
            (" landed in the vicinity of the port", Some(false)),
            (" shells fell near the mill, and two inside it", Some(false)),
            (" shells were fired", None),
            (" shells fell within a few minutes", None),
        ] {
            assert_eq!(is_inside(after), want, "{after}");
        }
    }
}
