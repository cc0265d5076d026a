//! Stretches of a page that hold no text: raw text elements, drawings, remarks.

use super::super::stream::decoded;
use super::Page;

impl Page<'_> {
    /// The page without its idle stretches.
    pub(in super::super) fn slim(&self) -> String {
        let mut slim = String::with_capacity(self.source.len() / 2);
        let mut at = 0;
        for &(from, to) in &self.idle {
            slim.push_str(&self.source[at.min(from)..from]);
            at = to;
        }
        slim.push_str(&self.source[at..]);
        slim
    }

    /// Notes a stretch that holds none but idle ones.
    pub(super) fn set_idle(&mut self, from: usize, to: usize) {
        while self.idle.last().is_some_and(|i| i.0 >= from) {
            self.idle.pop();
        }
        self.idle.push((from, to));
    }

    /// Takes the content, from byte `from` on, of an element of raw text whose tag begins at byte
    /// `at`; returns the byte after its end tag.
    pub(super) fn raw_text(
        &mut self,
        node: u32,
        name: &'static str,
        at: usize,
        from: usize,
    ) -> usize {
        let end = self.raw_end(name, from);
        let after = self.after(end, b">");
        match name {
            "script" => {
                self.scripts.push((node, from, end));
                let kind = self.raw_attribute(node, "type").unwrap_or("");
                if !kind.contains("json") {
                    self.set_idle(at, after);
                }
            }
            "style" => self.set_idle(at, after),
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
