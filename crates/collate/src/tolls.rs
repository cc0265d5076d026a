//! Whom a blow hit: tellings of nothing but killed and hurt, tied to the act that did it.
//!
//! "A bomb went off in the market. Twelve people were killed." The second sentence tells of the first
//! one's happening, and has no place, day or doer by which another report could know it.

use crate::anchoring::chronicle_day;
use crate::days::Relation;
use crate::figures::sentence_of;
use crate::happenings::{Happening, Telling, coded};
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::lexeme;
use variorum_model::{Clause, EventType, Modality, Span};

/// Furthest that a toll stands after its blow, in sentences.
const REACH: usize = 3;

/// Whether a telling is of people killed or hurt, with neither doer nor place.
pub(crate) fn is_toll(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    let event = coded(witnesses, telling);
    event.kind == EventType::Assault
        && telling.is_harm
        && telling.place.is_none()
        && telling.places.is_empty()
        && event.actors.is_empty()
}

/// Whether the word for the act is one for killing or hurting.
pub(crate) fn is_harm(clause: &Clause, trigger: Span) -> bool {
    let mut words = clause.words.iter().filter(|(_, s)| trigger.overlaps(*s));
    words.any(|(w, _)| matches!(lexeme(w), "killed" | "injured"))
}

/// Whether a telling is of a blow itself, dealt or alleged.
pub(crate) fn is_blow(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    let event = coded(witnesses, telling);
    matches!(event.kind, EventType::Assault | EventType::Coerce)
        && !matches!(event.modality, Modality::Negated | Modality::Hypothetical | Modality::Planned)
        && !is_toll(witnesses, telling)
}

/// Whether a telling is of a blow that only what was told before makes known: nobody and no place is
/// named in it, or no more than a pronoun ("it was bombed", "four went off").
fn leans(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    let event = coded(witnesses, telling);
    let text = &witnesses.report(telling.report).text;
    let pronoun = |s: &Span| List::Pronoun.has(s.of(text));
    event.kind == EventType::Assault
        && telling.place.is_none()
        && telling.places.is_empty()
        && event.actors.iter().chain(&event.recipients).all(pronoun)
}

/// Pairs of a toll, or of a blow that leans on another, and the blow that it is the toll of: one told in its sentence, else the last in the
/// sentences before, of the same day if both give one.
pub(crate) fn of_blows<'t>(
    witnesses: &'t Witnesses<'_>,
    tellings: &'t [Telling],
) -> impl Iterator<Item = (usize, usize)> + 't {
    let sentence = move |t: &Telling| sentence_of(witnesses, t.report, coded(witnesses, t).trigger);
    let tolls = tellings.iter().enumerate().filter(move |(_, t)| {
        (is_toll(witnesses, t) || leans(witnesses, t))
            && !matches!(coded(witnesses, t).modality, Modality::Negated)
    });
    tolls.filter_map(move |(i, toll)| {
        let here = sentence(toll);
        // Tellings stand report by report, so only neighbours come into question.
        let same = |j: &usize| tellings[*j].report == toll.report;
        let before = (0..i).rev().take_while(same);
        let after = (i + 1..tellings.len()).take_while(same);
        let fits = |j: &usize| {
            let blow = &tellings[*j];
            let apart = matches!(toll.days.relation(&blow.days), Relation::Apart(_));
            is_blow(witnesses, blow)
                && !leans(witnesses, blow)
                && !apart
                && same_entry(witnesses, toll, blow)
        };
        let near = |j: &usize| here.abs_diff(sentence(&tellings[*j]));
        let found = before
            .chain(after)
            .take(400)
            .filter(|j| near(j) == 0 || *j < i && near(j) <= REACH)
            .filter(fits)
            .min_by_key(near)?;
        Some((found.min(i), found.max(i)))
    })
}

fn same_entry(witnesses: &Witnesses<'_>, a: &Telling, b: &Telling) -> bool {
    let day = |t: &Telling| {
        chronicle_day(witnesses, t.report, coded(witnesses, t).trigger).map(|(days, _)| days)
    };
    day(a) == day(b)
}

/// Where the blows of each report stand, with the happenings they belong to.
pub(crate) struct Blows {
    of: Vec<Vec<(Span, u32)>>,
}

impl Blows {
    pub(crate) fn new(witnesses: &Witnesses<'_>, happenings: &[Happening]) -> Blows {
        let mut of = vec![Vec::new(); witnesses.reports.len()];
        for (h, happening) in happenings.iter().enumerate() {
            // A clause of no category tells the blow that it is joined to.
            let blow = happening.tellings.iter().any(|t| is_blow(witnesses, t));
            let told = |t: &&Telling| is_blow(witnesses, t) || blow && t.is_plain();
            for t in happening.tellings.iter().filter(told) {
                of[t.report as usize].push((coded(witnesses, t).trigger, h as u32));
            }
        }
        of.iter_mut().for_each(|list: &mut Vec<(Span, u32)>| list.sort_unstable());
        Blows { of }
    }

    /// The happening of the last blow told before `at`, or in its sentence, within reach and in the same
    /// entry of a chronicle.
    pub(crate) fn before(&self, witnesses: &Witnesses<'_>, report: u32, at: Span) -> Option<u32> {
        let here = sentence_of(witnesses, report, at);
        let entry = |s: Span| chronicle_day(witnesses, report, s).map(|(days, _)| days);
        let near = |s: Span| {
            let there = sentence_of(witnesses, report, s);
            there <= here && here - there <= REACH && entry(s) == entry(at)
        };
        let list = &self.of[report as usize];
        let told = list.iter().filter(|(s, _)| near(*s));
        told.min_by_key(|(s, _)| {
            (here - sentence_of(witnesses, report, *s), s.start.abs_diff(at.start))
        })
        .map(|(_, h)| *h)
    }
}
