//! Noun phrases: who is coordinated with whom, who can act, and which characters name them.

use super::Tree;
use crate::lexicon::{List, actor_nouns, class};
use rustc_hash::FxHashMap;
use variorum_model::{Annotations, Mention, MentionKind, Span};

/// Longest list of coordinated phrases that is followed.
const MAX_MEMBERS: usize = 24;
/// Most tokens of a phrase before its head.
const MAX_BEFORE: usize = 14;

/// How far behind the head that may begin which says whose side somebody is on.
const MAX_SIDE: usize = 6;

/// What is known of the tokens of one sentence as names.
pub(crate) struct Cast<'a> {
    annotations: &'a Annotations,
    /// Mention that covers each token, if any.
    mentions: Vec<Option<u32>>,
    /// Tokens that belong to a time expression.
    timed: Vec<bool>,
    /// First bytes of coreferring phrases that are known to stand for a name.
    known: FxHashMap<u32, ()>,
}

impl<'a> Cast<'a> {
    /// Lays the annotations over the tokens of `tree`.
    pub(crate) fn new(tree: &Tree<'_>, annotations: &'a Annotations) -> Cast<'a> {
        let mut mentions = vec![None; tree.len()];
        let sentence = tree.sentence.span;
        let from = annotations.mentions.partition_point(|m| m.span.end <= sentence.start);
        for (n, mention) in annotations.mentions.iter().enumerate().skip(from) {
            if mention.span.start >= sentence.end {
                break;
            }
            for i in tree.tokens_in(mention.span) {
                mentions[i] = Some(n as u32);
            }
        }
        let mut timed = vec![false; tree.len()];
        for time in annotations.times.iter().filter(|t| t.span.overlaps(sentence)) {
            for i in tree.tokens_in(time.span) {
                timed[i] = true;
            }
        }
        let starts = annotations.coreferences.iter().map(|c| c.span.start);
        let here = starts.filter(|&start| sentence.start <= start && start < sentence.end);
        let known = here.map(|start| (start, ())).collect();
        Cast { annotations, mentions, timed, known }
    }

    /// Kind of the mention that token `i` belongs to.
    pub(crate) fn kind(&self, i: usize) -> Option<MentionKind> {
        self.mentions[i].map(|m| self.annotations.mentions[m as usize].kind)
    }

    /// The mention that token `i` belongs to.
    pub(crate) fn mention(&self, i: usize) -> Option<&Mention> {
        self.mentions[i].map(|m| &self.annotations.mentions[m as usize])
    }

    /// The number of the mention that token `i` belongs to.
    pub(crate) fn mention_number(&self, i: usize) -> Option<u32> {
        self.mentions[i]
    }

    /// Whether a phrase that is known to stand for a name begins with token `i`.
    pub(crate) fn is_known(&self, tree: &Tree<'_>, i: usize) -> bool {
        self.known.contains_key(&tree.span(i).start)
    }

    /// Whether token `i` belongs to a time expression.
    pub(crate) fn is_time(&self, i: usize) -> bool {
        self.timed[i]
    }

    /// Whether token `i` heads a phrase for a human being.
    pub(crate) fn is_person(&self, tree: &Tree<'_>, i: usize) -> bool {
        match self.kind(i) {
            Some(kind) => kind == MentionKind::Person,
            None => {
                tree.tag(i) == "PRP" && tree.lower(i) != "it"
                    || matches!(sort(tree, i), Some("office" | "person"))
            }
        }
    }

    /// Whether token `i` heads a phrase for a place.
    pub(crate) fn is_place(&self, tree: &Tree<'_>, i: usize) -> bool {
        match self.kind(i) {
            Some(kind) => matches!(kind, MentionKind::Place | MentionKind::Facility),
            None => is_place_noun(tree.lemma(i)) && tree.is_noun(i),
        }
    }

    /// Whether token `i` heads a phrase for somebody who can act or be acted upon.
    pub(crate) fn is_actor(&self, tree: &Tree<'_>, i: usize) -> bool {
        if self.timed[i] {
            return false;
        }
        if let Some(kind) = self.kind(i) {
            return kind != MentionKind::Event;
        }
        let tag = tree.tag(i);
        match tag {
            "PRP" => tree.lower(i) != "it" || self.is_known(tree, i) || does_something(tree, i),
            "WP" => tree.lower(i) != "what",
            // "The two", "both", "the three".
            "CD" | "DT" | "PDT" => {
                matches!(tree.lower(i), "two" | "three" | "four" | "both" | "all" | "those")
                    && tree.kid(i, &["prep", "pobj"]).is_none()
            }
            // "The wounded", "the Palestinian".
            "JJ" | "VBN" | "JJS" => {
                tree.kid(i, &["det"]).is_some() && is_argument(tree.relation(i))
                    || tree.span(i).of(tree.text).starts_with(char::is_uppercase)
                        && is_argument(tree.relation(i))
            }
            "NNP" | "NNPS" => sort(tree, i).is_some() || !tree.is_time_name(i),
            _ => sort(tree, i).is_some(),
        }
    }

    /// The characters that name the phrase headed by token `i`: its modifiers before, the head,
    /// the rest of the name, and what is governed by "of" where that holds a name.
    pub(crate) fn phrase(&self, tree: &Tree<'_>, i: usize) -> Span {
        let (first, last) = self.bounds(tree, i);
        tree.range(first, last)
    }

    fn bounds(&self, tree: &Tree<'_>, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        for child in tree.children(i).iter().copied().filter(|&c| c < i) {
            if matches!(
                tree.relation(child),
                "compound" | "amod" | "nmod" | "poss" | "nummod" | "quantmod" | "npadvmod" | "dep"
            ) {
                first = first.min(tree.reach(child).0);
            }
        }
        if let Some(m) = self.mentions[i] {
            let span = self.annotations.mentions[m as usize].span;
            for t in tree.tokens_in(span) {
                first = first.min(t);
                last = last.max(t);
            }
        }
        first = first.max(i.saturating_sub(MAX_BEFORE));
        while first < i && is_lead(tree, first) {
            first += 1;
        }
        if self.mentions[i].is_none() {
            for of in tree.kids(i, &["prep"]).filter(|&c| tree.lower(c) == "of" && c > i) {
                let Some(object) = tree.kid(of, &["pobj"]) else { continue };
                let list = members(tree, object);
                if list.iter().any(|&m| self.mentions[m].is_some()) {
                    last =
                        list.iter().map(|&m| self.bounds_shallow(tree, m)).fold(last, usize::max);
                }
            }
            last = last.max(self.side_taken(tree, i).unwrap_or(i));
            // "The foreign minister, X": a name in apposition belongs to it.
            for name in tree.kids(i, &["appos"]).filter(|&c| c > i) {
                let named = self.mentions[name].is_some() || tree.tag(name).starts_with("NNP");
                if named && name - i < MAX_BEFORE {
                    last = last.max(self.bounds_shallow(tree, name));
                    // "His counterparts, X and Y".
                    let several = tree.tag(i) == "NNS";
                    let more = members(tree, name).into_iter().filter(|&m| several && m > name);
                    last = more.map(|m| self.bounds_shallow(tree, m)).fold(last, usize::max);
                }
            }
        }
        (first, last)
    }

    /// Last token of what tells whose side those headed by token `i` are on: "forces loyal to A", "fighters
    /// from B", "officials from C, D and E".
    fn side_taken(&self, tree: &Tree<'_>, i: usize) -> Option<usize> {
        let office = sort(tree, i) == Some("office");
        if !office && !matches!(sort(tree, i), Some("force" | "person")) {
            return None;
        }
        // "Soldiers and fighters from local militias": what stands behind another party speaks of that one.
        let other = tree.kids(i, &["conj"]).find(|&c| c > i).unwrap_or(usize::MAX);
        let after = |&c: &usize| c > i && c - i < MAX_SIDE && c < other;
        let loyal = tree.kids(i, &["amod", "acl", "advcl"]).filter(after);
        let loyal = loyal.filter(|&c| class("allegiance").contains(tree.lower(c)));
        let from = tree.kids(i, &["prep"]).filter(after).filter(|&c| tree.lower(c) == "from");
        // … and is of that one's phrase, though it hangs on the first.
        let shared = (tree.relation(i) == "conj" && tree.head(i) < i)
            .then(|| tree.kids(tree.head(i), &["prep"]).find(|&c| c == i + 1))
            .flatten()
            .filter(|&c| tree.lower(c) == "from");
        let to = loyal.flat_map(|c| tree.kids(c, &["prep"]).collect::<Vec<_>>());
        let to = to.chain(from).chain(shared);
        let names = to.filter_map(|prep| tree.kid(prep, &["pobj"])).filter(|&name| {
            use MentionKind::{Group, Organization, Person};
            matches!(self.kind(name), Some(Person | Organization | Group))
                || self.mention(name).is_some_and(|m| m.government)
                // "Fighters from local militias".
                || self.mention(name).is_none() && sort(tree, name) == Some("force")
                || office && self.kind(name) == Some(MentionKind::Place)
        });
        let listed = names.flat_map(|name| members(tree, name));
        listed.map(|name| self.bounds_shallow(tree, name)).max()
    }

    fn bounds_shallow(&self, tree: &Tree<'_>, i: usize) -> usize {
        self.mentions[i]
            .map(|m| self.annotations.mentions[m as usize].span)
            .and_then(|span| tree.tokens_in(span).last())
            .unwrap_or(i)
            .max(i)
    }
}

