//! Attribute rules: part of speech, inflection and irregular lemmas from tags, words and labels.

use super::hash::string_hash;
use super::weights::{LoadError, RulerSpec};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde_json::Value;

/// What a rule asks of one of its tokens.
#[derive(Debug, Default)]
struct Condition {
    /// By tag number: whether it may have this tag; `None` for any.
    tags: Option<Vec<bool>>,
    /// By label number of the parser; `None` for any.
    relations: Option<Vec<bool>>,
    /// Hashes of the lower-cased words it may be; `None` for any.
    lower: Option<Vec<u64>>,
    is_space: Option<bool>,
}

/// What a rule sets.
#[derive(Debug, Default)]
struct Effect {
    part: Option<u8>,
    inflection: Option<u16>,
    lemma: Option<CompactString>,
    tag: Option<CompactString>,
    relation: Option<CompactString>,
}

/// A rule in one of its forms: conditions on successive tokens, and the one that it changes.
#[derive(Debug)]
struct Rule {
    conditions: Vec<Condition>,
    target: usize,
    effect: usize,
}

/// A token as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight {
    pub(crate) tag: u16,
    pub(crate) relation: u16,
    /// Hash of the lower-cased word.
    pub(crate) lower: u64,
    pub(crate) is_space: bool,
}

/// What the rules say of a token; numbers are indices into the ruler's lists.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdict<'r> {
    part: u8,
    inflection: u16,
    pub(crate) lemma: Option<&'r CompactString>,
    pub(crate) tag: Option<&'r CompactString>,
    pub(crate) relation: Option<&'r CompactString>,
}

/// The attribute ruler.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    effects: Vec<Effect>,
    /// Rules whose first token may be any word, by its tag.
    by_tag: Vec<Vec<u16>>,
    /// Rules by the first token's lower-cased word.
    by_word: FxHashMap<u64, Vec<u16>>,
    /// Parts of speech, upper case as in Universal Dependencies and lower case; the first is "".
    parts: Vec<(CompactString, String)>,
    inflections: Vec<String>,
}

impl Ruler {
    /// From the rules, the tagger's labels and the parser's.
    pub(crate) fn new(
        specs: &[RulerSpec],
        tags: &[String],
        relations: &[CompactString],
    ) -> Result<Ruler, LoadError> {
        let mut ruler = Ruler {
            rules: Vec::new(),
            effects: Vec::new(),
            by_tag: vec![Vec::new(); tags.len()],
            by_word: FxHashMap::default(),
            parts: vec![Default::default()],
            inflections: vec![String::new()],
        };
        for spec in specs {
            let effect = ruler.effect(spec)?;
            ruler.effects.push(effect);
            for pattern in &spec.patterns {
                let condition = |token| Condition::new(token, tags, relations);
                let conditions: Vec<Condition> =
                    pattern.iter().map(condition).collect::<Result<_, _>>()?;
                let length = conditions.len() as i32;
                let target = if spec.index < 0 { spec.index + length } else { spec.index };
                if !(0..length).contains(&target) {
                    return Err(LoadError::Unsupported("a rule for no token".to_owned()));
                }
                let effect = ruler.effects.len() - 1;
                ruler.index(&conditions[0]);
                ruler.rules.push(Rule { conditions, target: target as usize, effect });
            }
        }
        Ok(ruler)
    }

    /// Files the next rule under what its first token may be.
    fn index(&mut self, first: &Condition) {
        let number = self.rules.len() as u16;
        match &first.lower {
            Some(words) => {
                for &word in words {
                    self.by_word.entry(word).or_default().push(number);
                }
            }
            None => {
                for (tag, rules) in self.by_tag.iter_mut().enumerate() {
                    if first.tags.as_ref().is_none_or(|tags| tags[tag]) {
                        rules.push(number);
                    }
                }
            }
        }
    }

    fn effect(&mut self, spec: &RulerSpec) -> Result<Effect, LoadError> {
        let mut effect = Effect::default();
        for (name, value) in &spec.attrs {
            match name.as_str() {
                "POS" => {
                    let known = self.parts.iter().position(|(upper, _)| upper == value);
                    let number = known.unwrap_or_else(|| {
                        self.parts.push((value.into(), value.to_lowercase()));
                        self.parts.len() - 1
                    });
                    effect.part = Some(number as u8);
                }
                "MORPH" => {
                    let value = if value == "_" { "" } else { value };
                    let known = self.inflections.iter().position(|i| i == value);
                    let number = known.unwrap_or_else(|| {
                        self.inflections.push(value.to_owned());
                        self.inflections.len() - 1
                    });
                    effect.inflection = Some(number as u16);
                }
                "LEMMA" => effect.lemma = Some(value.into()),
                "TAG" => effect.tag = Some(value.into()),
                "DEP" => effect.relation = Some(value.into()),
                other => return Err(LoadError::Unsupported(format!("a rule that sets {other}"))),
            }
        }
        Ok(effect)
    }

