//! Part-of-speech tags: chances of each word's tags from the lexicon or its form, and the likeliest
//! sequence under a trigram model of tags (Viterbi; as in Brants, TnT, 2000).

use super::lexicon::Lexicon;
use super::tags::Tag;
use compact_str::CompactString;

/// How a sentence is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// As running text.
    Sentence,
    /// Nearly every word begins with a capital, or is all capitals.
    Headline,
}

/// Whether the words are capitalised as in a headline: nearly all words of four letters and more,
/// and no full stop at the end.
pub(crate) fn case_of(words: &[&str]) -> Case {
    if words.last().is_some_and(|w| w.ends_with(['.', '”', '"']) && *w != "U.S.") {
        return Case::Sentence;
    }
    let (mut long, mut capital) = (0, 0);
    for w in words.iter().skip(1) {
        if w.len() >= 4 && w.chars().all(char::is_alphabetic) {
            long += 1;
            capital += usize::from(w.starts_with(char::is_uppercase));
        }
    }
    if long >= 1 && capital * 10 >= long * 7 { Case::Headline } else { Case::Sentence }
}

const MOST: usize = 6;

/// Tags rarer than this gain nothing more by being rare.
const RAREST: f32 = 0.003;

/// Up to [`MOST`] tags of a word with log scores.
#[derive(Clone, Copy)]
struct Choices {
    items: [(Tag, f32); MOST],
    len: usize,
}

impl Choices {
    fn new() -> Choices {
        Choices { items: [(Tag::NN, 0.0); MOST], len: 0 }
    }

    fn one(tag: Tag) -> Choices {
        let mut c = Choices::new();
        c.add(tag, 1.0);
        c
    }

    /// Adds a tag with its chance; chances of one tag add up.
    fn add(&mut self, tag: Tag, chance: f32) {
        if chance <= 0.0 {
            return;
        }
        if let Some(item) = self.items[..self.len].iter_mut().find(|i| i.0 == tag) {
            item.1 += chance;
        } else if self.len < MOST {
            self.items[self.len] = (tag, chance);
            self.len += 1;
        }
    }

    fn add_all(&mut self, chances: &[(Tag, f32)], weight: f32) {
        for &(tag, chance) in chances {
            self.add(tag, chance * weight);
        }
    }

    fn slice(&self) -> &[(Tag, f32)] {
        &self.items[..self.len]
    }
}

/// The tags of a sentence's words; `lower` holds them in lower case.
pub(crate) fn tag(lexicon: &Lexicon, words: &[&str], lower: &[CompactString]) -> Vec<Tag> {
    let case = case_of(words);
    let mut choices: Vec<Choices> = Vec::with_capacity(words.len());
    let mut open_quote = false;
    for i in 0..words.len() {
        let mut c = choose(lexicon, words, lower, i, case, &mut open_quote);
        for item in &mut c.items[..c.len] {
            item.1 = (item.1.max(1e-4) / lexicon.prior(item.0).max(RAREST)).ln();
        }
        choices.push(c);
    }
    let mut tags = best_path(lexicon, &choices);
    repair(lexicon, lower, &mut tags);
    tags
}

/// Verbs that take a bare infinitive.
const BARE: [&str; 12] =
    ["do", "does", "did", "help", "helped", "let", "make", "made", "makes", "see", "saw", "watch"];

/// Mends verb forms that look alike, from the words before them.
fn repair(lexicon: &Lexicon, lower: &[CompactString], tags: &mut [Tag]) {
    for i in 1..tags.len() {
        let mut k = i - 1;
        while k > 0 && tags[k].is_adverb() {
            k -= 1;
        }
        let may = |tag: Tag| lexicon.tags(&lower[i]).is_none_or(|t| t.iter().any(|c| c.0 == tag));
        let auxiliary =
            matches!(lexicon.verb_base(&lower[k]), Some("have" | "be")) && tags[k].is_verb();
        match tags[i] {
            Tag::VBD if auxiliary && may(Tag::VBN) => tags[i] = Tag::VBN,
            Tag::VBN if tags[k] == Tag::PRP && may(Tag::VBD) && !inverted(lexicon, lower, k) => {
                tags[i] = Tag::VBD
            }
            Tag::VB
                if matches!(
                    tags[k],
                    Tag::NNS | Tag::NNPS | Tag::PRP | Tag::VBD | Tag::WDT | Tag::WP
                ) && may(Tag::VBP) =>
            {
                let from = k.saturating_sub(8);
                let bare = lower[from..=k]
                    .iter()
                    .zip(&tags[from..=k])
                    .any(|(w, t)| *t == Tag::MD || BARE.contains(&w.as_str()));
                if !bare {
                    tags[i] = Tag::VBP;
                }
            }
            // "none of that": no relative pronoun stands after a preposition as "that".
            Tag::WDT if lower[i] == "that" && tags[i - 1] == Tag::IN => tags[i] = Tag::DT,
            _ => {}
        }
    }
}

