//! Days of events, with what another report of the same event settles.
//!
//! An undated report that says "on June 9" leaves the year open. When a report of the same event has a
//! day of publication, the day is read as the last such day on or before it; a bare weekday likewise.
//! What nothing settles stays unknown.

use crate::days::Days;
use crate::witnesses::Witnesses;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use variorum_model::{Basis, EventMention, EventType, Modality, Span, TimeExpression};

/// The days that an event mention gives.
pub(crate) fn days_of(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> Days {
    let times = &witnesses.annotations(report).times;
    let own = event.time.and_then(|t| times.get(t as usize));
    let Some(time) = own.filter(|t| !is_day_of_saying(witnesses, report, event, t.span)) else {
        return chronicle_day(witnesses, report, event.trigger)
            .map(|(days, _)| days)
            .unwrap_or_default();
    };
    let own = Days { earliest: time.earliest, latest: time.latest };
    if !own.is_unknown() {
        return own;
    }
    // "Will meet on June 9" lies ahead of the day of publication: no report before it settles that.
    if matches!(event.modality, Modality::Planned | Modality::Hypothetical) {
        return Days::default();
    }
    settled(witnesses, report, time).map(|(days, _)| days).unwrap_or_default()
}

/// The days that other reports of the same event settle for an open time, and those reports.
pub(crate) fn settled(
    witnesses: &Witnesses<'_>,
    report: u32,
    time: &TimeExpression,
) -> Option<(Days, Vec<u32>)> {
    let bare_weekday = time.value.starts_with("XXXX-WXX-");
    let words = time.span.of(&witnesses.report(report).text).to_lowercase();
    let mut found: Option<Days> = None;
    let mut by = Vec::new();
    for (sibling, published) in sibling_days(witnesses, report, bare_weekday) {
        let Some(days) = last_before(time, &words, published) else { continue };
        // Siblings that came out a week apart may mean two Mondays: only what all give is taken.
        if found.is_some_and(|f| f != days) {
            return None;
        }
        found = Some(days);
        by.push(sibling);
    }
    found.map(|days| (days, by))
}

/// Whether the time is that of words about the event: "said on Friday that the bridge fell", "on Friday
/// condemned the bombing". Neither is the day of the fall.
fn is_day_of_saying(
    witnesses: &Witnesses<'_>,
    report: u32,
    event: &EventMention,
    time: Span,
) -> bool {
    // A dateline gives the day of writing.
    let dateline = witnesses.report(report).dateline.as_ref();
    if dateline.is_some_and(|d| d.span.overlaps(time)) {
        return true;
    }
    let around = |outer: Span| outer.contains(event.trigger) && !outer.overlaps(time);
    let quoted = witnesses.annotations(report).quotations.iter().any(|q| {
        // The words that say it stand between the time and what is said, or around the time.
        let cue = q.cue.filter(|c| !c.overlaps(event.trigger));
        around(q.span) && cue.is_some_and(|c| c.end.abs_diff(time.start) <= NEAR)
    });
    if quoted || time.end > event.trigger.start {
        return quoted;
    }
    let speech = |kind: EventType| {
        matches!(kind, EventType::Accuse | EventType::Statement | EventType::Reject)
    };
    let events = &witnesses.codings(report).events;
    events.iter().any(|e| {
        speech(e.kind)
            && e.trigger.end <= event.trigger.start
            && e.span.contains(event.trigger)
            && e.time == event.time
            && e.trigger != event.trigger
    })
}

/// Furthest that the day of saying stands from the word for it, in bytes: "said late on Friday".
const NEAR: u32 = 12;

/// The day at whose head a passage of a chronicle stands, and the line that gives it. A chronicle is a
/// report with two date lines or more: entries under their days.
pub(crate) fn chronicle_day(
    witnesses: &Witnesses<'_>,
    report: u32,
    at: Span,
) -> Option<(Days, Span)> {
    let report = witnesses.report(report);
    let mut lines = report.removed.iter().filter(|r| r.kind == "date_line");
    if lines.clone().count() < 2 {
        return None;
    }
    let line = lines.rfind(|r| r.span.end <= at.start)?;
    let stated = variorum_clean::published::date_line(line.span.of(&report.text))?;
    let published = stated.date.published(Basis::Stated, vec![line.span]);
    Some((Days { earliest: published.start, latest: published.end }, line.span))
}

/// The days on which dated reports of the same event came out; for a bare weekday, which comes round
/// every seven days, only reports of the same lineage.
fn sibling_days<'w>(
    witnesses: &'w Witnesses<'_>,
    report: u32,
    kin_only: bool,
) -> impl Iterator<Item = (u32, Date)> + 'w {
    (0..witnesses.reports.len() as u32)
        .filter(move |&other| other != report && witnesses.same_event(report, other))
        .filter(move |&other| !kin_only || witnesses.independent([report, other]) == 1)
        .filter_map(|other| Some((other, witnesses.report(other).published.as_ref()?.day()?)))
}

