//! Which tellings may be held against each other.
//!
//! Tellings are joined on what speaks for one happening, and a story that runs for days is full of acts that
//! look alike: the same two men meet on Monday and on Wednesday, one army strikes every night. Joined
//! wrongly, they would read as a contradiction. So a difference is reported only between two tellings that
//! cannot well be of two acts, whatever the slot at odds says. What shows two acts:
//! - one of the reports tells the other act as well (a *sibling*);
//! - each report tells the news of its own day, and the days of publication differ as the days told do;
//! - the act is of a sort that is done again and again (speech, protest, moves of troops, blows in a war)
//!   and neither town, day, people nor words single it out.

use crate::days::{Days, Relation};
use crate::happenings::{Happening, Telling, coded};
use crate::participants::Participants;
use crate::vetoes::{family, is_speech};
use crate::weapons;
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::{Words, clause_at, lexeme};
use rustc_hash::FxHashSet;
use variorum_identity::{ActorKind, ResolvedActor};
use variorum_model::{EventType, Modality};

/// Cosine of two wordings that say the same, and the weight of other words than names that it asks for.
const SAME_WORDS: f32 = 0.8;
const SAME_WORDS_WEIGHT: f32 = 4.5;
/// Characters before an act within which a word denies it.
const BEFORE: usize = 60;
/// Words after an act within which its reason is told.
const REST: usize = 25;
/// Days after which a report's telling is no longer the news of its day.
const FRESH: i64 = 1;

/// All tellings of the reports at hand, for asking which of them contradict each other.
pub(crate) struct Opposition<'a> {
    witnesses: &'a Witnesses<'a>,
    participants: &'a Participants,
    words: &'a Words,
    /// The tellings of each report.
    of_report: Vec<Vec<&'a Telling>>,
}

