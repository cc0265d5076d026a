//! Where prepositions, relative words, adjectives, adverbs and particles go.

use super::chunk::{Form, Kind};
use super::clause::{Clause, Role, Scanner};
use super::lexicon::class;
use super::tags::Tag;

impl Scanner<'_, '_> {
    pub(super) fn preposition_unit(&mut self, k: usize) {
        let p = self.head(k);
        let word = self.words.low(p);
        let before = self.before_kind(k);
        if word == "that" {
            return self.that_clause(p, before);
        }
        if self.words.is(p, class::SUBORDINATOR) && self.clause_follows(k) {
            return self.subordinate(p, before);
        }
        let previous = self.preposition.take();
        self.attach_preposition(k, p, before, previous);
        self.preposition = Some(p);
    }

    /// Whether a subject with its verb follows the word at unit `k`.
    fn clause_follows(&self, k: usize) -> bool {
        let mut m = k + 1;
        while matches!(self.kind(m), Kind::Adverb | Kind::Quote) {
            m += 1;
        }
        match self.kind(m) {
            Kind::Noun => self.verb_of_subject(m).is_some() && self.subject_is_own(k, m),
            Kind::Verb => {
                self.units[m].form == Form::Finite && self.words.low(self.head(k)) != "for"
            }
            _ => false,
        }
    }

    /// "after the talks Orlo left": the noun right after the preposition is no subject if another
    /// noun phrase stands before the verb without comma; "before the talks were held" is a clause.
    /// Only "for", "than" and "as" need the verb right after the subject.
    fn subject_is_own(&self, k: usize, m: usize) -> bool {
        let word = self.words.low(self.head(k));
        let lower_waits = self.stack.iter().any(|c| c.verb.is_none() && c.subject.is_some());
        if lower_waits || matches!(word, "for" | "than") {
            // "the camp for refugees was closed": the verb belongs to the waiting subject, unless
            // the word can only open a clause.
            return matches!(
                word,
                "because"
                    | "although"
                    | "though"
                    | "while"
                    | "whereas"
                    | "if"
                    | "unless"
                    | "when"
                    | "whenever"
                    | "whether"
            );
        }
        let Some(v) = self.verb_of_subject(m) else { return false };
        !(word == "as" && v > m + 1)
    }

    fn that_clause(&mut self, p: usize, before: Kind) {
        let mut c = Clause::new(Role::Complement);
        c.mark = Some(p);
        c.anchor = match (before, self.verb(), self.noun) {
            (Kind::Noun, Some(v), Some(n)) => {
                let frame = self.words.lexicon.frame(self.words.lemma(v));
                if frame.clause > 100 { Some((v, "ccomp")) } else { Some((n, "acl")) }
            }
            (Kind::Noun, None, Some(n)) => Some((n, "acl")),
            (Kind::Conjunction, Some(v), _) => {
                let above = self
                    .stack
                    .iter()
                    .rev()
                    .find(|c| c.role == Role::Complement)
                    .and_then(|c| c.verb);
                Some((above.unwrap_or(v), "conj"))
            }
            (_, Some(v), _) => Some((v, "ccomp")),
            _ => None,
        };
        if before == Kind::Conjunction {
            let at = self.stack.iter().rposition(|c| c.role == Role::Complement);
            if let (Some(at), Some(cc)) = (at, self.conjunction.take()) {
                if let Some(v) = self.stack[at].verb {
                    self.arcs.set(cc, v, "cc");
                }
                while self.stack.len() > at + 1 {
                    self.pop();
                }
            }
        }
        self.stack.push(c);
    }

    fn subordinate(&mut self, p: usize, before: Kind) {
        let mut c = Clause::new(Role::Adverbial);
        c.mark = Some(p);
        let word = self.words.low(p);
        if matches!(word, "whether" | "if") && before == Kind::Verb {
            c.anchor = self.verb().map(|v| (v, "ccomp"));
        } else {
            c.anchor = self.verb().map(|v| (v, "advcl"));
        }
        c.after_comma = before == Kind::Comma;
        self.stack.push(c);
    }

