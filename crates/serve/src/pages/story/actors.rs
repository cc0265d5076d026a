//! Who acts in a story: the list, and a page for each.

use super::happenings::bounds;
use crate::drawing::{Bar, DayAxis, Tie, axis_head, interval, network};
use crate::pages::words::{citations, count, days, plain, story_address};
use crate::story::Story;
use maud::{Markup, html};
use std::collections::BTreeMap;
use variorum_export::{Collation, day};
use variorum_model::contract::{Actor, Event, Interval, OfficeHeld};

/// Actors listed.
const LISTED: usize = 300;
/// Ties drawn; the table has all.
const TIES: usize = 12;
/// Mentions listed.
const MENTIONS: usize = 40;
/// Pixels of the column of bars.
const WIDTH: f64 = 300.0;

/// Actors in the order in which they are told of.
pub(super) fn body(story: &Story, _: &Collation<'_>) -> Markup {
    let mut actors: Vec<&Actor> =
        story.record.actors.iter().filter(|a| !a.mentions.is_empty()).collect();
    actors.sort_by_key(|a| std::cmp::Reverse(a.mentions.len()));
    html! {
        div.wide {
            div.scroller role="region" aria-label="Actors" tabindex="0" {
                table.plain role="table" {
                    caption { (count(actors.len(), "actor", "actors")) ", those told of most first" }
                    thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Name" } th scope="col" role="columnheader" { "Kind" } th scope="col" role="columnheader" { "Mentions" } th scope="col" role="columnheader" { "Also written" } th scope="col" role="columnheader" { "Offices said to be held" } } }
                    tbody role="rowgroup" {
                        @for actor in actors.iter().take(LISTED) {
                            tr role="row" {
                                th scope="row" role="rowheader" { a href=(address(story, actor)) { bdi { (actor.name) } } }
                                td role="cell" data-head="Kind" { (actor.kind) @if let Some(country) = &actor.country { " · " (country) } }
                                td.number role="cell" data-head="Mentions" { (actor.mentions.len()) }
                                td role="cell" data-head="Also written" { bdi { (others(actor)) } }
                                td role="cell" data-head="Offices said to be held" { bdi { (titles(actor)) } }
                            }
                        }
                    }
                }
            }
            @if actors.len() > LISTED { p.quiet { "and " (actors.len() - LISTED) " more, in the record as JSON" } }
        }
    }
}

/// Address of the page of an actor.
pub(super) fn address(story: &Story, actor: &Actor) -> String {
    story_address(&story.id, &format!("actors/{}", actor.id))
}

