//! The nouns of the model, field by field.
//!
//! Order and numbers here are the form of the file: a new field or variant comes last, under a new
//! version of the form.

use super::columns::column;
use super::{Damage, Reader, Wire, Writer};
use std::sync::OnceLock;
use variorum_model::contract::Citation;
use variorum_model::{
    Accord, AccordKind, Annotations, Basis, Block, BlockKind, Byline, Clause, Codings, Coreference,
    Dateline, DatingStep, DayBounds, Derived, EventMention, EventType, Figure, Mandate, Mention,
    MentionKind, Modality, Office, OfficeChange, Outlet, Published, Quantity, Quotation,
    QuotationKind, Removed, Report, Span, Standing, TimeExpression, TimeKind, Title,
};

/// The number of the column of a field.
macro_rules! column {
    ($name:ident, $field:ident) => {{
        static NUMBER: OnceLock<u16> = OnceLock::new();
        *NUMBER.get_or_init(|| column(concat!(stringify!($name), ".", stringify!($field))))
    }};
}

/// Nouns, field by field, and the names of all columns.
macro_rules! nouns {
    ($($name:ident { $($field:ident),* $(,)? })*) => {
        $(impl Wire for $name {
            fn put(&self, to: &mut Writer<'_>) {
                let $name { $($field),* } = self;
                $(
                    to.enter(column!($name, $field));
                    $field.put(to);
                )*
            }
            fn get(from: &mut Reader<'_>) -> Result<$name, Damage> {
                Ok($name {
                    $($field: {
                        from.enter(column!($name, $field));
                        Wire::get(from)?
                    }),*
                })
            }
        })*
        const OF_NOUNS: &[&str] = &[$($(concat!(stringify!($name), ".", stringify!($field))),*),*];
    };
}

/// What a page left out is listed by `clean` alone: a record keeps the page itself.
impl Wire for Removed {
    fn put(&self, to: &mut Writer<'_>) {
        let Removed { kind, span, source: _ } = self;
        to.enter(column!(Removed, kind));
        kind.put(to);
        to.enter(column!(Removed, span));
        span.put(to);
    }

    fn get(from: &mut Reader<'_>) -> Result<Removed, Damage> {
        from.enter(column!(Removed, kind));
        let kind = Wire::get(from)?;
        from.enter(column!(Removed, span));
        Ok(Removed::of_text(kind, Wire::get(from)?))
    }
}

macro_rules! variants {
    ($name:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        impl Wire for $name {
            fn put(&self, to: &mut Writer<'_>) {
                let number: u32 = match self { $($name::$variant => $number),* };
                number.put(to);
            }
            fn get(from: &mut Reader<'_>) -> Result<$name, Damage> {
                match u32::get(from)? {
                    $($number => Ok($name::$variant),)*
                    _ => Err(from.damage(concat!("no ", stringify!($name)))),
                }
            }
        }
    };
}

impl Wire for Citation {
    fn put(&self, to: &mut Writer<'_>) {
        let Citation { report, start, end, quote } = self;
        to.enter(column!(Citation, report));
        report.put(to);
        // Texts are bounded far below four thousand million characters.
        to.enter(column!(Citation, start));
        (*start as u32).put(to);
        to.enter(column!(Citation, end));
        (*end as u32).put(to);
        to.enter(column!(Citation, quote));
        quote.put(to);
    }

    fn get(from: &mut Reader<'_>) -> Result<Citation, Damage> {
        from.enter(column!(Citation, report));
        let report = Wire::get(from)?;
        from.enter(column!(Citation, start));
        let start = u32::get(from)? as usize;
        from.enter(column!(Citation, end));
        let end = u32::get(from)? as usize;
        from.enter(column!(Citation, quote));
        Ok(Citation { report, start, end, quote: Wire::get(from)? })
    }
}

