//! Numbers written in digits or words.

use crate::tables::{cell, rows};
use crate::words::Word;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

#[derive(Default)]
struct Lexicon {
    unit: FxHashMap<&'static str, f64>,
    ten: FxHashMap<&'static str, f64>,
    scale: FxHashMap<&'static str, f64>,
    dozen: FxHashMap<&'static str, f64>,
    vague: FxHashMap<&'static str, f64>,
    suffix: FxHashMap<&'static str, f64>,
    ordinal: FxHashMap<&'static str, f64>,
    fraction: FxHashMap<&'static str, f64>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for row in rows(include_str!("../../../data/annotate_numbers.tsv")) {
        let Ok(value) = cell(&row, 2).parse::<f64>() else { continue };
        let map = match cell(&row, 1) {
            "unit" => &mut lexicon.unit,
            "ten" => &mut lexicon.ten,
            "scale" => &mut lexicon.scale,
            "dozen" => &mut lexicon.dozen,
            "vague" => &mut lexicon.vague,
            "suffix" => &mut lexicon.suffix,
            "ordinal" => &mut lexicon.ordinal,
            _ => &mut lexicon.fraction,
        };
        map.insert(cell(&row, 0), value);
    }
    lexicon
});

/// How sharply a number is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharpness {
    /// A number.
    Exact,
    /// "dozens", "several": only a lowest value is known.
    Vague,
    /// "half", "two thirds".
    Fraction,
}

/// A number read from words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value; the lowest value for a vague one.
    pub value: f64,
    /// How sharply it is stated.
    pub sharpness: Sharpness,
    /// One past its last word.
    pub end: usize,
}

fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

fn glued_dash(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "-" | "‑" | "‐"))
        && words.get(at + 1).is_some_and(|w| w.glued)
}

/// The value of a run of digits with separators, if it has one: "1,900,000", "5.6", "400.000"
/// (grouped by threes that end in zeros, as written on the European mainland).
pub(crate) fn digits_value(written: &str) -> Option<f64> {
    let groups = |mark: char| {
        let mut parts = written.split(mark);
        let first = parts.next().unwrap_or("");
        let mut rest = 0;
        let fits = (1..=3).contains(&first.len())
            && parts.all(|p| {
                rest += 1;
                p.len() == 3
            });
        fits && rest > 0
    };
    let plain: String = if written.contains(',') {
        let whole = written.split('.').next().unwrap_or("");
        let grouped = whole.split(',').skip(1).all(|p| p.len() == 3 || p.len() == 2)
            && whole.rsplit(',').next().is_some_and(|p| p.len() == 3);
        if !grouped || written.matches('.').count() > 1 {
            return None;
        }
        written.replace(',', "")
    } else if written.matches('.').count() > 1 {
        if !groups('.') {
            return None;
        }
        written.replace('.', "")
    } else if groups('.') && written.ends_with("000") && !written.starts_with('0') {
        written.replace('.', "")
    } else {
        written.to_owned()
    };
    plain.parse::<f64>().ok().filter(|v| v.is_finite())
}

