//! Reports made from sentences, for tests.

use variorum_model::{
    Basis, MentionKind, NamedEntity, Parse, Published, Report, Sentence, Span, Token,
};

/// A report whose lines are its paragraphs, published between two days.
pub(crate) fn report(text: &str, published: Option<(&str, &str)>) -> Report {
    let published = published.map(|(a, b)| Published {
        start: a.parse().ok(),
        end: b.parse().ok(),
        value: String::new(),
        basis: Basis::Metadata,
        evidence: Vec::new(),
        steps: Vec::new(),
    });
    Report { published, ..Report::of_lines("", text) }
}

/// A parse that tells nothing.
pub(crate) fn empty_parse() -> Parse {
    Parse::default()
}

/// A parse of one sentence whose tokens are its blank-parted words ("-" parts too), crudely tagged,
/// with the names given.
pub(crate) fn named(text: &str, names: &[(&str, MentionKind)]) -> Parse {
    let mut parse = Parse::default();
    let mut start = 0;
    for word in text.split_inclusive([' ', '-']) {
        let dash = word.ends_with('-');
        let bare = word.trim_end_matches([' ', '-']);
        let mut token = |from: usize, word: &str| {
            let at = parse.tokens.len() as u32;
            parse.tokens.push(Token {
                span: Span::new(from, from + word.len()),
                tag: tag_of(word).into(),
                part: "X".into(),
                lemma: lemma_of(word).into(),
                head: at,
                relation: "dep".into(),
            });
        };
        token(start, bare);
        if dash {
            token(start + bare.len(), "-");
        }
        start += word.len();
    }
    parse.sentences.push(Sentence {
        span: Span::new(0, text.len()),
        first: 0,
        last: parse.tokens.len() as u32,
        block: Some(0),
    });
    for (name, kind) in names {
        let Some(from) = text.find(name) else { continue };
        parse.names.push(NamedEntity {
            span: Span::new(from, from + name.len()),
            kind: *kind,
            title: None,
            government: false,
            rule: "sample",
            confidence: 1.0,
        });
    }
    parse
}

fn tag_of(word: &str) -> &'static str {
    match word {
        "'s" => "POS",
        "," => ",",
        "." => ".",
        "the" | "a" => "DT",
        "of" | "for" | "to" | "that" => "IN",
        "“" | "”" => "``",
        "and" => "CC",
        "his" => "PRP$",
        "he" | "she" | "we" => "PRP",
        w if w.starts_with(char::is_uppercase) => "NNP",
        w if w.ends_with("ed")
            || matches!(w, "met" | "came" | "left" | "spoke" | "said" | "were") =>
        {
            "VBD"
        }
        _ => "NN",
    }
}

fn lemma_of(word: &str) -> String {
    match word {
        "said" => "say".to_owned(),
        "claimed" => "claim".to_owned(),
        "appointed" => "appoint".to_owned(),
        "resigned" => "resign".to_owned(),
        "ties" => "tie".to_owned(),
        _ => word.to_lowercase(),
    }
}
