//! Named mentions by gazetteers, telling words, the words around a name and the rest of the report.

mod bodies;
mod classify;
mod cues;
mod document;
mod forms;
mod glue;
mod kinds_of_thing;
mod learned;
mod peoples;
mod plain_words;
mod runs;
mod votes;
mod weights;
mod words;

pub(crate) use learned::{Label, Learned};
pub use learned::{Proposal, Recogniser};
pub(crate) use plain_words::is_plain;

use crate::gazetteer;
use classify::{Context, Found};
use runs::Word;
use variorum_model::{MentionKind, NamedEntity, Parse, Span};

/// The named mentions of a read text: what rules find and what the recogniser found (`learned`),
/// brought together and settled over the whole report. `learned` is `None` where the weights tell
/// other kinds of name than ours: then the rules stand alone. `headline` tells for each sentence whether it
/// is capitalised like a headline.
pub(crate) fn names(
    text: &str,
    parse: &Parse,
    learned: Option<&[Learned]>,
    headline: &[bool],
) -> Vec<NamedEntity> {
    let words = runs::words(text, parse);
    let (found, in_headline) = ruled(text, &words, parse, headline);
    let mut found = match learned {
        Some(learned) => learned::combine(found, learned, &words),
        None => found,
    };
    found.retain(|f| !kinds_of_thing::is_kind_of_thing(&words, f));
    let mut settled = document::settle(&words, found, &in_headline);
    settled.iter_mut().for_each(|f| complete(&words, f));
    let sentences: Vec<(usize, usize)> =
        parse.sentences.iter().map(|s| (s.first as usize, s.last as usize)).collect();
    votes::absorb(&words, &sentences, &mut settled);
    peoples::add_groups(&words, &sentences, &mut settled);
    settled
        .into_iter()
        .map(|f| NamedEntity {
            span: glue::unglued(text, f.kind, span(&words, f.first, f.last)),
            kind: f.kind,
            title: f.title.map(|(a, b)| span(&words, a, b)),
            government: f.government,
            rule: f.rule,
            confidence: f.confidence,
        })
        .collect()
}

/// Most letters of what a hyphen ties to a given name in small, where the name was not seen to go on ("Moon Jae-in",
/// but "Abbas-led").
const TIED: usize = 2;

