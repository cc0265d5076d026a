//! Base noun phrases: determiners, numbers, modifiers, head noun, possessors.

use super::chunk::{Kind, Unit, Words, unit};
use super::lexicon::class;
use super::tags::Tag;
use super::tree::Arcs;

fn determiner(tag: Tag) -> bool {
    matches!(tag, Tag::DT | Tag::PDT | Tag::PRPS | Tag::WPS)
}

/// A noun phrase that begins at `i`, arcs inside it set.
pub(super) fn noun_phrase(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Option<Unit> {
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
    // "March 2011": a number after its noun.
    let mut trailing = None;
    while j < n {
        let tag = words.tag(j);
        let after_noun = head.is_some();
        let fits = match tag {
            _ if tag.is_noun() => !starts_time(words, j, head) && !starts_people(words, j, head),
            Tag::CD | Tag::DOLLAR => {
                !after_noun
                    || words.tag(j - 1) == Tag::CD
                    || words.tag(j - 1) == Tag::DOLLAR
                    || tag == Tag::CD && numbered(words, j)
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
        if tag == Tag::CD && after_noun && words.tag(j - 1).is_noun() {
            trailing = Some(j);
        } else if tag.is_noun()
            || matches!(tag, Tag::CD | Tag::FW | Tag::ADD | Tag::XX | Tag::DOLLAR)
        {
            head = Some(j);
            trailing = None;
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
    if let Some(number) = trailing {
        arcs.set(number, head, "nummod");
        return Some((number + 1, head));
    }
    Some((head + 1, head))
}

/// "Phase 2", "March 2011", but not "on Monday 40 men": no noun follows the number.
fn numbered(words: &Words<'_>, j: usize) -> bool {
    words.tag(j - 1).is_noun()
        && !words.tag(j + 1).is_noun()
        && !words.tag(j + 1).is_adjective()
        && words.tag(j + 1) != Tag::CD
}

/// "One reason Norwegians left": a people after a common noun begins a phrase of its own.
fn starts_people(words: &Words<'_>, j: usize, head: Option<usize>) -> bool {
    words.tag(j) == Tag::NNPS
        && head.is_some_and(|h| h + 1 == j && words.tag(h) == Tag::NN)
        && words.tag(j + 1) != Tag::POS
}

/// "last week", "Monday" after another noun begin a phrase of time.
fn starts_time(words: &Words<'_>, j: usize, head: Option<usize>) -> bool {
    head.is_some_and(|h| h + 1 == j)
        && words.is(j, class::DAY)
        && (!words.tag(j + 1).is_noun() || words.is(j + 1, class::TIME))
        && !words.is(j - 1, class::TIME)
}

/// An adjective is in the phrase if a noun comes after it, through other modifiers.
fn modifies(words: &Words<'_>, j: usize) -> bool {
    for k in j + 1..j + 11 {
        let (tag, next) = (words.tag(k), words.tag(k + 1));
        if tag.is_noun() || tag == Tag::CD {
            return true;
        }
        let goes_on = match tag {
            Tag::COMMA => next.is_adjective() || next == Tag::CC || list_noun(words, k + 1),
            Tag::CC => next.is_adjective() || list_noun(words, k + 1),
            Tag::HYPH | Tag::VBN | Tag::VBG | Tag::AFX | Tag::QUOTE => true,
            _ if tag.is_adverb() => next.is_adjective() || next == Tag::VBN,
            _ => tag.is_adjective(),
        };
        if !goes_on {
            return false;
        }
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
    while m + 2 <= head && m < k + 16 && words.tag(m + 1) == Tag::HYPH {
        m += 2;
    }
    m.min(head)
}

fn next_number_or_modifier(words: &Words<'_>, k: usize, head: usize) -> usize {
    (k + 1..=head.min(k + 16))
        .find(|&m| {
            words.tag(m) == Tag::CD
                || words.tag(m).is_adjective() && words.low(m) != "more" && words.low(m) != "least"
                || words.tag(m).is_noun()
                || matches!(words.tag(m), Tag::VBN | Tag::VBG)
        })
        .unwrap_or(head)
}
