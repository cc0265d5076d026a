//! The story page: accounts side by side, differences first.

use super::apparatus::apparatus;
use crate::asked::encoded;
use crate::pages::words::{citations, count, said, story_address};
use crate::story::Story;
use maud::{Markup, html};
use variorum_export::Collation;

/// Lines shown of what only one account says.
const SINGLES: usize = 60;
/// Passages shown of one wording.
const PASSAGES: usize = 6;

pub(super) fn body(story: &Story, c: &Collation<'_>) -> Markup {
    html! {
        div.wide {
            (apparatus(c))
        }
        div.columns {
            (singles(story, c))
            div {
                (dependence(c))
                (framing(c))
                (elsewhere(story))
            }
        }
    }
}

fn singles(story: &Story, c: &Collation<'_>) -> Markup {
    let singles = &story.record.singles;
    html! {
        section aria-labelledby="singles" {
            h2 id="singles" { "Only one says so" }
            @if singles.is_empty() { p.quiet { "Nothing." } }
            @for (kind, name) in [("unnamed_source", "Only an unnamed source"), ("one_report", "Only one report")] {
                @let all: Vec<_> = singles.iter().filter(|s| s.kind == kind).collect();
                @if !all.is_empty() {
                    h3 { (name) }
                    ul.singles {
                        @for single in all.iter().take(SINGLES) {
                            li {
                                span dir="auto" { (single.about) } " "
                                @if let Some(words) = single.evidence.first() { (said(c, words, 120)) }
                            }
                        }
                        @if all.len() > SINGLES { li.more { "and " (all.len() - SINGLES) " more, in the record as JSON" } }
                    }
                }
            }
        }
    }
}

fn dependence(c: &Collation<'_>) -> Markup {
    let siglum = |id: &str| {
        c.witness(id).map_or_else(|| id.to_owned(), |w| format!("{} ({})", w.siglum, w.outlet))
    };
    html! {
        section aria-labelledby="leaning" {
            h2 id="leaning" { "Who leans on whom" }
            @if c.record.dependence.is_empty() { p.quiet { "No account is seen to lean on another." } }
            @for d in &c.record.dependence {
                details {
                    summary { (siglum(&d.report)) " " strong { (d.kind) } " " (siglum(&d.on)) }
                    (citations(c, &d.evidence, PASSAGES))
                }
            }
            @for lineage in c.record.lineages.iter().filter(|l| l.len() > 1) {
                p.quiet { (c.sigla(lineage)) " count as one source." }
            }
        }
    }
}

fn framing(c: &Collation<'_>) -> Markup {
    html! {
        @if !c.record.framing.is_empty() {
            section aria-labelledby="framing" {
                h2 id="framing" { "How they say it" }
                @for framing in &c.record.framing {
                    h3 dir="auto" { (framing.about) }
                    @for reading in &framing.readings {
                        @let reports: Vec<String> = reading.evidence.iter().map(|e| e.report.clone()).collect();
                        details {
                            summary { q dir="auto" { (reading.label) } " " span.sigla { (c.sigla(&reports)) } }
                            (citations(c, &reading.evidence, PASSAGES))
                        }
                    }
                }
            }
        }
    }
}

fn elsewhere(story: &Story) -> Markup {
    html! {
        section aria-labelledby="forms" {
            h2 id="forms" { "The record" }
            p {
                (count(story.record.events.len(), "event", "events")) ", "
                (count(story.record.actors.len(), "actor", "actors")) ", "
                (count(story.record.quotations.len(), "quotation", "quotations")) ": "
                a href={ "/api/v1/stories/" (encoded(story.short_id())) } { "all of it as JSON" }
            }
            p.quiet { "Story " code { (story.id) } " · " a href=(story_address(&story.id, "")) { "link to this page" } }
        }
    }
}
