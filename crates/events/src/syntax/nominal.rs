//! Nouns that tell an act, and what stands around them.

use super::{Tree, members};
use crate::lexicon::class;
use compact_str::{CompactString, format_compact};

/// Whether the noun stands for what follows "of": "a series of attacks".
fn is_transparent(lemma: &str) -> bool {
    class("quantity").contains(lemma) || matches!(lemma, "act" | "bout" | "exchange" | "campaign")
}

/// Spellings under which the noun at `i` may stand in the lexicon, the most telling first: with
/// each modifier before it ("peace_talk"), with what it is made of ("exchange_of_fire"), alone.
pub(crate) fn noun_key(tree: &Tree<'_>, i: usize) -> Vec<CompactString> {
    let lemma = tree.lemma(i);
    let mut keys = Vec::new();
    // "cease-fire", where the hyphen splits.
    if i > 1 && tree.tag(i - 1) == "HYPH" && tree.head(i - 2) == i {
        keys.push(format_compact!("{}-{lemma}", tree.lower(i - 2)));
    }
    for m in tree.kids(i, &["compound", "amod", "nmod"]).rev().take(6) {
        keys.push(format_compact!("{}_{lemma}", tree.lemma(m)));
        keys.push(format_compact!("{}_{lemma}", tree.lower(m)));
    }
    if let Some(of) = tree.kids(i, &["prep"]).find(|&p| tree.lower(p) == "of")
        && let Some(object) = tree.kid(of, &["pobj"])
    {
        keys.push(format_compact!("{lemma}_of_{}", tree.lemma(object)));
        if is_transparent(lemma) {
            for m in tree.kids(object, &["compound", "amod"]) {
                keys.push(format_compact!("{}_{}", tree.lemma(m), tree.lemma(object)));
            }
            keys.push(CompactString::from(tree.lemma(object)));
        }
    }
    keys.push(CompactString::from(lemma));
    if let Some((_, last)) = lemma.rsplit_once('-') {
        keys.push(CompactString::from(last));
    }
    keys.dedup();
    keys
}

/// Prepositions on the noun at `i` and the heads they govern; also those on what it is made of.
pub(crate) fn nominal_phrases(tree: &Tree<'_>, i: usize) -> Vec<(usize, Vec<usize>)> {
    let mut found = Vec::new();
    let mut queue: Vec<usize> = tree.kids(i, &["prep", "agent"]).collect();
    // "an offensive launched by X against Y".
    for clause in tree.kids(i, &["acl"]).filter(|&c| tree.tag(c) == "VBN") {
        queue.extend(tree.kids(clause, &["agent", "prep"]));
    }
    let mut seen = 0;
    while seen < queue.len() && seen < 16 {
        let prep = queue[seen];
        seen += 1;
        if let Some(object) = tree.kid(prep, &["pobj"]) {
            if tree.lower(prep) == "of" && is_transparent(tree.lemma(i)) {
                queue.extend(tree.kids(object, &["prep", "agent"]));
            }
            found.push((prep, members(tree, object)));
        }
        queue.extend(tree.kids(prep, &["prep"]));
    }
    found.sort_by_key(|(prep, _)| *prep);
    found
}
