//! The ledger of accords, tasks and consultations.

use super::actors::address;
use crate::pages::words::{
    citations, days, modality, passage_address, plain, said, shown, story_address,
};
use crate::story::Story;
use maud::{Markup, html};
use variorum_export::Collation;
use variorum_model::contract::{AccordEntry, Event, MandateEntry};

/// Passages shown of one accord.
const PASSAGES: usize = 6;

pub(super) fn body(story: &Story, c: &Collation<'_>) -> Markup {
    let record = &story.record;
    let consultations: Vec<&Event> = record.events.iter().filter(|e| e.kind == "CONSULT").collect();
    html! {
        div.wide {
            section aria-labelledby="accords" {
                h2 id="accords" { "Accords" }
                @if record.accords.is_empty() { p.quiet { "None is told of." } } @else { (accords(story, c)) }
            }
            @if !record.mandates.is_empty() {
                section aria-labelledby="mandates" { h2 id="mandates" { "Tasks given and held" } (mandates(story, c)) }
            }
            @if !consultations.is_empty() {
                section aria-labelledby="consultations" {
                    h2 id="consultations" { "Consultations" } (meetings(story, c, &consultations))
                }
            }
        }
    }
}

/// Actors by name, each a link to its page.
fn names(story: &Story, ids: &[String]) -> Markup {
    html! {
        @for (n, id) in ids.iter().enumerate() {
            @if n > 0 { ", " }
            @match story.actor(id) {
                Some(actor) => a href=(address(story, actor)) { bdi { (actor.name) } },
                None => (id),
            }
        }
    }
}

fn accords(story: &Story, c: &Collation<'_>) -> Markup {
    html! {
        div.scroller role="region" aria-label="Table of accords" tabindex="0" {
            table.plain {
                thead { tr {
                    th scope="col" { "Accord" } th scope="col" { "In force" } th scope="col" { "Brokers" } th scope="col" { "Parties" }
                    th scope="col" { "Does not apply to" } th scope="col" { "How it stands" } th scope="col" { "Breaches" }
                } }
                tbody { @for accord in &story.record.accords { (accord_row(story, c, accord)) } }
            }
        }
    }
}

fn accord_row(story: &Story, c: &Collation<'_>, accord: &AccordEntry) -> Markup {
    html! {
        tr id=(accord.id) {
            th scope="row" {
                (accord.kind)
                details { summary { "Words" } (citations(c, &accord.evidence, PASSAGES)) }
            }
            td { (days(accord.in_force.as_ref())) }
            td { (names(story, &accord.brokers)) }
            td { (names(story, &accord.parties)) }
            td { (names(story, &accord.exempt)) }
            td {
                @for (n, words) in accord.status.iter().enumerate() {
                    @if n > 0 { ", " }
                    a.said href=(passage_address(words)) { q dir="auto" { (words.quote) } }
                }
            }
            td {
                @for (n, id) in accord.violations.iter().enumerate() {
                    @if n > 0 { "; " }
                    @if let Some(event) = story.event(id) {
                        a href={ (story_address(&story.id, "timeline")) "#" (id) } dir="auto" { (event.summary) }
                    }
                }
            }
        }
    }
}

fn mandates(story: &Story, c: &Collation<'_>) -> Markup {
    let one = |id: &Option<String>| id.iter().cloned().collect::<Vec<_>>();
    let row = |m: &MandateEntry| {
        html! {
            tr id=(m.id) {
                th scope="row" { (names(story, &one(&m.holder))) }
                td { (names(story, &one(&m.giver))) }
                td { (said(c, &m.task, 160)) }
            }
        }
    };
    html! {
        div.scroller role="region" aria-label="Table of tasks" tabindex="0" {
            table.plain {
                thead { tr { th scope="col" { "Held by" } th scope="col" { "Given by" } th scope="col" { "Task" } } }
                tbody { @for mandate in &story.record.mandates { (row(mandate)) } }
            }
        }
    }
}

fn meetings(story: &Story, c: &Collation<'_>, events: &[&Event]) -> Markup {
    html! {
        div.scroller role="region" aria-label="Table of consultations" tabindex="0" {
            table.plain {
                thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "How" } th scope="col" { "Where" } th scope="col" { "Told by" } } }
                tbody {
                    @for event in events {
                        @let reports: Vec<String> = event.mentions.iter().map(|m| m.report.clone()).collect();
                        tr {
                            td.when { (days(event.time.as_ref())) }
                            td {
                                @if let Some(mark) = modality(&event.modality) { (shown(mark)) " " }
                                a href={ (story_address(&story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) }
                            }
                            td { (plain(&event.mode)) }
                            td { bdi { (story.place_name(event.place.as_deref())) } }
                            td { span.sigla { (c.sigla(&reports)) } }
                        }
                    }
                }
            }
        }
    }
}
