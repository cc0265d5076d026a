//! One text file or web page: bytes to raw report.

use crate::html_gate::html_shape;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::reports::Captured;
use std::io::{self, Read};
use variorum_model::{RawReport, SourceForm};
use variorum_text::lines::is_blank;
use variorum_text::{Hints, decode};

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
    let decoded = decode(&bytes, Hints { http_charset: None, html: form == SourceForm::Html });
    check_text(&decoded.text, form, limits)?;
    let report = RawReport {
        id: content_id(&bytes),
        path: path.to_owned(),
        form,
        text: decoded.text,
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: decoded.warnings.into_iter().map(str::to_owned).collect(),
    };
    Ok(Captured { report, bytes, row: false })
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
fn read_bounded(
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
    let most = limits.document_bytes;
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
