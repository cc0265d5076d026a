//! What a request asks for: parameters, checked.

use crate::failure::Failure;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use variorum_record::{Facets, is_day};

/// A longer query is refused.
const QUERY: usize = 8 * 1024;
/// More rows than this are not given at once.
pub(crate) const MOST: usize = 200;
/// Rows given where none are asked for.
const USUAL: usize = 50;
/// Rows beyond which no list is paged: further on, facets lead.
const DEEPEST: usize = 1_000_000;

/// Names of the facets.
pub(crate) const FACETS: [&str; 10] =
    ["actor", "office", "place", "type", "outlet", "conflict", "story", "from", "to", "exact"];

/// The parameters of a request, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
}

/// A stretch of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Rows passed over.
    pub(crate) offset: usize,
    /// Rows at most.
    pub(crate) limit: usize,
}

impl Stretch {
    /// The rows asked for, of one more than were asked for, and the cursor to those that follow.
    pub(crate) fn cut<T>(self, mut rows: Vec<T>) -> (Vec<T>, Option<String>) {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        (rows, more.then(|| (self.offset + self.limit).to_string()))
    }
}

impl Asked {
    /// The parameters of a query string.
    pub(crate) fn of(query: &str) -> Asked {
        let piece = |s: &str| {
            let s = s.replace('+', " ");
            let text = percent_decode_str(&s).decode_utf8_lossy().into_owned();
            text.chars().filter(|c| !c.is_control()).collect::<String>()
        };
        let pairs = query.split('&').filter(|p| !p.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (piece(name), piece(value))
        });
        Asked { pairs: pairs.collect() }
    }

    /// The first value under `name` that is not blank.
    pub(crate) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All values under `name` that are not blank.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.pairs.iter().filter(move |(n, _)| n == name);
        named.map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// Refuses parameters that are not among `known`.
    pub(crate) fn only(&self, known: &[&[&str]]) -> Result<(), Failure> {
        match self.pairs.iter().find(|(n, _)| !known.iter().any(|k| k.contains(&n.as_str()))) {
            Some((name, _)) => {
                let known = known.concat().join(", ");
                let remedy = match known.as_str() {
                    "" => "none is taken".to_owned(),
                    known => format!("take one of {known}"),
                };
                Err(Failure::bad(format!("there is no parameter `{name}` here: {remedy}")))
            }
            None => Ok(()),
        }
    }

    /// The reports meant.
    pub(crate) fn facets(&self) -> Result<Facets, Failure> {
        let list = |name| self.all(name).map(str::to_owned).collect::<Vec<_>>();
        let day = |name| match self.one(name) {
            Some(day) if !is_day(day) => {
                Err(Failure::bad(format!("`{name}`: this is no day: write it as YYYY-MM-DD")))
            }
            day => Ok(day.map(str::to_owned)),
        };
        Ok(Facets {
            actor: list("actor"),
            office: list("office"),
            place: list("place"),
            kind: list("type"),
            outlet: list("outlet"),
            conflict: list("conflict"),
            story: self.one("story").map(str::to_owned),
            from: day("from")?,
            to: day("to")?,
            fold: match self.one("exact") {
                None | Some("false") => true,
                Some("true") => false,
                Some(_) => return Err(Failure::bad("`exact`: give true or false")),
            },
        })
    }

    /// The stretch of the list meant.
    pub(crate) fn stretch(&self) -> Result<Stretch, Failure> {
        let limit = self.number("limit", 1, MOST)?.unwrap_or(USUAL);
        let offset = self.number("cursor", 0, DEEPEST)?.unwrap_or(0);
        Ok(Stretch { offset, limit })
    }

    /// A number between two bounds.
    pub(crate) fn number(
        &self,
        name: &str,
        least: usize,
        most: usize,
    ) -> Result<Option<usize>, Failure> {
        let Some(written) = self.one(name) else { return Ok(None) };
        match written.parse() {
            Ok(n) if (least..=most).contains(&n) => Ok(Some(n)),
            _ => {
                let wanted = format!("`{name}`: give a whole number from {least} to {most}");
                Err(Failure::bad(wanted))
            }
        }
    }

    /// The same parameters with `name` set to `value`, as a query string.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let kept = self.pairs.iter().filter(|(n, v)| n != name && !v.is_empty());
        let pairs = kept.map(|(n, v)| (n.as_str(), v.as_str())).chain([(name, value)]);
        pairs.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect::<Vec<_>>().join("&")
    }
}

/// A piece of an address.
pub(crate) fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        if query.len() > QUERY {
            let status = axum::http::StatusCode::URI_TOO_LONG;
            return Err(Failure::new(status, "the address is too long: ask for less"));
        }
        Ok(Asked::of(query))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_written() {
        for (query, name, want) in [
            ("q=a+b%20c", "q", Some("a b c")),
            ("q=&q=x", "q", Some("x")),
            ("q=%00%0Ay", "q", Some("y")),
            ("q=%ff", "q", Some("\u{fffd}")),
            ("p", "p", None),
            ("", "q", None),
        ] {
            assert_eq!(Asked::of(query).one(name), want, "{query}");
        }
        assert_eq!(Asked::of("q=a b&cursor=5").with("cursor", "9"), "q=a%20b&cursor=9");
    }

    #[test]
    fn bounds_hold() {
        for (query, want) in [
            ("", Some((0, 50))),
            ("limit=7&cursor=14", Some((14, 7))),
            ("limit=0", None),
            ("limit=201", None),
            ("cursor=-1", None),
            ("cursor=x", None),
        ] {
            let stretch = Asked::of(query).stretch().ok().map(|s| (s.offset, s.limit));
            assert_eq!(stretch, want, "{query}");
        }
        for (query, good) in
            [("from=2020-02-29", true), ("from=2020-02-30", false), ("to=May", false)]
        {
            assert_eq!(Asked::of(query).facets().is_ok(), good, "{query}");
        }
    }
}
