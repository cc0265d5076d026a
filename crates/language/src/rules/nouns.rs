//! Where noun phrases go: subject, object, object of a preposition, apposition, conjunct, time.

use super::chunk::{Form, Kind};
use super::clause::{Clause, Role, Scanner};
use super::lexicon::class;
use super::tags::Tag;

impl Scanner<'_, '_> {
    pub(super) fn noun_unit(&mut self, k: usize) {
        let h = self.head(k);
        let before = self.before_kind(k);
        if self.words.tag(self.units[k].first as usize) == Tag::WPS && self.noun.is_some() {
            self.whose_clause(h);
        } else if let Some(p) = self.preposition.take() {
            self.arcs.set(h, p, "pobj");
        } else if before == Kind::Open {
            self.bracketed(h);
        } else if self.is_time(k) {
            self.time(k, h);
        } else if self.conjunction.is_some() && before == Kind::Conjunction {
            self.conjunct(k, h);
        } else if before == Kind::Comma && self.attribution(k) {
            self.quote_clause(h);
        } else if self.verb().is_none() {
            self.before_verb(k, h, before);
        } else {
            self.after_verb(k, h, before);
        }
        self.noun = Some(h);
    }

    fn whose_clause(&mut self, h: usize) {
        let mut c = Clause::new(Role::Relative);
        c.anchor = self.noun.map(|n| (n, "relcl"));
        c.subject = Some(h);
        if let Some(p) = self.preposition.take() {
            self.arcs.set(h, p, "pobj");
            c.subject = None;
            c.lead.push((p, "prep"));
        }
        self.stack.push(c);
    }

    fn bracketed(&mut self, h: usize) {
        match self.noun {
            Some(n) => self.arcs.set(h, n, "appos"),
            None => self.top().lead.push((h, "dep")),
        }
    }

    /// "Monday", "last week", "two years" before "ago": no subject or object.
    fn is_time(&self, k: usize) -> bool {
        let h = self.head(k);
        if !self.words.lemma_is(h, class::TIME) && !self.words.is(h, class::TIME) {
            return false;
        }
        if self.words.is(h, class::DAY) || self.after_is(k, &["ago", "later", "earlier"]) {
            let subject =
                self.stack.last().is_some_and(|c| c.subject.is_some() || c.relative.is_some());
            return self.verb().is_some() || subject || self.kind(k + 1) != Kind::Verb;
        }
        let first = self.units[k].first as usize;
        let dated = matches!(
            self.words.low(first),
            "last" | "next" | "this" | "that" | "every" | "each" | "earlier" | "late" | "early"
        );
        let month = self.words.tag(h).is_name()
            || self.words.tag(first) == Tag::CD && self.words.tag(h).is_name();
        (dated || month) && (self.verb().is_some() || self.kind(k + 1) != Kind::Verb)
    }

    fn after_is(&self, k: usize, options: &[&str]) -> bool {
        self.kind(k + 1) == Kind::Adverb && options.contains(&self.words.low(self.head(k + 1)))
    }

    fn time(&mut self, k: usize, h: usize) {
        if self.after_is(k, &["ago", "later", "earlier"]) {
            let a = self.head(k + 1);
            self.arcs.set(h, a, "npadvmod");
            return;
        }
        match self.verb() {
            Some(v) => self.arcs.set(h, v, "npadvmod"),
            None => self.top().lead.push((h, "npadvmod")),
        }
    }

    /// After "and": a conjunct of the last noun, or the subject of a new clause.
    fn conjunct(&mut self, k: usize, h: usize) {
        let Some(cc) = self.conjunction.take() else { return };
        let clause = self.verb_of_subject(k).is_some() && self.has_finite_verb();
        if clause {
            while self.stack.len() > 1 && !self.top_is_finite() {
                self.pop();
            }
            let v = self.verb();
            let mut c =
                Clause::new(if self.stack.len() > 1 { Role::Complement } else { Role::Main });
            c.anchor = v.map(|v| (v, "conj"));
            c.subject = Some(h);
            if let Some(v) = v {
                self.arcs.set(cc, v, "cc");
            }
            self.stack.push(c);
            return;
        }
        match self.conjunct_head(h) {
            Some(n) => {
                self.arcs.set(h, n, "conj");
                self.arcs.set(cc, n, "cc");
            }
            None => self.top().subject = Some(h),
        }
    }