    /// Applies the rules to a text. All look at the tokens as they were; later rules win.
    pub(crate) fn apply(&self, tokens: &[Sight]) -> Vec<Verdict<'_>> {
        let mut found: Vec<(u32, u16)> = Vec::with_capacity(2 * tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            let by_word = self.by_word.get(&token.lower).into_iter().flatten();
            for &number in self.by_tag[token.tag as usize].iter().chain(by_word) {
                let rule = &self.rules[number as usize];
                let here = &tokens[at..];
                let holds = here.len() >= rule.conditions.len()
                    && rule.conditions.iter().zip(here).all(|(c, t)| c.holds(t));
                if holds {
                    found.push(((at + rule.target) as u32, number));
                }
            }
        }
        found.sort_unstable();
        let mut verdicts = vec![Verdict::default(); tokens.len()];
        for (at, number) in found {
            let effect = &self.effects[self.rules[number as usize].effect];
            let verdict = &mut verdicts[at as usize];
            verdict.part = effect.part.unwrap_or(verdict.part);
            verdict.inflection = effect.inflection.unwrap_or(verdict.inflection);
            verdict.lemma = effect.lemma.as_ref().or(verdict.lemma);
            verdict.tag = effect.tag.as_ref().or(verdict.tag);
            verdict.relation = effect.relation.as_ref().or(verdict.relation);
        }
        verdicts
    }

    /// The part of speech, as Universal Dependencies write it and in lower case.
    pub(crate) fn part(&self, verdict: &Verdict) -> (&CompactString, &str) {
        let (upper, lower) = &self.parts[verdict.part as usize];
        (upper, lower)
    }

    /// Whether the inflection is already that of the dictionary form.
    pub(crate) fn is_base(&self, verdict: &Verdict) -> bool {
        let features = &self.inflections[verdict.inflection as usize];
        let is = |name: &str, value: &str| {
            features.split('|').any(|f| f.split_once('=') == Some((name, value)))
        };
        let has = |name: &str| features.split('|').any(|f| f.starts_with(name));
        let part = self.part(verdict).1;
        part == "noun" && is("Number", "Sing")
            || part == "verb" && is("VerbForm", "Fin") && is("Tense", "Pres") && !has("Number=")
            || is("VerbForm", "Inf")
            || is("VerbForm", "None")
            || is("Degree", "Pos")
    }
}

impl<'r> Verdict<'r> {
    /// What of the verdict decides the lemma of a word.
    pub(crate) fn key(&self) -> (u8, u16) {
        (self.part, self.inflection)
    }
}

impl Condition {
    fn new(
        token: &std::collections::BTreeMap<String, Value>,
        tags: &[String],
        relations: &[CompactString],
    ) -> Result<Condition, LoadError> {
        let mut condition = Condition::default();
        let unsupported = |what: &str| LoadError::Unsupported(format!("a rule on {what}"));
        for (name, value) in token {
            let wanted = Wanted::new(value).ok_or_else(|| unsupported(name))?;
            match (name.as_str(), wanted) {
                ("TAG", wanted) => {
                    condition.tags = Some(tags.iter().map(|t| wanted.allows(t)).collect());
                }
                ("DEP", wanted) => {
                    condition.relations =
                        Some(relations.iter().map(|r| wanted.allows(r)).collect());
                }
                ("LOWER", Wanted::OneOf(words)) => {
                    condition.lower = Some(words.iter().map(|w| string_hash(w)).collect());
                }
                ("IS_SPACE", Wanted::Flag(flag)) => condition.is_space = Some(flag),
                _ => return Err(unsupported(name)),
            }
        }
        Ok(condition)
    }

    fn holds(&self, token: &Sight) -> bool {
        self.tags.as_ref().is_none_or(|tags| tags[token.tag as usize])
            && self.relations.as_ref().is_none_or(|r| r[token.relation as usize])
            && self.lower.as_ref().is_none_or(|words| words.contains(&token.lower))
            && self.is_space.is_none_or(|wanted| wanted == token.is_space)
    }
}

