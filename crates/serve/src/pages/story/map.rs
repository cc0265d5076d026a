//! Places of a story on a map without tiles, and all of them in a table.

use crate::drawing::{Spot, world};
use crate::pages::words::{count, passage_address, story_address};
use crate::story::Story;
use maud::{Markup, html};
use variorum_export::Collation;
use variorum_model::contract::Place;

pub(super) fn body(story: &Story, _: &Collation<'_>) -> Markup {
    let mut places: Vec<&Place> = story.record.places.iter().collect();
    places.sort_by_key(|p| std::cmp::Reverse(p.mentions.len()));
    let spots: Vec<Spot> = places
        .iter()
        .filter_map(|p| {
            let (latitude, longitude) = p.lat.zip(p.lon)?;
            Some(Spot { name: p.name.clone(), latitude, longitude, weight: p.mentions.len() })
        })
        .collect();
    html! {
        div.wide {
            @if spots.is_empty() {
                p.quiet { "No place of this story has a known position." }
            } @else {
                figure {
                    div.scroller tabindex="0" role="group" aria-label="Map; the table has the same places" { (world(&spots)) }
                    figcaption {
                        "Towns by how often they are named. " (count(places.len() - spots.len(), "place has", "places have"))
                        " no position here (countries, regions, places not in the gazetteer). Outline: Natural Earth."
                    }
                }
            }
            (table(story, &places))
        }
    }
}

fn table(story: &Story, places: &[&Place]) -> Markup {
    html! {
        div.scroller role="region" aria-label="Places" tabindex="0" {
            table.plain role="table" {
                thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Place" } th scope="col" role="columnheader" { "Country" } th scope="col" role="columnheader" { "Position" } th scope="col" role="columnheader" { "Named" } th scope="col" role="columnheader" { "What happened there" } } }
                tbody role="rowgroup" {
                    @for place in places {
                        tr role="row" {
                            th scope="row" role="rowheader" {
                                @match place.mentions.first() {
                                    Some(mention) => a href=(passage_address(mention)) { bdi { (place.name) } },
                                    None => bdi { (place.name) },
                                }
                            }
                            td role="cell" data-head="Country" { (place.country.as_deref().unwrap_or_default()) }
                            td.number role="cell" data-head="Position" { @if let (Some(lat), Some(lon)) = (place.lat, place.lon) { (position(lat, lon)) } }
                            td.number role="cell" data-head="Named" { (place.mentions.len()) }
                            td role="cell" data-head="What happened there" { (events_at(story, place)) }
                        }
                    }
                }
            }
        }
    }
}

fn position(lat: f64, lon: f64) -> String {
    let (ns, ew) = (if lat < 0.0 { "S" } else { "N" }, if lon < 0.0 { "W" } else { "E" });
    format!("{:.1}° {ns}, {:.1}° {ew}", lat.abs(), lon.abs())
}

fn events_at(story: &Story, place: &Place) -> Markup {
    let here = story.record.events.iter().filter(|e| e.place.as_deref() == Some(place.id.as_str()));
    html! {
        @for (n, event) in here.take(4).enumerate() {
            @if n > 0 { "; " }
            a href={ (story_address(&story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) }
        }
    }
}