fn others(actor: &Actor) -> String {
    let others = actor.variants.iter().filter(|v| **v != actor.name);
    others.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn titles(actor: &Actor) -> String {
    let mut titles: Vec<&str> = actor.offices.iter().map(|o| o.title.as_str()).collect();
    titles.dedup();
    titles.join(", ")
}

/// The page of one actor.
pub(super) fn page(story: &Story, c: &Collation<'_>, actor: &Actor) -> Markup {
    html! {
        div.column.actor {
            p.kicker { a href=(story_address(&story.id, "actors")) { "Actors" } " · " (actor.kind) @if let Some(country) = &actor.country { " · " (country) } }
            h2.name dir="auto" { (actor.name) }
            p.standfirst {
                (count(actor.mentions.len(), "mention", "mentions"))
                @if actor.variants.len() > 1 { "; written " bdi { (actor.variants.join(", ")) } } "."
            }
            (offices(c, &actor.offices))
            (ties(story, actor))
            (deeds(story, actor))
            @if !actor.merges.is_empty() {
                section aria-labelledby="merges" {
                    h2 id="merges" { "Why these names are taken for one" }
                    ul { @for merge in &actor.merges { li dir="auto" { (merge) } } }
                }
            }
            section aria-labelledby="mentions" {
                h2 id="mentions" { "Where it stands" }
                (citations(c, &actor.mentions, MENTIONS))
            }
        }
    }
}

/// The stretch of time over which an office is told to be held.
fn held(office: &OfficeHeld) -> (Option<i32>, Option<i32>) {
    let begin = bounds(office.began.as_ref()).0;
    let end = bounds(office.ended.as_ref()).1;
    let seen = bounds(office.held.as_ref());
    (begin.or(seen.0), end.or(seen.1))
}

/// How the bounds of an office are told.
fn told(office: &OfficeHeld) -> String {
    let mut parts = Vec::new();
    if let Some(from) = &office.from {
        parts.push(format!("from {}", day(from)));
    }
    if let Some(to) = &office.to {
        parts.push(format!("until {}", day(to)));
    }
    parts.extend(office.changes.iter().map(|c| plain(c)));
    if parts.is_empty() {
        let seen = |held: &Interval| days(Some(held));
        parts.extend(office.held.as_ref().map(|held| format!("told in reports of {}", seen(held))));
    }
    parts.join(", ")
}

fn offices(c: &Collation<'_>, offices: &[OfficeHeld]) -> Markup {
    let axis = DayAxis::of(offices.iter().map(held).flat_map(|(a, b)| [a, b]).flatten(), WIDTH);
    html! {
        @if !offices.is_empty() {
            section aria-labelledby="offices" {
                h2 id="offices" { "Offices" }
                div.scroller role="region" aria-label="Table of offices" tabindex="0" {
                    table.plain.happenings role="table" {
                        thead role="rowgroup" { tr role="row" {
                            th scope="col" role="columnheader" { "Office" }
                            th scope="col" role="columnheader" { "Standing" }
                            th scope="col" role="columnheader" { "Time" }
                            @if let Some(axis) = &axis { th.bars scope="col" role="columnheader" { span.hidden { "Drawn" } (axis_head(axis)) } }
                            th scope="col" role="columnheader" { "Who says so" }
                        } }
                        tbody role="rowgroup" {
                            @for office in offices {
                                @let (first, last) = held(office);
                                @let reports: Vec<String> = office.evidence.iter().map(|e| e.report.clone()).collect();
                                tr role="row" {
                                    th scope="row" role="rowheader" { bdi { (office.title) } @if let Some(body) = &office.body { span.quiet { ", " bdi { (body) } } } }
                                    td role="cell" data-head="Standing" { (office.standing) }
                                    td role="cell" data-head="Time" { (told(office)) }
                                    @if let Some(axis) = &axis { td.bars role="cell" { (interval(axis, Bar { first, last, class: "actual" })) } }
                                    td role="cell" data-head="Who says so" { details { summary { span.sigla { (c.sigla(&reports)) } } (citations(c, &office.evidence, 6)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn takes_part(event: &Event, id: &str) -> bool {
    event.actors.iter().chain(&event.recipients).any(|a| a == id)
}

/// Those with whom an actor takes part in events.
fn ties(story: &Story, actor: &Actor) -> Markup {
    let mut common: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for event in story.record.events.iter().filter(|e| takes_part(e, &actor.id)) {
        for other in event.actors.iter().chain(&event.recipients).filter(|a| **a != actor.id) {
            let entry = common.entry(other).or_default();
            entry.0 += 1;
            entry.1.push(event.kind.to_lowercase());
        }
    }
    let mut ties: Vec<(&str, usize, Vec<String>)> =
        common.into_iter().map(|(id, (n, kinds))| (id, n, kinds)).collect();
    ties.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let drawn: Vec<Tie> = ties
        .iter()
        .take(TIES)
        .map(|(id, events, _)| Tie { name: story.actor_name(id).to_owned(), events: *events })
        .collect();
    html! {
        @if !ties.is_empty() {
            section aria-labelledby="ties" {
                h2 id="ties" { "With whom" }
                figure.scroller tabindex="0" role="group" aria-label="Drawing of the ties; the table has the same" { (network(&actor.name, &drawn)) }
                table.plain role="table" {
                    thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Name" } th scope="col" role="columnheader" { "Events together" } th scope="col" role="columnheader" { "Kinds" } } }
                    tbody role="rowgroup" {
                        @for (id, n, kinds) in &mut ties {
                            @let () = { kinds.sort_unstable(); kinds.dedup(); };
                            tr role="row" {
                                th scope="row" role="rowheader" {
                                    @match story.actor(id) {
                                        Some(other) => a href=(address(story, other)) { bdi { (other.name) } },
                                        None => (id),
                                    }
                                }
                                td.number role="cell" data-head="Events together" { (n) }
                                td role="cell" data-head="Kinds" { (kinds.join(", ")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn deeds(story: &Story, actor: &Actor) -> Markup {
    let deeds: Vec<&Event> =
        story.record.events.iter().filter(|e| takes_part(e, &actor.id)).collect();
    html! {
        @if !deeds.is_empty() {
            section aria-labelledby="deeds" {
                h2 id="deeds" { "What is told" }
                table.plain role="table" {
                    thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "When" } th scope="col" role="columnheader" { "What" } } }
                    tbody role="rowgroup" {
                        @for event in deeds {
                            tr role="row" {
                                td.when role="cell" data-head="When" { (days(event.time.as_ref())) }
                                td role="cell" data-head="What" { a href={ (story_address(&story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
