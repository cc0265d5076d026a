//! Reports made of the sentences of others, with what is planted in them.
//!
//! An event is told with half the sentences of one article and some of another; its copies lose sentences, its
//! excerpts keep the first, its rewordings have words put for others of their class, and another telling has
//! the other half. Names and a third of the words are others in each event, so that two events made of one
//! article are two. Annotations move with their sentences, so that a made report counts as read.

use std::collections::HashMap;
use variorum_model::{
    Annotations, Basis, Block, BlockKind, Codings, Outlet, Published, Quotation, ReadReport,
    Report, Span, Title,
};

/// Events that begin on one day.
const EVENTS_A_DAY: usize = 10;
/// One word in this many is put for another in a rewording.
const REWORDED: u64 = 6;
/// One word in this many is another in each event, and one name in [`RENAMED`].
const CHANGED: u64 = 3;
const RENAMED: u64 = 2;

/// How a made report came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The first telling.
    Original,
    /// The first telling without its last sentences.
    Copy,
    /// The first sentences of the first telling.
    Excerpt,
    /// The first telling with some words put for others.
    Reworded,
    /// Another telling, with no sentence of the first.
    Other,
}

/// A made report.
pub(crate) struct Made {
    pub(crate) read: ReadReport,
    pub(crate) event: usize,
    pub(crate) kind: Kind,
}

/// A number that follows from a seed (Steele, Lea and Flood 2014).
fn draw(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One of a number of things, by event, report and what is drawn.
fn pick(seed: u64, event: usize, what: u64, of: usize) -> usize {
    (draw(draw(seed ^ draw(event as u64)) ^ what) % of.max(1) as u64) as usize
}

/// Words of one class, alike in use, and the class of each.
pub(crate) struct Classes {
    members: HashMap<&'static str, Vec<&'static str>>,
    class: HashMap<&'static str, &'static str>,
}

impl Classes {
    pub(crate) fn load() -> Classes {
        let (mut members, mut class) = (HashMap::<_, Vec<_>>::new(), HashMap::new());
        let table = include_str!("../../../../data/word_clusters.tsv");
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if let [word, _, _, group] = cells[..] {
                members.entry(group).or_default().push(word);
                class.insert(word, group);
            }
        }
        Classes { members, class }
    }

    fn other(&self, word: &str, by: u64) -> Option<&'static str> {
        let members = &self.members[self.class.get(word)?];
        let other = members[(by % members.len() as u64) as usize];
        (other != word).then_some(other)
    }
}

/// What made reports are made of.
pub(crate) struct Recombined {
    pub(crate) articles: Vec<ReadReport>,
    pub(crate) classes: Classes,
    pub(crate) seed: u64,
    /// Words that begin with a capital inside sentences.
    names: Vec<String>,
    /// Event and kind of each report.
    plan: Vec<(usize, Kind, usize)>,
}

