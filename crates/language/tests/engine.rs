//! The engine with the weights of `models/`, on invented text.

use std::ops::Range;
use std::sync::LazyLock;
use variorum_language::engine::{Doc, Engine, LoadError};

static WEIGHTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.weights");
    std::fs::read(path).expect("the weights can be read")
});
static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::load(&WEIGHTS).expect("the weights can be loaded"));

fn read(text: &str) -> Doc {
    let range = 0..text.len();
    ENGINE.parse(text, std::slice::from_ref(&range)).remove(0)
}

fn words(text: &str) -> Vec<&str> {
    read(text).tokens.iter().map(|t| &text[t.range.clone()]).collect()
}

#[test]
fn text_becomes_tokens() {
    for (text, tokens) in [
        ("Mr. Okafor didn't go.", "Mr.|Okafor|did|n't|go|."),
        ("(\"No comment,\" she said.)", "(|\"|No|comment|,|\"|she|said|.|)"),
        ("the U.N.-backed well-known envoy", "the|U.N.-backed|well|-|known|envoy"),
        ("It cost US$5m, not €3.50.", "It|cost|US$|5|m|,|not|€|3.50|."),
        ("10km/h at 37°C. Yes", "10|km/h|at|37|°|C|.|Yes"),
        ("see https://example.org/a?b=1, please", "see|https://example.org/a?b=1|,|please"),
        ("mail press@example.org.", "mail|press@example.org|."),
        ("at 8.8.8.8:80 or 10.0.0.1", "at|8.8.8.8:80|or|10.0.0.1"),
        ("ministers’ and Nairobi’s…", "ministers|’|and|Nairobi|’s|…"),
        ("one  two\n\nthree", "one| |two|\n\n|three"),
        ("talks—again—failed", "talks|—|again|—|failed"),
        ("and/or 2019-20 a,b", "and/or|2019|-|20|a|,|b"),
        ("Привет, мир!", "Привет|,|мир|!"),
        ("so :-) he left", "so|:-)|he|left"),
        (" ", " "),
        ("", ""),
    ] {
        let expected: Vec<&str> = tokens.split('|').filter(|t| !t.is_empty()).collect();
        assert_eq!(words(text), expected, "{text:?}");
    }
}

#[test]
fn sentences_become_trees_lemmas_and_names() {
    let text = "Ministers from Kenya met Amina Okafor in Nairobi on Monday. They were leaving.";
    let doc = read(text);
    let row = |word: &str| {
        let token = doc.tokens.iter().find(|t| &text[t.range.clone()] == word).expect(word);
        let head = &text[doc.tokens[token.head as usize].range.clone()];
        (token.tag.as_str(), token.relation.as_str(), head, token.lemma.as_str())
    };
    for (word, expected) in [
        ("Ministers", ("NNS", "nsubj", "met", "minister")),
        ("from", ("IN", "prep", "Ministers", "from")),
        ("met", ("VBD", "ROOT", "met", "meet")),
        ("Okafor", ("NNP", "dobj", "met", "Okafor")),
        ("were", ("VBD", "aux", "leaving", "be")),
        ("leaving", ("VBG", "ROOT", "leaving", "leave")),
    ] {
        assert_eq!(row(word), expected, "{word}");
    }
    let names: Vec<(&str, &str)> =
        doc.entities.iter().map(|e| (&text[e.range.clone()], e.label.as_str())).collect();
    assert_eq!(names, [("Kenya", "place"), ("Amina Okafor", "person"), ("Nairobi", "place")]);
    let starts = doc.tokens.iter().filter(|t| t.sentence_start);
    let starts: Vec<&str> = starts.map(|t| &text[t.range.clone()]).collect();
    assert_eq!(starts, ["Ministers", "They"]);
}

#[test]
fn a_part_is_read_alike_alone_and_with_others() {
    let parts = [
        "Flooding closed two bridges in Lagos.",
        "",
        "Officials said 1,200 people had left, according to the agency.",
        "\n",
        "\"We will rebuild,\" the governor's spokesman Tunde Bello told reporters on 3 May.",
    ];
    let text = parts.concat();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let start = ranges.last().map_or(0, |r| r.end);
        ranges.push(start..start + part.len());
    }
    let together = ENGINE.parse(&text, &ranges);
    let again = std::thread::scope(|scope| {
        scope.spawn(|| ENGINE.parse(&text, &ranges)).join().expect("the thread ends well")
    });
    assert_eq!(together, again);
    for ((part, range), doc) in parts.iter().zip(&ranges).zip(&together) {
        let mut alone = read(part);
        let moved = |r: &mut Range<usize>| *r = r.start + range.start..r.end + range.start;
        alone.tokens.iter_mut().for_each(|t| moved(&mut t.range));
        alone.entities.iter_mut().for_each(|e| moved(&mut e.range));
        assert_eq!(&alone, doc, "{part:?}");
    }
}

#[test]
fn strange_ranges_give_empty_documents() {
    let text = "a é";
    let ranges = [0..1, 3..4, 2..99, Range { start: 3, end: 1 }, 4..4];
    let docs = ENGINE.parse(text, &ranges);
    let counts: Vec<usize> = docs.iter().map(|d| d.tokens.len()).collect();
    assert_eq!(counts, [1, 0, 0, 0, 0]);
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in
        ["(", ".", "a.", "@", "a@b.", "'", "-", "x", "1+", "((a))", "\u{300}", "\n", ": ", "ï"]
    {
        let text = unit.repeat(4000);
        let doc = read(&text);
        assert!(doc.tokens.windows(2).all(|w| w[0].range.end <= w[1].range.start), "{unit:?}");
        let bytes: usize = doc.tokens.iter().map(|t| t.range.len()).sum();
        let spaces = text.matches(' ').count();
        assert!(bytes <= text.len() && bytes + spaces >= text.len(), "{unit:?}");
    }
}

#[test]
fn damaged_weights_are_refused() {
    let bytes = &WEIGHTS[..];
    for end in [0, 7, 12, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(Engine::load(&bytes[..end]).is_err(), "{end}");
    }
    assert!(matches!(Engine::load(b"not a weights file"), Err(LoadError::Format)));
}
