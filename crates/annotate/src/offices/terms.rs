//! From when and until when an office is held: "since 2013", "from 1997 to 2005", "was appointed on
//! Monday", "former".

use super::changes::{Change, Effect, change};
use crate::reading::{Line, Reading};
use variorum_model::{DayBounds, Mention, Office, Span, Standing, TimeExpression, TimeKind};

/// Reads what the sentences of `offices` say of their beginning and end.
pub(crate) fn terms(
    reading: &Reading<'_>,
    mentions: &[Mention],
    times: &[TimeExpression],
    offices: &mut [Office],
) {
    let mut line: Option<Line<'_>> = None;
    for i in 0..offices.len() {
        let office = &offices[i];
        let Some(sentence) = reading.sentence_at(office.span.from()) else { continue };
        if line.as_ref().is_none_or(|l| l.sentence.span != sentence.span) {
            line = Some(Line::new(reading, sentence));
        }
        let Some(line) = &line else { continue };
        let next = offices.get(i + 1).map_or(u32::MAX, |o| o.span.start);
        let within = super::within(mentions, sentence.span);
        let clause = Clause { line, times: times_in(times, sentence.span), next };
        let changed = change(line, within, office);
        clause.read(&mut offices[i], changed);
        by_publication(reading, &mut offices[i]);
    }
}

fn times_in(times: &[TimeExpression], span: Span) -> &[TimeExpression] {
    let from = times.partition_point(|t| t.span.start < span.start);
    let to = times.partition_point(|t| t.span.start < span.end);
    &times[from..to]
}

/// The sentence of an office with its time expressions.
struct Clause<'s> {
    line: &'s Line<'s>,
    times: &'s [TimeExpression],
    /// Where the next office begins.
    next: u32,
}

impl Clause<'_> {
    fn read(&self, office: &mut Office, changed: Option<Change>) {
        if let Some(change) = changed {
            office.change = Some(change.told);
            if let Some(holder) = change.holder.filter(|_| office.holder.is_none()) {
                office.holder = Some(holder);
                office.rule = "change";
                office.confidence = 0.8;
            }
            let day = self.day_of(change.verb);
            match change.effect {
                Effect::Enters => office.from = day,
                Effect::Leaves => {
                    office.to = day;
                    office.standing = Standing::Former;
                }
                Effect::Awaits => office.standing = Standing::Elect,
            }
        }
        self.term(office);
    }

    /// "since May 2013", "from 1997 to 2005", "until 2005", "(1997–2005)" behind the office or its
    /// holder, and "Since 2013" at the head of the sentence.
    fn term(&self, office: &mut Office) {
        const FARTHEST: usize = 10;
        let line = self.line;
        let after_holder = office.holder.filter(|h| h.start >= office.span.end);
        let start = line.after(after_holder.map_or(office.span, |h| h.join(office.span)).to());
        let mut heads: Vec<usize> = (start..line.tokens.len().min(start + FARTHEST))
            .take_while(|&i| line.tokens[i].span.start < self.next)
            .take_while(|&i| !matches!(line.tag(i), "VBD" | "VBZ" | "VBP" | "MD"))
            .collect();
        if line.word(0) == "since" && office.rule == "predicate" {
            heads.push(0);
        }
        for at in heads {
            let Some((first, end)) = self.time_at(at + 1) else { continue };
            match line.word(at) {
                "since" => office.from = Some(first),
                "until" | "till" => office.to = Some(first),
                "from" | "between" | "(" => {
                    let joins = ["to", "until", "and", "-", "–", "—"];
                    let second = Some(end)
                        .filter(|&e| joins.contains(&line.word(e)))
                        .and_then(|e| self.time_at(e + 1));
                    match second {
                        Some((last, _)) => (office.from, office.to) = (Some(first), Some(last)),
                        None if line.word(at) == "from" => office.from = Some(first),
                        None => continue,
                    }
                }
                _ => continue,
            }
            return;
        }
    }

    /// The day told by the time expression at word `at`, and the word after it.
    fn time_at(&self, at: usize) -> Option<(DayBounds, usize)> {
        let token = self.line.tokens.get(at)?;
        let time = self.times.iter().find(|t| t.span.overlaps(token.span) && dated(t))?;
        Some((days(time), self.line.after(time.span.to())))
    }

    /// The day that the sentence gives for the verb at word `verb`: the one that hangs on it, else the
    /// only one.
    fn day_of(&self, verb: usize) -> Option<DayBounds> {
        let mut dated = self.times.iter().filter(|t| dated(t));
        let own = dated.clone().find(|t| self.hangs_on(self.line.at(t.span.from()), verb));
        let only = || dated.next().filter(|_| dated.next().is_none());
        own.or_else(only).map(days)
    }

    fn hangs_on(&self, mut at: usize, verb: usize) -> bool {
        let first = self.line.sentence.first as usize;
        for _ in 0..5 {
            let Some(token) = self.line.tokens.get(at) else { return false };
            at = (token.head as usize).wrapping_sub(first);
            if at == verb {
                return true;
            }
        }
        false
    }
}

fn dated(time: &TimeExpression) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && (time.earliest.is_some() || time.latest.is_some())
}

fn days(time: &TimeExpression) -> DayBounds {
    DayBounds { earliest: time.earliest, latest: time.latest, evidence: Some(time.span) }
}

/// What the day of publication tells: a former office ended before it, one not yet taken begins after, a
/// change that is told has happened.
fn by_publication(reading: &Reading<'_>, office: &mut Office) {
    let Some(published) = &reading.report.published else { return };
    let by_then = DayBounds { latest: published.end, ..DayBounds::default() };
    if let (Some(end), Some(day)) = (office.to.and_then(|d| d.latest), published.start)
        && end < day
        && office.standing == Standing::Current
    {
        office.standing = Standing::Former;
    }
    match office.standing {
        Standing::Former if office.to.is_none() && published.end.is_some() => {
            office.to = Some(by_then);
        }
        Standing::Elect if office.from.is_none() && published.start.is_some() => {
            office.from = Some(DayBounds { earliest: published.start, ..DayBounds::default() });
        }
        Standing::Current | Standing::Acting
            if office.change.is_some() && office.from.is_none() && published.end.is_some() =>
        {
            office.from = Some(by_then);
        }
        _ => {}
    }
}
