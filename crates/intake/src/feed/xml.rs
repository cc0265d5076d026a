//! XML as feeds have it: read in pieces, forgiving. No entity is expanded but characters and the five of XML, and
//! nothing outside the document is ever looked at.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::VecDeque;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element begins: its local name in lower case, its prefix, its attributes and its markup.
    Open { name: String, prefix: String, attributes: Vec<(String, String)>, markup: String },
    /// An element ends: its local name in lower case.
    Close(String),
    /// Characters, references resolved.
    Text(String),
    /// What is no XML; reading goes on at the next entry, if there is one.
    Damage { byte: u64, what: String },
}

/// The pieces of a document, in order. Every element that begins ends, unless the document ends before it.
pub(super) struct Pieces<'t> {
    text: &'t str,
    /// Where in `text` the reader began.
    base: usize,
    reader: Reader<&'t [u8]>,
    open: Vec<String>,
    ready: VecDeque<Piece>,
    ended: bool,
}

/// Elements open inside one another; feeds need a dozen.
const DEEPEST: usize = 200;

/// How the elements begin at which reading goes on after damage.
const RESUME: [&str; 4] = ["<item", "<entry", "<url>", "<outline"];

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Pieces<'t> {
        let mut pieces = Pieces {
            text,
            base: 0,
            reader: Reader::from_str(""),
            open: Vec::new(),
            ready: VecDeque::new(),
            ended: false,
        };
        pieces.restart(0);
        pieces
    }

    /// Elements that are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    fn restart(&mut self, at: usize) {
        self.base = at;
        self.reader = Reader::from_str(&self.text[at..]);
        let config = self.reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
    }

    fn damage(&mut self, what: String) {
        let at =
            self.base + self.reader.error_position().max(self.reader.buffer_position()) as usize;
        let mut from = (self.base + self.reader.error_position() as usize + 1).min(self.text.len());
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        self.ready.push_back(Piece::Damage { byte: at.min(self.text.len()) as u64, what });
        let next = RESUME.iter().filter_map(|start| self.text[from..].find(start)).min();
        match next {
            Some(next) => {
                // What was open around the damaged entry is open still.
                let entry = ["item", "entry", "url"];
                let outer = self.open.iter().position(|name| entry.contains(&&**name));
                self.open.truncate(outer.unwrap_or(self.open.len()));
                self.restart(from + next);
            }
            None => self.ended = true,
        }
    }

    fn opened(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = start.local_name().as_ref().to_lowercase();
        let full = start.name();
        let prefix = full.prefix().map(|p| p.as_ref().to_lowercase()).unwrap_or_default();
        let mut written = start.html_attributes();
        let attributes = written.with_checks(false).flatten().take(100).map(|a| {
            let value = unescaped(&a.value);
            (a.key.local_name().as_ref().to_lowercase(), value)
        });
        let attributes = attributes.collect();
        let markup = format!("<{}{}>", &**start, if empty { "/" } else { "" });
        if self.open.len() == DEEPEST {
            return self.damage(format!("more than {DEEPEST} elements inside one another"));
        }
        self.ready.push_back(Piece::Open { name: name.clone(), prefix, attributes, markup });
        if empty {
            self.ready.push_back(Piece::Close(name));
        } else {
            self.open.push(name);
        }
    }

    fn closed(&mut self, name: String) {
        // An end without a start ends nothing; one that comes too late ends what was left open.
        let Some(at) = self.open.iter().rposition(|open| *open == name) else { return };
        for name in self.open.drain(at..).rev() {
            self.ready.push_back(Piece::Close(name));
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if self.ended {
                return None;
            }
            match self.reader.read_event() {
                Ok(Event::Start(start)) => self.opened(&start, false),
                Ok(Event::Empty(start)) => self.opened(&start, true),
                Ok(Event::End(end)) => self.closed(end.local_name().as_ref().to_lowercase()),
                Ok(Event::Text(text)) => return Some(Piece::Text(text.to_string())),
                Ok(Event::CData(text)) => return Some(Piece::Text(text.to_string())),
                Ok(Event::GeneralRef(name)) => {
                    return Some(Piece::Text(unescaped(&format!("&{};", &*name))));
                }
                Ok(Event::Eof) => self.ended = true,
                Ok(_) => {}
                Err(error) => self.damage(error.to_string()),
            }
        }
    }
}

/// Text with references to characters and the five entities of XML resolved; others stay as they are.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(12).position(|&b| b == b';');
        let known = end.and_then(|end| Some((character(&rest[1..end])?, end)));
        match known {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces};

    fn shown(text: &str) -> String {
        let show = |piece| match piece {
            Piece::Open { name, attributes, .. } => {
                let list: String = attributes.iter().map(|(k, v)| format!(" {k}={v}")).collect();
                format!("<{name}{list}>")
            }
            Piece::Close(name) => format!("</{name}>"),
            Piece::Text(text) => text,
            Piece::Damage { .. } => "!".to_owned(),
        };
        Pieces::new(text).map(show).collect()
    }

    #[test]
    fn pieces() {
        for (text, expected) in [
            ("<a X='1&amp;2'>b &amp; c &lt;</a>", "<a x=1&2>b & c <</a>"),
            ("<a>b & c &nbsp; d &#233;&#x41;</a>", "<a>b & c &nbsp; d éA</a>"),
            ("<a><![CDATA[<b>&amp;]]></a>", "<a><b>&amp;</a>"),
            ("<a><b>x</a>", "<a><b>x</b></a>"),
            ("<a></b></a>", "<a></a>"),
            ("<x:a/><!-- c --><?p i?>", "<a></a>"),
            ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "<a>&b;</a>"),
            ("<a><item>x<b ", "<a><item>x!"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn after_damage_the_next_entry_is_read() {
        let text = "<rss><item><t>a</t></item><item><t>b<!-</t></item><item><t>c</t></item></rss>";
        let found = shown(text);
        assert!(found.contains("<t>a</t>") && found.contains("<t>c</t>"), "{found}");
    }
}