impl Tree<'_> {
    /// Whether token `i` is a weekday, a month or a word for a day.
    fn is_time_name(&self, i: usize) -> bool {
        let word = self.lower(i);
        List::Weekday.has(word) || List::Calendar.has(word)
    }
}

/// Whether "it" at `i` does something, rather than standing for nothing ("it is likely that").
fn does_something(tree: &Tree<'_>, i: usize) -> bool {
    let verb = tree.head(i);
    tree.relation(i) == "nsubj" && tree.is_verb(verb) && !List::Idle.has(tree.lemma(verb))
}

fn is_argument(relation: &str) -> bool {
    matches!(relation, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj" | "dative" | "poss")
}

fn is_place_noun(lemma: &str) -> bool {
    crate::lexicon::class("seizable").contains(lemma)
}

/// Sort of the common noun that token `i` is, with the noun before it where the two make one.
pub(crate) fn sort(tree: &Tree<'_>, i: usize) -> Option<&'static str> {
    let sorts = actor_nouns();
    sorts.get(tree.lemma(i)).copied().or_else(|| {
        // "asylum-seekers" where the hyphen splits.
        let rest = tree.lemma(i).rsplit('-').next()?;
        (rest.len() < tree.lemma(i).len()).then(|| sorts.get(rest).copied())?
    })
}

/// Whether token `i` at the head of a phrase is no part of a name: article, quotation mark.
fn is_lead(tree: &Tree<'_>, i: usize) -> bool {
    let bound = i + 1 < tree.len() && matches!(tree.lower(i + 1), "least" | "most");
    matches!(tree.tag(i), "DT" | "PDT" | "``" | "''" | "," | ":" | "-LRB-" | "CC" | "IN") && !bound
        // "Near Humera" at the head of a sentence, taken for a name.
        || i == 0
            && List::Where.has(tree.lower(i))
            && tree.len() > 1
            && tree.tag(1).starts_with("NNP")
}

/// What a quantity counts ("each of the ministers", "dozens of fighters"), or the phrase itself.
fn counted(tree: &Tree<'_>, head: usize) -> usize {
    if !crate::lexicon::class("quantity").contains(tree.lemma(head)) {
        return head;
    }
    let of = tree.kids(head, &["prep"]).find(|&p| tree.lower(p) == "of");
    of.and_then(|p| tree.kid(p, &["pobj"])).unwrap_or(head)
}

/// The heads of the phrases coordinated with token `head`, itself first.
pub(crate) fn members(tree: &Tree<'_>, head: usize) -> Vec<usize> {
    let mut list = vec![counted(tree, head)];
    // The members of "a number of ministers and envoys" hang on what is counted.
    if list[0] != head {
        list.extend(tree.kids(head, &["conj"]).filter(|&c| !tree.is_verb(c)));
    }
    let mut next = 0;
    while next < list.len() && list.len() < MAX_MEMBERS {
        for other in tree.kids(list[next], &["conj"]) {
            if !list.contains(&other) && !tree.is_verb(other) {
                list.push(other);
            }
        }
        next += 1;
    }
    list
}
