//! Named mentions by gazetteers, telling words, the words around a name and the rest of the report.

mod classify;
mod document;
mod runs;
mod words;

use crate::gazetteer;
use crate::rules::Lexicon;
use classify::{Context, Found};
use runs::Word;
use variorum_model::{MentionKind, NamedEntity, Parse, Span};

/// The named mentions of a read text; `headline` tells for each sentence whether it is capitalised
/// like a headline.
pub(crate) fn names(
    lexicon: &Lexicon,
    text: &str,
    parse: &Parse,
    headline: &[bool],
) -> Vec<NamedEntity> {
    let words = runs::words(lexicon, text, parse);
    let mut found = Vec::new();
    let mut in_headline = vec![false; words.len()];
    for (sentence, &headline) in parse.sentences.iter().zip(headline) {
        let (first, last) = (sentence.first as usize, sentence.last as usize);
        in_headline[first..last].fill(headline);
        let context = Context { text, words: &words, first, last, headline };
        for (a, b) in runs::runs(&words, sentence, headline) {
            context.segment(a, b, &mut found);
        }
        bodies(&words, first, last, &mut found);
    }
    document::settle(&words, found, &in_headline)
        .into_iter()
        .map(|f| NamedEntity {
            span: span(&words, f.first, f.last),
            kind: f.kind,
            title: f.title.map(|(a, b)| span(&words, a, b)),
            rule: f.rule,
            confidence: f.confidence,
        })
        .collect()
}

fn span(words: &[Word<'_>], first: usize, last: usize) -> Span {
    words[first].span.join(words[last - 1].span)
}

/// "Syrian army", "Iraqi security forces": a people's adjective with a small word for a body.
fn bodies(words: &[Word<'_>], first: usize, last: usize, out: &mut Vec<Found>) {
    for i in first..last {
        if !words[i].people || gazetteer::country_of(words[i].text).is_some() {
            continue;
        }
        let mut j = i + 1;
        while j < last
            && j < i + 3
            && matches!(
                &*words[j].lower,
                "security"
                    | "armed"
                    | "air"
                    | "special"
                    | "government"
                    | "regime"
                    | "army"
                    | "state"
                    | "military"
            )
        {
            j += 1;
        }
        let ends =
            |k: usize| k > i && k < last && words[k].is(words::BODY_NOUN) && !words[k].capital;
        let end = if ends(j) {
            j
        } else if j > i + 1 && ends(j - 1) {
            j - 1
        } else {
            continue;
        };
        out.push(Found {
            first: i,
            last: end + 1,
            kind: MentionKind::Organization,
            title: None,
            rule: "people_and_body",
            confidence: 0.7,
        });
    }
}
