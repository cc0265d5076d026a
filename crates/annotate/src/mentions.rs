//! Named mentions with their country, head, and whether a place stands for its government.

use crate::countries::{Sense, country, country_of_place};
use crate::reading::Reading;
use crate::tables::{cell, rows};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use variorum_model::{Mention, MentionKind, NamedEntity, Sentence, Span, Token};

static CUES: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../data/annotate_government_cues.tsv"))
        .map(|row| (cell(&row, 0), cell(&row, 1).split_whitespace().collect()))
        .collect()
});

fn is_cue(class: &str, lemma: &str) -> bool {
    CUES.get(class).is_some_and(|words| words.contains(lemma))
}

/// The named mentions of a report, in text order.
pub(crate) fn mentions(reading: &Reading<'_>) -> Vec<Mention> {
    let mut out: Vec<Mention> = reading
        .parse
        .names
        .iter()
        .filter(|name| name.span.to() <= reading.report.text.len() && !name.span.is_empty())
        .map(|name| mention(reading, name))
        .collect();
    out.sort_by_key(|m| (m.span, m.kind));
    out.dedup_by_key(|m| m.span);
    out
}

fn mention(reading: &Reading<'_>, name: &NamedEntity) -> Mention {
    let text = reading.text(name.span);
    let sentence = reading.sentence_at(name.span.from());
    let sense = country(text).map(|(sense, _)| sense);
    let by_cues = || {
        matches!(sense, Some(Sense::Name | Sense::Capital))
            && sentence.is_some_and(|s| stands_for_government(reading, s, name.span, sense))
    };
    let names_government = name.kind == MentionKind::Place && (name.government || by_cues());
    Mention {
        span: name.span,
        kind: name.kind,
        head: head(reading, name),
        government: names_government,
        title: name.title,
        country: country_of_mention(reading, name, sentence).map(str::to_owned),
        rule: name.rule,
        confidence: name.confidence,
    }
}

/// The last word of the name, or, for names with "of" or "for", the last word before it.
fn head(reading: &Reading<'_>, name: &NamedEntity) -> Span {
    let text = reading.text(name.span);
    let cut = match name.kind {
        MentionKind::Person => text.len(),
        _ => [" of ", " for ", " in ", " ("]
            .iter()
            .filter_map(|mark| text.find(mark))
            .min()
            .filter(|&at| at > 0)
            .unwrap_or(text.len()),
    };
    let kept = text[..cut].trim_end();
    let from = kept
        .rfind(char::is_whitespace)
        .map_or(0, |i| i + kept[i..].chars().next().map_or(1, char::len_utf8));
    Span::new(name.span.from() + from, name.span.from() + kept.len())
}

fn country_of_mention(
    reading: &Reading<'_>,
    name: &NamedEntity,
    sentence: Option<&Sentence>,
) -> Option<&'static str> {
    let text = reading.text(name.span);
    if name.kind == MentionKind::Place {
        return country_of_place(text);
    }
    if let Some((_, code)) = country(text) {
        return Some(code);
    }
    if name.kind != MentionKind::Person
        && let Some(code) = country_inside(text)
    {
        return Some(code);
    }
    // "Iranian Defence Minister Omar Haddad", "Iran's Security Council": the words before the name
    let title = name.title.map_or(name.span, |t| t.join(name.span));
    if let Some(code) = country_inside(reading.text(Span::new(title.from(), name.span.from()))) {
        return Some(code);
    }
    let sentence = sentence?;
    let tokens = reading.parse.tokens_of(sentence);
    let first = tokens.partition_point(|t| t.span.start < title.start);
    let mut before = tokens[..first].iter().rev();
    let mut last = before.next()?;
    let owned = matches!(reading.word(last), "'s" | "’s" | "'" | "’");
    if owned {
        last = before.next()?;
    }
    let (sense, code) = country(reading.word(last))?;
    // "Chad Ann Lee toured …": a place's name right before a person's is no more than its neighbour.
    let of_person = name.kind == MentionKind::Person && name.title.is_none();
    (!of_person || owned || sense == Sense::Demonym).then_some(code)
}

