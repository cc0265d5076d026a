//! One text file or web page: bytes to raw report.

use crate::gunzip::{Gunzip, MAGIC};
use crate::headers::MediaType;
use crate::html_gate::html_shape;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::reports::Captured;
use crate::sniff::{HEAD, Sniffed, sniff};
use std::io::{self, Read};
use variorum_model::{RawReport, Rejection, SourceForm};
use variorum_text::lines::is_blank;
use variorum_text::{EncodingBasis, Hints, decode};

/// The id of a document: the first 16 hexadecimal digits of the BLAKE3 hash of its bytes.
pub fn content_id(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// A quick count of the words and punctuation marks in `text`: runs of letters and digits, and runs
/// of equal other signs. Meant for limits, not for reading.
pub fn estimate_tokens(text: &str) -> usize {
    let mut tokens = 0;
    let mut before = b' ';
    for &byte in text.as_bytes() {
        let kind = match byte {
            b if b.is_ascii_alphanumeric() || b >= 0x80 => b'a',
            b if b <= b' ' => b' ',
            b => b,
        };
        tokens += usize::from(kind != b' ' && kind != before);
        before = kind;
    }
    tokens
}

/// Reads and decodes one document. `compressed` says that the reader decompresses.
pub(crate) fn read(
    path: &str,
    form: SourceForm,
    reader: &mut dyn Read,
    compressed: bool,
    limits: &Limits,
) -> Result<Captured, Refusal> {
    let line_bytes = if form == SourceForm::PlainText { limits.line_bytes } else { usize::MAX };
    let bytes = read_bounded(reader, line_bytes, compressed, limits)?;
    of_bytes(path, form, bytes, None, limits)
}

/// A page or text that was fetched from the web, now or for an archive.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// Its address.
    pub url: String,
    /// When it was fetched, as written: ISO 8601.
    pub retrieved: Option<String>,
    /// What the server said it is: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// Its bytes, without compression.
    pub bytes: Vec<u8>,
}

/// `bytes` without a layer of gzip, if they have one.
///
/// # Errors
/// Where they are damaged or exceed a limit.
pub fn unpacked(path: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Rejection> {
    if !bytes.starts_with(MAGIC) {
        return Ok(bytes.to_vec());
    }
    let mut reader = Gunzip::new(bytes, limits, Default::default());
    read_bounded(&mut reader, usize::MAX, true, limits).map_err(|refusal| refusal.of(path))
}

/// The raw report of what was fetched, called `path`.
///
/// # Errors
/// Where it is no page or text, or exceeds a limit.
pub fn capture_fetched(
    path: &str,
    fetched: Fetched,
    limits: &Limits,
) -> Result<Captured, Rejection> {
    of_fetched(path, fetched, limits).map_err(|refusal| refusal.of(path))
}

pub(crate) fn of_fetched(
    path: &str,
    fetched: Fetched,
    limits: &Limits,
) -> Result<Captured, Refusal> {
    let Fetched { url, retrieved, content_type, bytes } = fetched;
    let media = MediaType::parse(content_type.as_deref().unwrap_or_default());
    if !media.is_article() {
        let message = format!(
            "what stands at the address is {}: give the address of a page",
            media.essence.chars().take(60).collect::<String>()
        );
        return Err(Refusal::new("not_a_page", message, 0));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let form = match sniff(head, bytes.len() < HEAD, "") {
        Sniffed::Document(SourceForm::Html) => SourceForm::Html,
        Sniffed::Refused(refusal) if refusal.code == "binary" => return Err(refusal),
        _ if media.is_page() => SourceForm::Html,
        _ => SourceForm::PlainText,
    };
    let size = bytes.len() as u64;
    if size > limits.document_bytes {
        return Err(document_too_large(limits.document_bytes));
    }
    if form == SourceForm::PlainText
        && let Some(start) = long_line(&bytes, 0, &mut 0, limits.line_bytes)
    {
        return Err(line_too_long(start, limits.line_bytes));
    }
    let mut captured = of_bytes(path, form, bytes, media.charset.as_deref(), limits)?;
    captured.report.url = Some(url).filter(|url| !url.is_empty());
    captured.retrieved = retrieved;
    Ok(captured)
}

/// The raw report of `bytes`. Where only the server knows their encoding, they are kept in UTF-8, so that they can be
/// read again by themselves.
fn of_bytes(
    path: &str,
    form: SourceForm,
    mut bytes: Vec<u8>,
    charset: Option<&str>,
    limits: &Limits,
) -> Result<Captured, Refusal> {
    let html = form == SourceForm::Html;
    let mut decoded = decode(&bytes, Hints { http_charset: charset, html });
    check_text(&decoded.text, form, limits)?;
    let id = content_id(&bytes);
    let own = Hints { http_charset: None, html };
    if decoded.basis == EncodingBasis::Http && decode(&bytes, own).text != decoded.text {
        decoded.text.insert(0, '\u{FEFF}');
        bytes = decoded.text.clone().into_bytes();
        decoded.warnings.push("kept_as_utf8");
    }
    let report = RawReport {
        id,
        path: path.to_owned(),
        form,
        text: decoded.text,
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: decoded.warnings.into_iter().map(str::to_owned).collect(),
    };
    Ok(Captured { report, bytes, row: false, retrieved: None })
}

/// Whether `bytes` are text of some kind, as against pictures or compressed data.
pub(crate) fn says_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    // A character cut by the end of the head is none the worse for it.
    let utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    utf8 && !matches!(sniff(head, false, ""), Sniffed::Refused(_))
        || memchr::memmem::find(&head.to_ascii_lowercase(), b"<html").is_some()
}

/// Refuses decoded text that says nothing or that later stages could not read in bounded time.
pub(crate) fn check_text(text: &str, form: SourceForm, limits: &Limits) -> Result<(), Refusal> {
    if text.chars().all(is_blank) {
        let message = "there is no text in the input: give a file with a report in it";
        return Err(Refusal::new("empty", message, 0));
    }
    if form == SourceForm::Html {
        return check_shape(text, limits);
    }
    let tokens = estimate_tokens(text);
    if tokens > limits.tokens {
        let message = format!(
            "the text has about {tokens} words (limit tokens, {}): give one report a file, or split it",
            limits.tokens
        );
        return Err(Refusal::new("too_many_tokens", message, 0));
    }
    Ok(())
}

fn check_shape(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let Some((limit, byte)) = html_shape(text.as_bytes(), limits).over else { return Ok(()) };
    let (code, what) = match limit {
        "html_depth" => ("too_deep", format!("nests more than {} elements", limits.html_depth)),
        "html_nodes" => ("too_many_nodes", format!("has more than {} nodes", limits.html_nodes)),
        _ => {
            let most = limits.html_attributes;
            ("too_many_nodes", format!("has a tag with more than {most} attributes"))
        }
    };
    let message = format!("the page {what} (limit {limit}): save the article's text and give that");
    Err(Refusal::new(code, message, byte as u64))
}

/// All bytes of `reader`, in memory bounded by the document limit; a line that is too long stops it
/// at once.
pub(crate) fn read_bounded(
    reader: &mut dyn Read,
    line_bytes: usize,
    compressed: bool,
    limits: &Limits,
) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut line_start = 0usize;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = read_some(reader, &mut chunk)?;
        if read == 0 {
            return Ok(bytes);
        }
        let before = bytes.len();
        bytes.extend_from_slice(&chunk[..read]);
        if let Some(start) = long_line(&bytes, before, &mut line_start, line_bytes) {
            return Err(line_too_long(start, line_bytes));
        }
        if bytes.len() as u64 > limits.document_bytes {
            drop(bytes);
            return Err(too_large(reader, &mut chunk, before + read, compressed, limits));
        }
    }
}

