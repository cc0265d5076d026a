//! On whose invitation a meeting was held: told by a verb here ("had invited his counterparts to the talks"), by
//! a noun there ("at the invitation of the council").

use crate::meetings::Meetings;
use crate::participants::{country_name, states_in};
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use variorum_model::contract::Agreement;
use variorum_model::{EventType, Modality, Span};

/// What a meeting is held at.
const NOUN: &str = "invitation";
/// Words behind "invitation of" that may name who invites.
const BEHIND: usize = 8;
/// Words before "invitation" that may ("after an official Chadian invitation").
const BEFORE: usize = 3;

/// Where a sentence names who invites by a noun or in the passive, and all the words that say so.
fn inviter(sentence: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let words = positions(&lower);
    let word = |i: usize| words.get(i).map_or("", |&(s, e)| &lower[s..e]);
    // A dash without blanks glues on what follows.
    let at = (0..words.len()).find(|&i| match word(i).split('-').next().unwrap_or_default() {
        NOUN => true,
        "invited" => word(i + 1) == "by",
        _ => false,
    })?;
    if matches!(word(at + 1), "of" | "from" | "by") {
        let from = words.get(at + 2)?.0;
        let last = words[(at + 1 + BEHIND).min(words.len() - 1)].1;
        let stop = lower[from..last].find([',', ';', '(']).map_or(last, |end| from + end);
        return Some((from..stop, words[at].0..stop));
    }
    // "at a Chadian invitation" was taken up; "rejected an invitation" was not.
    let led = |i: &usize| matches!(word(*i), "at" | "on" | "upon" | "after" | "following" | "by");
    let from = (at.saturating_sub(BEFORE + 1)..at).rev().find(led)?;
    let end = words[at].0;
    (from + 1 < at).then(|| (words[from + 1].0..end, words[from].0..end + NOUN.len()))
}

/// Who invites whom to a meeting, as one report tells it.
struct Invitation {
    meeting: usize,
    /// The states or people that invite, as keys and for a person to read.
    by: BTreeSet<String>,
    report: u32,
    span: Span,
}

/// Invitations that two or more reports tell alike.
pub(crate) fn agreements(
    witnesses: &Witnesses<'_>,
    meetings: &[Meetings],
    about: &[String],
) -> Vec<Agreement> {
    let mut by_meeting: BTreeMap<(usize, String), Vec<Invitation>> = BTreeMap::new();
    for told in witnesses.in_each(|r| told(witnesses, &meetings[r as usize], r)) {
        for by in told.by.clone() {
            let one = Invitation { by: BTreeSet::new(), ..told };
            by_meeting.entry((told.meeting, by)).or_default().push(one);
        }
    }
    let agreement = |((h, by), told): ((usize, String), Vec<Invitation>)| {
        let reports = witnesses.ids(told.iter().map(|t| t.report));
        (reports.len() > 1).then(|| Agreement {
            about: format!("who invited: {}", about[h]),
            value: by,
            reports,
            independent_sources: witnesses.independent(told.iter().map(|t| t.report)),
            evidence: told.iter().map(|t| witnesses.cite(t.report, t.span)).collect(),
            judged: Default::default(),
        })
    };
    by_meeting.into_iter().filter_map(agreement).collect()
}

/// The invitations to meetings that a report tells.
fn told(witnesses: &Witnesses<'_>, meetings: &Meetings, report: u32) -> Vec<Invitation> {
    let text = &witnesses.report(report).text;
    if !text.contains("nvit") {
        return Vec::new();
    }
    let mut all = Vec::new();
    for &sentence in &witnesses.annotations(report).sentences {
        let Some(meeting) = meetings.named_in(sentence, text) else { continue };
        let at = |r: Range<usize>| Span::new(sentence.from() + r.start, sentence.from() + r.end);
        if let Some((who, span)) = inviter(sentence.of(text)) {
            let by = named(witnesses, report, at(who));
            all.push(Invitation { meeting, by, report, span: at(span) });
        }
        let events = witnesses.codings(report).events.iter();
        let invites = events.filter(|e| {
            sentence.contains(e.trigger)
                && e.kind == EventType::Request
                && e.modality == Modality::Actual
                && e.trigger.of(text).to_lowercase().contains("invit")
        });
        for event in invites {
            let by = event.actors.iter().flat_map(|&a| named(witnesses, report, a)).collect();
            all.push(Invitation { meeting, by, report, span: event.span });
        }
    }
    all
}

/// Whom words name: the states, or where they name none, the people and bodies.
fn named(witnesses: &Witnesses<'_>, report: u32, span: Span) -> BTreeSet<String> {
    let identities = witnesses.identities;
    let mentions = &witnesses.annotations(report).mentions;
    let inside = mentions.iter().enumerate().filter(|(_, m)| span.overlaps(m.span));
    let actors = inside.filter_map(|(i, _)| identities.actor_of[report as usize][i]);
    let actors: Vec<_> = actors.map(|a| &identities.actors[a as usize]).collect();
    let of_actors = actors.iter().filter_map(|a| a.country.as_deref().and_then(country_name));
    let of_words = states_in(span.of(&witnesses.report(report).text));
    let states: BTreeSet<String> =
        of_actors.chain(of_words.into_iter().map(|(_, name)| name)).map(str::to_owned).collect();
    if states.is_empty() { actors.iter().map(|a| a.name.clone()).collect() } else { states }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_invites() {
        for (sentence, want) in [
            (
                "They met in Gao at the invitation of the Malian president.",
                Some("the Malian president"),
            ),
            ("Invited by Mali, they met in Gao.", Some("Mali")),
            (
                "The meeting, held after official Malian invitation, was short.",
                Some("official Malian "),
            ),
            ("They met on Mali’s invitation.", Some("Mali’s ")),
            ("The talks, held after a Malian invitation-on Monday- failed.", Some("a Malian ")),
            ("He rejected a Malian invitation to the talks.", None),
            ("They met in Gao.", None),
        ] {
            let told = inviter(sentence).map(|(who, _)| &sentence[who]);
            assert_eq!(told, want, "{sentence}");
        }
    }
}