/// The country whose name or adjective stands in `text`, if all that do are of one.
pub(crate) fn country_inside(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-' | '–'))
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|w| !w.is_empty())
        .collect();
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at))
            .rev()
            .find_map(|n| Some((n, country(&words[at..at + n].join(" "))?)));
        match longest {
            Some((n, (_, code))) => {
                if found.is_some_and(|f| f != code) {
                    return None;
                }
                found = Some(code);
                at += n;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether the country or capital named at `span` acts or is acted on as a government.
fn stands_for_government(
    reading: &Reading<'_>,
    sentence: &Sentence,
    span: Span,
    sense: Option<Sense>,
) -> bool {
    let tokens = reading.parse.tokens_of(sentence);
    let from = tokens.partition_point(|t| t.span.end <= span.start);
    let covered = from..tokens.partition_point(|t| t.span.start < span.end);
    let Some(last) = covered.end.checked_sub(1).filter(|&l| l >= from) else { return false };
    let first = sentence.first as usize;
    let head_of = |i: usize| (tokens[i].head as usize).wrapping_sub(first);
    // The token of the name whose head lies outside it carries its relation.
    let mut node = covered.clone().find(|&i| !covered.contains(&head_of(i))).unwrap_or(last);
    // Members of a list act as its first does.
    for _ in 0..tokens.len().min(64) {
        let up = head_of(node);
        if tokens[node].relation != "conj" || up >= tokens.len() || up == node {
            break;
        }
        node = up;
    }
    let up = head_of(node);
    let head = tokens.get(up).filter(|_| up != node);
    let by_tree = head.is_some_and(|head| acts(&tokens[node], head, tokens, head_of(up), sense));
    by_tree || between(reading, tokens, from, last) || subject_by_order(tokens, from, last, sense)
}

fn acts(token: &Token, head: &Token, tokens: &[Token], above: usize, sense: Option<Sense>) -> bool {
    match token.relation.as_str() {
        "nsubj" if head.tag.starts_with("VB") => acting_verb(&head.lemma, sense),
        "dobj" | "nsubjpass" | "dative" => is_cue("object", &head.lemma),
        "pobj" if head.relation == "agent" => true,
        // "US officials", "UK sanctions": short names serve as adjectives.
        "compound" | "nmod" | "amod" => {
            head.tag.starts_with("NN") && is_cue("attributive", &head.lemma)
        }
        "pobj" => {
            let Some(governor) = tokens.get(above) else { return false };
            let noun = is_cue("noun", &governor.lemma) && governor.tag.starts_with("NN");
            noun && is_cue("party", &head.lemma) && head.lemma != "of"
        }
        _ => false,
    }
}

fn acting_verb(lemma: &str, sense: Option<Sense>) -> bool {
    is_cue("subject", lemma) || sense == Some(Sense::Name) && !is_cue("not_subject", lemma)
}

/// "between Tehran and Moscow".
fn between(reading: &Reading<'_>, tokens: &[Token], from: usize, last: usize) -> bool {
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.lemma == word);
    let names = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            matches!(country(reading.word(t)), Some((Sense::Name | Sense::Capital, _)))
        })
    };
    let noun = |i: usize| tokens.get(i).is_some_and(|t| is_cue("noun", &t.lemma));
    let opens = from >= 1 && is(from - 1, "between") && is(last + 1, "and") && names(last + 2);
    let closes = from >= 3 && is(from - 1, "and") && names(from - 2) && is(from - 3, "between");
    let at = if opens { from.checked_sub(2) } else { from.checked_sub(4) };
    // The road between two towns is none of their governments'
    (opens || closes) && at.is_some_and(|i| noun(i) || i > 0 && noun(i - 1))
}

/// Where the tree is silent: a name that opens its clause, right before a finite verb.
fn subject_by_order(tokens: &[Token], from: usize, last: usize, sense: Option<Sense>) -> bool {
    let after_preposition = from > 0
        && matches!(tokens[from - 1].tag.as_str(), "IN" | "TO" | "POS" | "JJ" | "NN" | "NNP");
    let mut at = last + 1;
    while tokens.get(at).is_some_and(|t| t.tag == "MD" || t.tag == "RB" || t.lemma == "have") {
        at += 1;
    }
    let verb = tokens.get(at);
    !after_preposition
        && verb.is_some_and(|v| {
            matches!(v.tag.as_str(), "VBD" | "VBZ" | "VBP" | "VB" | "VBN")
                && acting_verb(&v.lemma, sense)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{named, report};

    fn read(text: &str, names: &[(&str, MentionKind)]) -> Vec<(String, Option<String>, bool)> {
        let report = report(text, None);
        let parse = named(text, names);
        let found = mentions(&Reading::new(&report, &parse));
        found.into_iter().map(|m| (m.head.of(text).to_owned(), m.country, m.government)).collect()
    }

    #[test]
    fn countries_act_as_governments_where_they_act() {
        use MentionKind::Place;
        for (text, name, government) in [
            ("ties between Tehran and Moscow grew", "Tehran", true),
            ("ties between Tehran and Moscow grew", "Moscow", true),
            ("the road between Tehran and Moscow", "Tehran", false),
            ("Moscow said no", "Moscow", true),
            ("he met them in Moscow", "Moscow", false),
            ("Paris the city slept", "Paris", false),
        ] {
            let found = read(text, &[(name, Place)]);
            assert_eq!(found[0].2, government, "{name} in {text:?}");
        }
    }

    #[test]
    fn names_have_heads_and_countries() {
        use MentionKind::{Organization, Person, Place};
        for (text, name, kind, head, country) in [
            ("Iranian minister Omar Haddad", "Omar Haddad", Person, "Haddad", None),
            ("Iran Omar Haddad toured", "Omar Haddad", Person, "Haddad", None),
            ("the Iranian Omar Haddad toured", "Omar Haddad", Person, "Haddad", Some("IRN")),
            ("Iran 's Omar Haddad toured", "Omar Haddad", Person, "Haddad", Some("IRN")),
            ("Iran 's High Council", "High Council", Organization, "Council", Some("IRN")),
            (
                "the Security Council of Russia",
                "Security Council of Russia",
                Organization,
                "Council",
                Some("RUS"),
            ),
            ("in Aleppo today", "Aleppo", Place, "Aleppo", Some("SYR")),
        ] {
            let found = read(text, &[(name, kind)]);
            let (h, c, _) = &found[0];
            assert_eq!((h.as_str(), c.as_deref()), (head, country), "{text:?}");
        }
    }
}
