//! Metadata in `meta` and `link` elements.

use super::page::Page;

/// Name and content of every `meta` element, in order; names in lower case.
#[derive(Debug, Default)]
pub(super) struct Meta {
    rows: Vec<(String, String)>,
    /// The canonical address.
    pub(super) canonical: Option<String>,
    /// The `lang` attribute of the document.
    pub(super) language: Option<String>,
}

impl Meta {
    /// Reads the metadata of `page`.
    pub(super) fn read(page: &Page<'_>) -> Meta {
        let mut meta = Meta::default();
        for node in 0..page.nodes.len() as u32 {
            match page.nodes[node as usize].name {
                "meta" => meta.add(page, node),
                "link" if meta.canonical.is_none() => {
                    let rel = page.raw_attribute(node, "rel").unwrap_or("");
                    if rel.trim().eq_ignore_ascii_case("canonical") {
                        meta.canonical = page.attribute(node, "href").filter(|h| !h.is_empty());
                    }
                }
                "html" if meta.language.is_none() => {
                    let lang =
                        page.attribute(node, "lang").or_else(|| page.attribute(node, "xml:lang"));
                    meta.language = lang.filter(|l| !l.is_empty());
                }
                _ => {}
            }
        }
        meta
    }

    fn add(&mut self, page: &Page<'_>, node: u32) {
        let Some(content) = page.attribute(node, "content").filter(|c| !c.is_empty()) else {
            return;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.attribute(node, key) {
                self.rows.push((name.to_ascii_lowercase(), content.clone()));
            }
        }
    }

    /// The first content under one of `names`, the earlier names first.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// Every content under `name`.
    pub(super) fn all<'m, 'n>(
        &'m self,
        name: &'n str,
    ) -> impl Iterator<Item = &'m str> + use<'m, 'n> {
        self.rows.iter().filter(move |r| r.0 == name).map(|r| r.1.as_str())
    }
}
