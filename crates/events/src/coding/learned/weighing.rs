//! Which words of a sentence tell an act, and which: the model's chances and the rules, weighed.

use super::model::Linear;
use crate::coding::draft::Draft;
use variorum_model::EventType;

/// Least chance of an act where a rule tells one: by a pattern that asks for more than one word, by one
/// that asks for less, and by another or by a noun alone.
const RULED_STRICTLY: f32 = 0.01;
/// Least chance of an act by a reading that the manual prescribes.
const PRESCRIBED: f32 = 0.01;
const RULED: f32 = 0.05;
const RULED_LOOSELY: f32 = 0.1;
/// Confidence of rules from which their patterns ask so much.
const STRICTEST: f32 = 0.79;
const STRICT: f32 = 0.7;
/// Least chance in a sentence where no rule tells an act, told by a verb and by another word.
const ALONE: f32 = 0.45;
const ALONE_NAMED: f32 = 0.5;
/// The same for a noun with a rule of its own that stood back behind the rule of a verb, which tells nothing after all:
/// "was killed in an attack".
const SPARE: f32 = 0.3;
/// Least chance in a sentence where a rule tells an act.
const BESIDE: f32 = 0.75;
/// Least chance of the category of an act that no rule tells: the model may see an act and not know which.
const KNOWN: f32 = 0.35;
/// Least chance of the category of an act beside a likelier one, and where a pattern asks for much.
const OTHER: f32 = 0.15;
const OTHER_STRICTLY: f32 = 0.02;
/// How much the category of a rule is believed, as a share of the chance that there is an act: where
/// the model is sure of an act; where it is not, or draws the line between two categories elsewhere
/// than the lexicon; and of a reading that the manual prescribes (an unwillingness is a rejection),
/// which is not learned.
const TRUST: f32 = 0.5;
const TRUST_UNSURE: f32 = 1.0;
const TRUST_PRESCRIBED: f32 = 2.0;
/// Chance of an act from which the model may well know its category better than a rule.
const SURE: f32 = 0.7;
/// Categories of rules, and what the written sentences have for some of the same words: accords
/// signed, bans, sentences of courts, releases that they order.
const DRAWN_OTHERWISE: [(EventType, EventType); 4] = [
    (EventType::Support, EventType::Agree),
    (EventType::Coerce, EventType::Sanction),
    (EventType::Accuse, EventType::Sanction),
    (EventType::Retreat, EventType::Request),
];

/// What is right as often as it says, from a chance on the scale of log odds: drawn toward even odds, since models and
/// rules together are surer than they should be. Fitted on passages that the models had not seen
/// (`train/event_confidence.py`).
const SLOPE: f32 = 0.803;
const SHIFT: f32 = -0.045;

/// What model and rules make of one word.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    /// The word.
    pub(super) token: usize,
    /// The likeliest category, the rule's own counted in, and its chance.
    pub(super) kind: EventType,
    pub(super) chance: f32,
    /// Chance that it tells an act at all.
    any: f32,
    /// Category and confidence of the rule that tells an act here.
    ruled: Option<(EventType, f32)>,
    /// The rule's reading is one that the manual prescribes.
    prescribed: bool,
    verb: bool,
    /// A rule tells an act here, and stood back behind another's.
    pub(super) spare: bool,
}

/// `chances` in the order of the model's classes, the first of them "no act".
pub(super) fn weigh(
    acts: &Linear,
    rule: Option<&Draft>,
    token: usize,
    verb: bool,
    chances: &[f32],
) -> Option<Weighed> {
    let any = 1.0 - chances.first()?;
    let kinds = acts.classes.iter().zip(chances).skip(1);
    let kinds = kinds.filter_map(|(name, &chance)| Some((EventType::named(name)?, chance)));
    let likeliest = |a: (EventType, f32), b: (EventType, f32)| if b.1 > a.1 { b } else { a };
    let (first, _) = kinds.clone().reduce(likeliest)?;
    let trust = rule.map_or(0.0, |draft| trust(draft, first, any));
    let counted = kinds.map(|(kind, chance)| {
        let ruled = rule.is_some_and(|draft| draft.kind == kind);
        (kind, (chance + if ruled { trust * any } else { 0.0 }) / (1.0 + trust))
    });
    let (kind, chance) = counted.reduce(likeliest)?;
    let ruled = rule.map(|d| (d.kind, d.confidence));
    let prescribed = rule.is_some_and(Draft::is_converted);
    Some(Weighed { token, kind, chance, any, ruled, prescribed, verb, spare: false })
}

/// `first`: the model's likeliest category; `any`: its chance that there is an act.
fn trust(draft: &Draft, first: EventType, any: f32) -> f32 {
    if draft.is_converted() {
        TRUST_PRESCRIBED
    } else if any < SURE || DRAWN_OTHERWISE.contains(&(draft.kind, first)) {
        TRUST_UNSURE
    } else {
        TRUST
    }
}