/// Where a line longer than `most` starts, looking only at what was read after byte `from`.
fn long_line(bytes: &[u8], from: usize, line_start: &mut usize, most: usize) -> Option<usize> {
    for end in memchr::memchr2_iter(b'\n', b'\r', &bytes[from..]).map(|at| from + at) {
        if end - *line_start > most {
            return Some(*line_start);
        }
        *line_start = end + 1;
    }
    (bytes.len() - *line_start > most).then_some(*line_start)
}

fn line_too_long(start: usize, most: usize) -> Refusal {
    let message = format!(
        "a line is longer than {most} bytes (limit line_bytes): break the text into lines or give \
         the original page"
    );
    Refusal::new("line_too_long", message, start as u64)
}

/// Tells a large document from compressed data that never ends, by reading on without keeping.
fn too_large(
    reader: &mut dyn Read,
    chunk: &mut [u8],
    mut seen: usize,
    compressed: bool,
    limits: &Limits,
) -> Refusal {
    while compressed && seen as u64 <= limits.decompressed_bytes {
        match read_some(reader, chunk) {
            Ok(0) => break,
            Ok(read) => seen += read,
            Err(error) => return error.into(),
        }
    }
    if compressed && seen as u64 > limits.decompressed_bytes {
        return never_ends(limits.decompressed_bytes);
    }
    document_too_large(limits.document_bytes)
}

pub(crate) fn document_too_large(most: u64) -> Refusal {
    let message = format!(
        "the document is larger than {most} bytes (limit document_bytes): \
         give one report a file, or split it"
    );
    Refusal::new("document_too_large", message, most)
}

/// Compressed input that gives more than `most` bytes.
pub(crate) fn never_ends(most: u64) -> Refusal {
    let message = format!(
        "decompression gives more than {most} bytes (limit decompressed_bytes): \
         give one report a file, or decompress it yourself if you trust it"
    );
    Refusal::new("decompression_limit", message, most)
}

fn read_some(reader: &mut dyn Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(chunk) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::estimate_tokens;

    #[test]
    fn tokens() {
        let table = [("", 0), ("two words", 2), ("Well, yes.", 4), ("a----b", 3), ("Тегеран ж", 2)];
        for (text, count) in table {
            assert_eq!(estimate_tokens(text), count, "{text}");
        }
    }
}
