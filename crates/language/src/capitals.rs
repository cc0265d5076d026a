//! How a sentence is capitalised.

/// Whether the words are capitalised as in a headline: nearly all words of four letters and more, and no
/// full stop at the end.
pub(crate) fn is_headline(words: &[&str]) -> bool {
    if words.last().is_some_and(|w| w.ends_with(['.', '”', '"']) && *w != "U.S.") {
        return false;
    }
    let (mut long, mut capital) = (0, 0);
    for w in words.iter().skip(1) {
        if w.len() >= 4 && w.chars().all(char::is_alphabetic) {
            long += 1;
            capital += usize::from(w.starts_with(char::is_uppercase));
        }
    }
    long >= 1 && capital * 10 >= long * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_and_sentences() {
        for (line, want) in [
            ("Ministers Meet in Port City", true),
            ("Ministers meet in port city", false),
            ("The Ministers Met In Port City .", false),
            ("Ministers", false),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(is_headline(&words), want, "{line}");
        }
    }
}
