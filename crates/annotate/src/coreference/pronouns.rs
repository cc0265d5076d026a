//! "he", "her", "its", "themselves".

use super::discourse::{Key, Phrase, Role, Sort};
use super::words::is;
use super::{Memory, Scope};
use variorum_model::Coreference;

/// A third-person pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    It,
    They,
}

impl Pronoun {
    fn of(word: &str) -> Option<Pronoun> {
        [("he", Pronoun::He), ("she", Pronoun::She), ("it", Pronoun::It), ("they", Pronoun::They)]
            .into_iter()
            .find(|(class, _)| is(class, word))
            .map(|(_, pronoun)| pronoun)
    }

    fn noun(self) -> &'static str {
        match self {
            Pronoun::He => "he",
            Pronoun::She => "she",
            Pronoun::It => "it",
            Pronoun::They => "they",
        }
    }

    /// Sentences back that it reaches, and how far ahead of the next its antecedent must be.
    fn reach(self) -> (usize, f64) {
        match self {
            Pronoun::He | Pronoun::She => (5, 1.15),
            Pronoun::It => (1, 1.3),
            Pronoun::They => (2, 1.3),
        }
    }
}

impl Scope<'_> {
    /// The pronoun at word `at`, if it stands for a name.
    pub(super) fn pronoun(&self, at: usize, memory: &mut Memory) -> Option<(Coreference, usize)> {
        if !self.line.tag(at).starts_with("PRP") {
            return None;
        }
        let pronoun = Pronoun::of(self.line.word(at))?;
        if pronoun == Pronoun::It && self.stands_for_clause(at) {
            return None;
        }
        let (within, lead) = pronoun.reach();
        let mut barred = self.barred(at, memory);
        if pronoun == Pronoun::They {
            barred.extend(self.beside_people(memory));
        }
        let reflexive = self.line.word(at).contains("sel");
        let found = if reflexive {
            self.own_subject(at, memory, pronoun)
        } else {
            memory
                .discourse
                .foremost(within, lead, |phrase, apart| {
                    self.weigh(at, pronoun, phrase, apart, &barred, memory)
                })
                .map(|f| (f.key, f.mention))
        };
        let role = self.tree.role(at);
        let sort = match pronoun {
            Pronoun::He | Pronoun::She => Sort::Human,
            Pronoun::It | Pronoun::They => Sort::Thing,
        };
        let (key, mention) = match found {
            Some((key, mention)) => (key, mention),
            // Whoever it is, what follows may well be the same
            None => (Key::Noun(pronoun.noun().to_owned()), None),
        };
        if matches!(pronoun, Pronoun::He | Pronoun::She) {
            memory.discourse.women.entry(key.clone()).or_insert(pronoun == Pronoun::She);
        }
        let many = pronoun == Pronoun::They;
        let sort = mention.map_or(sort, |m| self.sort_of(m));
        let phrase = self.phrase(key.clone(), mention, sort, at);
        memory.discourse.here.push(Phrase { role, many, one: !many, ..phrase });
        let antecedents = match (&key, mention) {
            (_, Some(one)) => vec![one],
            (Key::Noun(noun), None) => memory.together.get(noun)?.clone(),
            _ => return None,
        };
        self.make(at, at + 1, antecedents, "pronoun")
    }

    pub(super) fn sort_of(&self, mention: u32) -> Sort {
        use variorum_model::MentionKind::{Event, Facility, Group, Organization, Person, Place};
        match self.mention(mention).kind {
            Person => Sort::Human,
            Place => Sort::Place,
            Organization | Group => Sort::Body,
            Event | Facility => Sort::Thing,
        }
    }

    /// How much a phrase counts for the pronoun; none where it cannot be meant.
    fn weigh(
        &self,
        at: usize,
        pronoun: Pronoun,
        phrase: &Phrase,
        apart: usize,
        barred: &[Key],
        memory: &Memory,
    ) -> Option<f64> {
        if barred.contains(&phrase.key) {
            return None;
        }
        let same_side = self.tree.quoted[at] == phrase.quoted;
        let fits = match pronoun {
            Pronoun::He | Pronoun::She => {
                let woman = memory.discourse.women.get(&phrase.key).copied();
                match woman {
                    _ if phrase.sort != Sort::Human || !phrase.one => 0.0,
                    Some(w) if w != (pronoun == Pronoun::She) => 0.0,
                    Some(_) => 1.0,
                    // The news names more men than women
                    None if pronoun == Pronoun::She => 0.6,
                    None => 0.85,
                }
            }
            Pronoun::It => match phrase.sort {
                Sort::Human => 0.0,
                _ if !phrase.one => 0.0,
                Sort::Body => 1.0,
                Sort::Place | Sort::Thing => 0.9,
            },
            Pronoun::They => match phrase.sort {
                _ if phrase.many => 1.0,
                Sort::Body if phrase.role == Role::Subject && apart <= 1 && same_side => 0.45,
                _ => 0.0,
            },
        };
        if fits == 0.0 {
            return None;
        }
        // "It" stands for much that has no name: only what a clause is about is trusted
        if pronoun == Pronoun::It && phrase.mention.is_some() {
            let near = apart == 0 && self.line.tag(at) == "PRP$";
            if !same_side || phrase.role > Role::Object || phrase.role == Role::Object && !near {
                return None;
            }
        }
        let parallel = phrase.role == Role::Subject && self.tree.role(at) == Role::Subject;
        let mut factor = fits;
        if !same_side {
            factor *= 0.8;
        }
        if parallel && apart > 0 {
            factor *= 1.1;
        }
        factor *= 1.0 + 0.06 * f64::from(memory.discourse.times_said(&phrase.key).min(6));
        Some(factor)
    }

    /// Who cannot be meant: the other arguments of the pronoun's verb, and who speaks the words it
    /// stands in.
    fn barred(&self, at: usize, memory: &Memory) -> Vec<Key> {
        let here = &memory.discourse.here;
        let mut barred: Vec<Key> = Vec::new();
        if self.line.tag(at) != "PRP$"
            && let Some(verb) = self.tree.verb(at)
        {
            let verbs = self.tree.same_subject(verb);
            let own = |p: &&Phrase| {
                p.verb.is_some_and(|v| v == verb || verbs.contains(&v) && p.role == Role::Subject)
                    && p.role <= Role::Oblique
            };
            barred.extend(here.iter().filter(own).map(|p| p.key.clone()));
        }
        if self.tree.quoted[at] {
            let speaks = |p: &&Phrase| !p.quoted && p.role == Role::Subject;
            barred.extend(here.iter().filter(speaks).map(|p| p.key.clone()));
        }
        barred
    }

    /// The bodies in mind, where "they" may be the people named with them.
    fn beside_people(&self, memory: &Memory) -> Vec<Key> {
        let near =
            || memory.discourse.recent().take_while(|(apart, _)| *apart <= 1).map(|(_, p)| p);
        let mut people = near().filter(|p| p.sort == Sort::Human && p.one).map(|p| &p.key);
        let first = people.next();
        if !people.any(|key| Some(key) != first) {
            return Vec::new();
        }
        let body = |p: &&Phrase| p.sort == Sort::Body && !p.many;
        near().filter(body).map(|p| p.key.clone()).collect()
    }

    /// The subject of a reflexive's verb.
    fn own_subject(
        &self,
        at: usize,
        memory: &Memory,
        pronoun: Pronoun,
    ) -> Option<(Key, Option<u32>)> {
        let verbs = self.tree.same_subject(self.tree.verb(at)?);
        let here = memory.discourse.here.iter().rev();
        let subject = here
            .filter(|p| p.role == Role::Subject && p.verb.is_some_and(|v| verbs.contains(&v)))
            .find(|p| self.weigh(at, pronoun, p, 0, &[], memory).is_some())?;
        Some((subject.key.clone(), subject.mention))
    }

    /// "It is clear that", "it seems", "it rained".
    fn stands_for_clause(&self, at: usize) -> bool {
        if self.line.tag(at) == "PRP$" {
            return false;
        }
        let Some(verb) = self.tree.head(at) else { return false };
        if is("feeling", self.tree.lemma(verb)) {
            return true;
        }
        let said = self.tree.child(verb, &["acomp", "attr", "oprd"]);
        let clause = self.tree.child(verb, &["ccomp", "xcomp", "advcl"]).is_some_and(|c| c > verb);
        let nested =
            said.is_some_and(|s| self.tree.child(s, &["ccomp", "xcomp", "relcl", "acl"]).is_some());
        self.tree.lemma(verb) == "be"
            && said.is_some_and(|s| is("feeling", self.tree.lemma(s)) || clause || nested)
            || self.tree.relation(at) == "nsubjpass" && clause
    }
}
