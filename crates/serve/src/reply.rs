//! Answers: bytes with their type and tag.

use crate::failure::Failure;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::Markup;
use serde::Serialize;

/// A body with its type and a tag that is the same as long as it is.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) bytes: Bytes,
    kind: &'static str,
    tag: String,
}

impl Content {
    pub(crate) fn new(bytes: impl Into<Bytes>, kind: &'static str) -> Content {
        let bytes = bytes.into();
        let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
        Content { bytes, kind, tag }
    }

    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Content, Failure> {
        let bytes = serde_json::to_vec(value).map_err(|e| {
            Failure::new(StatusCode::INTERNAL_SERVER_ERROR, format!("this cannot be written: {e}"))
        })?;
        Ok(Content::new(bytes, "application/json"))
    }

    /// A page. Characters that could reorder or hide our own words are left out: none of our markup has any.
    pub(crate) fn page(markup: Markup) -> Content {
        let mut page = markup.into_string();
        page.retain(is_harmless);
        Content::new(page, "text/html; charset=utf-8")
    }

    /// The answer to a request with these headers: the content, or that it has not changed.
    pub(crate) fn reply(&self, asked: &HeaderMap) -> Response {
        let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
        let same = known
            .flat_map(|v| v.split(','))
            .map(str::trim)
            .any(|t| t == "*" || t.strip_prefix("W/").unwrap_or(t) == self.tag);
        let builder = Response::builder()
            .header(header::ETAG, &self.tag)
            .header(header::CACHE_CONTROL, "no-cache")
            .header(header::VARY, "Host");
        let built = if same {
            builder.status(StatusCode::NOT_MODIFIED).body(Body::empty())
        } else {
            builder.header(header::CONTENT_TYPE, self.kind).body(Body::from(self.bytes.clone()))
        };
        built.unwrap_or_else(|_| Response::new(Body::empty()))
    }

    /// The answer under an address that names its content.
    pub(crate) fn for_ever(&self, asked: &HeaderMap) -> Response {
        let mut response = self.reply(asked);
        let value = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, value);
        response
    }

    /// The first characters of the tag, without quotes.
    pub(crate) fn mark(&self) -> &str {
        &self.tag[1..9]
    }
}

/// Neither a control nor an override of the direction of writing.
fn is_harmless(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        c => !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn hostile_text_stays_text() {
        let title = "<script>alert('x')</script>\" onload=\"y\u{202e}z\0";
        let page = Content::page(html! { p title=(title) { (title) } });
        let written = String::from_utf8(page.bytes.to_vec()).unwrap();
        let text = "&lt;script&gt;alert('x')&lt;/script&gt;&quot; onload=&quot;yz";
        assert_eq!(written, format!("<p title=\"{text}\">{text}</p>"));
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let content = Content::new("x", "text/plain");
        for (known, status) in [
            (None, 200),
            (Some(content.tag.clone()), 304),
            (Some(format!("\"a\", W/{}", content.tag)), 304),
            (Some("\"a\"".to_owned()), 200),
            (Some("*".to_owned()), 304),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(known) = &known {
                headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());
            }
            assert_eq!(content.reply(&headers).status(), status, "{known:?}");
        }
    }
}
