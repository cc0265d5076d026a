//! Headlines whose every word is capitalised: their trees are read with plain words in small letters.
//!
//! The parser knows capitals from names and takes "Rejects" in "Kremlin Rejects Ceasefire Offer" for one. Names
//! are found in the text as it stands; only tags, trees and dictionary forms are those of "Kremlin rejects
//! ceasefire offer".

use crate::engine::Engine;
use crate::names::is_plain;
use crate::reading;
use variorum_model::{Parse, Sentence, Span};

/// Reads the trees of headlines again, where that changes a letter; `headline` tells which sentences are some.
pub(crate) fn reread(engine: &Engine, text: &str, headline: &[bool], parse: &mut Parse) {
    let mut small = text.to_owned();
    let mut changed: Vec<usize> = Vec::new();
    for (n, sentence) in parse.sentences.iter().enumerate().filter(|(n, _)| headline[*n]) {
        let plain = plain_words(text, parse, sentence);
        for word in &plain {
            small.replace_range(word.from()..word.to(), &word.of(text).to_ascii_lowercase());
        }
        if !plain.is_empty() {
            changed.push(n);
        }
    }
    if changed.is_empty() {
        return;
    }
    let spans: Vec<_> =
        changed.iter().map(|&n| parse.sentences[n].span).map(|s| (None, s)).collect();
    let mut again = Parse::default();
    reading::read(engine, &small, &spans, &mut again);
    for n in changed {
        let old = &parse.sentences[n];
        if let Some(new) = again.sentences.iter().find(|s| s.span == old.span) {
            replant(*old, new, &again, parse);
        }
    }
}

/// The plain words that a headline capitalises, but for its first.
fn plain_words(text: &str, parse: &Parse, sentence: &Sentence) -> Vec<Span> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.all(|c| c.is_ascii_lowercase())
    };
    let tokens = parse.tokens_of(sentence).iter().skip(1).map(|t| t.span);
    let plain = |s: &Span| capital(s.of(text)) && is_plain(&s.of(text).to_ascii_lowercase());
    tokens.filter(plain).collect()
}

/// Gives the tokens of a sentence the tags and the tree of `new`, if they are the same tokens.
fn replant(old: Sentence, new: &Sentence, again: &Parse, parse: &mut Parse) {
    let tokens = again.tokens_of(new);
    let own = &mut parse.tokens[old.first as usize..old.last as usize];
    let alike = own.len() == tokens.len() && own.iter().zip(tokens).all(|(a, b)| a.span == b.span);
    if !alike {
        return;
    }
    for (token, other) in own.iter_mut().zip(tokens) {
        token.clone_from(other);
        token.head = other.head - new.first + old.first;
    }
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use variorum_model::Report;

    #[test]
    fn verbs_of_headlines_are_verbs_and_names_stay_names() {
        let language = Language::load();
        for (line, word, want, name) in [
            ("Kenya Rejects Ceasefire Offer From Rebels", "Rejects", "VBZ reject", "Kenya"),
            ("Ministers Meet in Lagos After Talks Collapse", "Meet", "VBP meet", "Lagos"),
            ("Mayor of Lamu Opens Bridge After Floods", "Opens", "VBZ open", "Lamu"),
            // Set as a sentence, so read as it stands.
            ("Kenya rejects the offer of the Rift Rebels.", "rejects", "VBZ reject", "Kenya"),
        ] {
            let report = Report::of_lines("r", line);
            let parse = language.read(&report);
            let token = parse.tokens.iter().find(|t| t.span.of(line) == word).expect("the word");
            assert_eq!(format!("{} {}", token.tag, token.lemma), want, "{line}");
            assert!(parse.names.iter().any(|n| n.span.of(line).contains(name)), "{line}");
        }
    }

    #[test]
    fn heads_stay_within_their_sentence() {
        let language = Language::load();
        let text = "Rain Delays Ferry to Lamu\nFerry Union Ends Strike in Lamu\nIt rained again.";
        let parse = language.read(&Report::of_lines("r", text));
        for sentence in &parse.sentences {
            let inside = sentence.first..sentence.last;
            assert!(parse.tokens_of(sentence).iter().all(|t| inside.contains(&t.head)));
        }
    }
}