/// Those of the words of a sentence that tell an act, in their order.
pub(super) fn chosen(mut words: Vec<Weighed>) -> Vec<Weighed> {
    let by_rule = words.iter().any(|w| w.least_ruled().is_some_and(|least| w.any >= least));
    words.retain(|w| w.any >= w.least(by_rule) && (w.ruled.is_some() || w.chance >= KNOWN));
    let likeliest = words.iter().map(|w| w.chance).fold(0.0, f32::max);
    words.retain(|w| w.chance >= w.least_other() || w.chance >= likeliest || w.stands());
    words
}

impl Weighed {
    /// How far its act is to be believed.
    pub(super) fn confidence(&self) -> f32 {
        let chance = self.chance.clamp(1e-4, 1.0 - 1e-4);
        let odds = (chance / (1.0 - chance)).ln();
        1.0 / (1.0 + (-(SLOPE * odds + SHIFT)).exp())
    }

    fn least(&self, by_rule: bool) -> f32 {
        self.least_ruled().unwrap_or(match (by_rule, self.verb) {
            (true, _) => BESIDE,
            (false, _) if self.spare => SPARE,
            (false, true) => ALONE,
            (false, false) => ALONE_NAMED,
        })
    }

    fn least_ruled(&self) -> Option<f32> {
        self.ruled.map(|(_, sure)| match sure {
            _ if self.stands() => 0.0,
            _ if self.prescribed => PRESCRIBED,
            sure if sure >= STRICTEST => RULED_STRICTLY,
            sure if sure >= STRICT => RULED,
            _ => RULED_LOOSELY,
        })
    }

    fn least_other(&self) -> f32 {
        let strict = self.prescribed || self.ruled.is_some_and(|(_, sure)| sure >= STRICTEST);
        if strict { OTHER_STRICTLY } else { OTHER }
    }

    /// The written sentences mark what is denied or claimed, and not the denial or the claim ("claimed
    /// responsibility"); a record needs both.
    fn stands(&self) -> bool {
        self.ruled.is_some_and(|(kind, sure)| match kind {
            EventType::Reject => true,
            EventType::Statement => sure >= STRICTEST,
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EventType::{Assault, Consult, Reject, Statement};

    const NONE: [usize; 0] = [];

    fn word(token: usize, kind: EventType, chance: f32, ruled: bool, verb: bool) -> Weighed {
        let ruled = ruled.then_some((kind, 0.75));
        Weighed { token, kind, chance, any: chance, ruled, prescribed: false, verb, spare: false }
    }

    fn tokens(words: Vec<Weighed>) -> Vec<usize> {
        chosen(words).iter().map(|w| w.token).collect()
    }

    #[test]
    fn confidence_is_nearer_to_even_than_the_chance() {
        for (chance, want) in [(0.0, 0.001), (0.1, 0.14), (0.5, 0.49), (0.9, 0.85), (1.0, 0.999)] {
            let found = word(0, Assault, chance, false, true).confidence();
            assert!((found - want).abs() < 0.01, "{chance} {found}");
        }
    }

    #[test]
    fn a_word_without_a_rule_needs_more() {
        assert_eq!(tokens(vec![word(3, Consult, 0.1, true, true)]), [3]);
        assert_eq!(tokens(vec![word(3, Consult, 0.04, true, true)]), NONE);
        assert_eq!(tokens(vec![word(3, Consult, 0.1, false, true)]), NONE);
        assert_eq!(tokens(vec![word(3, Consult, 0.5, false, true)]), [3]);
        assert_eq!(tokens(vec![word(3, Consult, 0.45, false, false)]), NONE);
    }

    #[test]
    fn a_noun_whose_rule_stood_back_stands_in() {
        let attack = || Weighed { spare: true, ..word(5, Assault, 0.4, false, false) };
        assert_eq!(tokens(vec![word(2, Assault, 0.01, true, true), attack()]), [5]);
        assert_eq!(tokens(vec![word(2, Assault, 0.3, true, true), attack()]), [2]);
    }

    #[test]
    fn beside_an_act_that_a_rule_tells_a_word_without_one_needs_most() {
        let sure = || word(1, Assault, 0.9, true, true);
        assert_eq!(tokens(vec![sure(), word(4, Consult, 0.7, false, true)]), [1]);
        assert_eq!(tokens(vec![sure(), word(4, Consult, 0.8, false, true)]), [1, 4]);
    }

    #[test]
    fn of_unlikely_acts_the_likeliest_stands() {
        let words = vec![word(1, Assault, 0.1, true, true), word(4, Consult, 0.12, true, true)];
        assert_eq!(tokens(words), [4]);
    }

    #[test]
    fn denials_and_claims_stand_however_little_the_model_makes_of_them() {
        assert_eq!(tokens(vec![word(4, Reject, 0.0, true, true)]), [4]);
        assert_eq!(tokens(vec![word(4, Consult, 0.0, true, true)]), NONE);
        let said = |sure| Weighed {
            ruled: Some((Statement, sure)),
            ..word(4, Statement, 0.0, true, true)
        };
        assert_eq!(tokens(vec![said(0.8)]), [4]);
        assert_eq!(tokens(vec![said(0.7)]), NONE);
    }
}