    /// The first half of "A of B and C": B, unless C is a name and only A is one as well.
    fn conjunct_head(&self, h: usize) -> Option<usize> {
        let n = self.noun?;
        let name = self.words.tag(h).is_name();
        if self.words.tag(n).is_name() == name {
            return Some(n);
        }
        // Climb over prepositions to a noun of the same kind.
        let mut at = n;
        for _ in 0..4 {
            let p = self.arcs.head(at)?;
            if self.arcs.relation(at) != "pobj" {
                break;
            }
            let Some(above) = self.arcs.head(p) else { break };
            if self.words.tag(above).is_noun() && self.words.tag(above).is_name() == name {
                return Some(above);
            }
            at = above;
        }
        Some(n)
    }

    fn has_finite_verb(&self) -> bool {
        self.stack
            .iter()
            .any(|c| c.verb.is_some_and(|_| self.units[c.verb_unit].form == Form::Finite))
    }

    pub(super) fn top_is_finite(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|c| c.verb.is_some() && self.units[c.verb_unit].form == Form::Finite)
    }

    /// ", Press TV reported.": after a whole clause, a subject with a verb of speech that ends the
    /// sentence or is cut off by a comma.
    fn attribution(&self, k: usize) -> bool {
        if self.stack[0].verb.is_none() || self.has_open_subject() {
            return false;
        }
        let Some(v) = self.verb_of_subject(k) else { return false };
        let verb = self.head(v);
        if !self.words.lemma_is(verb, class::SPEECH) {
            return false;
        }
        // Nothing the verb of speech could take follows it.
        let mut m = v + 1;
        while m < self.units.len() {
            match self.kind(m) {
                Kind::Verb | Kind::Relative => return false,
                Kind::Preposition if self.words.low(self.head(m)) == "that" => return false,
                Kind::Comma | Kind::Other | Kind::Break | Kind::Quote => return true,
                _ => m += 1,
            }
        }
        true
    }

    fn has_open_subject(&self) -> bool {
        self.stack.iter().any(|c| c.verb.is_none() && c.subject.is_some())
    }

    /// Begins the clause that reports what came before.
    pub(super) fn quote_clause(&mut self, subject: usize) {
        while self.stack.len() > 1 {
            self.pop();
        }
        let said = self.stack[0].verb;
        let mut c = Clause::new(Role::Main);
        c.subject = Some(subject);
        // The reported clause hangs on the verb of speech, which becomes the root.
        if let Some(v) = said {
            c.lead.push((v, "ccomp"));
            if self.root == Some(v) {
                self.root = None;
            }
        }
        self.stack[0] = c;
    }

    fn before_verb(&mut self, k: usize, h: usize, before: Kind) {
        let subject = self.stack.last().and_then(|c| c.subject);
        let Some(s) = subject else {
            let verbless_complement = self.stack.len() > 1 && self.verb_of_subject(k).is_none();
            if verbless_complement
                && self.arcs_free(h)
                && self.stack.last().is_some_and(|c| {
                    c.role != Role::Main && c.relative.is_none() && c.mark.is_none()
                })
            {
                // A clause opened for nothing, as after a semicolon.
                let anchor = self.stack.last().and_then(|c| c.anchor).map(|a| a.0);
                if let Some(a) = anchor {
                    self.arcs.set(h, a, "dep");
                    return;
                }
            }
            self.top().subject = Some(h);
            return;
        };
        let comma = before == Kind::Comma;
        if comma
            && self.list_goes_on(k)
            && self.words.tag(s).is_name() == self.words.tag(h).is_name()
            && !self.described(k)
        {
            let n = self.noun.unwrap_or(s);
            self.arcs.set(h, n, "conj");
        } else if comma {
            let n = self.last_of_chain(s);
            self.arcs.set(h, n, "appos");
        } else if self.verb_of_subject(k).is_some() {
            // "the talks he held": a relative clause without its pronoun.
            self.reduced_relative(h);
        } else {
            self.arcs.set(h, s, "dep");
        }
    }

    fn arcs_free(&self, h: usize) -> bool {
        self.arcs.head(h).is_none()
    }

    /// A common noun with determiner or possessor, or with "of": it describes rather than lists.
    fn described(&self, k: usize) -> bool {
        let u = self.units[k];
        let first = self.words.tag(u.first as usize);
        !self.words.tag(u.head as usize).is_name()
            && (matches!(first, Tag::DT | Tag::PRPS) || self.kind(k + 1) == Kind::Preposition)
    }

    /// The noun an apposition after a comma describes: the last one, if it is no deeper than the
    /// subject's own phrase.
    fn last_of_chain(&self, s: usize) -> usize {
        match self.noun {
            Some(n) if self.words.tag(n).is_name() && self.arcs.relation(n) != "appos" => n,
            _ => s,
        }
    }

    fn reduced_relative(&mut self, h: usize) {
        let mut c = Clause::new(Role::Relative);
        c.anchor = self.noun.map(|n| (n, "relcl"));
        c.subject = Some(h);
        self.stack.push(c);
    }

    fn after_verb(&mut self, k: usize, h: usize, before: Kind) {
        let Some(v) = self.verb() else { return };
        let clause = &self.stack[self.stack.len() - 1];
        let (object, passive) = (clause.object, clause.passive);
        let frame = self.words.lexicon.frame(self.words.lemma(v));
        let subject_of = self.verb_of_subject(k).is_some();
        let adjacent =
            matches!(before, Kind::Verb | Kind::Adverb | Kind::Particle | Kind::Adjective);
        if before == Kind::Comma {
            return self.after_comma(k, h, subject_of);
        }
        if subject_of
            && object.is_none()
            && adjacent
            && (frame.clause > 60 || self.words.lemma_is(v, class::SPEECH))
        {
            return self.complement(v, h);
        }
        if subject_of && !adjacent && before == Kind::Noun {
            return match object {
                // "told him the army left"
                Some(o)
                    if frame.clause > 300
                        && self.noun == Some(o)
                        && !self.words.tag(h).is_name()
                        && self.words.tag(h) != Tag::PRP =>
                {
                    self.complement(v, h)
                }
                _ => self.reduced_relative(h),
            };
        }
        if adjacent && object.is_none() {
            let relation = if self.words.lemma_is(v, class::COPULA) && !passive {
                "attr"
            } else if passive {
                "oprd"
            } else {
                "dobj"
            };
            self.arcs.set(h, v, relation);
            self.top().object = Some(h);
            return;
        }
        match object {
            Some(o)
                if before == Kind::Noun
                    && self.noun == Some(o)
                    && self.arcs.relation(o) == "dobj" =>
            {
                if frame.predicate > 60 && frame.two_objects < 100 {
                    self.arcs.set(h, v, "oprd");
                } else {
                    self.arcs.set(o, v, "dative");
                    self.arcs.set(h, v, "dobj");
                }
            }
            None if before == Kind::Noun && subject_of => self.complement(v, h),
            None if !passive && !self.words.lemma_is(v, class::COPULA) && before == Kind::Noun => {
                self.arcs.set(h, v, "dobj");
            }
            _ => {
                let target = self
                    .noun
                    .filter(|_| before == Kind::Break || before == Kind::Close)
                    .unwrap_or(v);
                self.arcs.set(h, target, if target == v { "npadvmod" } else { "appos" });
            }
        }
    }

    fn after_comma(&mut self, k: usize, h: usize, subject_of: bool) {
        if subject_of {
            if self.pop_to_waiting() {
                return;
            }
            // "While X fell, Y rose": an adverbial clause at the front has ended.
            let adverbial = self.stack.len() > 1 && self.stack.iter().any(|c| c.verb.is_none());
            if adverbial {
                while self.verb().is_some() && self.stack.len() > 1 {
                    self.pop();
                }
                self.top().subject = Some(h);
                return;
            }
            let v = self.stack[0].verb;
            while self.stack.len() > 1 {
                self.pop();
            }
            let mut c = Clause::new(Role::Complement);
            c.anchor = v.map(|v| (v, "ccomp"));
            c.subject = Some(h);
            self.stack.push(c);
            return;
        }
        if let Some(waiting) = self.stack.iter().rposition(|c| c.verb.is_none())
            && waiting + 1 < self.stack.len()
            && self.stack[waiting].subject.is_none()
            && !self.list_goes_on(k)
        {
            while self.stack.len() > waiting + 1 {
                self.pop();
            }
            self.top().subject = Some(h);
            return;
        }
        match self.noun {
            Some(n) => {
                let list = self.list_goes_on(k) && !self.described(k);
                let chained = self.arcs.relation(n) == "conj"
                    && self.words.tag(n).is_name() == self.words.tag(h).is_name();
                self.arcs.set(h, n, if list || chained { "conj" } else { "appos" });
            }
            None => {
                if let Some(v) = self.verb() {
                    self.arcs.set(h, v, "dep");
                }
            }
        }
    }

    /// Opens a clause that `v` takes, with subject `h`.
    fn complement(&mut self, v: usize, h: usize) {
        let mut c = Clause::new(Role::Complement);
        c.anchor = Some((v, "ccomp"));
        c.subject = Some(h);
        self.stack.push(c);
    }
}
