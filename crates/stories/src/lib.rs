//! Copies and lineages, same event, same story.
//!
//! Copies are seen by shared word sequences ([`shingles`]), dependence by who is credited
//! ([`credits`]), events and stories by what is written about and when ([`similarity`],
//! [`linkage`]). Ten reprints are one source: a **lineage** is a set of reports of which each copies
//! another or leans on the same credited source in the same words.

mod copies;
mod credits;
mod found;
mod lineages;
mod linkage;
mod settings;
mod shingles;
mod similarity;
mod sketches;

pub use found::{Dependence, Leaning, Placement, Source, Stories};
pub use linkage::Likeness;
pub use sketches::{Sketch, Sketches, place};

use variorum_model::ReadReport;

/// Finds copies, lineages, events and stories among `reports`, which stand in their final order.
/// Every index in the answer is an index into `reports`.
pub fn group(reports: &[ReadReport]) -> Stories {
    let prints: Vec<shingles::Print> = reports.iter().map(|r| shingles::print(&r.report)).collect();
    let overlaps = copies::overlaps(&prints);
    let credited = credits::credits(reports);
    let duplicate_of = copies::duplicates(reports, &overlaps, &credited);
    let vectors = similarity::vectors(reports);
    let events = linkage::events(reports, &vectors, &overlaps);
    let stories = linkage::stories(&vectors, &events);
    let placements = (0..reports.len())
        .map(|i| Placement {
            story: stories[i],
            event: events[i],
            duplicate_of: duplicate_of[i].map(|(original, _)| original),
        })
        .collect();
    let dependences = lineages::dependences(reports, &prints, &duplicate_of, &credited);
    let lineages = lineages::lineages(reports, &overlaps, &duplicate_of, &credited);
    Stories { placements, dependences, lineages }
}
