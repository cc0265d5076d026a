//! Reading of the tab-separated tables in `data/`.

/// The rows of a table, without comments and blank lines, each cut at its tabs.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The cell `at` of a row, or the empty string where the row is shorter.
pub(crate) fn cell(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().unwrap_or("")
}
