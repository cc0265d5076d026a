//! Entries of RSS 0.9 to 2.0, Atom and JSON Feed.

use super::xml::{Piece, Pieces};
use serde_json::Value;
use variorum_text::escape;

/// An entry as its feed gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Markup.
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
    /// The link is the feed's own name for the entry, which need be no address.
    pub(super) guid: Option<String>,
    /// Markup of the whole article.
    pub(super) content: Option<String>,
    /// Markup of a part of it.
    pub(super) summary: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) author: Option<String>,
    /// Byte at which it begins in the decoded feed.
    pub(super) byte: u64,
}

/// What stands in a feed, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Entry(Box<Entry>),
    Damage { byte: u64, what: String },
}

/// A feed as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Feed {
    /// The name of who publishes it.
    pub(super) title: Option<String>,
    pub(super) items: Vec<Item>,
}

/// Reads an RSS or Atom feed, `most` entries of it.
pub(super) fn of_xml(text: &str, most: usize) -> Feed {
    let mut feed = Feed::default();
    let mut pieces = Pieces::new(text);
    let mut entry: Option<(Entry, usize)> = None;
    let mut field: Option<Field> = None;
    while let Some(piece) = pieces.next() {
        let depth = pieces.depth();
        match piece {
            Piece::Damage { byte, what } => {
                entry = None;
                field = None;
                feed.items.push(Item::Damage { byte, what });
            }
            Piece::Text(text) => {
                if let Some(field) = &mut field {
                    field.value.push_str(&if field.xhtml { escaped(&text) } else { text });
                }
            }
            Piece::Open { markup, .. } if field.is_some() => {
                if let Some(field) = &mut field {
                    field.inner += 1;
                    field.value.push_str(&markup);
                }
            }
            Piece::Open { name, prefix, attributes, .. } => {
                if matches!(&*name, "item" | "entry") && entry.is_none() {
                    entry = Some((Entry::default(), depth));
                    if feed.items.len() > most {
                        return feed;
                    }
                    continue;
                }
                if let Some((entry, _)) = &mut entry {
                    attribute_link(entry, &name, &prefix, &attributes);
                }
                field = Field::begin(name, prefix, &attributes);
            }
            Piece::Close(name) => {
                if let Some(open) = &mut field {
                    if open.inner > 0 {
                        open.inner -= 1;
                        open.value.push_str(&format!("</{name}>"));
                    } else if let Some(done) = field.take() {
                        match &mut entry {
                            Some((entry, _)) => done.put(entry),
                            None => done.put_in_feed(&mut feed),
                        }
                    }
                } else if matches!(&*name, "item" | "entry")
                    && let Some((done, _)) = entry.take()
                {
                    feed.items.push(Item::Entry(Box::new(done)));
                }
            }
        }
    }
    if entry.is_some() {
        let what = "it ends within an entry".to_owned();
        feed.items.push(Item::Damage { byte: text.len() as u64, what });
    }
    feed
}

/// An element whose characters are collected.
#[derive(Debug)]
struct Field {
    name: String,
    prefix: String,
    value: String,
    /// The value is plain text, not markup.
    plain: bool,
    /// The value is markup as it stands (`type="xhtml"`), whose characters are no markup.
    xhtml: bool,
    /// Elements open inside.
    inner: usize,
    /// The guid is an address.
    permalink: bool,
}

impl Field {
    fn begin(name: String, prefix: String, attributes: &[(String, String)]) -> Option<Field> {
        let known = [
            "title",
            "link",
            "guid",
            "id",
            "description",
            "encoded",
            "content",
            "summary",
            "pubdate",
            "date",
            "published",
            "issued",
            "updated",
            "modified",
            "creator",
            "name",
        ];
        if !known.contains(&&*name) || prefix == "media" || prefix == "itunes" {
            return None;
        }
        let value = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| &**v);
        let atom_text = matches!(&*name, "summary" | "content") || name == "title";
        let kind = value("type");
        Some(Field {
            plain: atom_text && kind == Some("text"),
            xhtml: kind == Some("xhtml"),
            permalink: value("ispermalink") != Some("false"),
            name,
            prefix,
            value: String::new(),
            inner: 0,
        })
    }

    fn put(self, entry: &mut Entry) {
        let markup = if self.plain { escaped(&self.value) } else { self.value.clone() };
        let value = self.value.trim();
        if value.is_empty() {
            return;
        }
        let first = |slot: &mut Option<String>, value: &str| {
            slot.get_or_insert_with(|| value.trim().to_owned());
        };
        match &*self.name {
            "title" => first(&mut entry.title, &markup),
            "link" => first(&mut entry.link, value),
            "guid" if self.permalink && is_address(value) => first(&mut entry.guid, value),
            "id" if is_address(value) => first(&mut entry.guid, value),
            "encoded" | "content" => first(&mut entry.content, &markup),
            "description" | "summary" => first(&mut entry.summary, &markup),
            "pubdate" | "published" | "issued" => first(&mut entry.published, value),
            "date" if self.prefix == "dc" || self.prefix.is_empty() => {
                first(&mut entry.published, value);
            }
            "updated" | "modified" => first(&mut entry.updated, value),
            "creator" | "name" => first(&mut entry.author, value),
            _ => {}
        }
    }

    fn put_in_feed(self, feed: &mut Feed) {
        let value = self.value.trim();
        if self.name == "title" && !value.is_empty() {
            feed.title.get_or_insert_with(|| value.to_owned());
        }
    }
}

