//! Base noun phrases and verb groups.

use super::lexicon::{Lexicon, class};
use super::tags::Tag;
use super::tree::Arcs;
use compact_str::CompactString;

/// What the words of a sentence are grouped into, in order; every word belongs to one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A noun phrase without what follows its head.
    Noun,
    /// A verb with its auxiliaries.
    Verb,
    /// A preposition or subordinating conjunction.
    Preposition,
    /// A relative or interrogative word that stands alone.
    Relative,
    /// "and", "or", "but".
    Conjunction,
    Comma,
    Adjective,
    Adverb,
    Particle,
    /// Dashes, colons, semicolons.
    Break,
    Open,
    Close,
    Quote,
    /// The stop at the end, and anything else.
    Other,
}

/// How a verb group is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Finite,
    Infinitive,
    Gerund,
    Participle,
}

/// A group of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    pub(crate) first: u32,
    /// One past the last word.
    pub(crate) last: u32,
    pub(crate) head: u32,
    pub(crate) form: Form,
    pub(crate) passive: bool,
}

/// The words of a sentence as the grammar sees them.
pub(crate) struct Words<'s> {
    pub(crate) lexicon: &'s Lexicon,
    pub(crate) lower: &'s [CompactString],
    pub(crate) lemmas: &'s [CompactString],
    pub(crate) tags: Vec<Tag>,
}

impl Words<'_> {
    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }

    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::END)
    }

    pub(crate) fn low(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", |w| w.as_str())
    }

    pub(crate) fn lemma(&self, i: usize) -> &str {
        self.lemmas.get(i).map_or("", |w| w.as_str())
    }

    pub(crate) fn is(&self, i: usize, bits: u32) -> bool {
        i < self.len() && self.lexicon.classes(self.low(i)) & bits != 0
    }

    pub(crate) fn lemma_is(&self, i: usize, bits: u32) -> bool {
        i < self.len() && self.lexicon.classes(self.lemma(i)) & bits != 0
    }
}

/// Groups the words, setting the arcs inside each group.
pub(crate) fn units(words: &Words<'_>, arcs: &mut Arcs) -> Vec<Unit> {
    let mut out = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let unit = verb_group(words, i, arcs)
            .or_else(|| noun_phrase(words, i, arcs))
            .unwrap_or_else(|| single(words, i, arcs));
        i = unit.last as usize;
        out.push(unit);
    }
    out
}

fn unit(kind: Kind, first: usize, last: usize, head: usize) -> Unit {
    let (first, last, head) = (first as u32, last as u32, head as u32);
    Unit { kind, first, last, head, form: Form::Finite, passive: false }
}

