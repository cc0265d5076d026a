//! What an input is, judged by its first bytes and only then by its name.

use crate::archive::ZIP;
use crate::refusal::Refusal;
use variorum_model::SourceForm;

/// How an input is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// One document.
    Document(SourceForm),
    /// Reports or files, one after the other.
    Container(Container),
    /// Not a report.
    Refused(Refusal),
}

/// What holds several reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// JSON Lines: one row a line.
    Rows,
    /// A web archive.
    Warc,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
}

/// How many bytes of an input are looked at.
pub(crate) const HEAD: usize = 16 * 1024;

/// Judges `head`, the first [`HEAD`] bytes of the input called `name`; `whole` when there are no more.
pub(crate) fn sniff(head: &[u8], whole: bool, name: &str) -> Sniffed {
    if let Some(archive) = archive(head) {
        return Sniffed::Container(archive);
    }
    if let Some(refusal) = refuse_binary(head) {
        return Sniffed::Refused(refusal);
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let extension = extension(name);
    if let Some(container) = text_container(start) {
        return container;
    }
    if is_html(start) {
        return Sniffed::Document(SourceForm::Html);
    }
    if matches!(&*extension, "jsonl" | "ndjson") || is_rows(start, whole) {
        return Sniffed::Container(Container::Rows);
    }
    if is_json_feed(start) {
        return Sniffed::Container(Container::Feed);
    }
    if extension == "json" && matches!(start.first(), Some(b'{' | b'[')) {
        return Sniffed::Refused(Refusal::new(
            "unsupported_format",
            "the file is one JSON value over several lines: write one object a line \
             (`jq -c '.[]'`) and call the file .jsonl",
            0,
        ));
    }
    if matches!(&*extension, "html" | "htm" | "xhtml" | "shtml") {
        return Sniffed::Document(SourceForm::Html);
    }
    Sniffed::Document(SourceForm::PlainText)
}

/// The last extension of `name` in lower case, `.gz` aside.
fn extension(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let name = lower.strip_suffix(".gz").unwrap_or(&lower);
    name.rsplit_once('.').map(|(_, e)| e.to_owned()).unwrap_or_default()
}

const ARCHIVE: &str = "unpack it and give the files in it";
const DOCUMENT: &str = "save it as plain text or as a web page";
const EXTRACT: &str = "give the text or the web page itself";

/// `(offset, bytes, what it is, what to do)`; the code is `unsupported_container` for [`ARCHIVE`].
const SIGNATURES: &[(usize, &[u8], &str, &str)] = &[
    (0, b"\x89PNG\r\n\x1A\n", "a PNG picture", EXTRACT),
    (0, b"\xFF\xD8\xFF", "a JPEG picture", EXTRACT),
    (0, b"GIF8", "a GIF picture", EXTRACT),
    (0, b"II*\0", "a TIFF picture", EXTRACT),
    (0, b"MM\0*", "a TIFF picture", EXTRACT),
    (8, b"WEBP", "a WebP picture", EXTRACT),
    (8, b"WAVE", "a sound recording", EXTRACT),
    (0, b"ID3", "a sound recording", EXTRACT),
    (0, b"OggS", "a sound recording", EXTRACT),
    (4, b"ftyp", "a film", EXTRACT),
    (0, b"\x1A\x45\xDF\xA3", "a film", EXTRACT),
    (0, b"%PDF-", "a PDF file", "extract its text (`pdftotext FILE`) and give that"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document", DOCUMENT),
    (0, b"{\\rtf", "a Rich Text document", DOCUMENT),
    (0, b"\x7FELF", "a program", EXTRACT),
    (0, b"\xCF\xFA\xED\xFE", "a program", EXTRACT),
    (0, b"\xCA\xFE\xBA\xBE", "a program", EXTRACT),
    (0, b"\0asm", "a program", EXTRACT),
    (0, b"SQLite format 3\0", "an SQLite database", "export its texts as JSON Lines"),
    (0, b"PAR1", "a Parquet table", "export its texts as JSON Lines"),
    (0, b"PK\x05\x06", "an empty ZIP archive", ARCHIVE),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive", ARCHIVE),
    (0, b"Rar!\x1A\x07", "a RAR archive", ARCHIVE),
    (0, b"BZh", "bzip2 data", ARCHIVE),
    (0, b"\xFD7zXZ\0", "xz data", ARCHIVE),
    (0, b"\x28\xB5\x2F\xFD", "zstd data", ARCHIVE),
];

fn refuse_binary(head: &[u8]) -> Option<Refusal> {
    for &(at, bytes, what, remedy) in SIGNATURES {
        if head.get(at..).is_some_and(|rest| rest.starts_with(bytes)) {
            let code = if remedy == ARCHIVE { "unsupported_container" } else { "binary" };
            // Letters alone may open a text ("BZh…", "ID3 …"): then bytes of no text must follow.
            let letters = bytes.iter().all(u8::is_ascii_alphanumeric);
            if letters && !has_binary_bytes(head) {
                continue;
            }
            return Some(Refusal::new(code, format!("the input is {what}: {remedy}"), at as u64));
        }
    }
    if head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF") {
        let message = "the text is in UTF-32: save it as UTF-8";
        return Some(Refusal::new("unsupported_encoding", message, 0));
    }
    let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if !wide && is_mostly_binary(head) {
        let byte = head.iter().position(|&b| is_no_text(b)).unwrap_or(0) as u64;
        let message = "the input is not text: give a text file or a web page \
                       (text in UTF-16 needs a byte order mark)";
        return Some(Refusal::new("binary", message, byte));
    }
    None
}

fn is_no_text(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)
}

