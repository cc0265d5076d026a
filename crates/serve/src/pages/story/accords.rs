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
            table.plain role="table" {
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { "Accord" } th scope="col" role="columnheader" { "In force" } th scope="col" role="columnheader" { "Brokers" } th scope="col" role="columnheader" { "Parties" }
                    th scope="col" role="columnheader" { "Does not apply to" } th scope="col" role="columnheader" { "How it stands" } th scope="col" role="columnheader" { "Breaches" }
                } }
                tbody role="rowgroup" { @for accord in &story.record.accords { (accord_row(story, c, accord)) } }
            }
        }
    }
}

fn accord_row(story: &Story, c: &Collation<'_>, accord: &AccordEntry) -> Markup {
    html! {
        tr id=(accord.id) role="row" {
            th scope="row" role="rowheader" {
                (accord.kind)
                details { summary { "Words" } (citations(c, &accord.evidence, PASSAGES)) }
            }
            td role="cell" data-head="In force" { (days(accord.in_force.as_ref())) }
            td role="cell" data-head="Brokers" { (names(story, &accord.brokers)) }
            td role="cell" data-head="Parties" { (names(story, &accord.parties)) }
            td role="cell" data-head="Does not apply to" { (names(story, &accord.exempt)) }
            td role="cell" data-head="How it stands" {
                @for (n, words) in accord.status.iter().enumerate() {
                    @if n > 0 { ", " }
                    a.said href=(passage_address(words)) { q dir="auto" { (words.quote) } }
                }
            }
            td role="cell" data-head="Breaches" {
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
            tr id=(m.id) role="row" {
                th scope="row" role="rowheader" { (names(story, &one(&m.holder))) }
                td role="cell" data-head="Given by" { (names(story, &one(&m.giver))) }
                td role="cell" data-head="Task" { (said(c, &m.task, 160)) }
            }
        }
    };
    html! {
        div.scroller role="region" aria-label="Table of tasks" tabindex="0" {
            table.plain role="table" {
                thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Held by" } th scope="col" role="columnheader" { "Given by" } th scope="col" role="columnheader" { "Task" } } }
                tbody role="rowgroup" { @for mandate in &story.record.mandates { (row(mandate)) } }
            }
        }
    }
}

fn meetings(story: &Story, c: &Collation<'_>, events: &[&Event]) -> Markup {
    html! {
        div.scroller role="region" aria-label="Table of consultations" tabindex="0" {
            table.plain role="table" {
                thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "When" } th scope="col" role="columnheader" { "Who" } th scope="col" role="columnheader" { "How" } th scope="col" role="columnheader" { "Where" } th scope="col" role="columnheader" { "Told by" } } }
                tbody role="rowgroup" {
                    @for event in events {
                        @let reports: Vec<String> = event.mentions.iter().map(|m| m.report.clone()).collect();
                        tr role="row" {
                            td.when role="cell" data-head="When" { (days(event.time.as_ref())) }
                            td role="cell" data-head="Who" {
                                @if let Some(mark) = modality(&event.modality) { (shown(mark)) " " }
                                a href={ (story_address(&story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) }
                            }
                            td role="cell" data-head="How" { (plain(&event.mode)) }
                            td role="cell" data-head="Where" { bdi { (story.place_name(event.place.as_deref())) } }
                            td role="cell" data-head="Told by" { span.sigla { (c.sigla(&reports)) } }
                        }
                    }
                }
            }
        }
    }
}