variants!(Basis { Stated = 0, Debris = 1, Metadata = 2, Url = 3, Inferred = 4 });
variants!(BlockKind { Paragraph = 0, Heading = 1, Caption = 2 });
variants!(MentionKind {
    Person = 0,
    Organization = 1,
    Place = 2,
    Group = 3,
    Event = 4,
    Facility = 5,
});
variants!(TimeKind { Date = 0, Time = 1, Duration = 2, Set = 3 });
variants!(QuotationKind { Direct = 0, Indirect = 1, Mixed = 2 });
variants!(Modality {
    Actual = 0,
    Ongoing = 1,
    Planned = 2,
    Alleged = 3,
    Negated = 4,
    Hypothetical = 5,
});
variants!(Standing { Current = 0, Former = 1, Acting = 2, Elect = 3, Outgoing = 4 });
variants!(AccordKind { Ceasefire = 0, Agreement = 1, Talks = 2 });
variants!(EventType {
    Agree = 0,
    Consult = 1,
    Support = 2,
    Concede = 3,
    Cooperate = 4,
    Aid = 5,
    Retreat = 6,
    Request = 7,
    Accuse = 8,
    Reject = 9,
    Threaten = 10,
    Protest = 11,
    Sanction = 12,
    Mobilize = 13,
    Coerce = 14,
    Assault = 15,
    Statement = 16,
    Appoint = 17,
    Other = 18,
});

nouns! {
    Title { value, span }
    Outlet { name, basis, span }
    Byline { authors, span }
    Dateline { places, agency, span }
    DatingStep { rule, start, end, evidence, others }
    Published { start, end, value, basis, evidence, steps }
    Block { kind, span }
    Mention { span, kind, head, government, title, country, rule, confidence }
    TimeExpression { span, kind, value, earliest, latest, anchor, rule, confidence }
    Derived { value, bound, whole }
    Quantity {
        span,
        value,
        bound,
        low,
        high,
        unit,
        measure,
        of,
        cue,
        derived,
        rule,
        confidence,
    }
    Quotation { span, kind, cue, source, speaker, anonymous, stance, rule, confidence }
    DayBounds { earliest, latest, evidence }
    OfficeChange { kind, cue }
    Office {
        span,
        title,
        body,
        country,
        holder,
        standing,
        from,
        to,
        change,
        rule,
        confidence,
    }
    Coreference { span, antecedents, rule }
    Annotations {
        sentences,
        mentions,
        entities,
        times,
        quantities,
        quotations,
        offices,
        coreferences,
    }
    EventMention {
        kind,
        mode,
        contexts,
        cameo,
        modality,
        trigger,
        span,
        actors,
        recipients,
        place,
        time,
        reported_by,
        agenda,
        rule,
        confidence,
    }
    Accord { kind, event, brokers, parties, exempt, in_force, status, breaches }
    Mandate { span, holder, giver, scope }
    Figure { quantity, span, attributed_to, as_of, since, place, event }
    Clause { span, verb, lemma, modality, subjects, objects, words, time, reported_by, title }
    Codings { events, accords, mandates, figures, clauses }
}

/// Writes and reads the fields of a report but its text.
macro_rules! report {
    ($($field:ident),*) => {
        /// A report without its text, and without the posts of a page, which `clean` alone lists.
        pub(super) fn put_report(report: &Report, to: &mut Writer<'_>) {
            let Report { text: _, entries: _, $($field),* } = report;
            $(
                to.enter(column!(Report, $field));
                $field.put(to);
            )*
        }

        /// What [`put_report`] wrote, its text left empty.
        pub(super) fn get_report(from: &mut Reader<'_>) -> Result<Report, Damage> {
            Ok(Report {
                text: String::new(),
                entries: Vec::new(),
                $($field: {
                    from.enter(column!(Report, $field));
                    Wire::get(from)?
                }),*
            })
        }

        const OF_REPORT: &[&str] = &[$(concat!("Report.", stringify!($field))),*];
    };
}

report!(
    id, path, language, title, outlet, byline, dateline, published, url, body, removed, source_map,
    warnings
);

/// The sentences, which are the first of all annotations.
pub(super) fn get_sentences(from: &mut Reader<'_>) -> Result<Vec<Span>, Damage> {
    from.enter(column!(Annotations, sentences));
    Wire::get(from)
}

const OF_CITATION: &[&str] =
    &["Citation.report", "Citation.start", "Citation.end", "Citation.quote"];
const OF_REMOVED: &[&str] = &["Removed.kind", "Removed.span"];

/// Names of all columns.
pub(crate) const COLUMNS: [&[&str]; 4] = [OF_REPORT, OF_CITATION, OF_REMOVED, OF_NOUNS];