    fn attach_preposition(&mut self, k: usize, p: usize, before: Kind, previous: Option<usize>) {
        if let (Some(q), Kind::Preposition) = (previous, before) {
            let relation =
                if matches!(self.words.low(q), "because" | "according" | "out" | "instead" | "due")
                {
                    "pcomp"
                } else {
                    "prep"
                };
            let relation = if relation == "pcomp" && self.words.low(q) != "because" {
                "prep"
            } else {
                relation
            };
            return self.arcs.set(p, q, relation);
        }
        let verb = self.verb();
        if before == Kind::Conjunction
            && let Some(first) = self.earlier_preposition(k)
        {
            if let Some(cc) = self.conjunction.take() {
                self.arcs.set(cc, first, "cc");
            }
            return self.arcs.set(p, first, "conj");
        }
        if before == Kind::Adjective || before == Kind::Adverb {
            let a = self.before(k).map_or(p, |b| self.head(b));
            let close = before == Kind::Adjective && self.words.low(p) != "in"
                || matches!(self.words.low(p), "of" | "from" | "than");
            if close && a != p {
                return self.arcs.set(p, a, "prep");
            }
        }
        let (target, relation) = match (before, verb) {
            (Kind::Noun | Kind::Close, _) if self.noun.is_some() => self.noun_or_verb(p, verb),
            (_, Some(v)) => (Some(v), self.verb_relation(p)),
            _ => (None, "prep"),
        };
        match target {
            Some(t) => self.arcs.set(p, t, relation),
            None => self.top().lead.push((p, "prep")),
        }
    }

