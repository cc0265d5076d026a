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
    /// What those apart are listed as where they were left out.
    pub(super) kinds: Vec<(&'static str, Words)>,
    /// Captions and credits of pictures.
    pub(super) caption: Words,
    /// Authors and dates.
    pub(super) byline: Words,
    /// The summary between headline and text.
    pub(super) lead: Words,
    /// Of those apart, the words of readers.
    pub(super) comment: Words,
    /// What holds the text of an article.
    pub(super) body: Words,
    /// The line over a headline.
    pub(super) kicker: Words,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut v = Vocabulary {
        words: FxHashMap::default(),
        apart: 2 * HIDDEN - 1,
        kinds: Vec::new(),
        caption: FIGURE,
        comment: 0,
        byline: 0,
        lead: Words::MAX & !(Words::MAX >> 1),
        body: (Words::MAX >> 1) & !(Words::MAX >> 2),
        kicker: (Words::MAX >> 2) & !(Words::MAX >> 3),
    };
    let mut bit = FIGURE << 1;
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let Some((role, forms)) = line.split_once('\t') else { continue };
        let (role, kind) = role.split_once(':').unwrap_or((role, ""));
        let from = bit;
        for form in forms.split('|') {
            let mask = match role {
                "apart" => &mut v.apart,
                "caption" => &mut v.caption,
                "byline" => &mut v.byline,
                // One bit for all words of these: none is ever without meaning.
                "kicker" => {
                    *v.words.entry(form).or_insert(0) |= v.kicker;
                    continue;
                }
                "body" => {
                    *v.words.entry(form).or_insert(0) |= v.body;
                    continue;
                }
                _ => {
                    *v.words.entry(form).or_insert(0) |= v.lead;
                    continue;
                }
            };
            *mask |= bit;
            *v.words.entry(form).or_insert(0) |= bit;
            bit = (bit << 1) & (Words::MAX >> 3);
        }
        if role == "apart" {
            let own = (bit - 1) & !(from - 1);
            v.kinds.push((kind, own));
            if kind == "comments" {
                v.comment |= own;
            }
        }
    }
    v
});

/// What a part is listed as whose words are `words`, if they tell that it stands apart.
pub(super) fn kind_of(words: Words) -> Option<&'static str> {
    if words & HIDDEN != 0 {
        return Some("hidden");
    }
    let named = VOCABULARY.kinds.iter().find(|(_, own)| words & own != 0);
    // `aside` says less than a class beside it.
    named.map(|k| k.0).or_else(|| {
        let name = APART_NAMES.iter().enumerate().find(|(i, _)| words & 1 << i != 0)?.1;
        Some(match *name {
            "footer" => "site_notice",
            "form" | "dialog" | "aside" => "box",
            _ => "navigation",
        })
    })
}

/// Words of the classes and ids read so far: a page writes few of them many times.
pub(super) type Known<'p> = FxHashMap<&'p str, Words>;

/// The words that an element's name, class and id show.
pub(super) fn words_of<'p>(page: &Page<'p>, node: u32, known: &mut Known<'p>) -> Words {
    let element = &page.nodes[node as usize];
    let mut words = APART_NAMES.iter().position(|n| *n == element.name).map_or(0, |i| 1 << i);
    if element.flags & flag::HIDDEN != 0 {
        words |= HIDDEN;
    }
    if matches!(element.name, "figure" | "figcaption") {
        words |= FIGURE;
    }
    if page.raw_attribute(node, "itemprop").is_some_and(is_body) {
        words |= VOCABULARY.body;
    }
    if !matches!(element.name, "html" | "body") {
        if let Some(class) = page.raw_attribute(node, "class") {
            words |= *known
                .entry(class)
                .or_insert_with(|| words_in(class) | if is_hidden(class) { HIDDEN } else { 0 });
        }
        words |= page.raw_attribute(node, "id").map_or(0, words_in);
    }
    words
}

/// Whether a microdata property is the text of an article.
fn is_body(property: &str) -> bool {
    property.split_whitespace().any(|w| {
        let word = w.rsplit([':', '/']).next().unwrap_or(w);
        word.eq_ignore_ascii_case("articleBody")
    })
}

/// Whether a list of classes takes its element off the screen, on screens of all sizes.
fn is_hidden(classes: &str) -> bool {
    const HIDING: [&str; 7] = [
        "hidden",
        "is-hidden",
        "d-none",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
    ];
    const SHOWING: [&str; 5] = ["block", "flex", "grid", "inline", "table"];
    let mut hides = false;
    for class in classes.split_ascii_whitespace() {
        // `md:block` and `d-md-block` show it again where there is room.
        if class.contains([':', '-']) && SHOWING.iter().any(|s| class.contains(s)) {
            return false;
        }
        hides |= HIDING.contains(&class);
    }
    hides
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
        let rows = TABLE
            .lines()
            .filter(|l| !["#", "lead", "body", "kicker"].iter().any(|r| l.starts_with(r)));
        let forms = rows.filter_map(|l| l.split_once('\t')).flat_map(|(_, f)| f.split('|'));
        assert_eq!(bits as usize, forms.count() + APART_NAMES.len() + 2);
    }
}
