//! Writing HTML: markup of ours, text of theirs.

use variorum_text::escape;

/// A page under construction.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
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
