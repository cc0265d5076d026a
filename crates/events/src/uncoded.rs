//! What stands between two named actors and got no code: where a lexicon has its gaps.

use crate::reads;
use crate::records::Read;
use crate::syntax::{Cast, Tree, frame, members, nominal_phrases, sort};
use variorum_model::{Annotations, EventMention, MentionKind, Parse, Report, Span, Uncoded};

/// The verbs and nouns of a report that stand between two named actors and in no event's trigger, in
/// text order. `events` are those that [`crate::code`] gave.
pub fn uncoded(
    report: &Report,
    parse: &Parse,
    annotations: &Annotations,
    events: &[EventMention],
) -> Vec<Uncoded> {
    let mut found = Vec::new();
    for Read { tree, cast } in &reads(report, parse, annotations) {
        let told = |i: usize| events.iter().any(|e| e.trigger.overlaps(tree.span(i)));
        for i in (0..tree.len()).filter(|&i| !told(i)) {
            if tree.is_verb(i) {
                found.extend(verb(tree, cast, i));
            } else if tree.is_noun(i) && cast.mention(i).is_none() && !is_office(tree, i) {
                found.extend(noun(tree, cast, i));
            }
        }
    }
    found.sort_by_key(|u| u.span);
    found
}

/// "A's envoy for B" is somebody, and nothing that A does.
fn is_office(tree: &Tree<'_>, i: usize) -> bool {
    matches!(sort(tree, i), Some("office" | "person"))
}

/// Whether a name of somebody who can act heads here: places act as the governments they stand for.
fn named(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> Option<Span> {
    let mention = cast.mention(i)?;
    let acts = match mention.kind {
        MentionKind::Person | MentionKind::Organization | MentionKind::Group => true,
        MentionKind::Place => mention.government || mention.country.is_some(),
        _ => false,
    };
    (acts && cast.is_actor(tree, i)).then(|| cast.phrase(tree, i))
}

fn verb(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> Option<Uncoded> {
    let made = frame(tree, cast, i);
    let actor = made.subjects.iter().find_map(|&s| named(tree, cast, s))?;
    let particle = tree.kid(i, &["prt"]).map(|p| tree.lower(p));
    let object = made.objects.iter().chain(&made.indirect).find_map(|&o| named(tree, cast, o));
    let mut phrase = tree.lemma(i).to_owned();
    if let Some(particle) = particle {
        phrase.push_str(&format!(" {particle}"));
    }
    // "broke ties with B": the object that names nobody belongs to the phrase.
    if object.is_none()
        && let Some(&thing) = made.objects.first()
    {
        phrase.push_str(&format!(" {}", tree.lemma(thing)));
    }
    let recipient = object.or_else(|| {
        let nouns = made.objects.first().map(|&o| nominal_phrases(tree, o)).unwrap_or_default();
        let (prep, span) =
            made.phrases.iter().chain(&nouns).find_map(|(p, heads)| {
                Some((*p, heads.iter().find_map(|&h| named(tree, cast, h))?))
            })?;
        phrase.push_str(&format!(" {}", tree.lower(prep)));
        Some(span)
    })?;
    (!actor.overlaps(recipient)).then(|| Uncoded {
        phrase,
        kind: "verb",
        span: tree.span(i),
        actor,
        recipient,
    })
}

/// "A's rapprochement with B".
fn noun(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> Option<Uncoded> {
    let owners = tree.kids(i, &["poss"]).flat_map(|p| members(tree, p)).collect::<Vec<_>>();
    let actor = owners.into_iter().find_map(|p| named(tree, cast, p))?;
    let (prep, recipient) = nominal_phrases(tree, i)
        .into_iter()
        .filter(|(p, _)| tree.lower(*p) != "of")
        .find_map(|(p, heads)| Some((p, heads.iter().find_map(|&h| named(tree, cast, h))?)))?;
    (!actor.overlaps(recipient)).then(|| Uncoded {
        phrase: format!("{} {}", tree.lemma(i), tree.lower(prep)),
        kind: "noun",
        span: tree.span(i),
        actor,
        recipient,
    })
}
