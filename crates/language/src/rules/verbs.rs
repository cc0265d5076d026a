//! Where verb groups go: head of their clause, complement, conjunct, participle of a noun.

use super::chunk::{Form, Kind};
use super::clause::{Clause, Role, Scanner};
use super::lexicon::class;
use super::tags::Tag;

impl Scanner<'_, '_> {
    pub(super) fn verb_unit(&mut self, k: usize) {
        match self.units[k].form {
            Form::Finite => self.finite(k),
            Form::Infinitive => self.infinitive(k),
            Form::Gerund => self.gerund(k),
            Form::Participle => self.participle(k),
        }
        self.preposition = None;
    }

    fn finite(&mut self, k: usize) {
        let v = self.head(k);
        let before = self.before_kind(k);
        if self.verb().is_none()
            && !(self.stack.len() > 1
                && self.no_subject()
                && self.lower_subject_waits()
                && before != Kind::Relative)
        {
            return self.fill_verb(k);
        }
        if before == Kind::Conjunction && !self.lower_subject_waits_here() {
            return self.verb_conjunct(k);
        }
        if self.pop_to_waiting() {
            return self.fill_verb(k);
        }
        if self.conjunction.is_some() && matches!(before, Kind::Adverb | Kind::Conjunction) {
            return self.verb_conjunct(k);
        }
        let speech = self.words.lemma_is(v, class::SPEECH);
        if matches!(before, Kind::Comma)
            && speech
            && self.kind(k + 1) == Kind::Noun
            && self.stack[0].verb.is_some()
        {
            // "…," said Orlo.
            let subject = self.head(k + 1);
            self.quote_clause(subject);
            return self.fill_verb(k);
        }
        if before == Kind::Noun && self.noun.is_some() {
            return self.after_object(k, v);
        }
        self.loose(k);
    }

    fn no_subject(&self) -> bool {
        self.stack.last().is_some_and(|c| c.subject.is_none() && c.relative.is_none())
    }

    fn lower_subject_waits(&self) -> bool {
        self.stack[..self.stack.len() - 1].iter().any(|c| c.verb.is_none() && c.subject.is_some())
    }

    /// "and" after a clause inside a subject ("the men who came and left fled") stays inside.
    fn lower_subject_waits_here(&self) -> bool {
        self.lower_subject_waits() && !self.top_is_finite()
    }

    /// A verb after "and": a second verb of the clause.
    fn verb_conjunct(&mut self, k: usize) {
        let v = self.head(k);
        let cc = self.conjunction.take();
        let form = self.units[k].form;
        let bare = self.words.tag(v) == Tag::VB && self.units[k].first as usize == v;
        // The nearest clause with a verb of the same form.
        let same = |s: &Self, c: &Clause| {
            let f = s.units[c.verb_unit].form;
            c.verb.is_some()
                && (f == form
                    || bare
                        && f == Form::Finite
                        && s.words.tag(s.units[c.verb_unit].first as usize) == Tag::MD)
        };
        let at = self
            .stack
            .iter()
            .rposition(|c| same(self, c))
            .or_else(|| self.stack.iter().rposition(|c| c.verb.is_some()));
        let Some(at) = at else {
            return self.fill_verb(k);
        };
        while self.stack.len() > at + 1 {
            self.pop();
        }
        let Some(first) = self.stack[at].verb else { return };
        self.arcs.set(v, first, "conj");
        if let Some(cc) = cc {
            self.arcs.set(cc, first, "cc");
        }
        let passive = self.units[k].passive;
        let c = &mut self.stack[at];
        (c.verb, c.verb_unit, c.object, c.passive) = (Some(v), k, None, passive);
    }

    /// A finite verb right after a noun that already has a place.
    fn after_object(&mut self, k: usize, v: usize) {
        let Some(n) = self.noun else { return };
        let past = self.words.tag(v) == Tag::VBD && self.units[k].first as usize == v;
        let by = self.kind(k + 1) == Kind::Preposition;
        let Some(top) = self.verb() else { return };
        let takes_clause = self.words.lexicon.frame(self.words.lemma(top)).clause > 60;
        if self.arcs.relation(n) == "dobj"
            && takes_clause
            && !(past && by && self.words.low(self.head(k + 1)) == "by")
        {
            // "said the army left": the object turns out to be a subject.
            let mut c = Clause::new(Role::Complement);
            c.anchor = Some((top, "ccomp"));
            c.subject = Some(n);
            self.arcs.clear(n);
            self.stack[0].object = None;
            self.stack.push(c);
            return self.fill_verb(k);
        }
        if past && by {
            self.words.tags[v] = Tag::VBN;
            return self.noun_participle(k, n);
        }
        self.loose(k);
    }

