//! A response of a web server as an archive keeps it: head, body, and what the body is packed in.

use crate::document::{read_bounded, says_text};
use crate::gunzip::{Gunzip, MAGIC};
use crate::headers::Headers;
use crate::limits::Limits;
use crate::refusal::Refusal;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// A response whose head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Response<'b> {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// The body as it was sent.
    pub(crate) body: &'b [u8],
}

impl<'b> Response<'b> {
    /// Parts `message`; `None` if it does not begin as a response does.
    pub(crate) fn parse(message: &'b [u8]) -> Option<Response<'b>> {
        let rest = message.strip_prefix(b"HTTP/")?;
        let line = rest.split(|&b| b == b'\n').next()?;
        let mut words = line.split(|&b| b == b' ').filter(|w| !w.is_empty());
        words.next()?;
        let status = std::str::from_utf8(words.next()?.trim_ascii()).ok()?.parse().ok()?;
        let after = &rest[(line.len() + 1).min(rest.len())..];
        let (head, body) = part(after);
        Some(Response { status, headers: Headers::parse(head), body })
    }

    /// Whether the body is as long as the server said; `None` where it said nothing.
    pub(crate) fn is_whole(&self) -> Option<bool> {
        let length: u64 = self.headers.get("content-length")?.parse().ok()?;
        Some(self.body.len() as u64 >= length)
    }

    /// The body unpacked, with the codes of what was wrong with its packing. What is not packed as its head says is
    /// taken as it is.
    pub(crate) fn content(&self, limits: &Limits) -> Result<(Vec<u8>, Vec<&'static str>), Refusal> {
        let mut warnings = Vec::new();
        let told = |name| self.headers.get(name).unwrap_or_default().to_ascii_lowercase();
        let mut body = self.body.to_vec();
        if told("transfer-encoding").contains("chunked") {
            match unchunked(&body) {
                Some(whole) => body = whole,
                None => warnings.push("wrong_encoding"),
            }
        }
        let encodings = told("content-encoding");
        // The last one named was applied last.
        for encoding in encodings.split(',').map(str::trim).rev() {
            match encoding {
                "gzip" | "x-gzip" if body.starts_with(MAGIC) => {
                    let reader = Gunzip::new(&body[..], limits, Default::default());
                    body = bounded(reader, limits)?;
                }
                "deflate" if is_zlib(&body) => body = bounded(ZlibDecoder::new(&body[..]), limits)?,
                "deflate" if !says_text(&body) => {
                    body = bounded(DeflateDecoder::new(&body[..]), limits)?
                }
                "" | "identity" | "none" => {}
                _ if says_text(&body) => warnings.push("wrong_encoding"),
                other => {
                    let other: String = other.chars().take(20).collect();
                    let message = format!(
                        "the page is compressed with {other}, which is not read: \
                         fetch it again without compression"
                    );
                    return Err(Refusal::new("unsupported_encoding", message, 0));
                }
            }
        }
        Ok((body, warnings))
    }
}

fn bounded(mut reader: impl Read, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    read_bounded(&mut reader, usize::MAX, true, limits).map_err(|refusal| {
        // An error of the decompressor is one of the data here, never of the disk.
        if refusal.unreadable {
            let message = "the page's compression is damaged: fetch it again";
            Refusal::new("corrupt_gzip", message, 0)
        } else {
            refusal
        }
    })
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [a, b, ..] if a & 0x0F == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// Head and body, parted by the first empty line.
pub(crate) fn part(message: &[u8]) -> (&[u8], &[u8]) {
    let end = head_end(message).unwrap_or((message.len(), message.len()));
    (&message[..end.0], &message[end.1..])
}

/// Where the head ends and where the body begins.
pub(crate) fn head_end(message: &[u8]) -> Option<(usize, usize)> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', message) {
        let line = &message[start..end];
        if line.is_empty() || line == b"\r" {
            return Some((start, end + 1));
        }
        start = end + 1;
    }
    None
}

/// The body without its chunk sizes; `None` if it is not chunked throughout.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = body[..end].split(|&b| b == b';').next()?.trim_ascii();
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::Response;
    use crate::limits::Limits;
    use std::io::Write;

    fn content(message: &[u8]) -> String {
        let response = Response::parse(message).unwrap();
        match response.content(&Limits::default()) {
            Ok((body, warnings)) => {
                format!("{} {}", String::from_utf8_lossy(&body), warnings.join(","))
            }
            Err(refusal) => refusal.code.to_owned(),
        }
    }

    #[test]
    fn bodies_are_unpacked_or_taken_as_they_are() {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Default::default());
        zlib.write_all(b"page").unwrap();
        let zlib = zlib.finish().unwrap();
        let head = |fields: &str| format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").into_bytes();
        let table: &[(&str, &[u8], &str)] = &[
            ("X: y", b"page", "page "),
            ("Transfer-Encoding: chunked", b"2\r\npa\r\n2;x=y\r\nge\r\n0\r\n\r\n", "page "),
            ("Transfer-Encoding: chunked", b"page", "page wrong_encoding"),
            (
                "Transfer-Encoding: chunked",
                b"fffffffff\r\npage",
                "fffffffff\r\npage wrong_encoding",
            ),
            ("Content-Encoding: gzip", b"page", "page wrong_encoding"),
            ("Content-Encoding: br", b"page", "page wrong_encoding"),
            ("Content-Encoding: br", b"\x01\x02\x03\0\0", "unsupported_encoding"),
            ("Content-Encoding: deflate", &zlib, "page "),
            ("Content-Encoding: deflate", &zlib[2..zlib.len() - 4], "page "),
            ("Content-Encoding: gzip", b"\x1F\x8B\x08\0\0\0\0\0\0\0\xFF\xFF", "corrupt_gzip"),
        ];
        for (fields, body, expected) in table {
            assert_eq!(content(&[&head(fields), *body].concat()), *expected, "{fields}");
        }
    }

    #[test]
    fn heads() {
        for (message, expected) in [
            (&b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"[..], Some((200, &b"body"[..]))),
            (b"HTTP/1.0 404\n\nbody", Some((404, b"body"))),
            (b"HTTP/2  301  Moved\r\nA: b", Some((301, b""))),
            (b"HTTP/1.1", None),
            (b"HTTP/1.1 OK", None),
            (b"<html>", None),
        ] {
            let found = Response::parse(message).map(|r| (r.status, r.body));
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(message));
        }
    }
}
