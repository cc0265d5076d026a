//! Who acts and who is acted upon, as slots of a frame.

/// Where a participant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// Logical subject.
    Subject,
    /// Logical object.
    Object,
    /// Indirect object.
    Indirect,
    /// A participant of the complement clause.
    Complement,
    /// Possessor (nouns).
    Possessor,
    /// Nationality or name before the noun (nouns).
    Adjective,
    /// Object of this preposition.
    Preposition(&'static str),
}

/// A place in a frame, or a dependent of what stands there (`o/of`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Where.
    pub(crate) base: Base,
    /// A dependent of it instead of itself.
    pub(crate) inner: Option<&'static str>,
}

/// Alternatives, first found first; the slots of one alternative are taken together.
pub(crate) type Side = Vec<Vec<Slot>>;

/// The two sides of an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    /// Who acts.
    pub(crate) actors: Side,
    /// Whom it is done to.
    pub(crate) recipients: Side,
}

fn base(word: &'static str, noun: bool) -> Base {
    match word {
        "s" => Base::Subject,
        "o" => Base::Object,
        "i" => Base::Indirect,
        "x" => Base::Complement,
        "poss" if noun => Base::Possessor,
        "adj" if noun => Base::Adjective,
        other => Base::Preposition(other),
    }
}

fn side(cell: &'static str, noun: bool) -> Side {
    cell.split(',')
        .filter(|part| *part != "0" && !part.is_empty())
        .map(|part| {
            part.split('+')
                .map(|slot| match slot.split_once('/') {
                    Some((b, inner)) => Slot { base: base(b, noun), inner: Some(inner) },
                    None => Slot { base: base(slot, noun), inner: None },
                })
                .collect()
        })
        .collect()
}

impl Roles {
    /// Reads `actors>recipients`; `noun` gives `poss` and `adj` their own slots.
    pub(crate) fn parse(cell: &'static str, noun: bool) -> Roles {
        let (actors, recipients) = cell.split_once('>').unwrap_or((cell, "0"));
        Roles { actors: side(actors, noun), recipients: side(recipients, noun) }
    }

    /// Whether the act is told of an object before anything else ("attack X").
    pub(crate) fn wants_object(&self) -> bool {
        self.recipients.first().and_then(|alt| alt.first()).is_some_and(|s| s.base == Base::Object)
            && self.actors.first().and_then(|alt| alt.first()).map(|s| s.base)
                == Some(Base::Subject)
    }

    /// Whether those who act may be told as the two sides of a thing between them.
    pub(crate) fn is_mutual(&self) -> bool {
        let between = Slot { base: Base::Preposition("between"), inner: None };
        self.actors.iter().flatten().any(|s| *s == between)
    }

    /// Whether those who act together may do it to each other ("fight with X").
    pub(crate) fn is_reciprocal(&self) -> bool {
        let with = Slot { base: Base::Preposition("with"), inner: None };
        self.recipients.iter().flatten().any(|s| *s == with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_into_slots() {
        let roles = Roles::parse("s>on,o/of+with", false);
        assert_eq!(roles.actors, vec![vec![Slot { base: Base::Subject, inner: None }]]);
        assert_eq!(roles.recipients.len(), 2);
        assert_eq!(roles.recipients[1][0], Slot { base: Base::Object, inner: Some("of") });
        assert_eq!(roles.recipients[1][1].base, Base::Preposition("with"));
        assert!(Roles::parse("s>0", false).recipients.is_empty());
        assert_eq!(Roles::parse("poss>to", true).actors[0][0].base, Base::Possessor);
    }
}
