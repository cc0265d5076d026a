//! Feeds, lists of feeds and sitemaps.
//!
//! An entry of a feed is a report of what the feed gives of it. So that it can be kept and read again like any other, it
//! is made into a row of JSON Lines with a small page: headline and content as the feed has them.

mod entry;
mod listing;
mod xml;

use crate::document::{document_too_large, read_bounded};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::reports::Captured;
use crate::rows::captured_row;
use entry::{Entry, Feed, Item, escaped};
use serde_json::{Map, Value};
use std::io::Read;
use std::vec;
use variorum_model::Rejection;
use variorum_text::{Hints, decode};

pub use listing::{Listed, Listing, read_listing};

/// The reports of one feed.
pub(crate) struct FeedReports {
    path: String,
    title: Option<String>,
    items: vec::IntoIter<Item>,
    number: usize,
    limits: Limits,
}

impl FeedReports {
    pub(crate) fn read(
        path: &str,
        reader: &mut dyn Read,
        compressed: bool,
        limits: &Limits,
    ) -> Result<FeedReports, Refusal> {
        let bytes = read_bounded(reader, usize::MAX, compressed, limits)?;
        let feed = parse(&bytes, limits)?;
        if feed.items.is_empty() {
            let message = "there is no entry in the feed: give one with entries, or pages";
            return Err(Refusal::new("empty", message, 0));
        }
        let (path, limits) = (path.to_owned(), limits.clone());
        Ok(FeedReports {
            path,
            title: feed.title,
            items: feed.items.into_iter(),
            number: 0,
            limits,
        })
    }
}

impl Iterator for FeedReports {
    type Item = Result<Captured, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.items.next()?;
        self.number += 1;
        let path = format!("{}#{}", self.path, self.number);
        if self.number > self.limits.feed_entries {
            self.items = Vec::new().into_iter();
            return Some(Err(too_many(self.limits.feed_entries).of(&*self.path)));
        }
        Some(match item {
            Item::Damage { byte, what } => {
                let message = format!("the feed is damaged here ({what}): fetch it again");
                Err(Refusal::new("corrupt_feed", message, byte).of(path))
            }
            Item::Entry(entry) => {
                let byte = entry.byte;
                let row = row_of(&entry, self.title.as_deref());
                match row {
                    Some(row) => captured_row(row.to_string().into_bytes(), &path, &self.limits),
                    None => {
                        let message = "the entry has no text: `variorum watch` fetches its page";
                        Err(Refusal::new("missing_text", message, byte).of(path))
                    }
                }
            }
        })
    }
}

fn too_many(most: usize) -> Refusal {
    let message =
        format!("there are more than {most} entries (limit feed_entries): split the feed");
    Refusal::new("too_many_entries", message, 0)
}

/// Parses a feed of any kind.
fn parse(bytes: &[u8], limits: &Limits) -> Result<Feed, Refusal> {
    if bytes.len() as u64 > limits.document_bytes {
        return Err(document_too_large(limits.document_bytes));
    }
    let text = decoded(bytes);
    if !text.trim_start_matches('\u{FEFF}').trim_start().starts_with('{') {
        return Ok(entry::of_xml(&text, limits.feed_entries));
    }
    entry::of_json(&text, limits.feed_entries).ok_or_else(|| {
        let message = "the JSON of the feed is damaged: fetch it again";
        Refusal::new("corrupt_feed", message, 0)
    })
}

/// A document of XML or JSON as text; XML may declare its encoding.
fn decoded(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(200)];
    let declaration = memchr::memmem::find(head, b"?>").map(|end| &head[..end]);
    let named = declaration.and_then(|d| {
        let at = memchr::memmem::find(d, b"encoding")?;
        let rest = String::from_utf8_lossy(&d[at + 8..]).into_owned();
        let mut quoted = rest.split(['"', '\'']);
        quoted.next()?;
        quoted.next().map(str::to_owned)
    });
    decode(bytes, Hints { http_charset: named.as_deref(), html: false }).text
}

/// The entry as a row; `None` if it has no text.
fn row_of(entry: &Entry, feed: Option<&str>) -> Option<Value> {
    let content = entry.content.as_deref().or(entry.summary.as_deref())?;
    let mut page =
        "<!DOCTYPE html><html><head><meta property=\"og:type\" content=\"article\">".to_owned();
    if let Some(author) = &entry.author {
        page += &format!("<meta name=\"author\" content=\"{}\">", escaped(author));
    }
    let title = entry.title.as_deref().unwrap_or_default();
    if !title.is_empty() {
        page += &format!("<title>{title}</title></head><body><article><h1>{title}</h1>\n");
    } else {
        page += "</head><body><article>\n";
    }
    if content.contains("</") || content.contains("<p") || content.contains("<br") {
        page += content;
    } else {
        for line in content.lines().filter(|line| !line.trim().is_empty()) {
            page += &format!("<p>{}</p>\n", line.trim());
        }
    }
    page += "\n</article></body></html>";
    let mut row = Map::new();
    row.insert("html".into(), page.into());
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            row.insert(key.into(), value.into());
        }
    };
    put("url", entry.link.as_deref().or(entry.guid.as_deref()));
    put("outlet", feed);
    put("published", entry.published.as_deref().or(entry.updated.as_deref()));
    Some(Value::Object(row))
}