impl Recombined {
    pub(crate) fn new(
        articles: Vec<ReadReport>,
        seed: u64,
        reports: usize,
        size: usize,
    ) -> Recombined {
        let mut plan = Vec::with_capacity(reports);
        let mut event = 0;
        while plan.len() < reports {
            // Half of all events have one or two reports, the others up to twice the size asked for.
            let small = pick(seed, event, 1, 2) == 0 && size < 100;
            let count = if small {
                1 + pick(seed, event, 2, 2)
            } else {
                size / 2 + pick(seed, event, 3, size + size / 2)
            };
            for n in 0..count.min(reports - plan.len()) {
                let kind = match pick(seed, event, 100 + n as u64, 8) {
                    _ if n == 0 => Kind::Original,
                    0 | 1 => Kind::Copy,
                    2 => Kind::Excerpt,
                    3 => Kind::Reworded,
                    _ => Kind::Other,
                };
                plan.push((event, kind, n));
            }
            event += 1;
        }
        let mut names: Vec<String> = articles
            .iter()
            .flat_map(|read| read.annotations.mentions.iter().map(|m| m.head.of(&read.report.text)))
            .filter(|name| {
                name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic)
            })
            .map(str::to_owned)
            .collect();
        names.sort();
        names.dedup();
        Recombined { articles, classes: Classes::load(), seed, names, plan }
    }

    pub(crate) fn len(&self) -> usize {
        self.plan.len()
    }

    pub(crate) fn make(&self, number: usize) -> Made {
        let (event, kind, n) = self.plan[number];
        let article = |what| &self.articles[pick(self.seed, event, what, self.articles.len())];
        let (main, aside) = (article(10), article(11));
        let odd = kind == Kind::Other;
        let mut pieces = half(main, odd);
        // Each telling leaves out sentences of its own.
        if odd && pieces.len() > 4 {
            pieces.remove(pick(self.seed, event, 200 + n as u64, pieces.len()));
        }
        pieces.extend(half(aside, odd).into_iter().take(2));
        match kind {
            Kind::Copy => pieces.truncate((pieces.len() * 4 / 5).max(2)),
            Kind::Excerpt => pieces.truncate((pieces.len() / 2).max(2)),
            _ => {}
        }
        let reword = (kind == Kind::Reworded).then(|| draw(self.seed ^ number as u64));
        let mut read = self.report(&pieces, event, reword);
        read.report.id = format!("r{number:06}");
        read.report.path = format!("made:{}", number + 1);
        let outlet = format!("Outlet {}", 1 + (n * 7 + event) % 60);
        read.report.outlet = Some(Outlet { name: outlet, basis: Basis::Metadata, span: None });
        let late = if n == 0 { 0 } else { pick(self.seed, event, 300 + n as u64, 3) };
        read.report.published = published((event / EVENTS_A_DAY + late) as i64);
        // A headline of the first words of its own.
        let value = first_words(&read.report.text);
        read.report.title = Some(Title { value, span: None });
        Made { read, event, kind }
    }

    /// The word that an event has for a word.
    fn word<'a>(&'a self, word: &'a str, event: usize) -> &'a str {
        let letters = word.bytes().fold(0u64, |hash, b| draw(hash ^ u64::from(b)));
        let by = draw(letters ^ draw(self.seed ^ event as u64));
        if word.len() > 3 && word.starts_with(char::is_uppercase) && by.is_multiple_of(RENAMED) {
            return &self.names[(by >> 8) as usize % self.names.len()];
        }
        let changed =
            by.is_multiple_of(CHANGED).then(|| self.classes.other(word, by >> 8)).flatten();
        changed.unwrap_or(word)
    }

    /// A report of these sentences, each a paragraph.
    fn report(&self, pieces: &[Piece<'_>], event: usize, reword: Option<u64>) -> ReadReport {
        let (mut text, mut body) = (String::new(), Vec::new());
        let mut annotations = Annotations::default();
        for piece in pieces {
            let start = text.len();
            let source = piece.span.of(&piece.read.report.text);
            // Where each byte that begins or ends a word has come to stand.
            let mut moved: HashMap<usize, usize> = HashMap::new();
            for (at, word) in words(source) {
                let length = word.len();
                let by = reword.map(|seed| draw(seed ^ (at + piece.span.from()) as u64));
                let word = self.word(word, event);
                let other = by.filter(|by| by % REWORDED == 0);
                let other = other.and_then(|by| self.classes.other(word, by >> 8));
                moved.insert(piece.span.from() + at, text.len());
                text.push_str(other.unwrap_or(word));
                moved.insert(piece.span.from() + at + length, text.len());
            }
            let span = Span::new(start, text.len());
            body.push(Block { kind: BlockKind::Paragraph, span });
            annotations.sentences.push(span);
            piece.annotate(&moved, &mut annotations);
            text.push_str("\n\n");
        }
        let report = Report { body, text, ..Report::of_lines("", "") };
        ReadReport { report, annotations, codings: Codings::default() }
    }
}

/// A sentence of an article.
struct Piece<'r> {
    read: &'r ReadReport,
    span: Span,
}

impl Piece<'_> {
    fn annotate(&self, moved: &HashMap<usize, usize>, annotations: &mut Annotations) {
        let shift =
            |span: Span| Some(Span::new(*moved.get(&span.from())?, *moved.get(&span.to())?));
        for mention in self.read.annotations.mentions.iter().filter(|m| self.span.contains(m.span))
        {
            if let (Some(span), Some(head)) = (shift(mention.span), shift(mention.head)) {
                let title = mention.title.and_then(shift);
                annotations.mentions.push(variorum_model::Mention {
                    span,
                    head,
                    title,
                    ..mention.clone()
                });
            }
        }
        for quotation in
            self.read.annotations.quotations.iter().filter(|q| self.span.contains(q.span))
        {
            if let Some(span) = shift(quotation.span) {
                let cue = quotation.cue.and_then(shift);
                let source = quotation.source.and_then(shift);
                annotations.quotations.push(Quotation {
                    span,
                    cue,
                    source,
                    speaker: None,
                    ..quotation.clone()
                });
            }
        }
    }
}

/// The sentences of an article that have an even number, or an odd one.
fn half(read: &ReadReport, odd: bool) -> Vec<Piece<'_>> {
    let in_body = |span: &Span| read.report.body.iter().any(|b| b.span.contains(*span));
    let sentences = read.annotations.sentences.iter().copied().filter(in_body);
    let wanted = sentences.enumerate().filter(|(i, _)| (i % 2 == 1) == odd);
    wanted.map(|(_, span)| Piece { read, span }).collect()
}

/// Words and what stands between them, with where each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    let is_word = |c: char| c.is_alphanumeric();
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| b != is_word(c)) {
            found.push((from, &text[from..at]));
            from = at;
        }
        before = Some(is_word(c));
    }
    found.push((from, &text[from..]));
    found
}

fn first_words(text: &str) -> String {
    text.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}

fn published(day: i64) -> Option<Published> {
    let day =
        jiff::civil::Date::constant(2010, 1, 1).checked_add(jiff::Span::new().days(day)).ok()?;
    Some(Published::on(day, Basis::Metadata))
}
