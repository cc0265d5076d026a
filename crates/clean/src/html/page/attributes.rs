//! Attributes of elements.

use super::super::stream::decoded;
use super::{Attribute, Page};

/// Attributes of one element beyond this number are not kept.
const MAX_ATTRIBUTES: usize = 64;

impl<'p> Page<'p> {
    /// The raw value of an attribute, entities not decoded.
    pub(in super::super) fn raw_attribute(&self, node: u32, name: &str) -> Option<&'p str> {
        let (from, to) = self.nodes[node as usize].attributes;
        self.attributes[from as usize..to as usize]
            .iter()
            .find(|a| self.slice(a.name).eq_ignore_ascii_case(name))
            .map(|a| self.slice(a.value))
    }

    /// The value of an attribute, entities decoded and white space collapsed.
    pub(in super::super) fn attribute(&self, node: u32, name: &str) -> Option<String> {
        self.raw_attribute(node, name).map(decoded)
    }

    /// Reads attributes from byte `at` on; returns the byte after the tag and whether it ended.
    pub(super) fn read_attributes(&mut self, mut at: usize) -> (usize, bool) {
        let bytes = self.source.as_bytes();
        let first = self.attributes.len();
        loop {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
                at += 1;
            }
            if at >= bytes.len() {
                return (at, false);
            }
            if bytes[at] == b'>' {
                return (at + 1, true);
            }
            let name = at;
            at += 1; // a leading `=` belongs to the name
            while at < bytes.len()
                && !bytes[at].is_ascii_whitespace()
                && !matches!(bytes[at], b'>' | b'/' | b'=')
            {
                at += 1;
            }
            let name = (name, at);
            let mut next = at;
            while next < bytes.len() && bytes[next].is_ascii_whitespace() {
                next += 1;
            }
            let mut value = (at, at);
            if bytes.get(next) == Some(&b'=') {
                (value, at) = self.value_at(next + 1);
            }
            if self.attributes.len() - first < MAX_ATTRIBUTES {
                let pack = |(a, b): (usize, usize)| (a as u32, b as u32);
                self.attributes.push(Attribute { name: pack(name), value: pack(value) });
            }
        }
    }

    /// The value that follows an `=`: its bytes, and the byte after it.
    pub(super) fn value_at(&self, mut at: usize) -> ((usize, usize), usize) {
        let bytes = self.source.as_bytes();
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end =
                    memchr::memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |n| at + 1 + n);
                ((at + 1, end), (end + 1).min(bytes.len()))
            }
            _ => {
                let len = bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>');
                let end = len.map_or(bytes.len(), |n| at + n);
                ((at, end), end)
            }
        }
    }
}