fn has_binary_bytes(head: &[u8]) -> bool {
    head.iter().any(|&b| is_no_text(b) || b >= 0xF8)
}

/// More than one byte in twenty is a control that no text uses. A stray NUL in a page passes.
fn is_mostly_binary(head: &[u8]) -> bool {
    head.iter().filter(|&&b| is_no_text(b)).count() * 20 > head.len()
}

/// Archives of files.
fn archive(head: &[u8]) -> Option<Container> {
    if head.starts_with(ZIP) {
        return Some(Container::Zip);
    }
    let tar = head.get(257..).is_some_and(|rest| rest.starts_with(b"ustar"));
    tar.then_some(Container::Tar)
}

/// Containers that are text themselves.
fn text_container(start: &[u8]) -> Option<Sniffed> {
    if start.starts_with(b"WARC/0.") || start.starts_with(b"WARC/1.") {
        return Some(Sniffed::Container(Container::Warc));
    }
    let root = root_element(start)?;
    let list = |what: &str| {
        let message = format!(
            "the input is {what}, which lists addresses and holds no report: give its own address \
             to `variorum watch`"
        );
        Some(Sniffed::Refused(Refusal::new("unsupported_container", message, 0)))
    };
    match &*root {
        "rss" | "feed" | "rdf:rdf" => return Some(Sniffed::Container(Container::Feed)),
        "opml" => return list("a list of feeds (OPML)"),
        "urlset" | "sitemapindex" => return list("a sitemap"),
        _ => {}
    }
    if start.starts_with(b"<?xml") && root != "html" && !KNOWN_TAGS.contains(&&*root) {
        let message = format!(
            "the input is an XML document of kind <{root}>, which this version does not read: \
             give its text"
        );
        return Some(Sniffed::Refused(Refusal::new("unsupported_format", message, 0)));
    }
    None
}

/// Whether the input is one JSON object that names the JSON Feed format near its start.
fn is_json_feed(start: &[u8]) -> bool {
    let near = &start[..start.len().min(2048)];
    near.starts_with(b"{") && memchr::memmem::find(near, b"jsonfeed.org/version").is_some()
}

/// Name of the first element of a document in lower case.
pub(crate) fn root_of(bytes: &[u8]) -> Option<String> {
    root_element(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start())
}

/// Name of the first element in lower case, after declarations and comments.
fn root_element(start: &[u8]) -> Option<String> {
    let mut rest = start;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        let skip: &[u8] = match rest {
            [b'!', b'-', b'-', ..] => b"-->",
            [b'?', ..] => b"?>",
            [b'!', ..] => b">",
            _ => break,
        };
        let end = memchr::memmem::find(rest, skip)?;
        rest = &rest[end + skip.len()..];
    }
    let length = rest.iter().position(|&b| !is_name_byte(b)).unwrap_or(rest.len());
    let name = &rest[..length];
    (name.first()?.is_ascii_alphabetic() && length < 100)
        .then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.')
}

/// Elements with which a page or a piece of one begins.
const KNOWN_TAGS: &[&str] = &[
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "base",
    "div",
    "span",
    "p",
    "br",
    "hr",
    "table",
    "ul",
    "ol",
    "li",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "font",
    "center",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "img",
    "iframe",
    "form",
    "blockquote",
    "pre",
    "svg",
    "noscript",
];

/// Whether the input begins as a web page does, or holds the skeleton of one near its start (servers
/// print warnings before pages).
fn is_html(start: &[u8]) -> bool {
    if start.len() > 9 && start[..9].eq_ignore_ascii_case(b"<!doctype") {
        let name = start[9..].trim_ascii_start();
        return name.len() < 4 || name[..4].eq_ignore_ascii_case(b"html");
    }
    if root_element(start).is_some_and(|root| KNOWN_TAGS.contains(&&*root)) {
        return true;
    }
    let near = start[..start.len().min(4096)].to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&near, tag).is_some();
    (has(b"<html") || has(b"<!doctype html")) && (has(b"<head") || has(b"<body"))
}

/// Whether most lines of the head are JSON objects.
fn is_rows(start: &[u8], whole: bool) -> bool {
    let (mut objects, mut others) = (0, 0);
    let mut lines = start.split(|&b| b == b'\n').peekable();
    while let Some(line) = lines.next() {
        let cut_off = lines.peek().is_none() && !whole;
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if looks_like_object(line, cut_off) {
            objects += 1;
        } else if !cut_off {
            others += 1;
        }
    }
    objects > 0 && objects >= others
}

