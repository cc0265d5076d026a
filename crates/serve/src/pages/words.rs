//! Words, marks and links that several pages use.

use crate::asked::encoded;
use maud::{Markup, html};
use variorum_export::{Collation, day_range};
use variorum_model::contract::{Agreement, Citation, Interval};

/// How a fact stands: a sign, a word and a class of pattern and colour, so that no one of them carries it alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) sign: &'static str,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
}

/// All that several accounts say alike.
pub(super) const AGREED: Mark = Mark { sign: "✓", word: "agreed", class: "agreed" };

/// The mark of a verdict.
pub(super) fn verdict(verdict: &str) -> Mark {
    match verdict {
        "conflict" => Mark { sign: "✗", word: "conflict", class: "conflict" },
        "update_over_time" => Mark { sign: "↗", word: "update over time", class: "update" },
        _ => Mark { sign: "≠", word: "different sources", class: "sources" },
    }
}

/// The mark of a modality; nothing for what happened.
pub(super) fn modality(modality: &str) -> Option<Mark> {
    let mark = |sign, word, class| Some(Mark { sign, word, class });
    match modality {
        "ongoing" => mark("…", "going on", "ongoing"),
        "planned" => mark("◇", "planned", "planned"),
        "alleged" => mark("?", "alleged", "alleged"),
        "negated" => mark("⊘", "denied", "negated"),
        "hypothetical" => mark("◌", "supposed", "hypothetical"),
        _ => None,
    }
}

/// A mark as it is shown.
pub(super) fn shown(mark: Mark) -> Markup {
    html! {
        span class={ "mark " (mark.class) } { span aria-hidden="true" { (mark.sign) } " " (mark.word) }
    }
}

/// The file that a report without a title is known by: the last piece of its path that is not empty.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').find(|piece| !piece.is_empty()).unwrap_or(path)
}

/// `3 reports`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `2 independent sources`.
pub(super) fn sources(n: usize) -> String {
    count(n, "independent source", "independent sources")
}

/// Days of an interval for a person; `day not told` where nothing is known.
pub(super) fn days(time: Option<&Interval>) -> String {
    let told = time.map(|t| day_range(t.earliest.as_deref(), t.latest.as_deref()));
    told.filter(|t| !t.is_empty()).unwrap_or_else(|| "day not told".to_owned())
}

/// Address of a story or of a page of it.
pub(super) fn story_address(id: &str, page: &str) -> String {
    let id = encoded(id.strip_prefix("s:").unwrap_or(id));
    if page.is_empty() { format!("/story/{id}") } else { format!("/story/{id}/{page}") }
}

/// Address of a report.
pub(super) fn report_address(id: &str) -> String {
    format!("/report/{}", encoded(id))
}

/// Address of a passage: it stays the same as long as the report is kept.
pub(super) fn passage_address(citation: &Citation) -> String {
    let Citation { report, start, end, .. } = citation;
    format!("{}?from={start}&to={end}#passage", report_address(report))
}

/// Cited words in their context, as a link to their place in their report.
pub(super) fn said(c: &Collation<'_>, citation: &Citation, width: usize) -> Markup {
    let passage = c.passage(citation, width);
    html! {
        a.said href=(passage_address(citation)) {
            q dir="auto" { (passage.before) b { (passage.quote) } (passage.after) }
            " " span.place { (c.place(citation)) }
        }
    }
}

/// Several citations as a list.
pub(super) fn citations(c: &Collation<'_>, list: &[Citation], most: usize) -> Markup {
    html! {
        ul.cites {
            @for citation in list.iter().take(most) { li { (said(c, citation, 150)) } }
            @if list.len() > most {
                li.more { "and " (list.len() - most) " more, all in the record as JSON" }
            }
        }
    }
}

/// Who says so, where it is not the report itself.
pub(super) fn according(names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() { p.according { "according to " (names.join("; ")) } }
    }
}

/// What an agreement says, in one line.
pub(super) fn agreed(agreement: &Agreement) -> String {
    let Agreement { about, value, .. } = agreement;
    let whole = about == "it happened" || value.contains(" is ");
    if whole { value.clone() } else { format!("{about}: {value}") }
}

/// An underscored code as words.
pub(super) fn plain(code: &str) -> String {
    code.replace('_', " ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn the_last_piece_of_a_path() {
        for (path, name) in [
            ("saved/2019/ferry.html", "ferry.html"),
            ("ferry.html", "ferry.html"),
            ("https://quay.example/ferry/", "ferry"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(file_name(path), name, "{path}");
        }
    }
}
