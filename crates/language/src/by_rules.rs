//! The reader without weights: some four hundred thousand tokens a second on one core, and about
//! four fifths of the heads right on news. For large first passes, and as a floor to measure the
//! weights against.

use crate::names;
use crate::rules::{Case, Rules};
use variorum_model::{Parse, Report, Span};
use variorum_text::sentence::sentences;

/// Reads English by tables and rules alone, with the tags, relations and kinds of name of
/// [`crate::Language`].
pub struct RuleReader {
    rules: Rules,
}

impl RuleReader {
    /// Loads the tables that the program carries; do it once.
    pub fn load() -> RuleReader {
        RuleReader { rules: Rules::load() }
    }

    /// Reads a report as [`crate::Language::read`] does.
    pub fn read(&self, report: &Report) -> Parse {
        let title = report.title.as_ref().and_then(|t| t.span);
        let blocks: Vec<(Option<u32>, Span)> = title
            .into_iter()
            .map(|span| (None, span))
            .chain(report.body.iter().enumerate().map(|(i, b)| (Some(i as u32), b.span)))
            .collect();
        self.read_blocks(&report.text, &blocks)
    }

    /// Reads stretches of `text`: each the title (`None`) or the block of that number.
    pub fn read_blocks(&self, text: &str, blocks: &[(Option<u32>, Span)]) -> Parse {
        let mut parse = Parse::default();
        let mut headline = Vec::new();
        for &(block, span) in blocks {
            for sentence in sentences(text, span) {
                let before = parse.sentences.len();
                let case = self.rules.read(text, sentence, block, &mut parse);
                if parse.sentences.len() > before {
                    headline.push(case == Case::Headline);
                }
            }
        }
        parse.names = names::names(self.rules.lexicon(), text, &parse, &headline);
        parse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_one_tree_inside_its_block() {
        let text = "Storm shuts port\nLenora Orlo met envoys in Varna. “Talks (of a kind) go on,” she said; nobody, it seems, objected.";
        let (a, b) = text.split_once('\n').map_or((0, 0), |(a, _)| (a.len(), a.len() + 1));
        let reader = RuleReader::load();
        let parse = reader
            .read_blocks(text, &[(None, Span::new(0, a)), (Some(0), Span::new(b, text.len()))]);
        assert_eq!(parse.sentences.len(), 3);
        for sentence in &parse.sentences {
            let tokens = parse.tokens_of(sentence);
            let inside = |h: u32| (sentence.first..sentence.last).contains(&h);
            assert!(tokens.iter().all(|t| inside(t.head) && sentence.span.contains(t.span)));
            let roots =
                (sentence.first..sentence.last).filter(|&i| parse.tokens[i as usize].head == i);
            assert_eq!(roots.count(), 1);
            for mut i in sentence.first..sentence.last {
                for _ in 0..tokens.len() {
                    i = parse.tokens[i as usize].head;
                }
                assert_eq!(parse.tokens[i as usize].relation, "ROOT");
            }
        }
    }

    #[test]
    fn time_grows_no_faster_than_the_text() {
        let reader = RuleReader::load();
        for piece in [
            "(",
            "a-",
            "that ",
            "of Of ",
            ". ",
            "\n",
            "“ ",
            "said and ",
            "A.a",
            ", Orlo ",
            "the very ",
        ] {
            let text = piece.repeat(120_000 / piece.len());
            let begin = std::time::Instant::now();
            reader.read_blocks(&text, &[(Some(0), Span::new(0, text.len()))]);
            // A tenth of a second is usual; a quadratic step would take minutes.
            assert!(begin.elapsed().as_secs() < 20, "{piece:?}: {:?}", begin.elapsed());
        }
    }
}