/// Takes in what a hyphen ties to the end of a person's name.
fn complete(words: &[Word<'_>], found: &mut Found) {
    if found.kind != MentionKind::Person {
        return;
    }
    let ends = words[found.last - 1].text == "-";
    let hyphen = if ends { found.last - 1 } else { found.last };
    let (Some(tie), Some(rest)) = (words.get(hyphen), words.get(hyphen + 1)) else { return };
    let short = ends || rest.text.chars().count() <= TIED;
    let small = short && rest.text.chars().all(char::is_lowercase);
    let open = words.get(hyphen + 2).is_none_or(|next| !(next.glued && next.text == "-"));
    if tie.text == "-" && tie.glued && rest.glued && small && open {
        found.last = hyphen + 2;
    }
}

/// What rules propose before the recogniser is asked, for counting how far to believe them.
pub(crate) fn proposals(
    text: &str,
    parse: &Parse,
    learned: &[Learned],
    headline: &[bool],
) -> Vec<Proposal> {
    let words = runs::words(text, parse);
    let (found, _) = ruled(text, &words, parse, headline);
    learned::proposals(&words, &found, learned)
}

/// What rules find, and for each token whether it stands in a headline.
fn ruled(
    text: &str,
    words: &[Word<'_>],
    parse: &Parse,
    headline: &[bool],
) -> (Vec<Found>, Vec<bool>) {
    let mut found = Vec::new();
    let mut in_headline = vec![false; words.len()];
    for (sentence, &headline) in parse.sentences.iter().zip(headline) {
        let (first, last) = (sentence.first as usize, sentence.last as usize);
        in_headline[first..last].fill(headline);
        let context = Context { text, words, first, last, headline };
        for (a, b) in runs::runs(words, sentence, headline) {
            context.segment(a, b, &mut found);
        }
        peoples_bodies(words, first, last, &mut found);
    }
    (found, in_headline)
}

fn span(words: &[Word<'_>], first: usize, last: usize) -> Span {
    words[first].span.join(words[last - 1].span)
}

/// "Syrian army", "Iraqi security forces": a people's adjective with a small word for a body.
fn peoples_bodies(words: &[Word<'_>], first: usize, last: usize, out: &mut Vec<Found>) {
    for i in first..last {
        if !words[i].people || gazetteer::country_of(words[i].text).is_some() {
            continue;
        }
        let mut j = i + 1;
        while j < last
            && j < i + 3
            && matches!(
                &*words[j].lower,
                "security"
                    | "armed"
                    | "air"
                    | "special"
                    | "government"
                    | "regime"
                    | "army"
                    | "state"
                    | "military"
            )
        {
            j += 1;
        }
        let ends =
            |k: usize| k > i && k < last && words[k].is(words::BODY_NOUN) && !words[k].capital;
        let end = if ends(j) {
            j
        } else if j > i + 1 && ends(j - 1) {
            j - 1
        } else {
            continue;
        };
        out.push(Found {
            first: i,
            last: end + 1,
            kind: MentionKind::Organization,
            title: None,
            government: false,
            rule: "people_and_body",
            confidence: 0.7,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use std::sync::LazyLock;
    use variorum_model::Span;

    static READER: LazyLock<Language> = LazyLock::new(Language::load);

    /// "kind:name" or "kind:title|name" of every mention.
    fn mentions(text: &str) -> Vec<String> {
        let parse = READER.read_blocks(text, &[(Some(0), Span::new(0, text.len()))]);
        let name = |n: &variorum_model::NamedEntity| {
            let title = n.title.map_or(String::new(), |t| format!("{}|", t.of(text)));
            format!("{:?}:{title}{}", n.kind, n.span.of(text))
        };
        parse.names.iter().map(name).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(mentions(text), expected, "{text}");
    }

    #[test]
    fn titles_stand_apart_from_persons() {
        check(
            "Norwegian Defence Minister Lenora Orlo left.",
            &["Person:Defence Minister|Lenora Orlo"],
        );
        check(
            "He met the minister of defence Pavel Zorin.",
            &["Person:minister of defence|Pavel Zorin"],
        );
        check(
            "It was Brig. Gen. Hassan al-Varni who spoke.",
            &["Person:Brig. Gen.|Hassan al-Varni"],
        );
        check("The president resigned.", &[]);
    }

    #[test]
    fn a_hyphen_ties_a_small_word_to_a_name() {
        check("President Choi Seo-in left.", &["Person:President|Choi Seo-in"]);
        check(
            "President Choi Min-woo met Lenora Orlo.",
            &["Person:President|Choi Min-woo", "Person:Lenora Orlo"],
        );
    }

    #[test]
    fn bodies_keep_their_whole_name() {
        check(
            "The Institute for River and Port Safety closed.",
            &["Organization:Institute for River and Port Safety"],
        );
        check(
            "The Security Council of the Russian Federation met.",
            &["Organization:Security Council of the Russian Federation"],
        );
        check(
            "Officers of Peru Ports Authority Chairman Ali Orlo came.",
            &["Organization:Peru Ports Authority", "Person:Chairman|Ali Orlo"],
        );
        check("The Norwegian army withdrew.", &["Organization:Norwegian army"]);
    }

    #[test]
    fn a_vote_is_one_name() {
        check("She won the 2014 Peru general election.", &["Event:2014 Peru general election"]);
        check("The 2016 referendum failed.", &["Event:2016 referendum"]);
        check("The election was held.", &[]);
    }

    #[test]
    fn the_body_settles_a_headline_in_capitals() {
        check(
            "Zorinska Discusses Peru Crisis In Norway\n\nLenora Zorinska flew from Peru to Norway on Monday.",
            &[
                "Person:Zorinska",
                "Place:Peru",
                "Place:Norway",
                "Person:Lenora Zorinska",
                "Place:Peru",
                "Place:Norway",
            ],
        );
    }

    #[test]
    fn common_nouns_behind_a_place_are_no_part_of_its_name() {
        check("The Oslo government asked for it.", &["Place:Oslo"]);
        check("The Oslo talks failed.", &["Place:Oslo"]);
    }

    #[test]
    fn acronyms_of_things_are_no_names() {
        check("Two UAVs and an LRAD were lost.", &[]);
        check("A UN convoy left Peru.", &["Organization:UN", "Place:Peru"]);
    }

    #[test]
    fn peoples_are_groups_where_they_act() {
        check(
            "Peruvian soldiers fired on the Norwegians.",
            &["Group:Peruvian soldiers", "Group:Norwegians"],
        );
        check("The Peruvian economy grew.", &[]);
    }

    #[test]
    fn peoples_are_no_places() {
        check("Peruvian and Norwegian apples ripened.", &[]);
        check("She flew from Peru to Norway.", &["Place:Peru", "Place:Norway"]);
        check(
            "Fighters of al-Nusra Front shelled Aleppo.",
            &["Group:al-Nusra Front", "Place:Aleppo"],
        );
    }

    #[test]
    fn the_report_decides_on_bare_surnames() {
        check(
            "Lenora Zorinska spoke on Monday. Zorinska left early.",
            &["Person:Lenora Zorinska", "Person:Zorinska"],
        );
        check(
            "The Harbour Relief Council (HRC) met. HRC has ten members.",
            &["Organization:Harbour Relief Council", "Organization:HRC", "Organization:HRC"],
        );
    }

    #[test]
    fn hostile_text_is_read_without_trouble() {
        for text in
            ["(", "A-", "-A -B", "of Of OF", "’s", "Al al-", "II II II", "U.S.-", "\u{301}A"]
        {
            mentions(text);
        }
    }
}
