//! Whom a source that is no name refers to.

use super::cues;
use crate::reading::Reading;
use variorum_model::{Coreference, Mention, MentionKind, Quotation, Span};

/// Gives each quotation whose source is a pronoun or description the name it refers to, and chains
/// "the source" to the unnamed source told first.
pub(super) fn speakers(
    reading: &Reading<'_>,
    mentions: &[Mention],
    coreferences: &[Coreference],
    quotations: &mut [Quotation],
) {
    let mut unnamed: Option<Span> = None;
    for quotation in quotations {
        let Some(source) = quotation.source else { continue };
        quotation.speaker = referred(mentions, coreferences, source);
        if quotation.speaker.is_some() {
            quotation.anonymous = false;
            continue;
        }
        let text = reading.text(source).to_lowercase();
        let describes_source =
            cues::is_source(text.rsplit(char::is_whitespace).next().unwrap_or(""))
                || text.split_whitespace().any(cues::is_source);
        if !describes_source {
            continue;
        }
        quotation.anonymous = true;
        let definite = text.starts_with("the ") && text.split_whitespace().count() <= 3;
        match unnamed.filter(|first| definite && *first != source) {
            Some(first) => quotation.speaker = Some(first),
            None => unnamed = Some(source),
        }
    }
}

/// The name that a reference which begins the source stands for, if it is one name.
fn referred(mentions: &[Mention], coreferences: &[Coreference], source: Span) -> Option<Span> {
    let from = coreferences.partition_point(|c| c.span.start < source.start);
    let reference = coreferences.get(from).filter(|c| source.contains(c.span))?;
    let named = mentions.get(mentions.partition_point(|m| m.span.start < source.start));
    // "the minister, Omar Haddad," names its speaker itself
    if named.is_some_and(|m| m.kind == MentionKind::Person && source.contains(m.span)) {
        return None;
    }
    match reference.antecedents.as_slice() {
        [one] => mentions.get(*one as usize).map(|m| m.span),
        _ => None,
    }
}
