//! The tags of a web page, one after the other, without building anything.
//!
//! Follows the tokenizer of the HTML Standard (13.2.5) where it decides what is a tag and what is
//! not: comments, quoted attribute values, scripts that hold `<!--`. Linear, never fails.

use memchr::{memchr, memchr2, memmem};

/// What stands next in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'b> {
    /// Characters; `blank` if all are white space.
    Text { blank: bool },
    /// A comment, a declaration or a processing instruction.
    Comment,
    /// A start tag.
    Start(Tag<'b>),
    /// An end tag.
    End(Tag<'b>),
}

/// A tag as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'b> {
    /// Its name, in any case.
    pub(crate) name: &'b [u8],
    /// What stands between the name and the end, attributes mostly.
    pub(crate) rest: &'b [u8],
    /// Number of attributes.
    pub(crate) attributes: usize,
    /// Ends in `/>`.
    pub(crate) self_closing: bool,
    /// Byte of its `<`.
    pub(crate) at: usize,
}

/// A cursor over the bytes of a page.
#[derive(Debug)]
pub(crate) struct Tags<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tags<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Tags<'b> {
        Tags { bytes, at: 0 }
    }

    /// Byte at which the next token starts.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The next token; `None` at the end of the page. A tag that the page ends in is none.
    pub(crate) fn next(&mut self) -> Option<Token<'b>> {
        let rest = &self.bytes[self.at..];
        if rest.is_empty() {
            return None;
        }
        if rest[0] != b'<' || !opens_markup(rest) {
            return Some(self.text());
        }
        match rest[1] {
            b'!' if rest[2..].starts_with(b"--") => self.comment(),
            b'!' | b'?' => self.bogus_comment(),
            b'/' if !rest.get(2).is_some_and(u8::is_ascii_alphabetic) => self.bogus_comment(),
            b'/' => return self.tag(2).map(Token::End),
            _ => return self.tag(1).map(Token::Start),
        }
        Some(Token::Comment)
    }

    fn text(&mut self) -> Token<'b> {
        let start = self.at;
        loop {
            // The byte at hand is no markup: it is text, or a `<` that opens nothing.
            let from = self.at + 1;
            self.at = memchr(b'<', &self.bytes[from..]).map_or(self.bytes.len(), |i| from + i);
            if self.at == self.bytes.len() || opens_markup(&self.bytes[self.at..]) {
                let blank = self.bytes[start..self.at].iter().all(u8::is_ascii_whitespace);
                return Token::Text { blank };
            }
        }
    }

    fn comment(&mut self) {
        let body = self.at + 4;
        let rest = &self.bytes[body..];
        // `<!-->` and `<!--->` are whole comments.
        self.at = if rest.starts_with(b">") {
            body + 1
        } else if rest.starts_with(b"->") {
            body + 2
        } else {
            body + end_of_comment(rest)
        };
    }

    fn bogus_comment(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr(b'>', rest).map_or(rest.len(), |i| i + 1);
    }

    /// A tag whose name starts `skip` bytes on.
    fn tag(&mut self, skip: usize) -> Option<Tag<'b>> {
        let at = self.at;
        let name_start = at + skip;
        let name_length = self.bytes[name_start..].iter().position(|&b| ends_tag_name(b));
        let Some(name_length) = name_length else {
            self.at = self.bytes.len();
            return None;
        };
        let name_end = name_start + name_length;
        let mut scan = name_end;
        let (mut attributes, mut self_closing) = (0, false);
        let closed = loop {
            match self.bytes.get(scan) {
                None => break false,
                Some(b'>') => break true,
                Some(b'/') => {
                    self_closing = self.bytes.get(scan + 1) == Some(&b'>');
                    scan += 1;
                }
                Some(b) if b.is_ascii_whitespace() => scan += 1,
                Some(_) => {
                    attributes += 1;
                    scan = after_attribute(self.bytes, scan);
                }
            }
        };
        self.at = if closed { scan + 1 } else { self.bytes.len() };
        closed.then(|| Tag {
            name: &self.bytes[name_start..name_end],
            rest: &self.bytes[name_end..scan],
            attributes,
            self_closing,
            at,
        })
    }

    /// Skips text that holds no tags up to, not including, the end tag of `name`.
    pub(crate) fn skip_raw_text(&mut self, name: &[u8]) {
        let rest = &self.bytes[self.at..];
        let mut from = 0;
        self.at += loop {
            match memmem::find(&rest[from..], b"</") {
                None => break rest.len(),
                Some(i) if is_named(&rest[from + i + 2..], name) => break from + i,
                Some(i) => from += i + 2,
            }
        };
    }

    /// As [`Tags::skip_raw_text`] for scripts, in which `<!-- <script>` hides one end tag.
    pub(crate) fn skip_script(&mut self) {
        let bytes = self.bytes;
        let (mut escaped, mut nested) = (false, false);
        while let Some(i) = memchr2(b'<', b'-', &bytes[self.at..]) {
            self.at += i;
            let rest = &bytes[self.at..];
            if rest.starts_with(b"-->") {
                (escaped, nested) = (false, false);
                self.at += 3;
            } else if rest.starts_with(b"<!--") && !escaped {
                // The dashes may already be those of `-->`.
                escaped = true;
                self.at += 2;
            } else if rest.starts_with(b"</") && is_named(&rest[2..], b"script") {
                if !nested {
                    return;
                }
                nested = false;
                self.at += 8;
            } else if escaped && rest.starts_with(b"<") && is_named(&rest[1..], b"script") {
                nested = true;
                self.at += 7;
            } else {
                self.at += 1;
            }
        }
        self.at = bytes.len();
    }

    /// Skips a CDATA section if the token before was the start of one; `at` is where it started.
    pub(crate) fn skip_cdata_from(&mut self, at: usize) {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"<![CDATA[") {
            self.at = at + memmem::find(rest, b"]]>").map_or(rest.len(), |i| i + 3);
        }
    }

    /// Skips all that is left.
    pub(crate) fn skip_rest(&mut self) {
        self.at = self.bytes.len();
    }
}

