//! Words of a text, and where they stand.

/// Where the words of a text stand: runs of letters and digits, with hyphens inside; what follows an apostrophe is a
/// word of its own.
pub(crate) fn positions(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() && c != '-' {
            continue;
        }
        match found.last_mut() {
            Some((_, end)) if *end == at => *end = at + c.len_utf8(),
            _ => found.push((at, at + c.len_utf8())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_stand() {
        let text = "Mali’s well-known ally, 2 of them";
        let words: Vec<&str> = positions(text).iter().map(|&(s, e)| &text[s..e]).collect();
        assert_eq!(words, ["Mali", "s", "well-known", "ally", "2", "of", "them"]);
    }
}
