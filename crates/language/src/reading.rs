//! From the engine's documents to a [`Parse`].

use crate::engine::{Doc, Engine};
use crate::names::{Label, Learned};
use compact_str::CompactString;
use variorum_model::{Parse, Sentence, Span, Token};

/// Reads sentences of `text` (each with the number of its block, or `None` for the title) and
/// appends what is read, in order; returns the names that the recogniser found. Where the parser
/// leaves a sentence with several roots, the later ones hang on the first.
pub(crate) fn read(
    engine: &Engine,
    text: &str,
    sentences: &[(Option<u32>, Span)],
    parse: &mut Parse,
) -> Vec<Learned> {
    let ranges: Vec<_> = sentences.iter().map(|(_, s)| s.from()..s.to()).collect();
    let mut learned = Vec::new();
    for (doc, &(block, _)) in engine.parse_sentences(text, &ranges).iter().zip(sentences) {
        append(doc, block, parse, &mut learned);
    }
    learned
}

/// Appends one document without its tokens of white space, which nothing in language depends on.
fn append(doc: &Doc, block: Option<u32>, parse: &mut Parse, learned: &mut Vec<Learned>) {
    let space = |i: usize| doc.tokens[i].tag == "_SP";
    let mut place: Vec<u32> = Vec::with_capacity(doc.tokens.len());
    let mut next = parse.tokens.len() as u32;
    for i in 0..doc.tokens.len() {
        place.push(next);
        next += u32::from(!space(i));
    }
    let first = parse.tokens.len() as u32;
    let mut root: Option<u32> = None;
    for (i, token) in doc.tokens.iter().enumerate() {
        if space(i) {
            continue;
        }
        let at = place[i];
        // A token that hangs on white space hangs on what that hangs on; a loop is broken at itself.
        let mut head = token.head as usize;
        let mut steps = 0;
        while space(head) && steps < doc.tokens.len() {
            let up = doc.tokens[head].head as usize;
            head = if up == head { i } else { up };
            steps += 1;
        }
        let mut head = if space(head) { at } else { place[head] };
        let mut relation = token.relation.clone();
        if head == at {
            head = *root.get_or_insert(at);
            relation = CompactString::const_new(if head == at { "ROOT" } else { "parataxis" });
        }
        parse.tokens.push(Token {
            span: Span::new(token.range.start, token.range.end),
            tag: token.tag.clone(),
            part: token.part.clone(),
            lemma: token.lemma.clone(),
            head,
            relation,
        });
    }
    for entity in &doc.entities {
        let (from, to) = (entity.tokens.start as usize, entity.tokens.end as usize - 1);
        let (from, to) = (place[from] as usize, place[to] as usize + usize::from(!space(to)));
        if let Some(label) = Label::named(&entity.label).filter(|_| from < to) {
            learned.push(Learned { first: from, last: to, label, chance: entity.chance });
        }
    }
    close(first, block, parse);
}

/// Ends a sentence that began with token `first`.
fn close(first: u32, block: Option<u32>, parse: &mut Parse) {
    let last = parse.tokens.len() as u32;
    if first == last {
        return;
    }
    let span = parse.tokens[first as usize].span.join(parse.tokens[last as usize - 1].span);
    parse.sentences.push(Sentence { span, first, last, block });
}
