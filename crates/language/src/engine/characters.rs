//! Sets of characters, as the exporter measured them in Python's Unicode tables.

use super::weights::{LoadError, Manifest};

/// A set of characters: a bit for each ASCII character, sorted ranges for the others.
#[derive(Debug)]
pub(crate) struct CharacterSet {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl CharacterSet {
    /// From a flat list of first and last code points.
    pub(crate) fn new(flat: &[u32]) -> CharacterSet {
        let ranges: Vec<(u32, u32)> =
            flat.as_chunks::<2>().0.iter().map(|&[a, b]| (a, b)).collect();
        let inside = |p: u32| ranges.iter().any(|&(a, b)| a <= p && p <= b);
        let ascii = (0..128).filter(|&p| inside(p)).fold(0, |bits, p| bits | 1u128 << p);
        CharacterSet { ascii, ranges }
    }

    /// Whether `c` is in the set.
    #[inline]
    pub(crate) fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        let point = c as u32;
        let after = self.ranges.partition_point(|&(first, _)| first <= point);
        after > 0 && self.ranges[after - 1].1 >= point
    }
}

/// The character sets that tokenizer, features and lemmatizer ask for.
#[derive(Debug)]
pub(crate) struct Characters {
    /// Letters of the tokenizer's scripts, and their lower- and upper-case members; scripts
    /// without case are in both.
    pub(crate) alpha: CharacterSet,
    pub(crate) alpha_lower: CharacterSet,
    pub(crate) alpha_upper: CharacterSet,
    pub(crate) quotes: CharacterSet,
    pub(crate) icons: CharacterSet,
    /// What may stand before a full stop that is split off.
    pub(crate) before_full_stop: CharacterSet,
    pub(crate) space: CharacterSet,
    /// Letters, capitals and digits of Unicode, as Python sees them.
    pub(crate) letter: CharacterSet,
    pub(crate) upper: CharacterSet,
    pub(crate) digit: CharacterSet,
    pub(crate) decimal: CharacterSet,
    /// What may stand in a URL's scheme beside `+-.`.
    pub(crate) word: CharacterSet,
}

impl Characters {
    pub(crate) fn load(manifest: &Manifest) -> Result<Characters, LoadError> {
        let set = |name: &str| match manifest.classes.get(name) {
            Some(flat) => Ok(CharacterSet::new(flat)),
            None => Err(LoadError::Manifest(format!("no character class {name}"))),
        };
        Ok(Characters {
            alpha: set("alpha")?,
            alpha_lower: set("alpha_lower")?,
            alpha_upper: set("alpha_upper")?,
            quotes: set("quotes")?,
            icons: set("icons")?,
            before_full_stop: set("before_full_stop")?,
            space: set("space")?,
            letter: set("letter")?,
            upper: set("upper")?,
            digit: set("digit")?,
            decimal: set("decimal")?,
            word: set("word")?,
        })
    }
}

#[cfg(test)]
impl Characters {
    /// Character sets that are enough for the examples of the tests.
    pub(crate) fn sample() -> Characters {
        let set = CharacterSet::new;
        let letters = [65, 90, 97, 122, 0xc0, 0x17f];
        Characters {
            alpha: set(&letters),
            alpha_lower: set(&[97, 122, 0xdf, 0xff]),
            alpha_upper: set(&[65, 90]),
            quotes: set(&[34, 34, 39, 39]),
            icons: set(&[0xb0, 0xb0]),
            before_full_stop: set(&[37, 37, 48, 57, 97, 122]),
            space: set(&[9, 13, 32, 32]),
            letter: set(&letters),
            upper: set(&[65, 90]),
            digit: set(&[48, 57]),
            decimal: set(&[48, 57]),
            word: set(&[48, 57, 65, 90, 95, 95, 97, 122]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn membership() {
        let set = CharacterSet::new(&[48, 57, 0x410, 0x44f, 0x10ffff, 0x10ffff]);
        for (c, inside) in [
            ('0', true),
            ('9', true),
            ('a', false),
            ('я', true),
            ('ё', false),
            ('\u{10ffff}', true),
        ] {
            assert_eq!(set.contains(c), inside, "{c}");
        }
    }
}