impl<'a> Opposition<'a> {
    pub(crate) fn new(
        witnesses: &'a Witnesses<'a>,
        participants: &'a Participants,
        words: &'a Words,
        found: &'a [Happening],
    ) -> Opposition<'a> {
        let mut of_report = vec![Vec::new(); witnesses.reports.len()];
        for telling in found.iter().flat_map(|h| &h.tellings) {
            of_report[telling.report as usize].push(telling);
        }
        Opposition { witnesses, participants, words, of_report }
    }

    /// Whether the days of two tellings contradict each other: neither report has the act on both days, they
    /// do not each tell the news of their own day, and the act is singled out.
    pub(crate) fn of_days(&self, x: &Telling, y: &Telling) -> bool {
        x.report != y.report
            && matches!(x.days.relation(&y.days), Relation::Apart(_))
            && (self.is_told_alike(x, y) || self.is_singled_out(x, y))
            && !self.is_daily_news(x, y)
            && !self.is_told_on(x, y.days, y)
            && !self.is_told_on(y, x.days, x)
    }

    /// Whether two tellings put one act in two places: the same named people on the same day, and neither
    /// report has them in the other place.
    pub(crate) fn of_places(&self, x: &Telling, y: &Telling) -> bool {
        let company = self.shared_people(x, y) >= 2 || self.is_told_alike(x, y);
        let there = |x: &Telling, y: &Telling| {
            self.siblings(x).any(|s| s.place.is_some() && s.place == y.place)
        };
        x.report != y.report && one_day(x, y) && company && !there(x, y) && !there(y, x)
    }

    /// Whether two tellings of a blow name doers of two sides: one blow for sure, neither doer hit by it,
    /// and neither report has a blow of the other's there.
    pub(crate) fn of_doers(&self, x: &Telling, y: &Telling, dx: &[u32], dy: &[u32]) -> bool {
        // Who is hit in the other telling, or whose people are, deals a blow of the other direction.
        let hit = |doers: &[u32], t: &Telling| {
            doers.iter().any(|&d| t.recipients.iter().any(|&r| self.is_of(d, r)))
        };
        let apart = !dx.iter().any(|&a| dy.iter().any(|&b| self.is_one_side(a, b)));
        let deals = |x: &Telling, doers: &[u32]| {
            self.siblings(x).any(|s| self.is_blow(s) && doers.iter().any(|d| s.actors.contains(d)))
        };
        x.report != y.report
            && apart
            && self.is_one_blow(x, y)
            && !hit(dx, y)
            && !hit(dy, x)
            && !deals(x, dy)
            && !deals(y, dx)
    }

    /// Whether two tellings of a blow name weapons of two sorts: one blow for sure, and neither report
    /// names the other sort for any blow there.
    pub(crate) fn of_weapons(&self, x: &Telling, y: &Telling, sorts: (&str, &str)) -> bool {
        let names = |x: &Telling, sort: &str| {
            self.siblings(x)
                .filter(|s| !apart(s, x))
                .any(|s| weapons::named(self.witnesses, s).any(|(_, other, _)| other == sort))
        };
        x.report != y.report && self.is_one_blow(x, y) && !names(x, sorts.1) && !names(y, sorts.0)
    }

    /// Whether `denied` says that what `told` tells did not happen: one verb, the same parties on each side
    /// that both fill, and not merely that it had not happened yet.
    pub(crate) fn of_outcomes(&self, told: &Telling, denied: &Telling) -> bool {
        let not_yet = match (
            self.published(denied).latest,
            told.days.earliest.or(self.published(told).earliest),
        ) {
            (Some(before), Some(after)) => before < after,
            _ => false,
        };
        let apart = matches!(told.days.relation(&denied.days), Relation::Apart(_));
        told.report != denied.report
            && self.is_negated(denied)
            && !self.denies_a_reason(denied)
            && coded(self.witnesses, told).modality != Modality::Negated
            && !is_speech(coded(self.witnesses, told).kind)
            && self.one_verb(told, denied)
            && self.sides_agree(told, denied)
            && self.shared(told, denied).count() >= 2
            && !apart
            && !not_yet
    }

    /// Whether two tellings of a blow are of one for sure: told in the same words, or of the same person hit,
    /// or in one town on one day.
    fn is_one_blow(&self, x: &Telling, y: &Telling) -> bool {
        let towns = x.places.iter().any(|p| {
            y.places.contains(p) && !self.witnesses.identities.places[*p as usize].is_country
        });
        let victims = x
            .recipients
            .iter()
            .any(|r| y.recipients.contains(r) && self.kind(*r) == ActorKind::Person);
        let not_apart = !matches!(x.days.relation(&y.days), Relation::Apart(_));
        self.is_told_alike(x, y) || victims && not_apart || towns && one_day(x, y)
    }

    fn kind(&self, actor: u32) -> ActorKind {
        self.participants.actors[actor as usize].kind
    }

    fn is_blow(&self, t: &Telling) -> bool {
        coded(self.witnesses, t).kind == EventType::Assault
    }

    /// The other tellings of a report that are of the same sort of act.
    fn siblings<'s>(&'s self, x: &'s Telling) -> impl Iterator<Item = &'s Telling> {
        let sort = |t: &Telling| family(coded(self.witnesses, t).kind);
        let own = sort(x);
        let all = self.of_report[x.report as usize].iter().copied();
        all.filter(move |s| s.event != x.event && sort(s) == own)
    }

    /// Whether the report of `x` tells an act of the sort of `y`, on some of `days`, with a party of `y`.
    fn is_told_on(&self, x: &Telling, days: Days, y: &Telling) -> bool {
        self.siblings(x).any(|s| {
            s.days.is_day_precise()
                && matches!(s.days.relation(&days), Relation::Overlapping)
                && (self.shared(s, y).next().is_some() || s.place.is_some() && s.place == y.place)
        })
    }

    /// Whether hardly a word differs.
    fn is_told_alike(&self, x: &Telling, y: &Telling) -> bool {
        let likeness = self.words.likeness(&x.wording, &y.wording);
        likeness.cosine >= SAME_WORDS && likeness.plain >= SAME_WORDS_WEIGHT
    }

    /// Whether parties single an act out: it is of a sort that is not done daily, and who is named in one
    /// telling is named in the other, two at least, or one and the town.
    fn is_singled_out(&self, x: &Telling, y: &Telling) -> bool {
        use EventType::*;
        let (kind, other) = (coded(self.witnesses, x).kind, coded(self.witnesses, y).kind);
        // "He flew to Oslo" may be coded in one report and be any clause in the other.
        if kind == Other || other == Other {
            return self.shared_people(x, y) >= 1 && self.one_verb(x, y);
        }
        if kind != other {
            return false;
        }
        let shared = self.shared(x, y).count();
        let fewest = self.named(x).count().min(self.named(y).count());
        let town = x.places.iter().any(|p| {
            y.places.contains(p) && !self.witnesses.identities.places[*p as usize].is_country
        });
        let place = x.place.is_some() && x.place == y.place || town;
        let people = self.shared_people(x, y);
        match kind {
            // "The ministers of A, B and C" in one report are the three by name in another.
            Consult if self.shared_states(x, y) >= 2 && place => true,
            Consult => shared == fewest && (shared >= 2 || people >= 1 && place),
            Appoint => people >= 1,
            Retreat | Agree | Sanction | Cooperate | Aid | Concede => {
                shared == fewest && shared >= 1 && self.one_verb(x, y)
            }
            Assault | Coerce => people >= 1 || town && self.one_verb(x, y),
            _ => false,
        }
    }

    /// Whether each report tells the news of its own day, and the one that came out later tells the later act.
    fn is_daily_news(&self, x: &Telling, y: &Telling) -> bool {
        let (px, py) = (self.published(x), self.published(y));
        let age = |p: Days, t: &Telling| match p.relation(&t.days) {
            Relation::Apart(days) => days,
            Relation::Overlapping => 0,
            Relation::Unknown => FRESH + 1,
        };
        let fresh = age(px, x) <= FRESH && age(py, y) <= FRESH;
        let (ordered, told) =
            (px.earliest.cmp(&py.earliest), x.days.earliest.cmp(&y.days.earliest));
        fresh && ordered == told
    }

    fn published(&self, t: &Telling) -> Days {
        let published = self.witnesses.report(t.report).published.as_ref();
        published.map(|p| Days { earliest: p.start, latest: p.end }).unwrap_or_default()
    }

    fn named<'s>(&'s self, t: &'s Telling) -> impl Iterator<Item = u32> + 's {
        let all = t.actors.iter().chain(&t.recipients).copied();
        all.filter(|&a| self.participants.is_named(a))
    }

    /// The named parties of both.
    fn shared<'s>(&'s self, x: &'s Telling, y: &'s Telling) -> impl Iterator<Item = u32> + 's {
        self.named(x).filter(|a| y.actors.contains(a) || y.recipients.contains(a))
    }

    /// States that have somebody in both.
    fn shared_states(&self, x: &Telling, y: &Telling) -> usize {
        let states = |t: &Telling| -> FxHashSet<&str> {
            let all = t.actors.iter().chain(&t.recipients);
            all.filter_map(|&a| self.participants.actors[a as usize].country.as_deref()).collect()
        };
        states(x).intersection(&states(y)).count()
    }

    fn shared_people(&self, x: &Telling, y: &Telling) -> usize {
        self.shared(x, y).filter(|&a| self.kind(a) == ActorKind::Person).count()
    }

    /// Whether on each side that both tellings fill with names somebody is the same, and some side is filled.
    fn sides_agree(&self, x: &Telling, y: &Telling) -> bool {
        let side = |a: &[u32], b: &[u32]| -> Option<bool> {
            let named = |ids: &[u32]| -> Vec<u32> {
                ids.iter().copied().filter(|&i| self.participants.is_named(i)).collect()
            };
            let (a, b) = (named(a), named(b));
            match (a.is_empty(), b.is_empty()) {
                (true, true) => None,
                (false, false) => Some(a.iter().any(|i| b.contains(i))),
                _ => Some(false),
            }
        };
        let sides = [side(&x.actors, &y.actors), side(&x.recipients, &y.recipients)];
        sides.iter().flatten().next().is_some() && sides.iter().flatten().all(|&same| same)
    }

    /// Whether both tell the act by verbs or nouns of one sense.
    fn one_verb(&self, x: &Telling, y: &Telling) -> bool {
        let word = |t: &Telling| {
            let trigger = coded(self.witnesses, t).trigger;
            let clause = clause_at(self.witnesses, t.report, trigger)?;
            let own = clause.words.iter().filter(|(_, s)| s.overlaps(trigger));
            own.map(|(w, _)| lexeme(w).to_owned()).next_back()
        };
        word(x).is_some_and(|w| word(y) == Some(w))
    }

    /// Whether a telling is of what did not happen, and words just before it say so.
    /// Whether words after a denied act say why or what for ("did not dismiss him because of", "denied that he
    /// dismissed him to block"): then the reason may be what is denied.
    fn denies_a_reason(&self, t: &Telling) -> bool {
        let event = coded(self.witnesses, t);
        let text = &self.witnesses.report(t.report).text;
        gives_a_reason(&text[event.trigger.to()..])
    }

    fn is_negated(&self, t: &Telling) -> bool {
        let event = coded(self.witnesses, t);
        let text = &self.witnesses.report(t.report).text;
        let before = text[..event.trigger.from()].char_indices().rev().nth(BEFORE);
        let window = &text[before.map_or(0, |(at, _)| at)..event.trigger.to()];
        event.modality == Modality::Negated
            && window.split(|c: char| c.is_whitespace() || c == ',').any(|w| {
                let word = w.to_lowercase();
                List::Denying.has(&word) || word.ends_with("n't") || word.ends_with("n’t")
            })
    }

    /// Whether those hit are the doer's side, or described as its people.
    fn is_of(&self, doer: u32, hit: u32) -> bool {
        let country = |a: u32| self.participants.actors[a as usize].country.as_deref();
        let described = !self.participants.is_named(hit);
        self.is_one_side(doer, hit)
            || described && country(doer).is_some() && country(doer) == country(hit)
    }

    /// Whether two doers are one side: the same, or of one state and no group that may stand against it.
    fn is_one_side(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.participants.actors[a as usize], &self.participants.actors[b as usize]);
        let of_state = |a: &ResolvedActor| a.kind != ActorKind::Group;
        a == b || x.country.is_some() && x.country == y.country && of_state(x) && of_state(y)
    }
}

