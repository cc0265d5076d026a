//! Lines, columns and colour.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Plain characters.
    Plain,
    /// ANSI colours.
    Colour,
}

/// What a stretch of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Heading,
    Strong,
    Quiet,
    Quoted,
    Conflict,
    Agreement,
    Caution,
}

impl Tone {
    fn style(self) -> Style {
        match self {
            Tone::Plain => Style::new(),
            Tone::Heading => Style::new().bold().underline(),
            Tone::Strong => Style::new().bold(),
            Tone::Quiet => Style::new().dimmed(),
            Tone::Quoted => AnsiColor::Cyan.on_default(),
            Tone::Conflict => AnsiColor::Red.on_default().bold(),
            Tone::Agreement => AnsiColor::Green.on_default().bold(),
            Tone::Caution => AnsiColor::Yellow.on_default().bold(),
        }
    }
}

/// One line under construction.
#[derive(Debug, Default)]
pub(crate) struct Line {
    parts: Vec<(Tone, String)>,
    columns: usize,
}

impl Line {
    pub(crate) fn new() -> Line {
        Line::default()
    }

    /// Adds text; control characters and bidirectional overrides are shown as spaces, so that a
    /// hostile report cannot steer the terminal.
    pub(crate) fn put(mut self, tone: Tone, text: &str) -> Line {
        let safe: String = text.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
        self.columns += safe.width();
        self.parts.push((tone, safe));
        self
    }

    /// Fills with spaces up to a column; always at least one.
    pub(crate) fn to(self, column: usize) -> Line {
        let fill = column.saturating_sub(self.columns).max(1);
        self.put(Tone::Plain, &" ".repeat(fill))
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// The page being printed.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) width: usize,
    ink: Ink,
    out: String,
}

impl Page {
    pub(crate) fn new(width: usize, ink: Ink) -> Page {
        Page { width, ink, out: String::new() }
    }

    /// Prints a line, cut at the width.
    pub(crate) fn line(&mut self, line: Line) {
        let mut left = self.width;
        let mut printed = String::new();
        for (tone, text) in &line.parts {
            let cut = clip(text, left);
            left -= cut.width();
            match self.ink {
                Ink::Colour if *tone != Tone::Plain && !cut.trim().is_empty() => {
                    let style = tone.style();
                    printed.push_str(&format!("{style}{cut}{style:#}"));
                }
                _ => printed.push_str(&cut),
            }
        }
        self.out.push_str(printed.trim_end());
        self.out.push('\n');
    }

    /// A blank line, a heading, and a remark at the right edge.
    pub(crate) fn heading(&mut self, title: &str, remark: &str) {
        self.out.push('\n');
        let column = self.width.saturating_sub(remark.width());
        self.line(Line::new().put(Tone::Heading, title).to(column).put(Tone::Quiet, remark));
    }

    /// Prints words at an indent, wrapped at the width.
    pub(crate) fn wrapped(&mut self, indent: usize, tone: Tone, text: &str) {
        let room = self.width.saturating_sub(indent).max(20);
        let mut row = String::new();
        for word in text.split_whitespace() {
            if !row.is_empty() && row.width() + 1 + word.width() > room {
                self.line(Line::new().to(indent).put(tone, &row));
                row.clear();
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        if !row.is_empty() {
            self.line(Line::new().to(indent).put(tone, &row));
        }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// The text cut to a number of columns, with an ellipsis when something is lost.
pub(crate) fn clip(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        out.push(c);
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_keeps_to_columns() {
        for (text, columns, want) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("", 0, ""),
            ("abcd", 0, ""),
            ("日本語", 4, "日…"),
        ] {
            assert_eq!(clip(text, columns), want);
        }
    }

    #[test]
    fn reports_cannot_steer_the_terminal() {
        let mut page = Page::new(80, Ink::Plain);
        page.line(Line::new().put(Tone::Plain, "a\u{1b}[2Jb\u{202e}c\nd"));
        assert_eq!(page.finish(), "a [2Jb c d\n");
    }
}
