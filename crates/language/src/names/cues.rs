//! What the words around a name say for a person or a place.

use super::classify::Context;
use super::words::{FACILITY, ORGANIZATION, PERSON_VERB, PLACE, PLACE_PREPOSITION, SPEECH, TITLE};
use crate::gazetteer;

impl Context<'_, '_> {
    pub(super) fn place_before(&self, p: usize) -> bool {
        let Some(w) = self.before(p, 1) else { return false };
        w.is(PLACE_PREPOSITION) && !w.capital
            || w.capital && w.is(PLACE_PREPOSITION) && p - 1 == self.first
    }

    /// How much the words around `p..b` speak for a place.
    pub(super) fn place_cue(&self, p: usize, b: usize) -> f32 {
        let mut cue: f32 = 0.0;
        let before = self.before(p, 1).map_or("", |w| &*w.lower);
        if before == "of" && self.before(p, 2).is_some_and(|w| w.is(PLACE | FACILITY) && !w.capital)
        {
            cue = cue.max(0.9);
        }
        if self.before(p, 1).is_some_and(|w| !w.capital && w.is(PLACE) && !w.is(ORGANIZATION)) {
            cue = cue.max(0.5);
        }
        cue = cue.max(match before {
            "in" => 0.78,
            "near" | "outside" | "around" => 0.75,
            "inside" | "throughout" | "across" => 0.7,
            "at" | "into" | "toward" | "towards" => 0.55,
            "from" => 0.5,
            "to" => 0.4,
            _ => 0.0,
        });
        if let Some(next) = self.at(b) {
            if !next.capital && next.is(PLACE) && !next.is(ORGANIZATION) {
                cue = cue.max(0.85);
            } else if !next.capital && next.is(FACILITY) {
                cue = cue.max(0.6);
            }
            if next.text == ","
                && self
                    .at(b + 1)
                    .is_some_and(|w| gazetteer::country_of(w.text).is_some_and(|c| !c.capital))
            {
                cue = cue.max(0.7);
            }
            if next.text == "-" && self.at(b + 1).is_some_and(|w| &*w.lower == "based") {
                cue = cue.max(0.6);
            }
        }
        cue
    }

    /// How much the words around `p..b` speak for a person.
    pub(super) fn person_cue(&self, p: usize, b: usize) -> f32 {
        let mut cue: f32 = 0.0;
        if let Some(next) = self.at(b) {
            if next.is(PERSON_VERB) {
                cue = cue.max(0.8);
            }
            if next.is(SPEECH) {
                cue = cue.max(0.65);
            }
            if &*next.lower == "who" {
                cue = cue.max(0.75);
            }
            if next.finite {
                cue = cue.max(0.45);
            }
            if next.text == "," {
                cue = cue.max(self.after_comma(b + 1));
            }
        }
        let before = self.before(p, 1);
        if before.is_some_and(|w| {
            matches!(&*w.lower, "said" | "told" | "says" | "asked" | "named" | "met")
        }) {
            cue = cue.max(0.6);
        }
        if before.is_some_and(|w| w.text == ",") && self.titled_before(p) {
            cue = cue.max(0.75);
        }
        cue
    }

    /// ", 45," or ", secretary of …" or ", who".
    fn after_comma(&self, i: usize) -> f32 {
        let Some(w) = self.at(i) else { return 0.0 };
        let age = w.text.len() == 2 && w.text.bytes().all(|b| b.is_ascii_digit());
        if age && self.at(i + 1).is_some_and(|n| n.text == "," || n.text == ".") {
            return 0.95;
        }
        if &*w.lower == "who" {
            return 0.8;
        }
        for k in i..i + 6 {
            match self.at(k) {
                Some(w) if w.text == "," || w.is(SPEECH) => break,
                Some(w) if w.is(TITLE) && !w.capital => return 0.8,
                Some(_) => {}
                None => break,
            }
        }
        0.0
    }

    /// "the envoy for Norway, Orlo": a title not far before the comma.
    fn titled_before(&self, p: usize) -> bool {
        (2..10)
            .map_while(|back| self.before(p, back))
            .take_while(|w| w.text != "," && w.text != "." && !w.is(SPEECH))
            .any(|w| w.is(TITLE) && !w.is(ORGANIZATION))
    }
}
