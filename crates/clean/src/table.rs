//! Reading the data tables: tab-separated rows, `#` comment lines.

/// The rows of a table, each split at its tabs. Comment lines (`# …`) and empty lines are skipped.
pub(crate) fn rows(tsv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    tsv.lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .map(|line| line.split('\t').collect())
}

/// The parts of a cell that holds several forms: `a|b|c`.
pub(crate) fn forms(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').map(str::trim).filter(|form| !form.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_skipped_and_cells_split() {
        let read: Vec<_> = rows("# a note\none\ttwo|three\n\n#tag\tx\n").collect();
        assert_eq!(read, [vec!["one", "two|three"], vec!["#tag", "x"]]);
        assert_eq!(forms(" two| three|").collect::<Vec<_>>(), ["two", "three"]);
    }
}
