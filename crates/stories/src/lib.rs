//! Copies and lineages, same event, same story.
//!
//! Copies are seen by shared word sequences ([`shingles`]), dependence by who is credited
//! ([`credits`]), events and stories by what is written about and when ([`similarity`],
//! [`linkage`]). Ten reprints are one source: a **lineage** is a set of reports of which each copies
//! another or leans on the same credited source in the same words.

mod bits;
mod candidates;
mod copies;
mod credits;
mod digest;
mod explain;
mod found;
mod likeness;
mod lineages;
mod linkage;
mod passages;
mod postings;
mod scaling;
mod settings;
mod shingles;
mod similarity;
mod sketches;
mod topics;

pub use digest::Digest;
pub use explain::{Passage, Why, Word, explain};
pub use found::{Dependence, Leaning, Placement, Source, Stories};
pub use linkage::{EVENT_OF_SKETCHES as ONE_EVENT, Likeness, STORY as ONE_STORY};
pub use postings::{Posting, pack_postings, unpack_postings};
pub use sketches::{
    Comparing, KEYS_OF_SKETCHES, Question, Sketch, Sketches, may_be_alike, place, place_in_events,
    place_in_stories,
};

use copies::Overlap;
use credits::{Credit, Known};
use rayon::prelude::*;
use similarity::Vocabulary;
use variorum_model::ReadReport;

/// Finds copies, lineages, events and stories among `reports`, which stand in their final order.
/// Every index in the answer is an index into `reports`.
pub fn group(reports: &[ReadReport]) -> Stories {
    let mut digests: Vec<Digest> = reports.par_iter().map(Digest::of).collect();
    let compared = Compared::of(&mut digests);
    let prints: Vec<shingles::Print> =
        reports.par_iter().map(|r| shingles::print(&r.report)).collect();
    let Compared { placements, duplicate_of, overlaps, credits, .. } = compared;
    let dependences = lineages::dependences(reports, &prints, &duplicate_of, &credits);
    let lineages = lineages::lineages(reports, &overlaps, &duplicate_of, &credits);
    Stories { placements, dependences, lineages }
}

/// Where each report belongs, from their digests, which stand in the final order of the reports. As
/// [`group`], without dependences and lineages.
pub fn placements(mut digests: Vec<Digest>) -> Vec<Placement> {
    Compared::of(&mut digests).placements
}

/// What comparing digests gives.
struct Compared {
    placements: Vec<Placement>,
    duplicate_of: Vec<Option<(u32, Leaning)>>,
    overlaps: Vec<Overlap>,
    credits: Vec<Vec<Credit>>,
    vocabulary: Vocabulary,
}

impl Compared {
    /// Compares digests; their words are weighed afterwards.
    fn of(digests: &mut [Digest]) -> Compared {
        let vocabulary = likeness::weigh(digests);
        let days: Vec<Option<i32>> = digests.iter().map(|d| d.day).collect();
        let overlaps = copies::overlaps(digests, &days);
        let known = Known::of(digests.iter().filter_map(|d| d.outlet.as_deref()));
        let credits: Vec<Vec<Credit>> =
            digests.par_iter().map(|d| known.credits(&d.claims, d.outlet.as_deref())).collect();
        let duplicate_of = copies::duplicates(digests, &overlaps, &credits);
        let pairs = likeness::pairs(digests, &vocabulary, &days);
        let events = linkage::events(digests, &pairs, &overlaps);
        let stories = linkage::stories(&pairs, &events);
        let placements = (0..digests.len())
            .map(|i| Placement {
                story: stories[i],
                event: events[i],
                duplicate_of: duplicate_of[i].map(|(original, _)| original),
            })
            .collect();
        Compared { placements, duplicate_of, overlaps, credits, vocabulary }
    }
}
