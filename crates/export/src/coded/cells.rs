//! Cells of tab-separated rows.

/// Text that stays in its cell: every run of white space and control characters is one blank, and a
/// double quotation mark is a single one, since readers of such files take it for the start of a
/// quoted cell and read over the end of the row.
pub(crate) fn cell(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => clean.push('\''),
            c if c.is_whitespace() || c.is_control() => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            c => clean.push(c),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// A cell that is a list: the pieces that are not empty, each without the mark that parts them.
pub(crate) fn list_cell<'t>(pieces: impl IntoIterator<Item = &'t str>) -> String {
    let told = pieces.into_iter().map(piece).filter(|text| !text.is_empty());
    told.collect::<Vec<_>>().join("; ")
}

/// A list whose pieces keep their place, empty ones too; empty where all are.
pub(crate) fn aligned_cell<'t>(pieces: impl IntoIterator<Item = &'t str>) -> String {
    let pieces: Vec<String> = pieces.into_iter().map(piece).collect();
    if pieces.iter().all(String::is_empty) { String::new() } else { pieces.join("; ") }
}

fn piece(text: &str) -> String {
    cell(&text.replace([';', '|'], ","))
}

/// One row with its line end.
pub(crate) fn row(cells: &[String]) -> String {
    let mut line = cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join("\t");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell() {
        for (text, want) in [
            ("plain", "plain"),
            (" a\tb\r\nc ", "a b c"),
            ("\u{2028}x\u{85}y\u{0}z\u{b}", "x y z"),
            ("\"quoted", "'quoted"),
            ("no\u{a0}break", "no break"),
            ("", ""),
        ] {
            assert_eq!(cell(text), want);
        }
        assert_eq!(list_cell(["a; b", "", "c|d"]), "a, b; c,d");
        assert_eq!(aligned_cell(["a", "", "c"]), "a; ; c");
        assert_eq!(aligned_cell(["", ""]), "");
        assert_eq!(row(&["a\tb".into(), String::new(), "c\n".into()]), "a b\t\tc\n");
    }
}
