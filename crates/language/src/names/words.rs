//! Word classes that tell what a name names (`name_words.tsv`).

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

pub(super) const TITLE: u32 = 1;
pub(super) const MODIFIER: u32 = 1 << 1;
pub(super) const PORTFOLIO: u32 = 1 << 2;
pub(super) const ORGANIZATION: u32 = 1 << 3;
pub(super) const GROUP: u32 = 1 << 4;
pub(super) const PLACE: u32 = 1 << 5;
pub(super) const PLACE_LEAD: u32 = 1 << 6;
pub(super) const FACILITY: u32 = 1 << 7;
pub(super) const EVENT: u32 = 1 << 8;
pub(super) const EVENT_LEAD: u32 = 1 << 9;
pub(super) const PERSON_VERB: u32 = 1 << 10;
pub(super) const PARTICLE: u32 = 1 << 11;
pub(super) const CONNECTOR: u32 = 1 << 12;
pub(super) const PERSON_AFTER: u32 = 1 << 13;
pub(super) const NOT_NAME: u32 = 1 << 14;
pub(super) const BODY_NOUN: u32 = 1 << 15;
pub(super) const OWNER: u32 = 1 << 16;
pub(super) const PLACE_PREPOSITION: u32 = 1 << 17;
pub(super) const SPEECH: u32 = 1 << 18;
pub(super) const VESSEL: u32 = 1 << 19;
pub(super) const SYLLABLE: u32 = 1 << 20;
pub(super) const PEOPLE_NOUN: u32 = 1 << 21;
pub(super) const VOTE: u32 = 1 << 21;
pub(super) const VOTE_KIND: u32 = 1 << 22;

static CLASSES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut map = FxHashMap::default();
    let table = include_str!("../../../../data/name_words.tsv");
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        let bit = match class {
            "title" => TITLE,
            "title_modifier" => MODIFIER,
            "portfolio" => PORTFOLIO,
            "organization" => ORGANIZATION,
            "group" => GROUP,
            "place" => PLACE,
            "place_lead" => PLACE_LEAD,
            "facility" => FACILITY,
            "event" => EVENT,
            "event_lead" => EVENT_LEAD,
            "person_verb" => PERSON_VERB,
            "particle" => PARTICLE,
            "connector" => CONNECTOR,
            "person_after" => PERSON_AFTER,
            "not_name" => NOT_NAME,
            "body_noun" => BODY_NOUN,
            "owner" => OWNER,
            "place_preposition" => PLACE_PREPOSITION,
            "speech" => SPEECH,
            "vessel" => VESSEL,
            "syllable" => SYLLABLE,
            "people_noun" => PEOPLE_NOUN,
            "vote" => VOTE,
            "vote_kind" => VOTE_KIND,
            _ => 0,
        };
        for word in words.split_whitespace() {
            *map.entry(word).or_insert(0) |= bit;
        }
    }
    map
});

/// The classes of a word in lower case, as bits.
pub(super) fn classes(lower: &str) -> u32 {
    CLASSES.get(lower).copied().unwrap_or(0)
}