    fn verb_relation(&self, p: usize) -> &'static str {
        let passive = self.stack.last().is_some_and(|c| c.passive);
        if passive && self.words.low(p) == "by" { "agent" } else { "prep" }
    }

    /// The preposition before "and" that a new one is parallel to: the same word, in the same clause.
    fn earlier_preposition(&self, k: usize) -> Option<usize> {
        let word = self.words.low(self.head(k));
        (k.saturating_sub(8)..k.saturating_sub(1))
            .rev()
            .take_while(|&j| self.kind(j) != Kind::Verb)
            .find(|&j| self.kind(j) == Kind::Preposition && self.words.low(self.head(j)) == word)
            .map(|j| self.head(j))
    }

    /// Between the noun before a preposition, the verb's object and the verb: the one that has this
    /// preposition most often (lexical association; Hindle and Rooth, 1993).
    fn noun_or_verb(&self, p: usize, verb: Option<usize>) -> (Option<usize>, &'static str) {
        let Some(n) = self.noun else { return (verb, self.verb_relation(p)) };
        let Some(v) = verb else { return (Some(n), "prep") };
        let word = self.words.low(p);
        if word == "of" && !self.words.lemma_is(v, class::OF_VERB) {
            return (Some(n), "prep");
        }
        if word == "by" && self.stack.last().is_some_and(|c| c.passive) {
            return (Some(v), "agent");
        }
        if self.arcs.relation(n) == "npadvmod" {
            return (Some(v), self.verb_relation(p));
        }
        let lexicon = self.words.lexicon;
        let rate = |n: usize| {
            if self.words.tag(n).is_noun() && !self.words.tag(n).is_name() {
                lexicon.noun_rate(self.words.lemma(n), word)
            } else if self.words.tag(n) == Tag::PRP {
                0.1
            } else {
                lexicon.name_rate(word)
            }
        };
        let verb_rate = lexicon.verb_rate(self.words.lemma(v), word);
        let mut best = (rate(n) * NEAR, n);
        // The object of the verb, past a phrase that hangs on it.
        let object = self.stack.last().and_then(|c| c.object);
        if let Some(o) = object.filter(|&o| o != n) {
            let r = rate(o);
            if r > best.0 {
                best = (r, o);
            }
        }
        if best.0 > verb_rate { (Some(best.1), "prep") } else { (Some(v), self.verb_relation(p)) }
    }

    pub(super) fn relative_unit(&mut self, k: usize) {
        let r = self.head(k);
        let before = self.before_kind(k);
        let mut c = Clause::new(Role::Relative);
        c.relative = Some(r);
        c.after_comma = before == Kind::Comma;
        let word_adverb = self.words.tag(r) == Tag::WRB;
        let clause_word = matches!(self.words.low(r), "what" | "how" | "why" | "whatever");
        if let Some(p) = self.preposition.take() {
            let attached = self.arcs.head(p);
            if clause_word {
                c.role = Role::Complement;
                c.anchor = Some((p, "pcomp"));
            } else {
                // "in which": the preposition goes into the clause.
                self.arcs.set(r, p, "pobj");
                self.arcs.clear(p);
                c.relative = None;
                c.lead.push((p, "prep"));
                let n = self.noun.or(attached);
                c.anchor = n.map(|n| (n, "relcl"));
            }
            self.stack.push(c);
            return;
        }
        let when = word_adverb && self.words.low(r) != "where";
        // "when" after a noun that is no time belongs to the verb, if there is one.
        let of_verb = when
            && self.verb().is_some()
            && self.noun.is_some_and(|n| !self.words.lemma_is(n, class::TIME));
        let of_noun = !clause_word && !of_verb;
        c.anchor = match (before, self.noun, self.verb()) {
            (Kind::Noun | Kind::Comma | Kind::Close, Some(n), _) if of_noun => Some((n, "relcl")),
            (_, _, Some(v)) => {
                let complement =
                    !word_adverb || before == Kind::Verb && self.words.low(r) != "when";
                c.role = if complement { Role::Complement } else { Role::Adverbial };
                Some((v, if complement { "ccomp" } else { "advcl" }))
            }
            _ => {
                c.role = if word_adverb && self.kind(k + 1) == Kind::Noun {
                    Role::Adverbial
                } else {
                    Role::Main
                };
                None
            }
        };
        if c.role == Role::Main {
            // A question: the word stands in the main clause.
            self.top().relative = Some(r);
            return;
        }
        self.stack.push(c);
    }

    pub(super) fn adjective_unit(&mut self, k: usize) {
        let a = self.head(k);
        let before = self.before_kind(k);
        if before == Kind::Conjunction
            && let Some(b) = self.earlier_adjective(k)
        {
            if let Some(cc) = self.conjunction.take() {
                self.arcs.set(cc, b, "cc");
            }
            return self.arcs.set(a, b, "conj");
        }
        if self.preposition.is_some() && before == Kind::Preposition {
            if let Some(p) = self.preposition.take() {
                self.arcs.set(a, p, "amod");
            }
            return;
        }
        match (self.verb(), before) {
            (Some(v), Kind::Verb | Kind::Adverb) => {
                self.arcs.set(a, v, "acomp");
            }
            (Some(v), Kind::Noun) => {
                let frame = self.words.lexicon.frame(self.words.lemma(v));
                let relation = if frame.predicate > 30 { "oprd" } else { "advmod" };
                self.arcs.set(a, v, relation);
            }
            (_, Kind::Noun | Kind::Comma) if self.noun.is_some() => {
                if let Some(n) = self.noun {
                    self.arcs.set(a, n, "amod");
                }
            }
            (Some(v), _) => self.arcs.set(a, v, "acomp"),
            (None, _) => self.top().lead.push((a, "advmod")),
        }
    }

    fn earlier_adjective(&self, k: usize) -> Option<usize> {
        (k.saturating_sub(4)..k)
            .rev()
            .find(|&j| self.kind(j) == Kind::Adjective)
            .map(|j| self.head(j))
    }

    pub(super) fn adverb_unit(&mut self, k: usize) {
        let a = self.head(k);
        let before = self.before_kind(k);
        // "only on Monday", "even if": with what follows, if a preposition waits there.
        match self.verb() {
            Some(v) if before != Kind::Comma || self.kind(k + 1) != Kind::Noun => {
                let relation = if self.words.lemma(a) == "not" { "neg" } else { "advmod" };
                self.arcs.set(a, v, relation);
            }
            Some(v) => self.arcs.set(a, v, "advmod"),
            None => {
                let relation = if self.words.lemma(a) == "not" { "neg" } else { "advmod" };
                self.top().lead.push((a, relation));
            }
        }
    }

    pub(super) fn particle(&mut self, k: usize) {
        let p = self.head(k);
        if let Some(v) = self.verb() {
            self.arcs.set(p, v, "prt");
        }
    }
}

/// The nearest noun is somewhat likelier than its own rate says.
const NEAR: f32 = 1.3;