    /// A verb no rule has a place for.
    fn loose(&mut self, k: usize) {
        let v = self.head(k);
        let target = self.stack[0].verb.or(self.verb());
        let mut c = Clause::new(Role::Complement);
        c.anchor = target.map(|t| (t, "conj"));
        if target.is_none_or(|t| t == v) {
            c.role = Role::Main;
        }
        while self.stack.len() > 1 {
            self.pop();
        }
        self.stack.push(c);
        self.fill_verb(k);
    }

    /// Opens a clause without tense under `anchor`.
    fn bare(&mut self, k: usize, anchor: Option<usize>, relation: &'static str, after_comma: bool) {
        let mut c = Clause::new(Role::Bare);
        c.anchor = anchor.map(|a| (a, relation));
        c.after_comma = after_comma;
        self.stack.push(c);
        self.fill_verb(k);
    }

    fn infinitive(&mut self, k: usize) {
        let before = self.before_kind(k);
        let bare = self.words.tag(self.units[k].first as usize) != Tag::TO;
        if before == Kind::Conjunction && self.stack.iter().any(|c| c.verb.is_some()) {
            return self.verb_conjunct(k);
        }
        if let Some(c) = self.stack.last_mut().filter(|c| c.verb.is_none())
            && c.role != Role::Main
            && c.relative.is_some()
        {
            // "how to leave"
            return self.fill_verb(k);
        }
        if bare && self.verb().is_none() {
            return self.fill_verb(k);
        }
        let verb = self.verb();
        let object = self.stack.last().and_then(|c| c.object);
        if bare && before == Kind::Noun && object.is_some() && object == self.noun {
            // "help Norway rebuild the port"
            let (v, n) = (self.head(k), self.noun);
            self.bare(k, verb, "ccomp", false);
            if let Some(n) = n {
                self.arcs.set(n, v, "nsubj");
            }
            return;
        }
        match before {
            Kind::Adjective => {
                let a = self.before(k).map(|b| self.head(b));
                self.bare(k, a, "xcomp", false);
            }
            Kind::Noun => self.infinitive_after_noun(k, verb),
            Kind::Comma => self.bare(k, verb, "advcl", true),
            _ => {
                let passive = self.stack.last().is_some_and(|c| c.passive);
                let frame = verb.map(|v| self.words.lexicon.frame(self.words.lemma(v)));
                let takes = frame.is_some_and(|f| f.infinitive >= 40) || before == Kind::Verb;
                let close = matches!(before, Kind::Verb | Kind::Adverb | Kind::Particle);
                let relation = if takes && (close || passive) { "xcomp" } else { "advcl" };
                self.bare(k, verb, relation, false);
            }
        }
    }

    fn infinitive_after_noun(&mut self, k: usize, verb: Option<usize>) {
        let n = self.noun;
        let Some(v) = verb else {
            // In a subject: "the plan to leave failed".
            return self.bare(k, n, "acl", false);
        };
        let object = self.stack.last().and_then(|c| c.object);
        let noun_rate = n.map_or(0, |n| self.words.lexicon.noun_infinitive(self.words.lemma(n)));
        let frame = self.words.lexicon.frame(self.words.lemma(v));
        let control = self.words.lemma_is(v, class::CONTROL);
        if control && object.is_some() && (object == n || noun_rate < 100) {
            return self.bare(k, verb, "xcomp", false);
        }
        if noun_rate >= 60
            && (object == n
                || n.is_some_and(|n| {
                    self.arcs.relation(n) == "pobj"
                        || self.arcs.relation(n) == "conj"
                        || self.arcs.relation(n) == "attr"
                }))
        {
            return self.bare(k, n, "acl", false);
        }
        let relation = if object.is_none() && frame.infinitive >= 150 { "xcomp" } else { "advcl" };
        self.bare(k, verb, relation, false);
    }

