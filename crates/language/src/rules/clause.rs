//! Clauses: one pass over the groups of a sentence with a stack of open clauses.

use super::chunk::{Form, Kind, Unit, Words};
use super::lexicon::class;
use super::tags::Tag;
use super::tree::Arcs;

/// Clauses open at one time; deeper nesting is not English, and costs time.
const DEEPEST: usize = 24;

/// What a clause is to the rest of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Main,
    /// Under a noun.
    Relative,
    /// Under a verb, noun or adjective that takes a clause.
    Complement,
    /// Beside the verb of another clause.
    Adverbial,
    /// An infinitive, gerund or participle.
    Bare,
}

/// A clause being read.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) role: Role,
    pub(super) verb: Option<usize>,
    /// Unit of the verb.
    pub(super) verb_unit: usize,
    pub(super) passive: bool,
    pub(super) subject: Option<usize>,
    pub(super) object: Option<usize>,
    /// What the verb will hang on, and how; none if that is not known yet.
    pub(super) anchor: Option<(usize, &'static str)>,
    /// "that", "because": hangs on the verb as mark.
    pub(super) mark: Option<usize>,
    /// "who", "which": subject or object of the verb.
    pub(super) relative: Option<usize>,
    /// Prepositions, adverbs and times before the verb.
    pub(super) lead: Vec<(usize, &'static str)>,
    /// Opened after a comma, so the next comma closes it.
    pub(super) after_comma: bool,
}

impl Clause {
    pub(super) fn new(role: Role) -> Clause {
        Clause {
            role,
            verb: None,
            verb_unit: 0,
            passive: false,
            subject: None,
            object: None,
            anchor: None,
            mark: None,
            relative: None,
            lead: Vec::new(),
            after_comma: false,
        }
    }
}

/// Reads the groups from left to right.
pub(super) struct Scanner<'a, 'w> {
    pub(super) words: &'a mut Words<'w>,
    pub(super) arcs: &'a mut Arcs,
    pub(super) units: &'a [Unit],
    pub(super) stack: Vec<Clause>,
    /// A preposition waiting for its object.
    pub(super) preposition: Option<usize>,
    /// A conjunction waiting for its second half.
    pub(super) conjunction: Option<usize>,
    /// The last noun something can hang on.
    pub(super) noun: Option<usize>,
    /// Adverbial clauses whose verb waits for the main verb.
    pub(super) waiting: Vec<(usize, &'static str)>,
    pub(super) root: Option<usize>,
}

impl<'a, 'w> Scanner<'a, 'w> {
    pub(super) fn new(words: &'a mut Words<'w>, arcs: &'a mut Arcs, units: &'a [Unit]) -> Self {
        Scanner {
            words,
            arcs,
            units,
            stack: vec![Clause::new(Role::Main)],
            preposition: None,
            conjunction: None,
            noun: None,
            waiting: Vec::new(),
            root: None,
        }
    }

    /// Sets all arcs it can and returns the root.
    pub(super) fn run(mut self) -> usize {
        for k in 0..self.units.len() {
            while self.stack.len() > DEEPEST {
                self.pop();
            }
            match self.units[k].kind {
                Kind::Noun => self.noun_unit(k),
                Kind::Verb => self.verb_unit(k),
                Kind::Preposition => self.preposition_unit(k),
                Kind::Relative => self.relative_unit(k),
                Kind::Conjunction => self.conjunction = Some(self.head(k)),
                Kind::Comma => self.comma(k),
                Kind::Adjective => self.adjective_unit(k),
                Kind::Adverb => self.adverb_unit(k),
                Kind::Particle => self.particle(k),
                Kind::Break => self.stop_clause(k),
                Kind::Open | Kind::Close | Kind::Quote | Kind::Other => {}
            }
        }
        self.close_all()
    }

    pub(super) fn head(&self, k: usize) -> usize {
        self.units[k].head as usize
    }

    pub(super) fn kind(&self, k: usize) -> Kind {
        self.units.get(k).map_or(Kind::Other, |u| u.kind)
    }

    /// The kind of the unit before `k`, quotation marks skipped.
    pub(super) fn before(&self, k: usize) -> Option<usize> {
        (0..k).rev().take(6).find(|&j| self.kind(j) != Kind::Quote)
    }

    pub(super) fn before_kind(&self, k: usize) -> Kind {
        self.before(k).map_or(Kind::Other, |j| self.kind(j))
    }

    pub(super) fn top(&mut self) -> &mut Clause {
        if self.stack.is_empty() {
            self.stack.push(Clause::new(Role::Main));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    pub(super) fn verb(&self) -> Option<usize> {
        self.stack.last().and_then(|c| c.verb)
    }

    /// The finite verb that unit `k`, a noun phrase, is the subject of, if what follows it is only
    /// what may stand between a subject and its verb.
    pub(super) fn verb_of_subject(&self, k: usize) -> Option<usize> {
        let mut j = k + 1;
        let limit = (k + 24).min(self.units.len());
        while j < limit {
            let unit = &self.units[j];
            match unit.kind {
                Kind::Verb if unit.form == Form::Finite => return Some(j),
                // "the truce brokered by Norway collapsed"
                Kind::Verb if unit.form == Form::Participle && j > k => {}
                Kind::Preposition => {
                    if self.words.low(unit.head as usize) == "that" {
                        return None;
                    }
                    if self.kind(j + 1) == Kind::Noun {
                        j += 1;
                    }
                }
                Kind::Adverb | Kind::Adjective | Kind::Quote | Kind::Open | Kind::Close => {}
                Kind::Conjunction if self.kind(j + 1) == Kind::Noun => j += 1,
                // "Orlo, the mayor of Varna, said"
                Kind::Comma => match self.skip_insertion(j) {
                    Some(end) => j = end,
                    None => return None,
                },
                Kind::Noun if matches!(self.kind(j - 1), Kind::Open) => {}
                _ => return None,
            }
            j += 1;
        }
        None
    }

    /// From a comma, the comma that ends an insertion of noun and prepositional phrases.
    fn skip_insertion(&self, j: usize) -> Option<usize> {
        let mut m = j + 1;
        let limit = (j + 12).min(self.units.len());
        while m < limit {
            match self.kind(m) {
                Kind::Comma => return (m > j + 1 && self.kind(m + 1) == Kind::Verb).then_some(m),
                Kind::Noun
                | Kind::Preposition
                | Kind::Conjunction
                | Kind::Adjective
                | Kind::Adverb => {}
                Kind::Verb if self.units[m].form == Form::Participle => {}
                _ => return None,
            }
            m += 1;
        }
        None
    }

    /// Hangs the verb at unit `k` into the innermost clause, with its subject and what came before.
    pub(super) fn fill_verb(&mut self, k: usize) {
        let unit = self.units[k];
        let v = unit.head as usize;
        let next_is_noun = self.kind(k + 1) == Kind::Noun;
        let clause = self.top();
        clause.verb = Some(v);
        clause.verb_unit = k;
        clause.passive = unit.passive;
        let subject = clause.subject;
        let relative = clause.relative.take();
        let mark = clause.mark.take();
        let anchor = clause.anchor;
        let role = clause.role;
        let lead = std::mem::take(&mut clause.lead);
        let subject_relation = if unit.passive { "nsubjpass" } else { "nsubj" };
        if let Some(s) = subject {
            let relation = if self.words.tag(s) == Tag::EX { "expl" } else { subject_relation };
            self.arcs.set(s, v, relation);
        }
        if let Some(r) = relative {
            let relation = match self.words.tag(r) {
                Tag::WRB => "advmod",
                _ if subject.is_none() => subject_relation,
                _ if self.words.lemma(v) == "be" => "attr",
                _ => "dobj",
            };
            self.arcs.set(r, v, relation);
            let _ = next_is_noun;
        }
        if let Some(m) = mark {
            self.arcs.set(m, v, "mark");
        }
        for (w, relation) in lead {
            self.arcs.set(w, v, relation);
        }
        match anchor {
            Some((a, relation)) => self.arcs.set(v, a, relation),
            None if role == Role::Main => self.take_root(v),
            None => self.waiting.push((v, "advcl")),
        }
    }

    /// Makes `v` the root, or a conjunct of the root if there is one.
    fn take_root(&mut self, v: usize) {
        match self.root {
            None => self.root = Some(v),
            Some(r) if r != v => self.arcs.set(v, r, "conj"),
            _ => {}
        }
        for (w, relation) in std::mem::take(&mut self.waiting) {
            self.arcs.set(w, v, relation);
        }
    }

    /// Ends the innermost clause.
    pub(super) fn pop(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        if let Some(c) = self.stack.pop()
            && c.verb.is_none()
        {
            self.abandon(c);
        }
    }

    /// A clause that never got its verb: its words hang on what it was to hang on.
    fn abandon(&mut self, c: Clause) {
        let target = c.anchor.map(|a| a.0).or(self.verb());
        let words = c.subject.map(|s| (s, "dep")).into_iter();
        let words = words
            .chain(c.mark.map(|m| (m, "mark")))
            .chain(c.relative.map(|r| (r, "dep")))
            .chain(c.lead);
        for (w, relation) in words.collect::<Vec<_>>() {
            match target {
                Some(t) if t != w && self.arcs.head(w).is_none() => self.arcs.set(w, t, relation),
                _ => {}
            }
        }
    }

    fn close_all(mut self) -> usize {
        while self.stack.len() > 1 {
            self.pop();
        }
        let main = self.stack.pop().unwrap_or_else(|| Clause::new(Role::Main));
        let root = self
            .root
            .or(main.subject)
            .or_else(|| self.waiting.first().map(|w| w.0))
            .or_else(|| main.lead.first().map(|l| l.0))
            .unwrap_or_else(|| self.units.first().map_or(0, |u| u.head as usize));
        for (w, relation) in self.waiting.iter().copied().chain(main.lead.iter().copied()) {
            if w != root && self.arcs.head(w).is_none() {
                self.arcs.set(w, root, relation);
            }
        }
        if let Some(s) = main.subject
            && s != root
            && self.arcs.head(s).is_none()
        {
            self.arcs.set(s, root, "dep");
        }
        root
    }

    /// A dash, colon or semicolon: clauses under the main one end.
    fn stop_clause(&mut self, k: usize) {
        if self.words.tag(self.head(k)) == Tag::HYPH || self.stack[0].verb.is_none() {
            return;
        }
        while self.stack.len() > 1 {
            self.pop();
        }
        self.preposition = None;
        if self.words.low(self.head(k)) != ":" {
            let v = self.stack[0].verb;
            let mut c = Clause::new(Role::Complement);
            c.anchor = v.map(|v| (v, "conj"));
            self.stack.push(c);
        }
    }

    /// A comma ends clauses that are complete and cannot go on past it.
    fn comma(&mut self, k: usize) {
        self.preposition = None;
        let next = self.kind(k + 1);
        if next == Kind::Conjunction && self.kind(k + 2) != Kind::Noun {
            return;
        }
        while self.stack.len() > 1 {
            let c = &self.stack[self.stack.len() - 1];
            let complete = c.verb.is_some();
            let lower_waits = self.stack[..self.stack.len() - 1].iter().any(|l| l.verb.is_none());
            let list = next == Kind::Noun && !c.after_comma && self.list_goes_on(k + 1);
            let ends = match c.role {
                Role::Relative => complete && !list,
                Role::Adverbial => complete && lower_waits && !list,
                Role::Bare => complete && !list && (lower_waits || c.after_comma),
                Role::Complement => complete && lower_waits && self.verb_next(k),
                Role::Main => false,
            };
            if !ends {
                break;
            }
            self.pop();
        }
    }

    fn verb_next(&self, k: usize) -> bool {
        self.kind(k + 1) == Kind::Verb && self.units[k + 1].form == Form::Finite
    }

    /// Whether from unit `k`, a noun phrase, only noun phrases and commas follow up to a conjunction
    /// with one more.
    pub(super) fn list_goes_on(&self, k: usize) -> bool {
        let limit = (k + 16).min(self.units.len());
        let mut m = k;
        while m < limit {
            match self.kind(m) {
                Kind::Noun | Kind::Comma | Kind::Quote | Kind::Open | Kind::Close => {}
                Kind::Preposition if self.words.low(self.head(m)) != "that" => {}
                Kind::Conjunction => {
                    return self.kind(m + 1) == Kind::Noun
                        && m > k
                        && !self.words.is(self.head(m), class::SUBORDINATOR)
                        && self.words.low(self.head(m)) != "but";
                }
                _ => return false,
            }
            m += 1;
        }
        false
    }

    /// Ends clauses until one that waits for its verb is innermost; false if none waits.
    pub(super) fn pop_to_waiting(&mut self) -> bool {
        let Some(at) = self.stack.iter().rposition(|c| c.verb.is_none() && c.subject.is_some())
        else {
            return false;
        };
        while self.stack.len() > at + 1 {
            self.pop();
        }
        true
    }
}
