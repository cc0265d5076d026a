//! Metadata that a page gives in JSON-LD (schema.org).

use super::page::Page;
use super::stream::decoded;
use serde_json::{Map, Value};

/// What the page's own record of the article says.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) description: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
    pub(super) language: Option<String>,
    /// Whether the record is one of an article, not merely of a page.
    pub(super) is_article: bool,
    /// Whether it is that of a live blog.
    pub(super) is_live: bool,
}

/// Objects looked at in one page.
const MOST_OBJECTS: usize = 20_000;

/// Reads the JSON-LD of a page. Broken scripts are mended where white space alone is wrong, and
/// passed over otherwise.
pub(super) fn read(page: &Page<'_>) -> Linked {
    let mut linked = Linked::default();
    let mut left = MOST_OBJECTS;
    for &(node, from, to) in &page.scripts {
        let kind = page.raw_attribute(node, "type").unwrap_or("");
        if !kind.trim().eq_ignore_ascii_case("application/ld+json") {
            continue;
        }
        if let Some(value) = parse(&page.source[from..to]) {
            walk(value, &mut linked, &mut left);
        }
    }
    linked
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let script = script.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    let script = script.trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn walk(value: Value, linked: &mut Linked, left: &mut usize) {
    let mut queue = std::collections::VecDeque::from([value]);
    while let Some(value) = queue.pop_front() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(object) => {
                take(&object, linked);
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "hasPart"]
                {
                    // Updates of a live blog are articles too, but not this one.
                    if key != "liveBlogUpdate"
                        && let Some(inner @ (Value::Array(_) | Value::Object(_))) = object.get(key)
                    {
                        queue.push_back(inner.clone());
                    }
                }
            }
            _ => {}
        }
    }
}

fn take(object: &Map<String, Value>, linked: &mut Linked) {
    let kinds = texts(object.get("@type"));
    let is = |end: &str| kinds.iter().any(|k| k.ends_with(end));
    let article = is("Article") || is("BlogPosting") || is("Report") || is("Blog_Posting");
    let page = is("WebPage") || is("ItemPage");
    if linked.publisher.is_none() && is("WebSite") {
        linked.publisher = text(object.get("name")).map(|name| decoded(&name));
    }
    if linked.is_article || !(article || page) {
        return;
    }
    // The article's own record outranks that of the page around it.
    let outer = if article { std::mem::take(linked) } else { Linked::default() };
    linked.is_article = article;
    linked.is_live = is("LiveBlogPosting");
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    set(
        &mut linked.headline,
        text(object.get("headline"))
            .or_else(|| if article { text(object.get("name")) } else { None }),
    );
    set(&mut linked.description, text(object.get("description")));
    set(
        &mut linked.published,
        text(object.get("datePublished")).or_else(|| text(object.get("dateCreated"))),
    );
    set(&mut linked.modified, text(object.get("dateModified")));
    set(&mut linked.body, text(object.get("articleBody")));
    set(&mut linked.language, text(object.get("inLanguage")));
    set(&mut linked.published, outer.published);
    set(&mut linked.modified, outer.modified);
    set(&mut linked.description, outer.description);
    set(&mut linked.publisher, outer.publisher);
    if let Some(name) = names(object.get("publisher")).into_iter().next() {
        linked.publisher = Some(name);
    }
    if linked.authors.is_empty() {
        linked.authors = names(object.get("author"));
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let raw = match value? {
        Value::String(s) => s.as_str(),
        Value::Array(items) => items.first()?.as_str()?,
        Value::Object(o) => o.get("@value")?.as_str()?,
        _ => return None,
    };
    Some(raw.trim().to_owned()).filter(|s| !s.is_empty())
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(s)) => vec![s.clone()],
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Names of persons or organizations, given as strings or as objects, one or several.
fn names(value: Option<&Value>) -> Vec<String> {
    let one = |v: &Value| match v {
        Value::String(s) => Some(decoded(s)),
        Value::Object(o) => text(o.get("name")).map(|n| decoded(&n)),
        _ => None,
    };
    let found: Vec<String> = match value {
        Some(Value::Array(items)) => items.iter().filter_map(one).collect(),
        Some(other) => one(other).into_iter().collect(),
        None => Vec::new(),
    };
    found.into_iter().filter(|n| !n.is_empty() && !n.starts_with("http")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(json: &str) -> Linked {
        let source = format!("<script type=\"application/ld+json\">{json}</script>");
        read(&Page::read(&source))
    }

    #[test]
    fn an_article_outranks_its_page() {
        let l = linked(
            r#"{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01","headline":"Site"},
                {"@type":["NewsArticle"],"headline":"Ferry &amp; bridge reopen","datePublished":"2021-05-06T07:08:09+02:00",
                 "author":[{"name":"Ana Prole"},"Jo Teller"],"publisher":{"name":"Quay Post"}}]}"#,
        );
        assert_eq!(l.published.as_deref(), Some("2021-05-06T07:08:09+02:00"));
        assert_eq!(l.authors, ["Ana Prole", "Jo Teller"]);
        assert_eq!(l.publisher.as_deref(), Some("Quay Post"));
    }

    #[test]
    fn a_sites_name_is_told_without_entities() {
        for (json, expected) in [
            (r#"{"@type":"WebSite","name":"Quay &amp; Harbour Post"}"#, "Quay & Harbour Post"),
            (
                r#"{"@type":"Article","publisher":{"name":"Quay &amp; Harbour Post"}}"#,
                "Quay & Harbour Post",
            ),
        ] {
            assert_eq!(linked(json).publisher.as_deref(), Some(expected), "{json}");
        }
    }

    #[test]
    fn raw_line_breaks_in_strings_are_mended() {
        let l = linked("{\"@type\":\"Article\",\"headline\":\"Two\nlines\"};");
        assert_eq!(l.headline.as_deref(), Some("Two lines"));
    }
}
