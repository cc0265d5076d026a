//! Where the words of a text begin and end: most spans begin and end there too.

/// First and end byte of each run of letters and digits and of each other sign that is no blank.
#[derive(Debug)]
pub(super) struct Words {
    bounds: Vec<(u32, u32)>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let mut bounds: Vec<(u32, u32)> = Vec::new();
        let mut open = false;
        for (at, c) in text.char_indices() {
            let (at, end) = (at as u32, (at + c.len_utf8()) as u32);
            let is_word = c.is_alphanumeric();
            match bounds.last_mut() {
                Some(last) if is_word && open => last.1 = end,
                _ if !c.is_whitespace() => bounds.push((at, end)),
                _ => {}
            }
            open = is_word;
        }
        Words { bounds }
    }

    /// The word that begins at a byte.
    pub(super) fn from(&self, byte: usize) -> Option<usize> {
        self.bounds.binary_search_by_key(&byte, |w| w.0 as usize).ok()
    }

    /// The word that ends at a byte.
    pub(super) fn to(&self, byte: usize) -> Option<usize> {
        self.bounds.binary_search_by_key(&byte, |w| w.1 as usize).ok()
    }

    /// The first word that begins at a byte or behind it.
    pub(super) fn near(&self, byte: usize) -> usize {
        self.bounds.partition_point(|w| (w.0 as usize) < byte)
    }

    /// First and end byte of a word and `more` behind it.
    pub(super) fn between(&self, first: u64, more: u64) -> Option<(usize, usize)> {
        let last = first.checked_add(more)?;
        let (first, last) = (usize::try_from(first).ok()?, usize::try_from(last).ok()?);
        Some((self.bounds.get(first)?.0 as usize, self.bounds.get(last)?.1 as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs() {
        let text = "Şırnak’s 3.5m ‘roads’\n no";
        let words = Words::of(text);
        let all: Vec<&str> =
            words.bounds.iter().map(|&(a, b)| &text[a as usize..b as usize]).collect();
        assert_eq!(all, ["Şırnak", "’", "s", "3", ".", "5m", "‘", "roads", "’", "no"]);
        assert_eq!(words.from(0), Some(0));
        assert_eq!(words.to(text.len()), Some(9));
        assert_eq!(words.between(8, 1), Some((text.len() - 7, text.len())));
        assert_eq!(words.between(9, 1), None);
        assert_eq!(words.between(u64::MAX, 1), None);
    }
}
