//! What an address that is watched lists: entries of a feed, feeds of an OPML list, pages or sitemaps of a sitemap.

use super::entry::Item;
use super::xml::{Piece, Pieces};
use super::{decoded, parse, too_many};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::sniff::{Container, HEAD, Sniffed, root_of, sniff};
use variorum_model::Rejection;

/// A page that is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its address as written, which may be relative to that of the list.
    pub url: String,
    /// When it was published or changed, as written.
    pub published: Option<String>,
}

/// What is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// Pages: entries of a feed, addresses of a sitemap.
    Pages(Vec<Listed>),
    /// Addresses of feeds (OPML) or of further sitemaps.
    Lists(Vec<String>),
}

/// Reads a feed, an OPML list or a sitemap called `path`.
///
/// # Errors
/// Where it is none of these, is damaged so that nothing can be read, or exceeds a limit.
pub fn read_listing(path: &str, bytes: &[u8], limits: &Limits) -> Result<Listing, Rejection> {
    listing(bytes, limits).map_err(|refusal| refusal.of(path))
}

fn listing(bytes: &[u8], limits: &Limits) -> Result<Listing, Refusal> {
    let most = limits.feed_entries;
    let feed = sniff(&bytes[..bytes.len().min(HEAD)], bytes.len() < HEAD, "");
    if feed == Sniffed::Container(Container::Feed) {
        let feed = parse(bytes, limits)?;
        let pages: Vec<Listed> = feed.items.into_iter().filter_map(listed).collect();
        return if pages.len() > most { Err(too_many(most)) } else { Ok(Listing::Pages(pages)) };
    }
    let found = match root_of(bytes).as_deref() {
        Some("opml") => Listing::Lists(feeds_of(&decoded(bytes), most)),
        Some("urlset") => Listing::Pages(addresses_of(&decoded(bytes), "url", most)),
        Some("sitemapindex") => {
            let lists = addresses_of(&decoded(bytes), "sitemap", most);
            Listing::Lists(lists.into_iter().map(|listed| listed.url).collect())
        }
        _ => {
            let message = "there is no feed, OPML list or sitemap at the address: give one of them";
            return Err(Refusal::new("not_a_feed", message, 0));
        }
    };
    let count = match &found {
        Listing::Pages(pages) => pages.len(),
        Listing::Lists(lists) => lists.len(),
    };
    if count > most { Err(too_many(most)) } else { Ok(found) }
}

fn listed(item: Item) -> Option<Listed> {
    let Item::Entry(entry) = item else { return None };
    let url = entry.link.or(entry.guid)?;
    Some(Listed { url, published: entry.published.or(entry.updated) })
}

/// Addresses of the feeds of an OPML list.
fn feeds_of(text: &str, most: usize) -> Vec<String> {
    let address = |piece| match piece {
        Piece::Open { name, attributes, .. } if name == "outline" => {
            attributes.into_iter().find(|(key, value)| key == "xmlurl" && !value.trim().is_empty())
        }
        _ => None,
    };
    Pieces::new(text)
        .filter_map(address)
        .map(|(_, url)| url.trim().to_owned())
        .take(most + 1)
        .collect()
}

/// Addresses of a sitemap: `<loc>` of each `within`, with its `<lastmod>` or the day of its news.
fn addresses_of(text: &str, within: &str, most: usize) -> Vec<Listed> {
    let mut found = Vec::new();
    let mut entry: Option<Listed> = None;
    let mut value = String::new();
    let mut loc_prefix = String::new();
    for piece in Pieces::new(text) {
        match piece {
            Piece::Open { name, prefix, .. } => {
                if name == within {
                    entry = Some(Listed::default());
                }
                if name == "loc" {
                    loc_prefix = prefix;
                }
                value.clear();
            }
            Piece::Text(text) => value.push_str(&text),
            Piece::Close(name) => {
                if name == within {
                    found.extend(entry.take().filter(|listed| !listed.url.is_empty()));
                    if found.len() > most {
                        return found;
                    }
                } else if let Some(entry) = &mut entry {
                    let value = value.trim();
                    match &*name {
                        // Pictures and films have a `loc` of their own.
                        "loc" if entry.url.is_empty() && loc_prefix.is_empty() => {
                            entry.url = value.to_owned();
                        }
                        "lastmod" | "publication_date" => entry.published = Some(value.to_owned()),
                        _ => {}
                    }
                }
                value.clear();
            }
            Piece::Damage { .. } => entry = None,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Listing, read_listing};
    use crate::limits::Limits;

    #[test]
    fn what_is_listed() {
        let limits = Limits { feed_entries: 3, ..Limits::default() };
        let sitemap = "<?xml version='1.0'?><urlset><url><loc> https://q.example/1 </loc><image:image>\
                       <image:loc>https://q.example/1.png</image:loc></image:image>\
                       <lastmod>2020-05-05</lastmod></url><url><loc>https://q.example/2?a&amp;b</loc></url></urlset>";
        let index =
            "<sitemapindex><sitemap><loc>https://q.example/s.xml</loc></sitemap></sitemapindex>";
        let opml = "<opml><body><outline text='News'><outline text='a' xmlUrl='https://q.example/rss'/>\
                    <outline text='none'/></outline></body></opml>";
        let feed = "<rss><item><link>/3</link></item><item><title>none</title></item></rss>";
        let many = format!("<rss>{}</rss>", "<item><link>/3</link></item>".repeat(4));
        for (text, expected) in [
            (sitemap, "https://q.example/1@2020-05-05 https://q.example/2?a&b@"),
            (index, "list https://q.example/s.xml"),
            (opml, "list https://q.example/rss"),
            (feed, "/3@"),
            (&many, "too_many_entries"),
            ("<html><body>Not found", "not_a_feed"),
            ("", "not_a_feed"),
        ] {
            let found = match read_listing("-", text.as_bytes(), &limits) {
                Ok(Listing::Pages(pages)) => {
                    let show = |p: &super::Listed| {
                        format!("{}@{}", p.url, p.published.as_deref().unwrap_or_default())
                    };
                    pages.iter().map(show).collect::<Vec<_>>().join(" ")
                }
                Ok(Listing::Lists(lists)) => format!("list {}", lists.join(" ")),
                Err(rejection) => rejection.code.to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
