//! The head of a story's pages.

use super::{VIEWS, View};
use crate::pages::frame;
use crate::pages::words::{count, sources, story_address};
use crate::story::Story;
use maud::{Markup, html};
use variorum_export::day_range;

/// The first and last day on which a report of the story came out.
fn days(story: &Story) -> String {
    let each = |key: &str, other: &str| {
        let day =
            |r: &serde_json::Value, key: &str| r["published"][key].as_str().map(str::to_owned);
        story
            .record
            .reports
            .iter()
            .filter_map(|r| day(r, key).or_else(|| day(r, other)))
            .collect::<Vec<_>>()
    };
    let (first, last) =
        (each("start", "end").into_iter().min(), each("end", "start").into_iter().max());
    day_range(first.as_deref(), last.as_deref())
}

/// A page of a story.
pub(super) fn framed(story: &Story, view: &View, body: &Markup) -> Markup {
    let record = &story.record;
    let hard = record.conflicts.iter().filter(|c| c.verdict == "conflict").count();
    let main = html! {
        header.story-head {
            p.kicker {
                (count(record.reports.len(), "report", "reports")) " · " (sources(record.lineages.len()))
                @let days = days(story);
                @if !days.is_empty() { " · " (days) }
            }
            h1 dir="auto" { (story.title()) @if !view.path.is_empty() { span.hidden { ": " (view.name) } } }
            p.standfirst {
                @match (record.conflicts.len(), hard) {
                    (0, _) => { "The accounts do not differ where they can be compared" }
                    (n, 0) => { (count(n, "difference", "differences")) ", none of them a conflict" }
                    (n, hard) => {
                        strong.clash { (count(hard, "conflict", "conflicts")) } " among "
                        (count(n, "difference", "differences"))
                    }
                }
                "; " (count(record.agreements.len(), "point", "points")) " on which they agree."
            }
            nav.tabs aria-label="Views of this story" {
                @for other in &VIEWS {
                    a href=(story_address(&story.id, other.path))
                        aria-current=[(other.path == view.path).then_some("page")] { (other.name) }
                }
            }
        }
        (body)
    };
    let title = match view.path {
        "" => story.title().to_owned(),
        _ => format!("{}: {}", view.name, story.title()),
    };
    frame::page(&title, "", &main)
}
