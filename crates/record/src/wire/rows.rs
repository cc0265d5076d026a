//! The nouns of the model, field by field.
//!
//! Order and numbers here are the form of the file: a new field or variant comes last, under a new
//! version of the form.

use super::{Damage, Reader, Wire, Writer};
use variorum_model::contract::Citation;
use variorum_model::{
    Accord, AccordKind, Annotations, Basis, Block, BlockKind, Byline, Clause, Codings, Coreference,
    Dateline, DatingStep, DayBounds, Derived, EventMention, EventType, Figure, Mandate, Mention,
    MentionKind, Modality, Office, OfficeChange, Outlet, Published, Quantity, Quotation,
    QuotationKind, Removed, Report, Standing, TimeExpression, TimeKind, Title,
};

macro_rules! fields {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl Wire for $name {
            fn put(&self, to: &mut Writer<'_>) {
                let $name { $($field),* } = self;
                $($field.put(to);)*
            }
            fn get(from: &mut Reader<'_>) -> Result<$name, Damage> {
                Ok($name { $($field: Wire::get(from)?),* })
            }
        }
    };
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
        report.put(to);
        // Texts are bounded far below four thousand million characters.
        (*start as u32).put(to);
        (*end as u32).put(to);
        quote.put(to);
    }

    fn get(from: &mut Reader<'_>) -> Result<Citation, Damage> {
        Ok(Citation {
            report: Wire::get(from)?,
            start: u32::get(from)? as usize,
            end: u32::get(from)? as usize,
            quote: Wire::get(from)?,
        })
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

fields!(Title { value, span });
fields!(Outlet { name, basis, span });
fields!(Byline { authors, span });
fields!(Dateline { places, agency, span });
fields!(DatingStep { rule, start, end, evidence, others });
fields!(Published { start, end, value, basis, evidence, steps });
fields!(Block { kind, span });
fields!(Removed { kind, span });
fields!(Mention { span, kind, head, government, title, country, rule, confidence });
fields!(TimeExpression { span, kind, value, earliest, latest, anchor, rule, confidence });
fields!(Derived { value, bound, whole });
fields!(Quantity {
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
});
fields!(Quotation { span, kind, cue, source, speaker, anonymous, stance, rule, confidence });
fields!(DayBounds { earliest, latest, evidence });
fields!(OfficeChange { kind, cue });
fields!(Office {
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
});
fields!(Coreference { span, antecedents, rule });
fields!(Annotations {
    sentences,
    mentions,
    entities,
    times,
    quantities,
    quotations,
    offices,
    coreferences,
});
fields!(EventMention {
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
});
fields!(Accord { kind, event, brokers, parties, exempt, in_force, status, breaches });
fields!(Mandate { span, holder, giver, scope });
fields!(Figure { quantity, span, attributed_to, as_of, since, place, event });
fields!(Clause { span, verb, lemma, modality, subjects, objects, words, time, reported_by, title });
fields!(Codings { events, accords, mandates, figures, clauses });

/// A report without its text.
pub(super) fn put_report(report: &Report, to: &mut Writer<'_>) {
    let Report {
        id,
        path,
        text: _,
        language,
        title,
        outlet,
        byline,
        dateline,
        published,
        url,
        body,
        removed,
        source_map,
        warnings,
    } = report;
    id.put(to);
    path.put(to);
    language.put(to);
    title.put(to);
    outlet.put(to);
    byline.put(to);
    dateline.put(to);
    published.put(to);
    url.put(to);
    body.put(to);
    removed.put(to);
    source_map.put(to);
    warnings.put(to);
}

/// What [`put_report`] wrote, its text left empty.
pub(super) fn get_report(from: &mut Reader<'_>) -> Result<Report, Damage> {
    Ok(Report {
        id: Wire::get(from)?,
        path: Wire::get(from)?,
        text: String::new(),
        language: Wire::get(from)?,
        title: Wire::get(from)?,
        outlet: Wire::get(from)?,
        byline: Wire::get(from)?,
        dateline: Wire::get(from)?,
        published: Wire::get(from)?,
        url: Wire::get(from)?,
        body: Wire::get(from)?,
        removed: Wire::get(from)?,
        source_map: Wire::get(from)?,
        warnings: Wire::get(from)?,
    })
}
