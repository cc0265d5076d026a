//! Every limit on input, by name.

use serde::{Deserialize, Serialize};

/// What an input may weigh before it is turned away. Every limit that is hit shows as a rejection
/// that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one document (text file or web page), after decompression.
    pub document_bytes: u64,
    /// Bytes that the decompression of one document may give.
    pub decompressed_bytes: u64,
    /// Decompressed bytes for each compressed byte, judged from the first mebibyte on.
    pub decompression_ratio: u64,
    /// Layers of compression around one input, and of archives around one.
    pub nested_archives: usize,
    /// Members of one ZIP or tar archive.
    pub archive_members: usize,
    /// Bytes of the headers of one record of a web archive, or of one response.
    pub header_bytes: usize,
    /// Entries of one feed, addresses of one list of feeds or sitemap.
    pub feed_entries: usize,
    /// Bytes of one line of a plain-text file.
    pub line_bytes: usize,
    /// Bytes of one row of a JSON Lines file.
    pub row_bytes: usize,
    /// Elements of a web page open inside one another. Parsing takes time quadratic in it.
    pub html_depth: usize,
    /// Elements, texts and comments of a web page.
    pub html_nodes: usize,
    /// Attributes of one tag. Parsers compare each with all before it.
    pub html_attributes: usize,
    /// Words and punctuation marks of one text.
    pub tokens: usize,
    /// Seconds that fetching one address may take, body and all.
    pub fetch_seconds: u64,
    /// How often one address may lead on to another.
    pub fetch_hops: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_bytes: 20_000_000,
            decompressed_bytes: 64 << 20,
            decompression_ratio: 200,
            nested_archives: 2,
            archive_members: 50_000,
            header_bytes: 1 << 20,
            feed_entries: 50_000,
            line_bytes: 1 << 20,
            row_bytes: 2 << 20,
            html_depth: 512,
            html_nodes: 500_000,
            html_attributes: 1_000,
            tokens: 200_000,
            fetch_seconds: 30,
            fetch_hops: 5,
        }
    }
}

/// One limit as shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its name in [`Limits`] and in messages.
    pub name: &'static str,
    /// Its value.
    pub value: u64,
    /// What it bounds, and in what unit.
    pub meaning: &'static str,
    /// Code of the rejection when it is hit.
    pub code: &'static str,
}

/// Name of a limit, its value, what it bounds, and the code of the rejection when it is hit.
type Row = (&'static str, fn(&Limits) -> u64, &'static str, &'static str);

/// All limits, in the order in which an input meets them.
const ROWS: [Row; 15] = [
    (
        "nested_archives",
        |l| l.nested_archives as u64,
        "layers of compression around one input, and of archives around one",
        "nested_archives",
    ),
    (
        "archive_members",
        |l| l.archive_members as u64,
        "members of one ZIP or tar archive",
        "too_many_members",
    ),
    (
        "header_bytes",
        |l| l.header_bytes as u64,
        "bytes of the headers of one record of a web archive, or of one response",
        "headers_too_long",
    ),
    (
        "feed_entries",
        |l| l.feed_entries as u64,
        "entries of one feed, addresses of one list of feeds or sitemap",
        "too_many_entries",
    ),
    (
        "decompression_ratio",
        |l| l.decompression_ratio,
        "decompressed bytes for each compressed byte, after the first mebibyte",
        "decompression_limit",
    ),
    (
        "decompressed_bytes",
        |l| l.decompressed_bytes,
        "bytes that decompressing one document may give",
        "decompression_limit",
    ),
    (
        "document_bytes",
        |l| l.document_bytes,
        "bytes of one text file or web page, after decompression",
        "document_too_large",
    ),
    (
        "line_bytes",
        |l| l.line_bytes as u64,
        "bytes of one line of a plain-text file",
        "line_too_long",
    ),
    ("row_bytes", |l| l.row_bytes as u64, "bytes of one row of a JSON Lines file", "row_too_long"),
    (
        "html_depth",
        |l| l.html_depth as u64,
        "elements of a web page open inside one another",
        "too_deep",
    ),
    (
        "html_nodes",
        |l| l.html_nodes as u64,
        "elements, texts and comments of a web page",
        "too_many_nodes",
    ),
    (
        "html_attributes",
        |l| l.html_attributes as u64,
        "attributes of one tag of a web page",
        "too_many_nodes",
    ),
    ("tokens", |l| l.tokens as u64, "words and punctuation marks of one text", "too_many_tokens"),
    (
        "fetch_seconds",
        |l| l.fetch_seconds,
        "seconds that fetching one address may take",
        "fetch_timeout",
    ),
    (
        "fetch_hops",
        |l| u64::from(l.fetch_hops),
        "redirects from one address to another",
        "too_many_redirects",
    ),
];

impl Limits {
    /// All limits, in the order in which an input meets them.
    pub fn table(&self) -> Vec<Limit> {
        let shown =
            |(name, value, meaning, code): Row| Limit { name, value: value(self), meaning, code };
        ROWS.into_iter().map(shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_table_names_every_field_with_its_value() {
        let limits = Limits::default();
        let fields = serde_json::to_value(&limits).unwrap();
        let table: serde_json::Map<_, _> =
            limits.table().into_iter().map(|l| (l.name.to_owned(), l.value.into())).collect();
        assert_eq!(fields, serde_json::Value::Object(table));
    }
}
