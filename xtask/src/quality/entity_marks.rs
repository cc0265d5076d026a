//! Mentions with their entities, as GUM marks them in the last column (`Entity=`).

use super::conllu::{Tree, Word};

/// What a gold mention looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its head is a proper noun.
    Name,
    /// A pronoun of the third person: personal, possessive or reflexive.
    Pronoun,
    /// "The" before a common noun.
    Description,
    /// Anything else.
    Other,
}

/// A mention of the treebank.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GoldMention {
    /// Number of its entity in the document.
    pub(crate) entity: String,
    /// `person`, `place`, `organization`, `event`, …
    pub(crate) kind: String,
    pub(crate) form: Form,
    /// Head word, lower-cased.
    pub(crate) head: String,
    /// Code points of the document that the mention spans.
    pub(crate) span: [usize; 2],
    /// Code points of the head, then of the other words of its name.
    pub(crate) heads: Vec<[usize; 2]>,
}

/// The mentions of a sentence that begins `offset` code points into its document.
pub(crate) fn mentions(tree: &Tree, offset: usize) -> Vec<GoldMention> {
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, word) in tree.words.iter().enumerate() {
        for mark in marks(&word.misc) {
            match mark {
                Mark::Opens(entity, kind) => open.push((entity, kind, at)),
                Mark::Whole(entity, kind) => {
                    found.extend(mention(tree, offset, entity, kind, [at, at]))
                }
                Mark::Closes(entity) => {
                    if let Some(i) = open.iter().rposition(|(id, _, _)| *id == entity) {
                        let (entity, kind, from) = open.remove(i);
                        found.extend(mention(tree, offset, entity, kind, [from, at]));
                    }
                }
            }
        }
    }
    found
}

/// One bracket of `Entity=`.
#[derive(Debug, PartialEq)]
enum Mark {
    Opens(String, String),
    Closes(String),
    Whole(String, String),
}

/// The brackets of a last column: "(3-person-new-…(4-place-…)7)".
fn marks(misc: &str) -> Vec<Mark> {
    let Some(value) = misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else {
        return Vec::new();
    };
    let mut marks = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('(') {
            let end = inside.find(['(', ')']).unwrap_or(inside.len());
            let mut fields = inside[..end].split('-');
            let entity = fields.next().unwrap_or_default().to_owned();
            let kind = fields.next().unwrap_or_default().to_owned();
            let whole = inside[end..].starts_with(')');
            marks.push(if whole { Mark::Whole(entity, kind) } else { Mark::Opens(entity, kind) });
            rest = &inside[end + usize::from(whole)..];
        } else {
            let end = rest.find(')').unwrap_or(rest.len());
            marks.push(Mark::Closes(rest[..end].to_owned()));
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    marks
}

/// The mention over words `from` to `to`, both within; none where a word has no place in the text.
fn mention(
    tree: &Tree,
    offset: usize,
    entity: String,
    kind: String,
    [from, to]: [usize; 2],
) -> Option<GoldMention> {
    let words = &tree.words;
    let outside = |w: &Word| w.head.is_none_or(|h| h < from || h > to);
    let head =
        (from..=to).find(|&i| outside(&words[i]) && words[i].part != "PUNCT").unwrap_or(from);
    let of_name = |i: usize| {
        let joins = matches!(words[i].relation.as_str(), "flat" | "compound" | "nmod:desc");
        words[i].head == Some(head) && joins && words[i].part == "PROPN"
    };
    let named = std::iter::once(head).chain((from..=to).filter(|&i| i != head && of_name(i)));
    let place = |i: usize| words[i].place.map(|[a, b]| [a + offset, b + offset]);
    let form = if words[head].part == "PROPN" {
        Form::Name
    } else if is_third_person(&words[head]) {
        Form::Pronoun
    } else if words[head].part == "NOUN" && words[from].form.eq_ignore_ascii_case("the") {
        Form::Description
    } else {
        Form::Other
    };
    Some(GoldMention {
        entity,
        kind,
        form,
        head: words[head].form.to_lowercase(),
        span: [place(from)?[0], place(to)?[1]],
        heads: named.map(place).collect::<Option<_>>()?,
    })
}

fn is_third_person(word: &Word) -> bool {
    const STEMS: &[&str] =
        &["he", "him", "his", "she", "her", "it", "its", "they", "them", "their"];
    let form = word.form.to_lowercase();
    let plain = form.trim_end_matches("self").trim_end_matches("selves");
    word.part == "PRON" && (STEMS.contains(&plain) || matches!(plain, "hers" | "theirs"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::conllu::parse;

    #[test]
    fn brackets_nest_and_close_by_number() {
        let person = |e: &str| (e.to_owned(), "person".to_owned());
        for (misc, expected) in [
            ("_", vec![]),
            ("MSeg=a-b|Entity=(3-person-new-x)", vec![Mark::Whole(person("3").0, person("3").1)]),
            (
                "Entity=(3-person-new(4-person-giv)",
                vec![
                    Mark::Opens("3".into(), "person".into()),
                    Mark::Whole("4".into(), "person".into()),
                ],
            ),
            ("Entity=4)3)", vec![Mark::Closes("4".into()), Mark::Closes("3".into())]),
        ] {
            assert_eq!(marks(misc), expected, "{misc:?}");
        }
    }

    #[test]
    fn mentions_have_head_form_and_place() {
        let file = "# text = The mayor of Oslo met her\n\
            1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-a\n\
            2\tmayor\tmayor\tNOUN\tNN\t_\t5\tnsubj\t_\t_\n\
            3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_\n\
            4\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new-a)1)\n\
            5\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n\
            6\ther\tshe\tPRON\tPRP\t_\t5\tobj\t_\tEntity=(3-person-giv-a)\n";
        let trees = parse(file).unwrap();
        let found: Vec<_> = mentions(&trees[0], 100)
            .into_iter()
            .map(|m| (m.entity, m.form, m.head, m.span, m.heads))
            .collect();
        let expected = [
            ("2", Form::Name, "oslo", [113, 117], vec![[113, 117]]),
            ("1", Form::Description, "mayor", [100, 117], vec![[104, 109]]),
            ("3", Form::Pronoun, "her", [122, 125], vec![[122, 125]]),
        ];
        assert_eq!(found, expected.map(|(e, f, h, s, p)| (e.to_owned(), f, h.to_owned(), s, p)));
    }
}
