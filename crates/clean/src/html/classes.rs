//! What the names, classes and ids of elements say about their part in the page.

use super::page::{Page, flag};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A set of the words of the table, a bit each.
pub(super) type Words = u128;

static TABLE: &str = include_str!("../../../../data/clean_page_classes.tsv");

/// Elements that hold no part of an article unless the bulk of it stands there. The first bits.
const APART_NAMES: [&str; 6] = ["aside", "nav", "footer", "form", "menu", "dialog"];
/// The bit of what is not shown.
const HIDDEN: Words = 1 << APART_NAMES.len();
/// The bit of pictures and their captions.
const FIGURE: Words = HIDDEN << 1;

/// The words by the part they name.
pub(super) struct Vocabulary {
    words: FxHashMap<&'static str, Words>,
    /// Links elsewhere, promotion, tools, reader comments, boxes; also what is not shown.
    pub(super) apart: Words,
    /// Captions and credits of pictures.
    pub(super) caption: Words,
    /// Authors and dates.
    pub(super) byline: Words,
    /// The summary between headline and text.
    pub(super) lead: Words,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut v = Vocabulary {
        words: FxHashMap::default(),
        apart: 2 * HIDDEN - 1,
        caption: FIGURE,
        byline: 0,
        lead: Words::MAX & !(Words::MAX >> 1),
    };
    let mut bit = FIGURE << 1;
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let Some((role, forms)) = line.split_once('\t') else { continue };
        for form in forms.split('|') {
            let mask = match role {
                "apart" => &mut v.apart,
                "caption" => &mut v.caption,
                "byline" => &mut v.byline,
                _ => {
                    // One bit for all words: they only ever add a block.
                    *v.words.entry(form).or_insert(0) |= v.lead;
                    continue;
                }
            };
            *mask |= bit;
            *v.words.entry(form).or_insert(0) |= bit;
            bit = (bit << 1) & (Words::MAX >> 1);
        }
    }
    v
});

/// The words that an element's name, class and id show.
pub(super) fn words_of(page: &Page<'_>, node: u32) -> Words {
    let element = &page.nodes[node as usize];
    let mut words = APART_NAMES.iter().position(|n| *n == element.name).map_or(0, |i| 1 << i);
    if element.flags & flag::HIDDEN != 0 {
        words |= HIDDEN;
    }
    if matches!(element.name, "figure" | "figcaption") {
        words |= FIGURE;
    }
    if !matches!(element.name, "html" | "body") {
        for value in ["class", "id"].into_iter().filter_map(|n| page.raw_attribute(node, n)) {
            words |= words_in(value);
        }
    }
    words
}

fn words_in(value: &str) -> Words {
    // Beyond this the attribute is a list of layout rules, not a name.
    const LONGEST: usize = 400;
    let mut end = value.len().min(LONGEST);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    let known = |word: &str| VOCABULARY.words.get(word).copied().unwrap_or(0);
    let mut words = 0;
    let mut last = String::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in value[..end].chars().chain([' ']) {
        let breaks = !c.is_alphanumeric() || c.is_uppercase() && lower_before;
        if breaks && !word.is_empty() {
            words |= known(&word);
            last.push('+');
            last.push_str(&word);
            words |= known(&last);
            std::mem::swap(&mut last, &mut word);
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            last.clear();
        }
        lower_before = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes_are_read_as_words() {
        let v = &*VOCABULARY;
        let cases = [
            ("c-related-links", v.apart),
            ("articleReadMore", v.apart),
            ("image__caption", v.caption),
            ("article-standfirst", v.lead),
            ("shareholder-value", 0),
            ("unrelated", 0),
            ("read the-more", 0),
        ];
        for (value, part) in cases {
            let words = words_in(value);
            assert_eq!(words != 0, part != 0, "{value}");
            assert_eq!(words & part, words, "{value}");
        }
    }

    #[test]
    fn every_word_has_a_bit_of_its_own() {
        let v = &*VOCABULARY;
        let bits = (v.apart | v.caption | v.byline).count_ones();
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.starts_with("lead"));
        let forms = rows.filter_map(|l| l.split_once('\t')).flat_map(|(_, f)| f.split('|'));
        assert_eq!(bits as usize, forms.count() + APART_NAMES.len() + 2);
    }
}