/// "has he left": an auxiliary before the pronoun at `k`.
fn inverted(lexicon: &Lexicon, lower: &[CompactString], k: usize) -> bool {
    k > 0 && matches!(lexicon.verb_base(&lower[k - 1]), Some("have" | "be"))
}

/// The likeliest tags, given each word's choices.
fn best_path(lexicon: &Lexicon, choices: &[Choices]) -> Vec<Tag> {
    let n = choices.len();
    // Cell (j, k): best score of a path whose last two tags are choice j of the word before and
    // choice k of this one; `back` holds the choice two words before.
    let mut score = [[f32::NEG_INFINITY; MOST]; MOST];
    score[0][0] = 0.0;
    let mut back = vec![[[0u8; MOST]; MOST]; n];
    let start = Choices::one(Tag::START);
    for i in 0..n {
        let before2 = if i >= 2 { &choices[i - 2] } else { &start };
        let before = if i >= 1 { &choices[i - 1] } else { &start };
        let mut next = [[f32::NEG_INFINITY; MOST]; MOST];
        for (k, &(c, emission)) in choices[i].slice().iter().enumerate() {
            for (j, &(b, _)) in before.slice().iter().enumerate() {
                let (mut best, mut from) = (f32::NEG_INFINITY, 0);
                for (h, &(a, _)) in before2.slice().iter().enumerate() {
                    let s = score[h][j] + lexicon.transition(a, b, c);
                    if s > best {
                        (best, from) = (s, h as u8);
                    }
                }
                next[j][k] = best + emission;
                back[i][j][k] = from;
            }
        }
        score = next;
    }
    let (mut j, mut k, mut best) = (0, 0, f32::NEG_INFINITY);
    for (a, row) in score.iter().enumerate() {
        for (b, &s) in row.iter().enumerate() {
            if s > best {
                (j, k, best) = (a, b, s);
            }
        }
    }
    let mut out = vec![Tag::NN; n];
    for i in (0..n).rev() {
        out[i] = choices[i].items[k].0;
        (j, k) = (back[i][j][k] as usize, j);
    }
    out
}

fn choose(
    lexicon: &Lexicon,
    words: &[&str],
    lower: &[CompactString],
    i: usize,
    case: Case,
    open_quote: &mut bool,
) -> Choices {
    let word = words[i];
    let Some(first) = word.chars().next() else { return Choices::one(Tag::XX) };
    if !first.is_alphanumeric()
        && let Some(c) = sign(word, words, i, open_quote)
    {
        return c;
    }
    if word.contains(|c: char| c.is_ascii_digit()) {
        return number(word);
    }
    if first.is_uppercase() {
        return capital(lexicon, word, &lower[i], i == 0 || after_opening(words, i), case);
    }
    match lexicon.tags(word).or_else(|| lexicon.tags(&lower[i])) {
        Some(chances) => {
            let mut c = Choices::new();
            c.add_all(chances, 1.0);
            c
        }
        None => unknown(lexicon, &lower[i]),
    }
}

fn after_opening(words: &[&str], i: usize) -> bool {
    matches!(words[i - 1], "“" | "\"" | "‘" | "'" | "(" | ":" | "•" | "-" | "–" | "—" | "." | "*")
}

fn sign(word: &str, words: &[&str], i: usize, open_quote: &mut bool) -> Option<Choices> {
    let tag = match word {
        "," => Tag::COMMA,
        "." | "!" | "?" => Tag::STOP,
        ":" | ";" | "…" | "--" | "–" | "—" => Tag::COLON,
        "(" | "[" | "{" => Tag::OPEN,
        ")" | "]" | "}" => Tag::CLOSE,
        "“" | "„" | "«" => Tag::QUOTE,
        "”" | "»" => Tag::UNQUOTE,
        "\"" => {
            *open_quote = !*open_quote;
            if *open_quote { Tag::QUOTE } else { Tag::UNQUOTE }
        }
        "-" => {
            let joined =
                i > 0 && i + 1 < words.len() && is_joined(words[i - 1], word, words[i + 1]);
            if joined { Tag::HYPH } else { Tag::COLON }
        }
        "/" => Tag::SYM,
        "%" => Tag::NN,
        "&" => Tag::CC,
        "‘" => Tag::QUOTE,
        "'" | "’" => {
            let mut c = Choices::new();
            let plural = i > 0 && words[i - 1].ends_with(['s', 'S']);
            c.add(Tag::POS, if plural { 0.7 } else { 0.1 });
            c.add(Tag::UNQUOTE, 0.25);
            c.add(Tag::QUOTE, 0.05);
            return Some(c);
        }
        _ if word.starts_with(['$', '£', '€', '¥', '₹', '₽', '₪']) => Tag::DOLLAR,
        _ if word.starts_with("..") => Tag::COLON,
        _ if word.starts_with(['\'', '’']) => return None,
        _ if word.chars().any(char::is_alphanumeric) => return None,
        _ => Tag::NFP,
    };
    Some(Choices::one(tag))
}

