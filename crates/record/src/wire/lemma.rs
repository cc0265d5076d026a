//! Dictionary forms, by how they differ from what is written.

/// How many characters are cut from the end of `written`, and what is put there, to make `form`.
pub(super) fn changed<'f>(written: &str, form: &'f str) -> (usize, &'f str) {
    let same: usize = written
        .chars()
        .zip(form.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    (written[same..].chars().count(), &form[same..])
}

/// What [`changed`] told; `None` where more is to be cut than there is.
pub(super) fn change(written: &str, cut: usize, suffix: &str) -> Option<String> {
    let left = written.chars().count().checked_sub(cut)?;
    Some(written.chars().take(left).chain(suffix.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (written, form, cut, suffix) in [
            ("harbours", "harbour", 1, ""),
            ("struck", "strike", 3, "ike"),
            ("was", "be", 3, "be"),
            ("şırnak", "şırnak", 0, ""),
            ("", "x", 0, "x"),
        ] {
            assert_eq!(changed(written, form), (cut, suffix), "{written}");
            assert_eq!(change(written, cut, suffix).as_deref(), Some(form));
        }
        assert_eq!(change("be", 3, ""), None);
    }
}
