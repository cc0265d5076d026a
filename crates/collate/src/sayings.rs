//! One sentence in two mouths: the same words, given to different people.

use crate::drafts::Draft;
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use rustc_hash::FxHashSet;
use variorum_identity::{ActorKind, Located};
use variorum_model::{Quotation, QuotationKind, Span};

/// Fewest words of a quotation that two people do not say alike by chance.
const FEWEST: usize = 10;
/// Share of the shorter one's three-word sequences that the other must have.
const SHARED: f32 = 0.7;
/// Most quotations compared; a larger set is compared in its first.
const MOST: usize = 600;

struct Saying {
    report: u32,
    words: FxHashSet<String>,
    /// The person named as speaker.
    speaker: u32,
    /// The words that name the speaker.
    evidence: Span,
}

/// Identity conflicts over who said something.
pub(crate) fn conflicts(witnesses: &Witnesses<'_>, participants: &mut Participants) -> Vec<Draft> {
    let sayings = sayings(witnesses, participants);
    let mut drafts = Vec::new();
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    for (i, a) in sayings.iter().enumerate() {
        for b in &sayings[i + 1..] {
            if a.report == b.report || a.speaker == b.speaker || !alike(&a.words, &b.words) {
                continue;
            }
            let pair = (a.speaker.min(b.speaker), a.speaker.max(b.speaker));
            if unclear(participants, a.speaker, b.speaker) || !seen.insert(pair) {
                continue;
            }
            let claims = [a, b].map(|s| Claim {
                value: participants.actors[s.speaker as usize].name.clone(),
                report: s.report,
                span: s.evidence,
                according_to: Vec::new(),
            });
            let sides = readings(witnesses, &claims);
            if sides.len() < 2 {
                continue;
            }
            drafts.push(
                Draft::new(
                    (6, a.report, a.evidence.start),
                    "identity",
                    "who said it".to_owned(),
                    sides,
                    "the same words are given to different people",
                )
                .judged("different_sources"),
            );
        }
    }
    drafts
}

/// Whether two speakers may be one: a body and its own speaker, or one name inside the other.
fn unclear(participants: &Participants, a: u32, b: u32) -> bool {
    let (x, y) = (&participants.actors[a as usize], &participants.actors[b as usize]);
    let people = x.kind == ActorKind::Person && y.kind == ActorKind::Person;
    let surname = |name: &str| name.split(' ').next_back().unwrap_or_default().to_lowercase();
    !people || surname(&x.name) == surname(&y.name) || crate::places::named_alike(&x.name, &y.name)
}

fn sayings(witnesses: &Witnesses<'_>, participants: &mut Participants) -> Vec<Saying> {
    let mut found = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for said in &witnesses.annotations(report).quotations {
            if said.kind == QuotationKind::Indirect || found.len() >= MOST {
                continue;
            }
            found.extend(saying(witnesses, participants, report, said));
        }
    }
    found
}

fn saying(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    report: u32,
    said: &Quotation,
) -> Option<Saying> {
    // Whom "he" stands for was worked out: nobody is at odds with a report over that.
    let text = &witnesses.report(report).text;
    let source = said.source.filter(|s| s.of(text).starts_with(char::is_uppercase))?;
    if is_pronoun(source.of(text)) {
        return None;
    }
    let words: Vec<String> = said
        .span
        .of(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() < FEWEST {
        return None;
    }
    let at = Located { report, span: said.speaker.unwrap_or(source) };
    let speaker = participants.of_phrase(witnesses, at).first().copied()?;
    if !participants.is_named(speaker) {
        return None;
    }
    Some(Saying {
        report,
        words: words.windows(3).map(|w| w.join(" ")).collect(),
        speaker,
        evidence: source,
    })
}

fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she" | "they" | "it" | "who" | "i" | "we" | "him" | "her"
    )
}

fn alike(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    let shared = a.iter().filter(|w| b.contains(*w)).count();
    shared as f32 >= SHARED * a.len().min(b.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_or_not() {
        let set = |s: &str| -> FxHashSet<String> {
            let words: Vec<&str> = s.split(' ').collect();
            words.windows(3).map(|w| w.join(" ")).collect()
        };
        let first = "the ferry will not sail until every lamp on the pier is lit again";
        for (other, want) in [
            ("the ferry will not sail until every lamp on the pier is lit again", true),
            ("the ferry will not sail until each and every lamp on the pier is lit again", true),
            ("the ferry sails tomorrow whatever the harbour master says about lamps", false),
        ] {
            assert_eq!(alike(&set(first), &set(other)), want, "{other}");
        }
    }
}