/// Whether `rest`, which starts with `<`, opens a tag, a comment or a declaration.
fn opens_markup(rest: &[u8]) -> bool {
    match rest.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => rest.len() > 2,
        Some(b) => b.is_ascii_alphabetic(),
        None => false,
    }
}

fn ends_tag_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

fn is_named(rest: &[u8], name: &[u8]) -> bool {
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name)
        && ends_tag_name(rest[name.len()])
}

/// Length of a comment's text with its end, `-->` or `--!>`.
fn end_of_comment(rest: &[u8]) -> usize {
    let mut from = 0;
    while let Some(i) = memmem::find(&rest[from..], b"--") {
        let after = &rest[from + i + 2..];
        if after.starts_with(b">") {
            return from + i + 3;
        }
        if after.starts_with(b"!>") {
            return from + i + 4;
        }
        from += i + 1;
    }
    rest.len()
}

/// Where the attribute that starts at `start` ends.
fn after_attribute(bytes: &[u8], start: usize) -> usize {
    // A name may start with `=`.
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'=' && !ends_tag_name(bytes[at]) {
        at += 1;
    }
    let mut value = at;
    while value < bytes.len() && bytes[value].is_ascii_whitespace() {
        value += 1;
    }
    if bytes.get(value) != Some(&b'=') {
        return at;
    }
    value += 1;
    while value < bytes.len() && bytes[value].is_ascii_whitespace() {
        value += 1;
    }
    match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            memchr(*quote, &bytes[value + 1..]).map_or(bytes.len(), |i| value + i + 2)
        }
        _ => {
            let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
            bytes[value..].iter().position(ends).map_or(bytes.len(), |i| value + i)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tags, Token};

    fn read(page: &str) -> String {
        let mut tags = Tags::new(page.as_bytes());
        let mut shown = Vec::new();
        while let Some(token) = tags.next() {
            shown.push(match token {
                Token::Text { blank: true } => "_".to_owned(),
                Token::Text { .. } => "text".to_owned(),
                Token::Comment => "!".to_owned(),
                Token::End(tag) => format!("/{}", String::from_utf8_lossy(tag.name)),
                Token::Start(tag) => {
                    let name = String::from_utf8_lossy(tag.name);
                    let slash = if tag.self_closing { "/" } else { "" };
                    format!("{name}{slash}{}", tag.attributes)
                }
            });
        }
        shown.join(" ")
    }

    #[test]
    fn tokens() {
        let table = [
            ("<p>one</p> <br/>", "p0 text /p _ br/0"),
            ("a < b <3 <", "text"),
            ("<a title=\"x>y\" href = 'z' q>", "a3"),
            ("<a b=c/d>", "a1"),
            ("<a b=>x", "a1 text"),
            ("<a/ b / >", "a1"),
            ("<!-- <b> --><!--><!---><!-- x --!><i>", "! ! ! ! i0"),
            ("<!DOCTYPE html><?php x ?></ 3><b>", "! ! ! b0"),
            ("<![CDATA[ <b> ]]>", "! text"),
            ("<meta <meta <meta", ""),
            ("x<a b=\"never closed>", "text"),
            ("<p", ""),
            ("</", "text"),
            ("<!-- never closed <b>", "!"),
            ("", ""),
        ];
        for (page, expected) in table {
            assert_eq!(read(page), expected, "{page}");
        }
    }

    #[test]
    fn raw_text() {
        let table = [
            ("a<b></b></TITLE >x", "title", "</TITLE >x"),
            ("</titles></title>", "title", "</title>"),
            ("never closed", "title", ""),
            ("if (a<b) '</scrip' </script>x", "script", "</script>x"),
            ("<!-- </script>x", "script", "</script>x"),
            ("<!-- <script> </script> --></script>x", "script", "</script>x"),
            ("<!-- <script> </script> </script>x", "script", "</script>x"),
            ("<!--><script></script>x", "script", "</script>x"),
        ];
        for (page, name, left) in table {
            let mut tags = Tags::new(page.as_bytes());
            if name == "script" {
                tags.skip_script();
            } else {
                tags.skip_raw_text(name.as_bytes());
            }
            assert_eq!(&page[tags.position()..], left, "{page}");
        }
    }
}