/// The value of an attribute in a pattern.
enum Wanted<'v> {
    OneOf(Vec<&'v str>),
    NoneOf(Vec<&'v str>),
    Flag(bool),
}

impl<'v> Wanted<'v> {
    fn new(value: &'v Value) -> Option<Wanted<'v>> {
        let list = |v: &'v Value| v.as_array()?.iter().map(Value::as_str).collect::<Option<_>>();
        match value {
            Value::String(one) => Some(Wanted::OneOf(vec![one])),
            Value::Bool(flag) => Some(Wanted::Flag(*flag)),
            Value::Object(map) => match map.iter().next()? {
                (key, v) if key == "IN" => Some(Wanted::OneOf(list(v)?)),
                (key, v) if key == "NOT_IN" => Some(Wanted::NoneOf(list(v)?)),
                _ => None,
            },
            _ => None,
        }
    }

    fn allows(&self, text: &str) -> bool {
        match self {
            Wanted::OneOf(list) => list.contains(&text),
            Wanted::NoneOf(list) => !list.contains(&text),
            Wanted::Flag(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rules_win_and_all_see_the_tokens_as_they_were() {
        let specs: Vec<RulerSpec> = serde_json::from_str(
            r#"[
            {"patterns": [[{"TAG": "VBZ"}]], "index": 0,
             "attrs": {"POS": "VERB", "MORPH": "Number=Sing|Tense=Pres|VerbForm=Fin"}},
            {"patterns": [[{"TAG": "VB"}]], "index": 0, "attrs": {"POS": "VERB", "MORPH": "VerbForm=Inf"}},
            {"patterns": [[{"TAG": "VBZ", "LOWER": {"IN": ["is", "'s"]}}]], "index": 0,
             "attrs": {"POS": "AUX", "LEMMA": "be"}},
            {"patterns": [[{"LOWER": "let"}, {"LOWER": "'s"}]], "index": 1, "attrs": {"LEMMA": "us"}},
            {"patterns": [[{"IS_SPACE": true, "DEP": {"NOT_IN": [""]}}]], "index": 0,
             "attrs": {"TAG": "_SP", "DEP": "dep"}}
            ]"#,
        )
        .expect("the rules can be read");
        let tags = ["VBZ", "VB", "NN"].map(String::from);
        let relations = ["", "aux"].map(CompactString::from);
        let ruler = Ruler::new(&specs, &tags, &relations).expect("the rules are known");
        let sight = |tag, relation, word: &str| Sight {
            tag,
            relation,
            lower: string_hash(word),
            is_space: word == "\n",
        };
        let tokens =
            [sight(1, 0, "let"), sight(0, 1, "'s"), sight(0, 0, "goes"), sight(2, 1, "\n")];
        let verdicts = ruler.apply(&tokens);
        let said: Vec<_> = verdicts
            .iter()
            .map(|v| (ruler.part(v).1, v.lemma.map(|l| l.as_str()), ruler.is_base(v)))
            .collect();
        assert_eq!(
            said,
            [
                ("verb", None, true),
                ("aux", Some("us"), false),
                ("verb", None, false),
                ("", None, false)
            ]
        );
        let last = verdicts[3];
        assert_eq!(
            (last.tag.map(|t| t.as_str()), last.relation.map(|r| r.as_str())),
            (Some("_SP"), Some("dep"))
        );
    }

    #[test]
    fn rules_that_this_runtime_does_not_know_are_refused() {
        for rule in [
            r#"{"patterns": [[{"ORTH": "x"}]], "index": 0, "attrs": {}}"#,
            r#"{"patterns": [[{"TAG": {"REGEX": "^V"}}]], "index": 0, "attrs": {}}"#,
            r#"{"patterns": [[{"TAG": "VB"}]], "index": 1, "attrs": {}}"#,
            r#"{"patterns": [[]], "index": 0, "attrs": {}}"#,
            r#"{"patterns": [[{"TAG": "VB"}]], "index": 0, "attrs": {"SHAPE": "x"}}"#,
        ] {
            let spec: RulerSpec = serde_json::from_str(rule).expect(rule);
            assert!(Ruler::new(&[spec], &["VB".to_owned()], &[]).is_err(), "{rule}");
        }
    }
}