/// Whether the rest of a sentence tells a reason or an end: "because", or "to" and a verb that does not directly
/// complete what stands before.
fn gives_a_reason(rest: &str) -> bool {
    let sentence = rest.split(['.', ';', '?', '!', '\n']).next().unwrap_or_default();
    let words: Vec<&str> = sentence.split_whitespace().take(REST).collect();
    let verb = |word: &str| word.starts_with(char::is_lowercase) && !List::Determiner.has(word);
    let end = |n: usize| words[n] == "to" && n > 0 && words.get(n + 1).is_some_and(|w| verb(w));
    (0..words.len()).any(|n| List::Reason.has(words[n]) || end(n))
}

fn one_day(x: &Telling, y: &Telling) -> bool {
    x.days.is_day_precise()
        && y.days.is_day_precise()
        && matches!(x.days.relation(&y.days), Relation::Overlapping)
}

fn apart(x: &Telling, y: &Telling) -> bool {
    matches!(x.days.relation(&y.days), Relation::Apart(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_and_ends() {
        for (rest, want) in [
            (" the envoy to block the inquiry, he said.", true),
            (" the envoy because of the inquiry.", true),
            (" the envoy due to illness", true),
            (" to meet the envoy.", false),
            (" from the coast to the capital. They left to rest.", false),
            (" the envoy on Monday.", false),
            ("", false),
        ] {
            assert_eq!(gives_a_reason(rest), want, "{rest:?}");
        }
    }
}
