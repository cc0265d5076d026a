//! The name inside a written form, and the forms around a name.
//!
//! A recogniser takes "Harbour Commissioner Ann Lee" for one name, or for a body, and leaves "Mr" and
//! "Freedonian President" outside. What is written is kept; who is meant is told by the name alone.

use crate::names::is_title_word;
use variorum_language::gazetteer;
use variorum_model::{Mention, MentionKind, Span};

/// Most words looked at before a name.
const BEFORE: usize = 6;

/// The person's name at the end of a form that opens with titles: "Commissioner Ann Lee" gives "Ann Lee".
/// For what was read as a body the name must begin with a known given name. `None` when nothing is cut.
pub(crate) fn name_after_titles(form: &str, kind: MentionKind) -> Option<&str> {
    if !matches!(kind, MentionKind::Person | MentionKind::Organization) {
        return None;
    }
    let words: Vec<&str> = form.split(' ').collect();
    let last_title = words.iter().rposition(|w| is_title_word(w))?;
    let rest = &words[last_title + 1..];
    let name_like = |w: &&str| w.starts_with(char::is_uppercase) || w.contains('-');
    let known = rest.first().is_some_and(|w| gazetteer::is_given_name(w));
    let fits = rest.len() >= 2 && rest.len() <= 4 && rest.iter().all(name_like);
    if !fits || kind == MentionKind::Organization && !known {
        return None;
    }
    // What precedes the title must read as part of it: no name of another ("Ann Lee Captain Bo Li").
    let before = &words[..=last_title];
    let plain = before.iter().all(|w| !gazetteer::is_given_name(w));
    let at = form.len() - rest.join(" ").len();
    plain.then(|| &form[at..])
}

/// Whom a mention is of: persons that were read as bodies are persons.
pub(crate) fn kind_of(text: &str, mention: &Mention) -> MentionKind {
    let person = mention.kind == MentionKind::Organization
        && name_after_titles(mention.span.of(text), mention.kind).is_some();
    if person { MentionKind::Person } else { mention.kind }
}

/// The name of a mention without titles.
pub(crate) fn name<'t>(text: &'t str, mention: &Mention) -> &'t str {
    let form = mention.span.of(text);
    name_after_titles(form, mention.kind).unwrap_or(form)
}

/// The form of a name with the honorifics, titles and country that stand directly before it: "Mr Lee",
/// "Freedonian President Ann Lee". `None` when nothing of that sort does.
pub(crate) fn form_with_titles(text: &str, name: Span) -> Option<&str> {
    let line = text[..name.from()].rfind('\n').map_or(0, |n| n + 1);
    let before = &text[line..name.from()];
    if !before.ends_with(' ') {
        return None;
    }
    let mut from = name.from();
    let mut titled = false;
    let mut end = before.len() - 1;
    for _ in 0..BEFORE {
        let start = before[..end].rfind(' ').map_or(0, |n| n + 1);
        let word = &before[start..end];
        // A full stop ends an honorific ("Mr."), a comma ends the phrase.
        let bare = word.strip_suffix('.').unwrap_or(word);
        if bare.is_empty() || !bare.starts_with(char::is_uppercase) {
            break;
        }
        if is_title_word(bare) {
            titled = true;
            from = line + start;
        } else if titled && word == bare {
            let two = before[..start.saturating_sub(1)].rfind(' ').map_or(0, |n| n + 1);
            let pair = &before[two..end];
            if gazetteer::country_of(pair).is_some() {
                from = line + two;
            } else if gazetteer::country_of(word).is_some()
                || gazetteer::country_of_people(word).is_some()
            {
                from = line + start;
            }
            break;
        } else {
            break;
        }
        if start == 0 {
            break;
        }
        end = start - 1;
    }
    (from < name.from()).then(|| &text[from..name.to()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_after_titles() {
        use MentionKind::{Organization, Person};
        for (form, kind, want) in [
            ("Commissioner John Lee", Person, Some("John Lee")),
            ("Harbour Commissioner John S. Lee", Organization, Some("John S. Lee")),
            ("VicePresident Maria Aldana", Person, Some("Maria Aldana")),
            ("John Lee", Person, None),
            ("President of the Senate", Organization, None),
            ("Director General", Organization, None),
            ("Captain Lee", Person, None),
        ] {
            assert_eq!(name_after_titles(form, kind), want, "{form}");
        }
    }

    #[test]
    fn forms_with_titles() {
        for (text, name, want) in [
            ("Then Mr Lee spoke.", "Lee", Some("Mr Lee")),
            ("Then Mr. Lee spoke.", "Lee", Some("Mr. Lee")),
            (
                "South Sudan President John Lee spoke.",
                "John Lee",
                Some("South Sudan President John Lee"),
            ),
            ("Kenyan Minister John Lee spoke.", "John Lee", Some("Kenyan Minister John Lee")),
            ("Yesterday John Lee spoke.", "John Lee", None),
            ("In Kenya John Lee spoke.", "John Lee", None),
            ("the president, Lee, spoke.", "Lee", None),
        ] {
            let at = text.find(name).expect("the name is in the text");
            assert_eq!(form_with_titles(text, Span::new(at, at + name.len())), want, "{text}");
        }
    }
}
