//! A piece of the text with all that can be said of it by itself.

use super::labels::{self, Zone};
use super::{caption, lines::Piece};
use crate::published::{self, DateLine};
use crate::{byline, outlet, shape};
use regex::Regex;
use std::sync::LazyLock;
use variorum_model::{BlockKind, Span};

/// What a piece was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided.
    Open,
    /// The headline.
    Title,
    /// Article text.
    Block(BlockKind),
    /// No part of the article, with its kind.
    Removed(&'static str),
}

/// A piece and what its own words and shape say.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Where it stands, blanks trimmed.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// Words, counted up to 60.
    pub words: usize,
    /// It ends as a sentence does.
    pub sentence: bool,
    /// What the table of labels says of it, where that depends on its place.
    pub edge: Option<&'static str>,
    /// It says nothing but a date.
    pub date: Option<DateLine>,
    /// It begins or ends as captions do.
    pub caption: bool,
}

/// Kinds that end or begin a list of other stories.
pub(super) const RELATED: &str = "related";
/// Kind of a line that only draws a line.
pub(super) const SEPARATOR: &str = "separator";

impl Item {
    /// Reads one piece.
    pub(super) fn read(text: &str, piece: Piece) -> Item {
        let line = piece.span.of(text);
        let mut item = Item {
            span: piece.span,
            role: Role::Open,
            words: shape::words(line, 60),
            sentence: shape::ends_sentence(line),
            edge: None,
            date: None,
            caption: false,
        };
        if line.len() > 600 {
            return item;
        }
        item.caption = caption::has_opening(line)
            || caption::has_credit(line)
            || caption::tells_of_picture(line);
        item.date = published::date_line(line);
        if let Some((kind, zone)) = labels::find(line) {
            match zone {
                Zone::Any => item.role = Role::Removed(kind),
                Zone::Edge => item.edge = Some(kind),
            }
        } else if let Some(kind) = own_kind(line) {
            item.role = Role::Removed(kind);
        } else if item.date.as_ref().is_some_and(|d| d.rest.is_none()) {
            item.role = Role::Removed("date_line");
        }
        item
    }

    /// Not decided yet.
    pub(super) fn is_open(&self) -> bool {
        self.role == Role::Open
    }

    /// Running text by its own shape: a sentence of some length that is nothing else.
    pub(super) fn is_paragraph(&self) -> bool {
        self.is_open()
            && self.sentence
            && self.words >= 3
            && self.edge.is_none()
            && self.date.is_none()
    }
}

/// Kinds that need the case of the letters or more than one pattern.
fn own_kind(line: &str) -> Option<&'static str> {
    if !line.chars().any(char::is_alphanumeric) {
        return Some(SEPARATOR);
    }
    if is_address(line) {
        return Some("url");
    }
    if byline::is_agency_credit(line) {
        return Some("agency_credit");
    }
    // A line of sections that names the outlet is the site's banner.
    let kind = if outlet::mentioned(line).is_some() { "banner" } else { "breadcrumb" };
    is_breadcrumb(line).then_some(kind)
}

/// A web address, a domain or a mail address alone on its line.
pub(super) fn is_address(line: &str) -> bool {
    static WEB: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^[<(\[]?(?:(?:url|link|source|web|website|web site|read it here|original)\s?:\s?)?(?:https?://\S+|www\.\S+|(?:e-?mail\s?:\s?)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[>)\]]?\.?$")
            .expect("the address pattern is well formed")
    });
    if WEB.is_match(line) {
        return true;
    }
    let bare = !line.contains(char::is_whitespace) && !line.ends_with('.') && line.contains('.');
    bare && outlet::host(line)
        .is_some_and(|h| outlet::of_host(&h).is_some() || outlet::is_platform(&h))
}

/// Short parts between slashes, arrows or bars, one of them at least a section of a news site.
fn is_breadcrumb(line: &str) -> bool {
    if line.len() > 160 || shape::ends_sentence(line) {
        return false;
    }
    let parts: Vec<&str> = line
        .split(['/', '>', '»', '›', '|', '→', '\\'])
        .flat_map(|p| p.split(" :: "))
        .map(|p| p.trim_matches(shape::is_blank))
        .filter(|p| !p.is_empty())
        .collect();
    parts.len() >= 2
        && parts.iter().all(|p| shape::words(p, 5) <= 4 && p.len() <= 40)
        && parts.iter().filter(|p| shape::is_all_sections(p)).count() * 2 >= parts.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Item {
        Item::read(line, Piece { span: Span::new(0, line.len()), apart: true })
    }

    #[test]
    fn lines_by_themselves() {
        for (line, role) in [
            ("News \u{a0} / \u{a0} Politics", Role::Removed("breadcrumb")),
            ("Home » World » Middle East", Role::Removed("breadcrumb")),
            ("www.harbour.example", Role::Removed("url")),
            ("https://harbour.example/a/b?c=d", Role::Removed("url")),
            ("news@harbour.example", Role::Removed("url")),
            ("--------------", Role::Removed("separator")),
            ("* * *", Role::Removed("separator")),
            ("(AFP)", Role::Removed("agency_credit")),
            ("Wed Mar 12, 2014 09:05:07", Role::Removed("date_line")),
            ("AB/1234567", Role::Removed("identifier")),
            ("Select Page", Role::Removed("navigation")),
            ("News of the wreck reached Aden", Role::Open),
            ("Peace and/or war", Role::Open),
            ("On 12 March 2014 the port was opened.", Role::Open),
            ("He wrote to news@harbour.example.", Role::Open),
        ] {
            assert_eq!(read(line).role, role, "{line}");
        }
    }

    #[test]
    fn paragraphs() {
        for (line, expected) in [
            ("The port was opened again.", true),
            ("“We will go,” she said.", true),
            ("Port reopens after storm", false),
            ("He left.", false),
            ("Posted on March 12 2014 by Anna Holt.", false),
        ] {
            assert_eq!(read(line).is_paragraph(), expected, "{line}");
        }
    }
}