fn single(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Unit {
    let tag = words.tag(i);
    let kind = match tag {
        Tag::IN => Kind::Preposition,
        Tag::TO => Kind::Preposition,
        Tag::WDT | Tag::WP | Tag::WPS | Tag::WRB => Kind::Relative,
        Tag::CC => Kind::Conjunction,
        Tag::COMMA => Kind::Comma,
        Tag::COLON | Tag::HYPH => Kind::Break,
        Tag::OPEN => Kind::Open,
        Tag::CLOSE => Kind::Close,
        Tag::QUOTE | Tag::UNQUOTE => Kind::Quote,
        Tag::RP => Kind::Particle,
        _ if tag.is_adverb() || tag == Tag::UH => return adjective_phrase(words, i, arcs),
        _ if tag.is_adjective() || tag == Tag::VBN || tag == Tag::VBG || tag == Tag::JJ => {
            return adjective_phrase(words, i, arcs);
        }
        _ => Kind::Other,
    };
    unit(kind, i, i + 1, i)
}

/// Adverbs before an adjective hang on it ("very large"); adverbs alone stand alone.
fn adjective_phrase(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Unit {
    let mut j = i;
    while words.tag(j).is_adverb()
        && (words.tag(j + 1).is_adjective() || words.tag(j + 1).is_adverb())
    {
        j += 1;
    }
    for k in i..j {
        arcs.set(k, j, "advmod");
    }
    let kind = if words.tag(j).is_adjective() { Kind::Adjective } else { Kind::Adverb };
    // "six years old", "long-term": a hyphen joins what is before to it.
    unit(kind, i, j + 1, j)
}

/// A verb with the auxiliaries, "not" and adverbs before it.
fn verb_group(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Option<Unit> {
    let opens = words.tag(i) == Tag::MD
        || words.tag(i).is_verb()
        || words.tag(i) == Tag::TO && infinitive(words, i);
    if !opens || premodifier(words, i) {
        return None;
    }
    let mut members: Vec<usize> = vec![i];
    let mut j = i + 1;
    loop {
        let last = members[members.len() - 1];
        // Adverbs belong to the group if a verb of it follows.
        let mut k = j;
        while words.tag(k).is_adverb() {
            k += 1;
        }
        if !continues(words, last, k) {
            break;
        }
        members.push(k);
        j = k + 1;
    }
    Some(finish_group(words, &members, arcs))
}

fn infinitive(words: &Words<'_>, i: usize) -> bool {
    let mut k = i + 1;
    while words.tag(k).is_adverb() {
        k += 1;
    }
    words.tag(k) == Tag::VB || (words.tag(k) == Tag::VBP && words.tag(k + 1) != Tag::END)
}

/// A participle or verb that stands before a noun it describes ("displaced families").
fn premodifier(words: &Words<'_>, i: usize) -> bool {
    let tag = words.tag(i);
    if !matches!(tag, Tag::VBN | Tag::VBG) {
        return false;
    }
    let before = if i == 0 { Tag::START } else { words.tag(i - 1) };
    let mut k = i + 1;
    while words.tag(k).is_adjective()
        || words.tag(k) == Tag::HYPH
        || matches!(words.tag(k), Tag::VBN)
    {
        k += 1;
    }
    let noun = words.tag(k).is_noun();
    match before {
        Tag::DT | Tag::PRPS | Tag::POS | Tag::JJ | Tag::HYPH | Tag::CD | Tag::JJS | Tag::JJR => {
            noun || matches!(before, Tag::DT | Tag::PRPS | Tag::POS) && tag == Tag::VBG
        }
        Tag::IN | Tag::CC | Tag::COMMA if tag == Tag::VBN => noun && words.tag(i + 1).is_noun(),
        _ if tag == Tag::VBN && before.is_verb() && !aux(words, i - 1) => {
            noun && words.tag(i + 1).is_noun()
        }
        _ => false,
    }
}

fn aux(words: &Words<'_>, i: usize) -> bool {
    matches!(words.lemma(i), "be" | "have" | "do" | "get")
}

/// Whether word `k` goes on with the group whose last verb is `last`.
fn continues(words: &Words<'_>, last: usize, k: usize) -> bool {
    let tag = words.tag(k);
    let lemma = words.lemma(last);
    match words.tag(last) {
        Tag::MD => matches!(tag, Tag::VB | Tag::VBP) || tag == Tag::VBD && words.low(k) == "put",
        Tag::TO => matches!(tag, Tag::VB | Tag::VBP),
        _ => match lemma {
            "be" => matches!(tag, Tag::VBN | Tag::VBG | Tag::VBD) && !complement(words, k),
            "get" => tag == Tag::VBN,
            "have" => matches!(tag, Tag::VBN | Tag::VBD),
            "do" => matches!(tag, Tag::VB | Tag::VBP) && words.tag(last) != Tag::VBG,
            _ => false,
        },
    }
}

/// A participle after "be" that begins a noun phrase ("are displaced families").
fn complement(words: &Words<'_>, k: usize) -> bool {
    words.tag(k) == Tag::VBN && words.tag(k + 1) == Tag::NNS
}

fn finish_group(words: &Words<'_>, members: &[usize], arcs: &mut Arcs) -> Unit {
    let first = members[0];
    let head = members[members.len() - 1];
    let mut passive = false;
    for (n, &m) in members.iter().enumerate() {
        if m == head {
            break;
        }
        let last_aux = n + 2 == members.len();
        let to_passive = last_aux
            && matches!(words.tag(head), Tag::VBN | Tag::VBD)
            && matches!(words.lemma(m), "be" | "get");
        passive |= to_passive;
        arcs.set(m, head, if to_passive { "auxpass" } else { "aux" });
    }
    for k in first..head {
        if !members.contains(&k) {
            let negates = words.lemma(k) == "not" || words.low(k) == "never";
            arcs.set(k, head, if negates { "neg" } else { "advmod" });
        }
    }
    let form = match words.tag(first) {
        Tag::TO => Form::Infinitive,
        Tag::VBG => Form::Gerund,
        Tag::VBN => Form::Participle,
        Tag::VB if members.len() == 1 => Form::Infinitive,
        _ => Form::Finite,
    };
    let mut last = head + 1;
    // "was not", "does n't" at the end of a group without a main verb.
    while words.lemma(last) == "not" && words.tag(last).is_adverb() {
        arcs.set(last, head, "neg");
        last += 1;
    }
    let passive = passive || (form == Form::Participle && members.len() == 1);
    Unit { form, passive, ..unit(Kind::Verb, first, last, head) }
}

fn determiner(tag: Tag) -> bool {
    matches!(tag, Tag::DT | Tag::PDT | Tag::PRPS | Tag::WPS)
}

/// A noun phrase that begins at `i`, arcs inside it set.
fn noun_phrase(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Option<Unit> {
    let tag = words.tag(i);
    if matches!(tag, Tag::PRP | Tag::EX) {
        return Some(unit(Kind::Noun, i, i + 1, i));
    }
    let (mut last, mut head) = simple_phrase(words, i, arcs)?;
    // Possessors: "the army 's spokesman".
    while words.tag(last) == Tag::POS {
        arcs.set(last, head, "case");
        match simple_phrase(words, last + 1, arcs) {
            Some((end, next)) => {
                arcs.set(head, next, "poss");
                (last, head) = (end, next);
            }
            None => {
                last += 1;
                break;
            }
        }
    }
    Some(unit(Kind::Noun, i, last, head))
}

/// One phrase without possessor: determiners, numbers, modifiers, head noun. Returns the end and
/// the head.
fn simple_phrase(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Option<(usize, usize)> {
    let n = words.len();
    let mut j = i;
    let mut seen_determiner = false;
    while j < n && determiner(words.tag(j)) {
        seen_determiner = true;
        j += 1;
    }
    let body = j;
    let mut head = None;
    while j < n {
        let tag = words.tag(j);
        let after_noun = head.is_some();
        let fits = match tag {
            _ if tag.is_noun() => !starts_time(words, j, head),
            Tag::CD | Tag::DOLLAR => {
                !after_noun
                    || words.tag(j - 1).is_name() && tag == Tag::CD
                    || words.tag(j - 1) == Tag::CD
                    || words.tag(j - 1) == Tag::DOLLAR
                    || words.tag(j + 1).is_noun() && words.tag(j - 1).is_noun() && false
            }
            Tag::JJ | Tag::JJR | Tag::JJS => modifies(words, j),
            Tag::VBN | Tag::VBG => premodifier_in_phrase(words, j, seen_determiner || j > body),
            Tag::RB | Tag::RBR | Tag::RBS => {
                adverb_in_phrase(words, j, j > body || seen_determiner)
            }
            Tag::HYPH => j > body && j + 1 < n,
            Tag::FW | Tag::AFX | Tag::ADD | Tag::XX | Tag::SYM => true,
            Tag::COMMA | Tag::CC => {
                !after_noun && modifier_list(words, body, j)
                    || tag == Tag::CC && name_and_name(words, j, head)
            }
            Tag::IN => quantity_in_phrase(words, j),
            _ => false,
        };
        if !fits {
            break;
        }
        if tag.is_noun()
            || matches!(tag, Tag::CD | Tag::FW | Tag::ADD | Tag::XX)
            || tag == Tag::DOLLAR
        {
            head = Some(j);
        }
        j += 1;
    }
    // Modifiers left hanging without a noun after them are no part of the phrase.
    let head = match head {
        Some(h) => h,
        None if seen_determiner => {
            // "the injured", "those": the last adjective or the determiner heads it.
            let k = if body < n
                && (words.tag(body).is_adjective()
                    || matches!(words.tag(body), Tag::VBN | Tag::VBG))
            {
                body
            } else {
                body - 1
            };
            if words.tag(k) == Tag::PRPS || words.tag(k) == Tag::WPS {
                return None;
            }
            for m in i..k {
                arcs.set(m, k, "det");
            }
            return Some((k + 1, k));
        }
        None => return None,
    };
    attach_inside(words, i, head, arcs);
    Some((head + 1, head))
}

/// "last week", "Monday" after another noun begin a phrase of time.
fn starts_time(words: &Words<'_>, j: usize, head: Option<usize>) -> bool {
    head.is_some_and(|h| h + 1 == j)
        && words.is(j, class::DAY)
        && !(words.tag(j + 1).is_noun() && !words.is(j + 1, class::TIME))
        && !words.is(j - 1, class::TIME)
}

/// An adjective is in the phrase if a noun comes after it, through other modifiers.
fn modifies(words: &Words<'_>, j: usize) -> bool {
    let mut k = j + 1;
    for _ in 0..10 {
        let tag = words.tag(k);
        if tag.is_noun() || tag == Tag::CD {
            return true;
        }
        let goes_on = tag.is_adjective()
            || matches!(
                tag,
                Tag::HYPH | Tag::VBN | Tag::VBG | Tag::AFX | Tag::COMMA | Tag::CC | Tag::QUOTE
            )
            || tag.is_adverb() && (words.tag(k + 1).is_adjective() || words.tag(k + 1) == Tag::VBN);
        if !goes_on
            || matches!(tag, Tag::COMMA | Tag::CC)
                && !words.tag(k + 1).is_adjective()
                && !(tag == Tag::COMMA && words.tag(k + 1) == Tag::CC)
                && !list_noun(words, k + 1)
        {
            return false;
        }
        k += 1;
    }
    false
}

/// "political, military and security affairs": a noun in a list of modifiers, with the noun they
/// all modify right after it.
fn list_noun(words: &Words<'_>, k: usize) -> bool {
    words.tag(k) == Tag::NN && matches!(words.tag(k + 1), Tag::NNS | Tag::NN)
        || words.tag(k) == Tag::CC && list_noun_after(words, k + 1)
}

fn list_noun_after(words: &Words<'_>, k: usize) -> bool {
    words.tag(k).is_adjective()
        || words.tag(k) == Tag::NN && matches!(words.tag(k + 1), Tag::NNS | Tag::NN)
}

fn premodifier_in_phrase(words: &Words<'_>, j: usize, inside: bool) -> bool {
    if words.tag(j - usize::from(j > 0)) == Tag::HYPH {
        return modifies(words, j) || words.tag(j + 1).is_noun();
    }
    let noun_next =
        words.tag(j + 1).is_noun() || words.tag(j + 1).is_adjective() && modifies(words, j + 1);
    let after_noun = j > 0 && words.tag(j - 1).is_noun();
    if words.tag(j + 1) == Tag::HYPH {
        return true;
    }
    match words.tag(j) {
        Tag::VBN => noun_next && !after_noun,
        _ => noun_next && inside && !after_noun,
    }
}

fn adverb_in_phrase(words: &Words<'_>, j: usize, inside: bool) -> bool {
    let next = words.tag(j + 1);
    let quantity = words.is(j, class::QUANTIFIER)
        && matches!(next, Tag::CD | Tag::DOLLAR | Tag::JJR | Tag::JJS);
    quantity
        || (inside || next.is_adjective())
            && (next.is_adjective() && modifies(words, j + 1)
                || matches!(next, Tag::VBN | Tag::HYPH)
                    && premodifier_in_phrase(words, j + 1, true))
}

/// "over 400,000", "more than 20", "at least 30".
fn quantity_in_phrase(words: &Words<'_>, j: usize) -> bool {
    let next = words.tag(j + 1);
    let number = matches!(next, Tag::CD | Tag::DOLLAR);
    match words.low(j) {
        "than" => number && j > 0 && matches!(words.low(j - 1), "more" | "less" | "fewer"),
        "over" | "about" | "around" | "under" | "nearly" => {
            number
                && (words.tag(j + 2).is_noun()
                    || words.tag(j + 2) == Tag::CD
                    || words.tag(j + 1) == Tag::DOLLAR)
                && !words.is(j + 2, class::TIME)
        }
        "at" => {
            matches!(words.low(j + 1), "least" | "most")
                && matches!(words.tag(j + 2), Tag::CD | Tag::DOLLAR)
        }
        _ => false,
    }
}

/// Whether a comma or conjunction at `j` stands in a list of modifiers that began at `body`.
fn modifier_list(words: &Words<'_>, body: usize, j: usize) -> bool {
    if j == body
        || !words.tag(j - 1).is_adjective()
            && words.tag(j - 1) != Tag::COMMA
            && words.tag(j - 1) != Tag::VBN
    {
        return false;
    }
    let next = words.tag(j + 1);
    if next.is_adjective() || next == Tag::VBN {
        return modifies(words, j + 1);
    }
    next == Tag::CC
        && (words.tag(j + 2).is_adjective() && modifies(words, j + 2)
            || list_noun_after(words, j + 2) && words.tag(j + 2) == Tag::NN)
        || list_noun(words, j + 1) && words.tag(j) == Tag::CC
}

/// "Foreign and Commonwealth Office", "Johnson & Johnson": names joined inside one name.
fn name_and_name(words: &Words<'_>, j: usize, head: Option<usize>) -> bool {
    words.low(j) == "&" && head.is_some() && words.tag(j + 1).is_name()
}

fn attach_inside(words: &Words<'_>, i: usize, head: usize, arcs: &mut Arcs) {
    let mut previous_modifier: Option<usize> = None;
    let mut k = i;
    while k < head {
        let tag = words.tag(k);
        match tag {
            Tag::DT | Tag::PDT => arcs.set(k, head, if tag == Tag::PDT { "predet" } else { "det" }),
            Tag::PRPS | Tag::WPS => arcs.set(k, head, "poss"),
            Tag::CD if words.tag(k + 1) == Tag::CD => arcs.set(k, k + 1, "compound"),
            Tag::CD => {
                let number_of_number = head > k && words.tag(head) == Tag::CD;
                arcs.set(k, head, if number_of_number { "compound" } else { "nummod" });
            }
            Tag::DOLLAR => {
                // "$ 5 million aid": the number is the head of what stands before the noun.
                let mut m = k + 1;
                while m < head && words.tag(m + 1) == Tag::CD {
                    m += 1;
                }
                arcs.set(
                    k,
                    m.min(head),
                    if words.tag(m.min(head)) == Tag::CD { "quantmod" } else { "nmod" },
                );
            }
            Tag::HYPH => arcs.set(k, hyphen_head(words, k, head), "punct"),
            Tag::CC => {
                if let Some(p) = previous_modifier {
                    arcs.set(k, p, "cc");
                } else {
                    arcs.set(k, head, "cc");
                }
            }
            Tag::COMMA | Tag::QUOTE => arcs.set(k, previous_modifier.unwrap_or(head), "punct"),
            _ if tag.is_adverb() || tag == Tag::IN => {
                let target = next_number_or_modifier(words, k, head);
                let relation = if words.tag(target) == Tag::CD && tag == Tag::IN {
                    "quantmod"
                } else {
                    "advmod"
                };
                arcs.set(k, target, relation);
            }
            _ => {
                let base = if tag.is_noun() || matches!(tag, Tag::FW | Tag::ADD | Tag::XX) {
                    "compound"
                } else {
                    "amod"
                };
                if words.tag(k + 1) == Tag::HYPH && k + 2 <= head {
                    // "anti - terrorism law": the first half hangs on the last.
                    let target = hyphen_head(words, k + 1, head);
                    let relation = if words.tag(target).is_noun() {
                        "compound"
                    } else if tag.is_noun() {
                        "npadvmod"
                    } else {
                        "advmod"
                    };
                    arcs.set(
                        k,
                        target,
                        if tag == Tag::JJ && words.tag(target).is_noun() {
                            "amod"
                        } else {
                            relation
                        },
                    );
                } else if words.lower.get(k + 1).is_some_and(|w| w == "than")
                    && words.tag(k + 1) == Tag::IN
                {
                    arcs.set(k, next_number_or_modifier(words, k + 1, head), "amod");
                } else if previous_modifier.is_some()
                    && k > i
                    && matches!(words.tag(k - 1), Tag::CC | Tag::COMMA)
                {
                    arcs.set(k, previous_modifier.unwrap_or(head), "conj");
                    previous_modifier = Some(k);
                } else {
                    arcs.set(k, head, base);
                    previous_modifier = Some(k);
                }
            }
        }
        k += 1;
    }
}

/// The last part of a hyphened compound that goes on at hyphen `k`.
fn hyphen_head(words: &Words<'_>, k: usize, head: usize) -> usize {
    let mut m = k + 1;
    while m + 2 <= head && words.tag(m + 1) == Tag::HYPH {
        m += 2;
    }
    m.min(head)
}

fn next_number_or_modifier(words: &Words<'_>, k: usize, head: usize) -> usize {
    (k + 1..=head)
        .find(|&m| {
            words.tag(m) == Tag::CD
                || words.tag(m).is_adjective() && words.low(m) != "more" && words.low(m) != "least"
                || words.tag(m).is_noun()
                || matches!(words.tag(m), Tag::VBN | Tag::VBG)
        })
        .unwrap_or(head)
}
