//! CoNLL-U: a report's tokens, tags and trees, one token a line, as treebank tools read them.
//!
//! Columns as <https://universaldependencies.org/format.html> has them. UPOS is the universal part
//! of speech and XPOS the Penn Treebank tag; DEPREL keeps the parser's ClearNLP relations. MISC has
//! `Start` and `End` (code points of the report's text), `Name` (`B-` or `I-` and the mention's
//! type) and `SpaceAfter=No`.

use std::fmt::Write;
use variorum_model::{Annotations, CodePoints, MentionKind, Parse, Report, Sentence, Token};

/// A report in CoNLL-U, with an empty line at the end of each sentence.
pub fn render_conllu(report: &Report, parse: &Parse, annotations: &Annotations) -> String {
    let names = name_tags(parse, annotations);
    let points = CodePoints::new(&report.text);
    let mut out = String::new();
    let mut block = None;
    for (number, sentence) in parse.sentences.iter().enumerate() {
        if number == 0 {
            let _ = writeln!(out, "# newdoc id = {}", report.id);
        }
        if block != Some(sentence.block) {
            out.push_str("# newpar\n");
            block = Some(sentence.block);
        }
        let _ = writeln!(out, "# sent_id = {}-{}", report.id, number + 1);
        let _ = writeln!(out, "# text = {}", one_line(sentence.span.of(&report.text)));
        for (i, token) in parse.tokens_of(sentence).iter().enumerate() {
            let name = names[sentence.first as usize + i];
            write_token(
                &mut out,
                &Line { report, points: &points, parse, sentence, name },
                i,
                token,
            );
        }
        out.push('\n');
    }
    out
}

/// What a line of a sentence needs besides its token.
struct Line<'a> {
    report: &'a Report,
    points: &'a CodePoints<'a>,
    parse: &'a Parse,
    sentence: &'a Sentence,
    name: Option<(bool, MentionKind)>,
}

fn write_token(out: &mut String, line: &Line<'_>, i: usize, token: &Token) {
    let first = line.sentence.first;
    let root = token.head == first + i as u32;
    let head = if root { 0 } else { token.head - first + 1 };
    let relation = if root { "root" } else { &*token.relation };
    let field = |text: &str| if text.is_empty() { "_".to_owned() } else { one_line(text) };
    let _ = write!(
        out,
        "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{relation}\t_\t",
        i + 1,
        field(token.span.of(&line.report.text)),
        field(&token.lemma),
        field(&token.part),
        field(&token.tag),
    );
    let [start, end] = line.points.pair(token.span);
    let _ = write!(out, "Start={start}|End={end}");
    if let Some((begins, kind)) = line.name {
        let _ = write!(out, "|Name={}-{}", if begins { 'B' } else { 'I' }, kind.name());
    }
    let next = line.parse.tokens.get(first as usize + i + 1);
    if next.is_some_and(|n| {
        n.span.start == token.span.end && first + i as u32 + 1 < line.sentence.last
    }) {
        out.push_str("|SpaceAfter=No");
    }
    out.push('\n');
}

/// For each token whether it begins or continues a mention, and of what kind.
fn name_tags(parse: &Parse, annotations: &Annotations) -> Vec<Option<(bool, MentionKind)>> {
    let mut tags = vec![None; parse.tokens.len()];
    for mention in &annotations.mentions {
        let from = parse.tokens.partition_point(|t| t.span.end <= mention.span.start);
        let inside = parse.tokens[from..].iter().take_while(|t| t.span.start < mention.span.end);
        for (i, _) in inside.enumerate() {
            tags[from + i].get_or_insert((i == 0, mention.kind));
        }
    }
    tags
}

/// Text without the characters that would end a column or a line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::{Mention, Span};

    fn token(from: usize, to: usize, tag: &str, head: u32, relation: &str) -> Token {
        Token {
            span: Span::new(from, to),
            tag: tag.into(),
            part: "X".into(),
            lemma: "".into(),
            head,
            relation: relation.into(),
        }
    }

    #[test]
    fn a_sentence_becomes_its_lines() {
        let report = Report::of_lines("r1", "Zoë Orlo left.");
        let parse = Parse {
            tokens: vec![
                token(0, 4, "NNP", 1, "compound"),
                token(5, 9, "NNP", 2, "nsubj"),
                token(10, 14, "VBD", 2, "ROOT"),
                token(14, 15, ".", 2, "punct"),
            ],
            sentences: vec![Sentence { span: Span::new(0, 15), first: 0, last: 4, block: None }],
            names: Vec::new(),
        };
        let name = Span::new(0, 9);
        let mention = Mention {
            span: name,
            kind: MentionKind::Person,
            head: name,
            government: false,
            title: None,
            country: None,
            rule: "test",
            confidence: 1.0,
        };
        let annotations = Annotations { mentions: vec![mention], ..Annotations::default() };
        let expected = "\
# newdoc id = r1
# newpar
# sent_id = r1-1
# text = Zoë Orlo left.
1\tZoë\t_\tX\tNNP\t_\t2\tcompound\t_\tStart=0|End=3|Name=B-person
2\tOrlo\t_\tX\tNNP\t_\t3\tnsubj\t_\tStart=4|End=8|Name=I-person
3\tleft\t_\tX\tVBD\t_\t0\troot\t_\tStart=9|End=13|SpaceAfter=No
4\t.\t_\tX\t.\t_\t3\tpunct\t_\tStart=13|End=14

";
        assert_eq!(render_conllu(&report, &parse, &annotations), expected);
    }
}
