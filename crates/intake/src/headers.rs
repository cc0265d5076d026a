//! Header fields as mail, the web and web archives write them.

/// Header fields in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    fields: Vec<(String, String)>,
}

impl Headers {
    /// The fields of `block`: lines `Name: value`, a line that begins with white space going on with the line before.
    /// Bytes that are not UTF-8 are read as Latin-1; lines without a colon are passed over.
    pub(crate) fn parse(block: &[u8]) -> Headers {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in block.split(|&b| b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let folded = matches!(line.first(), Some(b' ' | b'\t'));
            if folded {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(decoded(line).trim());
                }
                continue;
            }
            let Some(colon) = memchr::memchr(b':', line) else { continue };
            let name = decoded(&line[..colon]).trim().to_ascii_lowercase();
            fields.push((name, decoded(&line[colon + 1..]).trim().to_owned()));
        }
        Headers { fields }
    }

    /// The first value of the field `name`, given in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }
}

fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

/// A media type with its charset: `text/html; charset=utf-8`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// `text/html`, in lower case; empty where it is not told.
    pub(crate) essence: String,
    pub(crate) charset: Option<String>,
}

impl MediaType {
    pub(crate) fn parse(value: &str) -> MediaType {
        let mut parts = value.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty())
                .then(|| value.to_owned())
        });
        MediaType { essence, charset }
    }

    /// Whether what it names may be an article.
    pub(crate) fn is_article(&self) -> bool {
        let articles = ["", "text/html", "application/xhtml+xml", "text/plain"];
        articles.contains(&&*self.essence)
    }

    pub(crate) fn is_page(&self) -> bool {
        matches!(&*self.essence, "text/html" | "application/xhtml+xml")
    }
}

#[cfg(test)]
mod tests {
    use super::{Headers, MediaType};

    #[test]
    fn fields() {
        let block = b"WARC-Type: response\r\nX: a\r\n b\r\n\tc\nNOCOLON\r\nNote: caf\xE9\r\nNote: 2\r\n:x\r\n";
        let headers = Headers::parse(block);
        for (name, value) in [
            ("warc-type", Some("response")),
            ("x", Some("a b c")),
            ("note", Some("café")),
            ("nocolon", None),
        ] {
            assert_eq!(headers.get(name), value, "{name}");
        }
    }

    #[test]
    fn media_types() {
        for (value, essence, charset, article) in [
            ("text/html; charset=utf-8", "text/html", Some("utf-8"), true),
            ("Text/HTML;Charset=\"ISO-8859-1\"", "text/html", Some("ISO-8859-1"), true),
            ("text/plain", "text/plain", None, true),
            ("", "", None, true),
            ("application/json", "application/json", None, false),
            ("image/png; charset=", "image/png", None, false),
        ] {
            let found = MediaType::parse(value);
            assert_eq!((&*found.essence, found.charset.as_deref()), (essence, charset), "{value}");
            assert_eq!(found.is_article(), article, "{value}");
        }
    }
}
