//! XML under construction.

use variorum_text::escape;

/// Well-formed XML 1.0: elements are opened and closed in pairs, every text is escaped.
#[derive(Debug)]
pub(crate) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    pub(crate) fn new() -> Xml {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Xml {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Closes the element opened last.
    pub(crate) fn close(&mut self) -> &mut Xml {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// An element with nothing but text in it; none where the text is empty.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> &mut Xml {
        if text.is_empty() {
            return self;
        }
        self.open(name, attributes).text(text).close()
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Xml {
        self.tag(name, attributes);
        self.out.push_str("/>");
        self
    }

    /// A line break between elements.
    pub(crate) fn line(&mut self) -> &mut Xml {
        self.out.push('\n');
        self
    }

    /// Text, escaped for content and quoted attribute values alike. Characters that XML cannot hold are U+FFFD,
    /// one for one, so that offsets stay what they are.
    pub(crate) fn text(&mut self, text: &str) -> &mut Xml {
        for c in text.chars() {
            if let Some(reference) = escape(c) {
                self.out.push_str(reference);
                continue;
            }
            match c {
                // A parser would make a line feed of it.
                '\r' => self.out.push_str("&#13;"),
                '\t' | '\n' => self.out.push(c),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.out.push('\u{fffd}'),
                c => self.out.push(c),
            }
        }
        self
    }

    /// The document; what is still open is closed.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"<&"), ("none", "")]).text("]]>\r\0é<").element("c", &[], "");
        let made = xml.finish();
        let body = made.lines().nth(1).unwrap_or_default();
        assert_eq!(body, "<a b=\"&quot;&lt;&amp;\">]]&gt;&#13;\u{fffd}é&lt;</a>");
    }
}