/// The address of an Atom entry: `<link rel="alternate" href="…"/>`.
fn attribute_link(entry: &mut Entry, name: &str, prefix: &str, attributes: &[(String, String)]) {
    let value = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.trim());
    let alternate = matches!(value("rel"), None | Some("alternate" | ""));
    if name == "link"
        && alternate
        && (prefix.is_empty() || prefix == "atom")
        && let Some(href) = value("href").filter(|href| !href.is_empty())
    {
        entry.link.get_or_insert_with(|| href.to_owned());
    }
}

fn is_address(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

/// Text as markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match escape(c) {
            Some(reference) => out.push_str(reference),
            None => out.push(c),
        }
    }
    out
}

/// Reads a JSON Feed, `most` entries of it; `None` if it is no JSON object.
pub(super) fn of_json(text: &str, most: usize) -> Option<Feed> {
    let feed: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).ok()?;
    let string =
        |value: &Value| value.as_str().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    let entry = |item: &Value| Entry {
        title: string(&item["title"]).map(|t| escaped(&t)),
        link: string(&item["url"]).or_else(|| string(&item["external_url"])),
        guid: string(&item["id"]).filter(|id| is_address(id)),
        content: string(&item["content_html"])
            .or_else(|| string(&item["content_text"]).map(|t| escaped(&t))),
        summary: string(&item["summary"]).map(|t| escaped(&t)),
        published: string(&item["date_published"]),
        updated: string(&item["date_modified"]),
        author: string(&item["author"]["name"]).or_else(|| string(&item["authors"][0]["name"])),
        byte: 0,
    };
    let items = feed.as_object()?.get("items").and_then(Value::as_array).into_iter().flatten();
    Some(Feed {
        title: string(&feed["title"]),
        items: items.take(most + 1).map(|item| Item::Entry(Box::new(entry(item)))).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Item, of_json, of_xml};

    fn rows(text: &str) -> Vec<String> {
        let feed =
            if text.starts_with('{') { of_json(text, 100).unwrap() } else { of_xml(text, 100) };
        let show = |item| match item {
            Item::Damage { .. } => "damage".to_owned(),
            Item::Entry(e) => [e.title, e.link.or(e.guid), e.content.or(e.summary), e.published]
                .map(Option::unwrap_or_default)
                .join(" | "),
        };
        feed.items.into_iter().map(show).collect()
    }

    #[test]
    fn entries_of_every_kind_of_feed() {
        let rss = "<rss><channel><title>Quay Post</title><item><title>Ferry &amp;amp; quay</title>\
                   <link>https://q.example/1</link><guid isPermaLink='false'>x1</guid>\
                   <description><![CDATA[<p>Late & <b>full</b></p>]]></description>\
                   <media:title>no</media:title><pubDate>Tue, 5 May 2020 10:00:00 GMT</pubDate></item></channel></rss>";
        let content = "<rss xmlns:content='c'><item><guid>https://q.example/2</guid><description>Short</description>\
                       <content:encoded>&lt;p&gt;Long&lt;/p&gt;</content:encoded></item></rss>";
        let rdf = "<rdf:RDF><item rdf:about='x'><title>T</title><link>https://q.example/3</link>\
                   <dc:date>2020-05-05T10:00+02:00</dc:date></item></rdf:RDF>";
        let atom = "<feed><title>Post</title><entry><title type='text'>a < b</title>\
                    <link rel='self' href='https://q.example/self'/><link href='https://q.example/4'/>\
                    <published>2020-05-05</published><updated>2020-05-06</updated>\
                    <content type='xhtml'><div><p>One &amp; two</p></div></content></entry></feed>";
        let plain =
            "<feed><entry><title>T</title><summary type='text'>5 &lt; 6</summary></entry></feed>";
        let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"url\":\"https://q.example/5\",\
                    \"title\":\"T & U\",\"content_text\":\"A < B\",\"date_published\":\"2020-05-05\"},{\"id\":7}]}";
        let bare = "<rss><item><title>Fish & chips</title><link>https://q.example/a?b=1&c=2</link></item></rss>";
        let cut = "<rss><item><title>One</title></item><item><title>Tw";
        let nested = "<rss><item><title>A</title><source><title>B</title></source></item></rss>";
        let table: &[(&str, &[&str])] = &[
            (
                rss,
                &[
                    "Ferry &amp; quay | https://q.example/1 | <p>Late & <b>full</b></p> | Tue, 5 May 2020 10:00:00 GMT",
                ],
            ),
            (content, &[" | https://q.example/2 | <p>Long</p> | "]),
            (rdf, &["T | https://q.example/3 |  | 2020-05-05T10:00+02:00"]),
            (plain, &["T |  | 5 &lt; 6 | "]),
            (json, &["T &amp; U | https://q.example/5 | A &lt; B | 2020-05-05", " |  |  | "]),
            (bare, &["Fish & chips | https://q.example/a?b=1&c=2 |  | "]),
            (cut, &["One |  |  | ", "damage"]),
            (nested, &["A |  |  | "]),
            ("<rss><channel></channel></rss>", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(rows(text), *expected, "{text}");
        }
        let found = rows(&atom.replace("a < b", "a &lt; b"));
        assert_eq!(
            found,
            ["a &lt; b | https://q.example/4 | <div><p>One &amp; two</p></div> | 2020-05-05"]
        );
    }

    #[test]
    fn entities_of_a_document_are_never_expanded() {
        let mut text = "<!DOCTYPE rss [<!ENTITY a0 \"ha\">".to_owned();
        for n in 1..10 {
            text += &format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
        }
        text += "]><rss><item><title>&a9;</title></item></rss>";
        assert_eq!(rows(&text), ["&a9; |  |  | "]);
    }
}