    fn gerund(&mut self, k: usize) {
        let before = self.before_kind(k);
        let verb = self.verb();
        if let Some(p) = self.preposition.take() {
            return self.bare(k, Some(p), "pcomp", false);
        }
        if before == Kind::Conjunction && self.stack.iter().any(|c| c.verb.is_some()) {
            return self.verb_conjunct(k);
        }
        match (before, verb) {
            (Kind::Noun, Some(v)) => {
                let perceived = matches!(
                    self.words.lemma(v),
                    "see" | "hear" | "show" | "leave" | "keep" | "find" | "catch"
                );
                let object = self.stack.last().and_then(|c| c.object);
                if perceived && object.is_some() && object == self.noun {
                    self.bare(k, verb, "ccomp", false);
                } else {
                    let n = self.noun;
                    self.bare(k, n, "acl", false);
                }
            }
            (Kind::Noun, None) => {
                let n = self.noun;
                self.bare(k, n, "acl", false);
            }
            (Kind::Comma, Some(v)) => self.bare(k, Some(v), "advcl", true),
            (Kind::Comma, None) if self.noun.is_some() => {
                let n = self.noun;
                self.bare(k, n, "acl", true);
            }
            (Kind::Verb, Some(v)) => self.bare(k, Some(v), "xcomp", false),
            (_, Some(v)) => self.bare(k, Some(v), "advcl", false),
            // At the front: the subject of the sentence, or an adverbial of the verb to come.
            _ => self.front(k),
        }
    }

    fn front(&mut self, k: usize) {
        let mut c = Clause::new(Role::Bare);
        c.after_comma = true;
        self.stack.push(c);
        self.fill_verb(k);
    }

    fn participle(&mut self, k: usize) {
        let before = self.before_kind(k);
        let verb = self.verb();
        let v = self.head(k);
        if self.conjunction.is_some()
            && before == Kind::Conjunction
            && self.stack.iter().any(|c| c.verb.is_some())
        {
            return self.verb_conjunct(k);
        }
        if self.must_be_finite(k) {
            self.words.tags[v] = Tag::VBD;
            if self.verb().is_some() {
                self.pop_to_waiting();
            }
            self.fill_active(k);
            return;
        }
        if let Some(p) = self.preposition.take() {
            let marks = self.words.is(p, class::SUBORDINATOR) && verb.is_some();
            let anchor = self.arcs.head(p).or(verb);
            if marks && let Some(a) = anchor {
                self.arcs.set(p, v, "mark");
                return self.bare(k, Some(a), "advcl", false);
            }
            return self.bare(k, Some(p), "pcomp", false);
        }
        match before {
            Kind::Noun | Kind::Close => match self.noun {
                Some(n) => self.noun_participle(k, n),
                None => self.front(k),
            },
            Kind::Comma if self.noun.is_some() && (verb.is_none() || self.noun_just_before(k)) => {
                let n = self.noun;
                let subject = self.stack.last().and_then(|c| c.subject).filter(|_| verb.is_none());
                self.bare(k, subject.or(n), "acl", true);
            }
            _ => match verb {
                Some(a) => self.bare(
                    k,
                    Some(a),
                    if before == Kind::Verb { "acomp" } else { "advcl" },
                    before == Kind::Comma,
                ),
                None => self.front(k),
            },
        }
    }

    fn noun_just_before(&self, k: usize) -> bool {
        k >= 2 && self.kind(k - 2) == Kind::Noun
    }

    pub(super) fn noun_participle(&mut self, k: usize, n: usize) {
        self.bare(k, Some(n), "acl", false);
        self.top().passive = true;
    }

    fn fill_active(&mut self, k: usize) {
        self.fill_verb(k);
        let clause = self.top();
        clause.passive = false;
        let subject = clause.subject;
        if let Some(s) = subject {
            self.arcs.set(s, self.head(k), "nsubj");
        }
    }

    /// A form in -ed that was taken for a participle though its clause has a subject and no other
    /// verb comes: "the army entered the town".
    fn must_be_finite(&self, k: usize) -> bool {
        let v = self.head(k);
        if self.units[k].first as usize != v
            || !matches!(
                self.before_kind(k),
                Kind::Noun | Kind::Adverb | Kind::Relative | Kind::Comma
            )
        {
            return false;
        }
        let waits = self
            .stack
            .iter()
            .any(|c| c.verb.is_none() && (c.subject.is_some() || c.relative.is_some()));
        if !waits {
            return false;
        }
        let low = self.words.low(v);
        let past_only =
            !self.words.lexicon.tags(low).is_some_and(|t| t.iter().any(|p| p.0 == Tag::VBD));
        if past_only && !low.ends_with("ed") {
            return false;
        }
        // Another finite verb of the same clause decides against it.
        let mut m = k + 1;
        let limit = (k + 30).min(self.units.len());
        while m < limit {
            match self.kind(m) {
                Kind::Verb if self.units[m].form == Form::Finite => return false,
                Kind::Relative | Kind::Break => break,
                Kind::Preposition
                    if self.words.is(self.head(m), class::SUBORDINATOR)
                        && self.verb_of_subject(m + 1).is_some() =>
                {
                    break;
                }
                Kind::Conjunction if self.kind(m + 1) == Kind::Verb => break,
                _ => {}
            }
            m += 1;
        }
        true
    }
}
