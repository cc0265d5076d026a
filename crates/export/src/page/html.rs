//! Writing HTML: markup of ours, text of theirs.

use std::collections::{BTreeMap, BTreeSet};
use variorum_text::escape;

/// A page under construction.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
    /// Passages that something on the page leads to: first and last character, by the letter of the report.
    led_to: BTreeMap<String, BTreeSet<(usize, usize)>>,
}

impl Html {
    /// Adds markup; never text from a record.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Html {
        self.out.push_str(markup);
        self
    }

    /// Adds text, escaped for element content and quoted attribute values alike.
    pub(super) fn text(&mut self, text: &str) -> &mut Html {
        for c in text.chars() {
            if let Some(reference) = escape(c) {
                self.out.push_str(reference);
                continue;
            }
            match c {
                '\'' => self.out.push_str("&#39;"),
                '\n' | '\t' => self.out.push(c),
                // Other controls have no place in HTML, and overrides could reorder our own words.
                c if c.is_control() => {}
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c => self.out.push(c),
            }
        }
        self
    }

    /// Adds the address of a passage, which the page then has to have.
    pub(super) fn address(&mut self, siglum: &str, start: usize, end: usize) -> &mut Html {
        self.led_to.entry(siglum.to_owned()).or_default().insert((start, end));
        self.text(&format!("{siglum}-{start}-{end}"))
    }

    /// The passages of a report that something on the page leads to.
    pub(super) fn led_to(&self, siglum: &str) -> BTreeSet<(usize, usize)> {
        self.led_to.get(siglum).cloned().unwrap_or_default()
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let mut page = Html::default();
        page.text("<script>alert('x')</script> & \"y\" \u{202e}z\0");
        assert_eq!(
            page.finish(),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot; z"
        );
    }
}
