//! The encoding a web page declares in its own bytes.

use memchr::memmem;

/// How far into a page a declaration is looked for. The HTML Standard asks for 1,024 bytes; pages
/// with scripts before the declaration are common enough to look further.
const REACH: usize = 16 * 1024;

/// The label in `<?xml encoding=…>`, `<meta charset=…>` or
/// `<meta http-equiv=content-type content="…; charset=…">`, whichever comes first; comments are
/// skipped. After the prescan of the HTML Standard (13.2.3.2), without its escapes.
pub(crate) fn find(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(REACH)];
    if head.starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', head)?;
        if let Some(label) = attribute(&head[5..end], b"encoding") {
            return Some(label);
        }
    }
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &head[at..]) {
        at += found + 1;
        let rest = &head[at..];
        if rest.starts_with(b"!--") {
            at += memmem::find(rest, b"-->")?;
        } else if rest.len() > 5 && rest[..4].eq_ignore_ascii_case(b"meta") && parts(rest[4]) {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            if let Some(label) = in_meta(&rest[4..end]) {
                return Some(label);
            }
            at += end;
        }
    }
    None
}

fn in_meta(attributes: &[u8]) -> Option<&[u8]> {
    if let Some(label) = attribute(attributes, b"charset") {
        return Some(label);
    }
    let pragma = attribute(attributes, b"http-equiv")?;
    if !pragma.eq_ignore_ascii_case(b"content-type") {
        return None;
    }
    attribute(attribute(attributes, b"content")?, b"charset")
}

/// The value of `name=value` in a list of attributes or of content-type parameters.
fn attribute<'b>(bytes: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    let mut rest = bytes;
    loop {
        let start = rest.iter().position(|&b| !parts(b))?;
        rest = &rest[start..];
        let end = rest.iter().position(|&b| parts(b) || b == b'=').unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"=") {
            let (value, after) = value(after.trim_ascii_start())?;
            if name.eq_ignore_ascii_case(wanted) && !value.is_empty() {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// The value at the start of `rest`, and what follows it. `None` if its quotation is never closed.
fn value(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let end = memchr::memchr(*quote, &rest[1..])? + 1;
            Some((rest[1..end].trim_ascii(), &rest[end + 1..]))
        }
        _ => Some(rest.split_at(rest.iter().position(|&b| parts(b)).unwrap_or(rest.len()))),
    }
}

fn parts(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b';' | b'"' | b'\'' | b',' | b'?')
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn declarations() {
        let table: &[(&str, Option<&str>)] = &[
            ("<meta charset=utf-8>", Some("utf-8")),
            ("<META CharSet = \"windows-1251\" />", Some("windows-1251")),
            (
                "<head><meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>",
                Some("koi8-r"),
            ),
            ("<meta content=\"text/html;charset=big5\" http-equiv=content-type>", Some("big5")),
            ("<?xml version='1.0' encoding='iso-8859-2'?><html>", Some("iso-8859-2")),
            ("<!-- <meta charset=utf-7> --><meta charset=gbk>", Some("gbk")),
            ("<meta name=description content='charset=gbk'>", None),
            ("<meta data-charset=gbk>", None),
            ("<p>charset=gbk</p>", None),
            ("<meta charset=", None),
            ("<meta charset=''>", None),
            ("<!-- never closed <meta charset=gbk>", None),
            ("", None),
        ];
        for (page, label) in table {
            assert_eq!(find(page.as_bytes()), label.map(str::as_bytes), "{page}");
        }
    }
}
