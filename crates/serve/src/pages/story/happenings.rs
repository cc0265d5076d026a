//! What happened: a row a happening, with the days that each account gives it.

use crate::drawing::{Bar, DayAxis, axis_head, day_number, interval};
use crate::pages::words::{
    count, days, modality, passage_address, said, shown, story_address, verdict,
};
use crate::story::Story;
use maud::{Markup, html};
use std::collections::BTreeMap;
use variorum_export::Collation;
use variorum_model::contract::{Citation, Event, EventTelling, Interval};

/// Pixels of the column of bars.
const WIDTH: f64 = 340.0;
/// Days that the axis reaches beyond the days of publication; what lies further is told in words.
const BEFORE: i32 = 60;
const AFTER: i32 = 60;
/// Tellings listed of one happening.
const TELLINGS: usize = 12;

/// Bounds of an interval as numbers of days.
pub(crate) fn bounds(time: Option<&Interval>) -> (Option<i32>, Option<i32>) {
    let day = |d: Option<&String>| d.and_then(|d| day_number(d));
    time.map_or((None, None), |t| (day(t.earliest.as_ref()), day(t.latest.as_ref())))
}

/// The class of a bar.
pub(crate) fn bar_class(event: &Event) -> &'static str {
    modality(&event.modality).map_or("actual", |m| m.class)
}

/// An axis over the days of events that are near the days of publication, or over all where there are none.
fn axis(story: &Story) -> Option<DayAxis> {
    let published: Vec<i32> = story
        .record
        .reports
        .iter()
        .flat_map(|r| [&r["published"]["start"], &r["published"]["end"]])
        .filter_map(|d| d.as_str().and_then(day_number))
        .collect();
    let (first, last) = (published.iter().min(), published.iter().max());
    let near = |day: i32| match (first, last) {
        (Some(first), Some(last)) => (first - BEFORE..=last + AFTER).contains(&day),
        _ => true,
    };
    let told = story.record.events.iter().flat_map(|e| {
        let (a, b) = bounds(e.time.as_ref());
        [a, b]
    });
    DayAxis::of(told.flatten().filter(|d| near(*d)), WIDTH)
}

pub(super) fn body(story: &Story, c: &Collation<'_>) -> Markup {
    let (dated, undated): (Vec<&Event>, Vec<&Event>) =
        story.record.events.iter().partition(|e| e.time.is_some());
    let axis = axis(story);
    html! {
        div.wide {
            @if !dated.is_empty() {
                (table(story, c, &dated, axis.as_ref(), "Happenings by day"))
            } @else {
                p.quiet { "No happening has a day." }
            }
            @if !undated.is_empty() {
                h2 { "Day not told" }
                (table(story, c, &undated, None, "Happenings without a day"))
            }
            (key())
        }
    }
}

/// What the bars mean.
fn key() -> Markup {
    html! {
        p.quiet {
            "A dot is a day; a bar, the days between which it lies; dashes, an end that nobody tells. "
            "Planned, alleged, denied and supposed happenings say so, and are drawn hollow."
        }
    }
}

fn table(
    story: &Story,
    c: &Collation<'_>,
    events: &[&Event],
    axis: Option<&DayAxis>,
    name: &str,
) -> Markup {
    html! {
        div.scroller role="region" aria-label=(name) tabindex="0" {
            table.plain.happenings role="table" {
                caption.hidden { (name) }
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { "When" }
                    @if let Some(axis) = axis { th.bars scope="col" role="columnheader" { span.hidden { "Drawn" } (axis_head(axis)) } }
                    th scope="col" role="columnheader" { "What" }
                    th scope="col" role="columnheader" { "Where" }
                    th scope="col" role="columnheader" { "Told by" }
                } }
                tbody role="rowgroup" { @for event in events { (row(story, c, event, axis)) } }
            }
        }
    }
}

fn row(story: &Story, c: &Collation<'_>, event: &Event, axis: Option<&DayAxis>) -> Markup {
    let (first, last) = bounds(event.time.as_ref());
    let reports: Vec<String> = event.mentions.iter().map(|m| m.report.clone()).collect();
    let clash =
        story.record.conflicts.iter().filter(|x| x.event.as_deref() == Some(event.id.as_str()));
    html! {
        tr id=(event.id) role="row" {
            td.when role="cell" data-head="When" { (days(event.time.as_ref())) (other_days(c, event)) }
            @if let Some(axis) = axis { td.bars role="cell" { (interval(axis, Bar { first, last, class: bar_class(event) })) } }
            td role="cell" data-head="What" {
                @if let Some(mark) = modality(&event.modality) { (shown(mark)) " " }
                @for conflict in clash {
                    a href={ (story_address(&story.id, "")) "#" (conflict.id) } { (shown(verdict(&conflict.verdict))) } " "
                }
                span dir="auto" { (event.summary) }
                " " span.kind { (event.kind.to_lowercase()) }
                (tellings(c, event))
            }
            td role="cell" data-head="Where" { bdi { (story.place_name(event.place.as_deref())) } }
            td role="cell" data-head="Told by" { span.sigla { (c.sigla(&reports)) } " · " (count(event.independent_sources, "source", "sources")) }
        }
    }
}

/// The days that accounts give, where they do not all give the same.
fn other_days(c: &Collation<'_>, event: &Event) -> Markup {
    let mut by_day: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for telling in event.mentions.iter().filter(|t| t.time.is_some()) {
        by_day.entry(days(telling.time.as_ref())).or_default().push(telling.report.clone());
    }
    html! {
        @if by_day.len() > 1 {
            ul.other-days { @for (day, reports) in &by_day { li { span.sigla { (c.sigla(reports)) } " " (day) } } }
        }
    }
}

fn tellings(c: &Collation<'_>, event: &Event) -> Markup {
    html! {
        details {
            summary { "Words" }
            ul.cites {
                @for telling in event.mentions.iter().take(TELLINGS) {
                    li { (said(c, &clause(telling), 160)) (by_whom(telling)) }
                }
            }
        }
    }
}

fn by_whom(telling: &EventTelling) -> Markup {
    html! {
        @for (n, words) in telling.reported_by_evidence.iter().enumerate() {
            @if n == 0 { " according to " } @else { ", according to " }
            a href=(passage_address(words)) { bdi { (words.quote) } }
        }
        " " span.quiet { (telling.rule) ", chance " (format!("{:.2}", telling.confidence)) }
    }
}

fn clause(telling: &EventTelling) -> Citation {
    let EventTelling { report, start, end, quote, .. } = telling;
    Citation { report: report.clone(), start: *start, end: *end, quote: quote.clone() }
}
