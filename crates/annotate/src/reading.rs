//! A report with its parse, as every module here looks at it.

use variorum_model::{BlockKind, NamedEntity, Parse, Report, Sentence, Span, Token};

/// A stretch of text that is read on its own: the title or a block of the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    /// Where it stands.
    pub span: Span,
    /// What it is; none for the title.
    pub kind: Option<BlockKind>,
}

/// A report, its parse, and look-ups from bytes to both.
pub(crate) struct Reading<'r> {
    pub report: &'r Report,
    pub parse: &'r Parse,
    /// Title (if it stands in the text), then blocks, in the order of the parse.
    pub stretches: Vec<Stretch>,
    /// Indices of the sentences by their first byte.
    by_start: Vec<u32>,
    /// Names by where they begin.
    names: Vec<&'r NamedEntity>,
}

impl<'r> Reading<'r> {
    pub(crate) fn new(report: &'r Report, parse: &'r Parse) -> Reading<'r> {
        let title = report.title.as_ref().and_then(|t| t.span);
        let mut stretches: Vec<Stretch> =
            title.into_iter().map(|span| Stretch { span, kind: None }).collect();
        stretches.extend(report.body.iter().map(|b| Stretch { span: b.span, kind: Some(b.kind) }));
        stretches.retain(|s| s.span.to() <= report.text.len());
        let mut by_start: Vec<u32> = (0..parse.sentences.len() as u32).collect();
        by_start.sort_by_key(|&i| parse.sentences[i as usize].span);
        let mut names: Vec<&NamedEntity> =
            parse.names.iter().filter(|n| n.span.to() <= report.text.len()).collect();
        names.sort_by_key(|n| n.span);
        Reading { report, parse, stretches, by_start, names }
    }

    /// The sentence that holds byte `at`.
    pub(crate) fn sentence_at(&self, at: usize) -> Option<&'r Sentence> {
        let after =
            self.by_start.partition_point(|&i| self.parse.sentences[i as usize].span.from() <= at);
        let index = *self.by_start.get(after.checked_sub(1)?)?;
        let sentence = &self.parse.sentences[index as usize];
        sentence.span.covers(at).then_some(sentence)
    }

    /// The names that overlap `span`, in text order.
    pub(crate) fn names_in(&self, span: Span) -> impl Iterator<Item = &'r NamedEntity> + '_ {
        // Names hardly ever overlap each other; one step back finds those that begin before.
        let from = self.names.partition_point(|n| n.span.end <= span.start);
        self.names[from.saturating_sub(1)..]
            .iter()
            .copied()
            .take_while(move |n| n.span.start < span.end)
            .filter(move |n| n.span.overlaps(span))
    }

    /// The token of a sentence that overlaps `span` first.
    pub(crate) fn token_over(&self, sentence: &Sentence, span: Span) -> Option<usize> {
        let tokens = self.parse.tokens_of(sentence);
        let at = tokens.partition_point(|t| t.span.end <= span.start);
        tokens.get(at).filter(|t| t.span.overlaps(span)).map(|_| at)
    }

    /// The stretch that holds byte `at`, by index.
    pub(crate) fn stretch_at(&self, at: usize) -> Option<usize> {
        // The title may stand after the blocks in the text; it is the only one out of order.
        let blocks = self.stretches.iter().take_while(|s| s.kind.is_none()).count();
        let after = self.stretches[blocks..].partition_point(|s| s.span.from() <= at);
        let block = after.checked_sub(1).map(|i| i + blocks);
        block
            .filter(|&i| self.stretches[i].span.covers(at))
            .or_else(|| self.stretches[..blocks].iter().position(|s| s.span.covers(at)))
    }

    /// The characters of `span`.
    pub(crate) fn text(&self, span: Span) -> &'r str {
        span.of(&self.report.text)
    }

    /// The characters of a token.
    pub(crate) fn word(&self, token: &Token) -> &'r str {
        self.text(token.span)
    }
}

/// One sentence with its lower-cased words.
pub(crate) struct Line<'r> {
    pub reading: &'r Reading<'r>,
    pub sentence: &'r Sentence,
    pub tokens: &'r [Token],
    pub words: Vec<String>,
}

impl<'r> Line<'r> {
    pub(crate) fn new(reading: &'r Reading<'r>, sentence: &'r Sentence) -> Line<'r> {
        let tokens = reading.parse.tokens_of(sentence);
        let words =
            tokens.iter().map(|t| reading.word(t).to_lowercase().replace('’', "'")).collect();
        Line { reading, sentence, tokens, words }
    }

    /// The lower-cased word `at`, or the empty string outside the sentence.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// Word `at` as written, or the empty string outside the sentence.
    pub(crate) fn text(&self, at: usize) -> &'r str {
        self.tokens.get(at).map_or("", |t| self.reading.word(t))
    }

    /// The tag of word `at`, or the empty string outside the sentence.
    pub(crate) fn tag(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.tag.as_str())
    }

    /// The characters from word `from` to word `to`, the latter left out.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.join(self.tokens[to - 1].span)
    }

    /// The word that begins at or after byte `start`.
    pub(crate) fn at(&self, start: usize) -> usize {
        self.tokens.partition_point(|t| t.span.from() < start)
    }

    /// The first word after byte `end`.
    pub(crate) fn after(&self, end: usize) -> usize {
        self.tokens.partition_point(|t| t.span.to() <= end)
    }
}
