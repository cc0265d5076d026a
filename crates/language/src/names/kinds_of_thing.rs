//! Acronyms that name no one: "a VBIED", "three UAVs".

use super::classify::Found;
use super::forms::acronym;
use super::runs::Word;
use variorum_model::MentionKind;

/// Whether a name is an acronym for a kind of thing: in the plural, or alone after an indefinite
/// article. "A UN convoy" has the convoy behind the article, so "UN" stays a name.
pub(super) fn is_kind_of_thing(words: &[Word<'_>], found: &Found) -> bool {
    if found.last - found.first != 1 || found.kind == MentionKind::Person {
        return false;
    }
    let text = words[found.first].text;
    let plural = text.strip_suffix('s').is_some_and(acronym);
    if plural {
        return true;
    }
    let indefinite = found.first > 0 && matches!(&*words[found.first - 1].lower, "a" | "an");
    let governed =
        words.get(found.last).is_some_and(|next| next.noun || next.text.starts_with('-'));
    indefinite && !governed && acronym(text)
}
