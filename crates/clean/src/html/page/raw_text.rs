//! Elements whose content is no markup.

use super::super::stream::decoded;
use super::Page;

impl Page<'_> {
    /// Takes the content, from byte `from` on, of an element of raw text; returns the byte after its
    /// end tag.
    pub(super) fn raw_text(&mut self, node: u32, name: &'static str, from: usize) -> usize {
        let end = self.raw_end(name, from);
        let after = self.after(end, b">");
        match name {
            "script" => self.scripts.push((node, from, end)),
            "title" if self.title.is_none() => self.title = Some(decoded(&self.source[from..end])),
            _ => {}
        }
        self.open.pop();
        after
    }

    pub(super) fn raw_end(&self, name: &str, from: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = from;
        while let Some(n) = memchr::memmem::find(&bytes[at..], b"</") {
            let tag = at + n + 2;
            if bytes.len() >= tag + name.len()
                && bytes[tag..tag + name.len()].eq_ignore_ascii_case(name.as_bytes())
            {
                return at + n;
            }
            at = tag;
        }
        bytes.len()
    }
}