/// The last days on or before `published` that an open value may mean: a day (`XXXX-06-09`), a weekday
/// (`XXXX-WXX-1`), a month (`XXXX-09`; "last September" is one that is over), or the weeks up to now
/// ("recent weeks"), whose beginning stays open.
fn last_before(time: &TimeExpression, words: &str, published: Date) -> Option<Days> {
    if words.starts_with("recent") && time.value.starts_with("PX") {
        return Some(Days { earliest: None, latest: Some(published) });
    }
    let one = |day: Date| Days { earliest: Some(day), latest: Some(day) };
    let value = time.value.strip_prefix("XXXX-")?;
    if let Some(weekday) = value.strip_prefix("WXX-") {
        let weekday = Weekday::from_monday_one_offset(weekday.get(..1)?.parse().ok()?).ok()?;
        let back = published.weekday().since(weekday);
        return published.checked_sub(i64::from(back).days()).ok().map(one);
    }
    let years = [published.year(), published.year() - 1];
    let Some((month, day)) = value.split_once('-') else {
        if words.starts_with("next") || words.starts_with("this") {
            return None;
        }
        let over = words.starts_with("last") || words.starts_with("past");
        let limit =
            if over { published.first_of_month().checked_sub(1.day()).ok()? } else { published };
        let month: i8 = value.parse().ok()?;
        let first = years
            .into_iter()
            .filter_map(|year| Date::new(year, month, 1).ok())
            .find(|first| *first <= limit)?;
        return Some(Days { earliest: Some(first), latest: Some(first.last_of_month()) });
    };
    let (month, day) = (month.parse().ok()?, day.get(..2)?.parse().ok()?);
    years
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .find(|d| *d <= published)
        .map(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::{Span, TimeKind};

    #[test]
    fn open_days_before_a_day_of_publication() {
        let published: Date = "2018-11-13".parse().expect("a date"); // a Tuesday
        for (words, value, want) in [
            ("9 november", "XXXX-11-09", "2018-11-09 2018-11-09"),
            ("30 december", "XXXX-12-30", "2017-12-30 2017-12-30"),
            ("monday", "XXXX-WXX-1", "2018-11-12 2018-11-12"),
            ("tuesday", "XXXX-WXX-2", "2018-11-13 2018-11-13"),
            ("wednesday", "XXXX-WXX-3", "2018-11-07 2018-11-07"),
            ("31 february", "XXXX-02-31", ""),
            ("september", "XXXX-09", "2018-09-01 2018-09-30"),
            ("december", "XXXX-12", "2017-12-01 2017-12-31"),
            ("november", "XXXX-11", "2018-11-01 2018-11-30"),
            ("last november", "XXXX-11", "2017-11-01 2017-11-30"),
            ("next december", "XXXX-12", ""),
            ("recent weeks", "PXW", "- 2018-11-13"),
            ("three weeks", "P3W", ""),
            ("now", "PRESENT_REF", ""),
        ] {
            let time = TimeExpression {
                span: Span::new(0, 1),
                kind: TimeKind::Date,
                value: value.to_owned(),
                earliest: None,
                latest: None,
                anchor: "none",
                rule: "test",
                confidence: 1.0,
            };
            let day = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
            let found = last_before(&time, words, published)
                .map(|d| format!("{} {}", day(d.earliest), day(d.latest)));
            assert_eq!(found.unwrap_or_default(), want, "{words}");
        }
    }
}