/// Whether the three stand without space between them in the text.
fn is_joined(a: &str, b: &str, c: &str) -> bool {
    let end = |w: &str| w.as_ptr() as usize + w.len();
    end(a) == b.as_ptr() as usize && end(b) == c.as_ptr() as usize
}

fn number(word: &str) -> Choices {
    let mut c = Choices::new();
    let digits =
        word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '/' | '-'));
    if digits {
        c.add(Tag::CD, 1.0);
    } else if ["st", "nd", "rd", "th"].iter().any(|e| word.ends_with(e)) {
        c.add(Tag::JJ, 0.75);
        c.add(Tag::NN, 0.25);
    } else if word.ends_with('s') && word.starts_with(|c: char| c.is_ascii_digit()) {
        c.add(Tag::NNS, 0.9);
        c.add(Tag::CD, 0.1);
    } else if word.starts_with(|c: char| c.is_uppercase()) {
        c.add(Tag::NNP, 0.9);
        c.add(Tag::NN, 0.1);
    } else if word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('-') {
        c.add(Tag::JJ, 0.9);
        c.add(Tag::NN, 0.1);
    } else {
        c.add(Tag::CD, 0.5);
        c.add(Tag::NN, 0.3);
        c.add(Tag::JJ, 0.2);
    }
    c
}

fn capital(lexicon: &Lexicon, word: &str, lower: &str, first: bool, case: Case) -> Choices {
    let mut c = Choices::new();
    let own = lexicon.tags(word);
    let small = lexicon.tags(lower);
    let shouted = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    match (own, small) {
        (Some(own), Some(small)) if first || case == Case::Headline => {
            // "May", "US", "IS": as often written so as in lower case.
            let names: f32 = own.iter().filter(|t| t.0.is_name()).map(|t| t.1).sum();
            let weight = if shouted && case == Case::Sentence { 0.2 } else { 0.6 };
            c.add_all(small, weight);
            c.add_all(own, if names > 0.5 { 1.0 - weight } else { 0.3 });
        }
        (Some(own), _) => c.add_all(own, 1.0),
        (None, Some(small)) if first || case == Case::Headline => {
            // Verbs are seldom names, nouns and adjectives often part of them.
            let noun = small.first().is_some_and(|t| t.0.is_noun() || t.0.is_adjective());
            let names = match case {
                Case::Headline if noun => 0.3,
                Case::Headline => 0.05,
                Case::Sentence => 0.12,
            };
            c.add_all(small, 1.0 - names);
            c.add(Tag::NNP, names);
        }
        (None, Some(small)) => {
            c.add(Tag::NNP, 0.93);
            let plural = small.iter().any(|t| t.0 == Tag::NNS && t.1 > 0.5);
            c.add(Tag::NNPS, if plural { 0.3 } else { 0.0 });
            c.add_all(small, 0.04);
        }
        (None, None) => {
            let demonym =
                ["ian", "ese", "ish", "ani", "iote"].iter().any(|e| lower.ends_with(e)) && !shouted;
            c.add(Tag::NNP, if demonym { 0.7 } else { 0.97 });
            c.add(Tag::JJ, if demonym { 0.3 } else { 0.01 });
            if lower.ends_with('s') && !shouted {
                c.add(Tag::NNPS, 0.1);
            }
            if first {
                c.add_all(unknown(lexicon, lower).slice(), 0.15);
            }
        }
    }
    c
}

/// Tags of an unknown lower-case word, from its ending.
fn unknown(lexicon: &Lexicon, lower: &str) -> Choices {
    let mut c = Choices::new();
    if lower.len() <= 2 && lower.chars().all(|c| !c.is_alphanumeric()) {
        return Choices::one(Tag::NFP);
    }
    match lexicon.ending_tags(lower) {
        Some(chances) => c.add_all(chances, 1.0),
        None => {
            c.add(Tag::NN, 0.6);
            c.add(Tag::JJ, 0.15);
            c.add(Tag::NNP, 0.1);
            c.add(Tag::VB, 0.1);
            c.add(Tag::NNS, 0.05);
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let lower: Vec<CompactString> =
            words.iter().map(|w| CompactString::from(w.to_lowercase())).collect();
        let tags: Vec<&str> =
            tag(&Lexicon::load(), &words, &lower).iter().map(|t| t.name()).collect();
        assert_eq!(tags.join(" "), expected, "{text}");
    }

    #[test]
    fn tags_follow_the_words_and_their_neighbours() {
        check("The minister met Orlo in Varna on Monday .", "DT NN VBD NNP IN NNP IN NNP .");
        check("They plan to attack the base .", "PRP VBP TO VB DT NN .");
        check("The attack was repelled by rebels .", "DT NN VBD VBN IN NNS .");
        check("He has recently visited it .", "PRP VBZ RB VBN PRP .");
        check("Lenora 's 40 soldiers fled", "NNP POS CD NNS VBD");
    }
}