/// The number that begins at word `at`, if one does.
pub(crate) fn number(words: &[Word<'_>], at: usize) -> Option<Number> {
    let word = words.get(at)?;
    if word.is_number() {
        return digits(words, at);
    }
    let name = word.lower.as_str();
    if name == "a" || name == "an" {
        return counted_article(words, at);
    }
    if name == "half" {
        return half(words, at);
    }
    if let Some(&value) = LEXICON.vague.get(name) {
        return Some(vague(words, at, value));
    }
    if LEXICON.unit.contains_key(name) || LEXICON.ten.contains_key(name) {
        return spelled(words, at);
    }
    None
}

/// A number in digits, with a scale word or letter after it, or a fraction ("2 1/2").
fn digits(words: &[Word<'_>], at: usize) -> Option<Number> {
    let mut value = digits_value(&words[at].lower)?;
    let mut end = at + 1;
    // "200 000": groups of three set apart by spaces, told from two numbers by the zeros.
    while words[at].lower.len() <= 3
        && (1.0..1e9).contains(&value)
        && words.get(end).is_some_and(|w| !w.glued && w.lower == "000")
    {
        value *= 1000.0;
        end += 1;
    }
    let slash = |i: usize| {
        lower(words, i + 1) == "/"
            && words.get(i).and_then(Word::integer).is_some()
            && words.get(i + 2).and_then(Word::integer).is_some_and(|d| (2..=10).contains(&d))
    };
    if value.fract() == 0.0 && words.get(end).is_some_and(|w| !w.glued) && slash(end) {
        let top = f64::from(words[end].integer()?);
        let bottom = f64::from(words[end + 2].integer()?);
        if top < bottom {
            value += top / bottom;
            end += 3;
        }
    }
    if let Some(&scale) =
        words.get(end).filter(|w| w.glued).and_then(|w| LEXICON.suffix.get(w.lower.as_str()))
    {
        let next_glued = words.get(end + 1).is_some_and(|w| w.glued && w.is_word());
        if !next_glued {
            return Some(Number {
                value: value * scale,
                sharpness: Sharpness::Exact,
                end: end + 1,
            });
        }
    }
    let (value, end) = scaled(words, end, value);
    value.is_finite().then_some(Number { value, sharpness: Sharpness::Exact, end })
}

/// Multiplies by the scale words that follow ("5 hundred thousand", "1.9-million").
fn scaled(words: &[Word<'_>], mut end: usize, mut value: f64) -> (f64, usize) {
    for _ in 0..2 {
        let dash = usize::from(glued_dash(words, end));
        match LEXICON.scale.get(lower(words, end + dash)) {
            Some(&scale) => {
                value *= scale;
                end += dash + 1;
            }
            None => break,
        }
    }
    if LEXICON.dozen.get(lower(words, end)) == Some(&12.0) {
        value *= 12.0;
        end += 1;
    }
    (value, end)
}

/// A cardinal in words: "twenty-one", "three hundred and five thousand".
fn spelled(words: &[Word<'_>], at: usize) -> Option<Number> {
    let (mut total, mut current) = (0.0, 0.0);
    let mut end = at;
    let mut last_unit = false;
    // A number has at most a dozen words; the bound keeps long rows of number words cheap.
    for _ in 0..16 {
        let mut next = end;
        let linked = glued_dash(words, next) || lower(words, next) == "and" && current >= 100.0;
        next += usize::from(end > at && linked);
        let name = lower(words, next);
        if let Some(&v) = LEXICON.unit.get(name) {
            if last_unit {
                break;
            }
            current += v;
            last_unit = true;
        } else if let Some(&v) = LEXICON.ten.get(name) {
            if last_unit || current % 100.0 != 0.0 {
                break;
            }
            current += v;
        } else if let Some(&v) = LEXICON.scale.get(name) {
            if v == 100.0 {
                current = f64::max(current, 1.0) * v;
            } else {
                total += f64::max(current, 1.0) * v;
                current = 0.0;
            }
            last_unit = false;
        } else {
            break;
        }
        end = next + 1;
    }
    if end == at {
        return None;
    }
    let mut value = total + current;
    if LEXICON.dozen.get(lower(words, end)) == Some(&12.0) {
        value *= 12.0;
        end += 1;
    }
    // "two thirds", "three-quarters"
    let dash = usize::from(glued_dash(words, end));
    if let Some(&part) = LEXICON.fraction.get(lower(words, end + dash)) {
        let name = lower(words, end + dash);
        let plural = name.ends_with('s');
        let of = matches!(lower(words, end + dash + 1), "of");
        if (plural && value > 1.0 || value == 1.0 && name != "half") && value * part < 1.0 && of {
            return Some(Number {
                value: value * part,
                sharpness: Sharpness::Fraction,
                end: end + dash + 1,
            });
        }
    }
    // "two and a half"
    if lower(words, end) == "and" && lower(words, end + 1) == "a" && lower(words, end + 2) == "half"
    {
        value += 0.5;
        end += 3;
        let (v, e) = scaled(words, end, value);
        return Some(Number { value: v, sharpness: Sharpness::Exact, end: e });
    }
    Some(Number { value, sharpness: Sharpness::Exact, end })
}

/// "a hundred", "a dozen", "a couple of", "a few", "a third of".
fn counted_article(words: &[Word<'_>], at: usize) -> Option<Number> {
    let name = lower(words, at + 1);
    if let Some(&scale) = LEXICON.scale.get(name) {
        let (value, end) = scaled(words, at + 2, scale);
        return Some(Number { value, sharpness: Sharpness::Exact, end });
    }
    if let Some(&value) = LEXICON.dozen.get(name) {
        let of = usize::from(lower(words, at + 2) == "of");
        if (name == "couple" || name == "pair" || name == "score") && of == 0 {
            // "a couple died", "a score was settled" count nothing
            let next = words.get(at + 2);
            if name != "couple" || !next.is_some_and(|w| w.is_word()) {
                return None;
            }
        }
        return Some(Number { value, sharpness: Sharpness::Exact, end: at + 2 + of });
    }
    if name == "few" {
        return Some(vague(words, at + 1, 3.0));
    }
    // "a quarter of a million"
    if let (Some(&part), true) = (
        LEXICON.fraction.get(name),
        lower(words, at + 2) == "of" && matches!(lower(words, at + 3), "a" | "one"),
    ) && let Some(&scale) = LEXICON.scale.get(lower(words, at + 4))
    {
        return Some(Number { value: part * scale, sharpness: Sharpness::Exact, end: at + 5 });
    }
    if let Some(&value) = LEXICON.fraction.get(name)
        && name != "quarters"
        && lower(words, at + 2) == "of"
    {
        return Some(Number { value, sharpness: Sharpness::Fraction, end: at + 2 });
    }
    None
}

/// "half a million", "half of", "half the".
fn half(words: &[Word<'_>], at: usize) -> Option<Number> {
    let article = usize::from(matches!(lower(words, at + 1), "a" | "an"));
    let dash = usize::from(glued_dash(words, at + 1));
    let name = lower(words, at + 1 + article + dash);
    if article + dash > 0
        && let Some(&scale) = LEXICON.scale.get(name).or_else(|| LEXICON.dozen.get(name))
    {
        return Some(Number {
            value: scale / 2.0,
            sharpness: Sharpness::Exact,
            end: at + 2 + article + dash,
        });
    }
    matches!(lower(words, at + 1), "of" | "the" | "its" | "their" | "his").then_some(Number {
        value: 0.5,
        sharpness: Sharpness::Fraction,
        end: at + 1,
    })
}

/// "hundreds of", "tens of thousands of", "several hundred", "a few dozen".
fn vague(words: &[Word<'_>], at: usize, value: f64) -> Number {
    let mut end = at + 1;
    let mut value = value;
    if lower(words, end) == "of"
        && let Some(&scale) = LEXICON.vague.get(lower(words, end + 1))
        && matches!(scale as u64, 2000 | 2_000_000)
    {
        value = value * scale / 2.0;
        end += 2;
    } else {
        let (v, e) = scaled(words, end, value);
        (value, end) = (v, e);
    }
    Number { value, sharpness: Sharpness::Vague, end }
}

/// The ordinal that begins at word `at` ("ninth", "9th", "twenty-first") and one past its end.
pub(crate) fn ordinal(words: &[Word<'_>], at: usize) -> Option<(u32, usize)> {
    let word = words.get(at)?;
    if let Some(n) = word.integer() {
        let next = words.get(at + 1)?;
        return (next.glued && matches!(next.lower.as_str(), "st" | "nd" | "rd" | "th"))
            .then_some((n, at + 2));
    }
    if let Some(&v) = LEXICON.ordinal.get(word.lower.as_str()) {
        return Some((v as u32, at + 1));
    }
    let ten = *LEXICON.ten.get(word.lower.as_str())?;
    if !glued_dash(words, at + 1) {
        return None;
    }
    let unit = *LEXICON.ordinal.get(lower(words, at + 2))?;
    (unit < 10.0).then_some(((ten + unit) as u32, at + 3))
}

/// A small number in words below one hundred ("ninety-six"), as in spoken years, and its end.
pub(crate) fn spoken_below_hundred(words: &[Word<'_>], at: usize) -> Option<(u32, usize)> {
    let name = lower(words, at);
    if let Some(&v) = LEXICON.unit.get(name) {
        return Some((v as u32, at + 1));
    }
    let ten = *LEXICON.ten.get(name)?;
    let dash = usize::from(glued_dash(words, at + 1));
    match LEXICON.unit.get(lower(words, at + 1 + dash)) {
        Some(&v) if (1.0..10.0).contains(&v) => Some(((ten + v) as u32, at + 2 + dash)),
        _ => Some((ten as u32, at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;
    use variorum_model::Span;

    #[test]
    fn numbers_are_read_with_their_extent() {
        for (text, value, rest) in [
            ("400,000 people", 400_000.0, "people"),
            ("1.9 million others", 1_900_000.0, "others"),
            ("0.4m people", 400_000.0, "people"),
            ("4 lakh", 400_000.0, ""),
            ("400.000 people", 400_000.0, "people"),
            ("5.125 metres", 5.125, "metres"),
            ("twenty-one men", 21.0, "men"),
            ("three hundred and five thousand", 305_000.0, ""),
            ("a hundred men", 100.0, "men"),
            ("two dozen men", 24.0, "men"),
            ("a score of men", 20.0, "men"),
            ("200 000 men", 200_000.0, "men"),
            ("a quarter of a million men", 250_000.0, "men"),
            ("half a million men", 500_000.0, "men"),
            ("two thirds of them", 2.0 / 3.0, "of them"),
            ("half of them", 0.5, "of them"),
            ("tens of thousands of men", 20_000.0, "of men"),
            ("hundreds of thousands of men", 200_000.0, "of men"),
            ("several hundred men", 300.0, "men"),
            ("2 1/2 years", 2.5, "years"),
            ("two and a half years", 2.5, "years"),
            ("8m", 8e6, ""),
            ("8mm", 8.0, "mm"),
            ("10,00 men", f64::NAN, ""),
        ] {
            let list = words(text, Span::new(0, text.len()));
            let found = number(&list, 0);
            if value.is_nan() {
                assert_eq!(found, None, "{text:?}");
                continue;
            }
            let found = found.unwrap_or_else(|| panic!("nothing in {text:?}"));
            let left = list.get(found.end).map_or("", |w| &text[w.span.from()..]);
            assert!((found.value - value).abs() < 1e-6, "{text:?}: {found:?}");
            assert_eq!(left, rest, "{text:?}");
        }
    }

    #[test]
    fn a_number_beyond_all_bounds_is_no_number() {
        let text = "9".repeat(400);
        assert_eq!(number(&words(&text, Span::new(0, text.len())), 0), None);
    }
}