fn looks_like_object(line: &[u8], cut_off: bool) -> bool {
    let Some(inside) = line.strip_prefix(b"{") else { return false };
    matches!(inside.trim_ascii_start().first(), Some(b'"' | b'}'))
        && (cut_off || line.ends_with(b"}"))
}

#[cfg(test)]
mod tests {
    use super::{Container, Sniffed, sniff};
    use variorum_model::SourceForm::{Html, PlainText};

    fn code(head: &[u8], name: &str) -> String {
        match sniff(head, true, name) {
            Sniffed::Document(form) => format!("{form:?}"),
            Sniffed::Container(container) => format!("{container:?}"),
            Sniffed::Refused(refusal) => refusal.code.to_owned(),
        }
    }

    #[test]
    fn content_comes_before_the_name() {
        let mut tar = vec![b'a'; 257];
        tar.extend(b"ustar\0");
        let table: &[(&[u8], &str, &str)] = &[
            (b"A plain report.\n", "a.txt", "PlainText"),
            (b"A plain report.\n", "a", "PlainText"),
            (b"No tags at all", "a.html", "Html"),
            (b"No tags at all", "a.HTM.gz", "Html"),
            (b"<!DOCTYPE html><p>x", "a.txt", "Html"),
            (b"\xEF\xBB\xBF\n <html lang=en>", "a.txt", "Html"),
            (b"<!-- saved --><body>", "-", "Html"),
            (b"<?xml version='1.0'?><!DOCTYPE html><html>", "-", "Html"),
            (b"<ul><li>x", "-", "Html"),
            (b"Warning: oh\n<html><head>", "-", "Html"),
            (b"<Agency> reports from the <html> desk", "a.txt", "PlainText"),
            (b"5 < 6 and <b>bold</b>", "a.txt", "PlainText"),
            (b"{\"id\":\"1\",\"text\":\"x\"}\n", "-", "Rows"),
            (b"\n{ \"text\": NaN}\n{\"text\":\"x\"}", "rows.txt", "Rows"),
            (b"[[[[[[", "a.jsonl", "Rows"),
            (b"[[[[[[", "-", "PlainText"),
            (b"", "a.ndjson", "Rows"),
            (b"{\"@context\":1}\nThe mayor said\nthat the road\n", "a.txt", "PlainText"),
            (b"[\n{\"text\":1}]", "a.json", "unsupported_format"),
            (b"{\n \"text\": \"x\"\n}", "a.json", "unsupported_format"),
            (b"{\"text\":\"x\"}\n{\"text\":\"y\"}", "a.json", "Rows"),
            (b"WARC/1.0\r\nWARC-Type: response", "a.txt", "Warc"),
            (b"<?xml version='1.0'?>\n<rss version='2.0'>", "-", "Feed"),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a.html", "Feed"),
            (b"{\n\"version\": \"https://jsonfeed.org/version/1.1\",\n", "a.json", "Feed"),
            (b"<?xml version='1.0'?><opml version='2.0'>", "a.xml", "unsupported_container"),
            (b"<urlset xmlns='x'>", "a.xml", "unsupported_container"),
            (b"<sitemapindex>", "a.xml", "unsupported_container"),
            (b"<?xml version='1.0'?><nitf>", "a.xml", "unsupported_format"),
            (b"PK\x03\x04\x14\0", "a.docx", "Zip"),
            (&tar, "a.tar", "Tar"),
            (b"BZh91AY&SY\x01\x02", "a.bz2", "unsupported_container"),
            (b"BZhang wrote to the council", "a.txt", "PlainText"),
            (b"\x89PNG\r\n\x1A\n\0\0", "a.txt", "binary"),
            (b"\xFF\xD8\xFF\xE0\0", "a.txt", "binary"),
            (b"%PDF-1.7\n", "a.txt", "binary"),
            (b"\x7FELF\x02\x01", "a", "binary"),
            (b"a\0b\0c\0", "a.txt", "binary"),
            (b"\xFF\xFEa\0b\0", "a.txt", "PlainText"),
            (b"\xFF\xFE\0\0a\0\0\0", "a.txt", "unsupported_encoding"),
            (b"one NUL \0 in a long enough stretch of plain text", "a.txt", "PlainText"),
        ];
        for (head, name, expected) in table {
            let shown = String::from_utf8_lossy(head);
            assert_eq!(code(head, name), *expected, "{shown:?} called {name}");
        }
    }

    #[test]
    fn a_row_longer_than_the_head_is_still_a_row() {
        let head = b"{\"id\":\"1\",\"text\":\"a long text that goes on";
        assert_eq!(sniff(head, false, "-"), Sniffed::Container(Container::Rows));
        assert_eq!(sniff(head, true, "-"), Sniffed::Document(PlainText));
        assert_eq!(sniff(b"<p>", false, "-"), Sniffed::Document(Html));
    }
}
