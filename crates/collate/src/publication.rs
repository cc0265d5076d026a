//! The day of publication of a report that states none, from what other reports date.
//!
//! An undated report says "on Monday", "two days ago", "on June 9" of happenings that other reports
//! date. Each such pair is a constraint: a day of publication is possible when the words, read from
//! that day, come out on a day that another report gives for the same happening. The days that meet
//! all constraints are the answer, found by trying the days after the latest of the happenings one by
//! one. Where no day meets all, nothing is settled: the links or the reports are at odds.

use crate::days::{Days, Relation};
use crate::happenings::{Happening, Telling, happenings, tellings};
use crate::participants::Participants;
use crate::witnesses::Witnesses;
use crate::wording::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use variorum_identity::Identities;
use variorum_model::contract::Citation;
use variorum_model::{
    Basis, BlockKind, DatingStep, EventMention, Modality, Published, ReadReport, Report, Span,
    TimeExpression,
};
use variorum_stories::Stories;

/// The rule of a step that rests on other reports.
const BY_OTHERS: &str = "dated_by_other_reports";
/// Days after the latest of the happenings that are tried; news is not older. Where the last of them
/// is still possible the end stays open.
const HORIZON: i64 = 45;
/// The rule of a day of a month, which lacks no more than its year.
const DAY_OF_MONTH: &str = "day";
/// Days by which two reports may differ over the day of a month: a year is what is sought, and a
/// disagreement of that size is one for the record.
const DAY_OF_MONTH_SLACK: i64 = 3;

/// What came out for one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Index of the report.
    pub report: u32,
    /// The interval in which it came out, with the steps that lead there.
    pub published: Published,
}

/// The time expressions of a report as a day of publication has them.
pub type TimesFrom<'a> = Box<dyn Fn(Date) -> Vec<TimeExpression> + 'a>;

/// An expression that waits for the day of publication, with the days that other reports give for
/// the same happening.
struct Tie {
    time: Span,
    slack: i64,
    given: Vec<(Days, Citation)>,
}

/// The days of publication that the dated reports settle for those that state none.
///
/// `times_from` gives, for a report, the time expressions as they would be read had it come out on a
/// day. A report whose day is stated, or already known to the day, is left alone.
pub fn settle(
    reports: &[ReadReport],
    identities: &Identities,
    stories: &Stories,
    times_from: &dyn Fn(&Report) -> TimesFrom<'_>,
) -> Vec<Settled> {
    let open: Vec<u32> =
        (0..reports.len() as u32).filter(|&r| is_open(&reports[r as usize].report)).collect();
    if open.is_empty() || open.len() == reports.len() {
        return Vec::new();
    }
    let witnesses = Witnesses::new(reports, identities, stories);
    let mut participants = Participants::new(&witnesses);
    let words = Words::new(&witnesses);
    let all = tellings(&witnesses, &mut participants, &words);
    let found = happenings(&witnesses, &participants, &words, all);
    open.into_iter()
        .filter_map(|report| {
            let ties = ties(&witnesses, &found, report);
            if ties.is_empty() {
                return None;
            }
            let report_read = witnesses.report(report);
            let published = solve(report_read, &ties, &times_from(report_read))?;
            Some(Settled { report, published })
        })
        .collect()
}

/// Days before publication in which the happenings of a lead took place: news is young.
const NEWS: i64 = 10;

/// The days that publication leaves for an event that is told without one.
pub(crate) fn left_for(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> Days {
    let report = witnesses.report(report);
    let Some(published) = &report.published else { return Days::default() };
    match event.modality {
        Modality::Planned => Days { earliest: published.start, latest: None },
        Modality::Actual | Modality::Alleged if event.time.is_none() => {
            let since = published.start.filter(|_| in_lead(report, event.trigger));
            let earliest = since.and_then(|day| day.checked_sub(NEWS.days()).ok());
            Days { earliest, latest: published.end }
        }
        _ => Days::default(),
    }
}

/// Whether a place in the text is in the headline or the first paragraph.
fn in_lead(report: &Report, at: Span) -> bool {
    let title = report.title.as_ref().and_then(|t| t.span);
    let first = report.body.iter().find(|b| b.kind == BlockKind::Paragraph).map(|b| b.span);
    [title, first].into_iter().flatten().any(|s| s.contains(at))
}

/// Whether other reports may say when a report came out: its own words do not, to the day. What other
/// reports settled before may be settled better now that more of them are dated.
fn is_open(report: &Report) -> bool {
    let Some(published) = &report.published else { return true };
    let own = own_bounds(published);
    published.basis == Basis::Inferred && (own.start.is_none() || own.start != own.end)
}

/// The bounds that the report's own words draw, without what other reports added.
fn own_bounds(published: &Published) -> Published {
    let steps: Vec<DatingStep> =
        published.steps.iter().filter(|s| s.rule != BY_OTHERS).cloned().collect();
    let start = steps.iter().filter_map(|s| s.start).max();
    let end = steps.iter().filter_map(|s| s.end).min();
    let value = Published::interval_value(start, end);
    Published { start, end, value, steps, ..published.clone() }
}

fn ties(witnesses: &Witnesses<'_>, found: &[Happening], report: u32) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    for happening in found {
        let mut own: Vec<&TimeExpression> = happening
            .tellings
            .iter()
            .filter(|t| t.report == report && happened(witnesses, t))
            .filter_map(|t| time_of(witnesses, t))
            .filter(|t| t.anchor == "publication" || t.earliest.is_none() && t.latest.is_none())
            .collect();
        own.dedup_by_key(|t| t.span);
        if own.is_empty() {
            continue;
        }
        let given: Vec<(Days, Citation)> = happening
            .tellings
            .iter()
            .filter(|t| t.report != report && happened(witnesses, t))
            .filter_map(|t| {
                let time = time_of(witnesses, t)?;
                let days = days_of(time);
                days.is_day_precise().then(|| (days, witnesses.cite(t.report, time.span)))
            })
            .collect();
        if given.is_empty() {
            continue;
        }
        ties.extend(own.into_iter().map(|time| {
            let slack = if time.rule == DAY_OF_MONTH { DAY_OF_MONTH_SLACK } else { 0 };
            Tie { time: time.span, slack, given: given.clone() }
        }));
    }
    ties.sort_by_key(|t| t.time);
    ties
}

/// Whether it is told as something that took place.
fn happened(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    matches!(
        witnesses.told(telling.report, telling.event).modality,
        Modality::Actual | Modality::Ongoing | Modality::Alleged
    )
}

fn time_of<'w>(witnesses: &'w Witnesses<'_>, telling: &Telling) -> Option<&'w TimeExpression> {
    let time = witnesses.told(telling.report, telling.event).time?;
    witnesses.annotations(telling.report).times.get(time as usize)
}

fn days_of(time: &TimeExpression) -> Days {
    Days { earliest: time.earliest, latest: time.latest }
}

/// The days that meet all ties, within what the report's own words allow.
fn solve(
    report: &Report,
    ties: &[Tie],
    times_from: &dyn Fn(Date) -> Vec<TimeExpression>,
) -> Option<Published> {
    let own = report.published.as_ref().map(own_bounds);
    let own = own.as_ref();
    let mut tried: Vec<Date> = ties
        .iter()
        .flat_map(Tie::first_days)
        .flat_map(|first| (0..=HORIZON).filter_map(move |n| first.checked_add(n.days()).ok()))
        .collect();
    tried.sort_unstable();
    tried.dedup();
    let last = *tried.last()?;
    tried.retain(|day| {
        own.and_then(|p| p.start).is_none_or(|start| *day >= start)
            && own.and_then(|p| p.end).is_none_or(|end| *day <= end)
    });
    let read: Vec<Vec<TimeExpression>> = tried.iter().map(|&day| times_from(day)).collect();
    // What can be met on no day at all is a wrong link, or a month: it says nothing.
    let ties: Vec<&Tie> =
        ties.iter().filter(|tie| read.iter().any(|times| tie.met_by(times))).collect();
    if ties.is_empty() {
        return None;
    }
    let mut possible = tried
        .iter()
        .zip(&read)
        .filter(|(_, times)| ties.iter().all(|tie| tie.met_by(times)))
        .map(|(day, _)| *day);
    let start = possible.next()?;
    let end = possible.next_back().unwrap_or(start);
    let end = (end < last).then_some(end).or(own.and_then(|p| p.end));
    let start = Some(start);
    let mut steps = own.map(|p| p.steps.clone()).unwrap_or_default();
    steps.extend(ties.iter().map(|tie| DatingStep {
        rule: BY_OTHERS,
        start,
        end,
        evidence: vec![tie.time],
        others: tie.given.iter().map(|(_, citation)| citation.clone()).collect(),
    }));
    let mut evidence: Vec<Span> = steps.iter().flat_map(|s| s.evidence.iter().copied()).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let value = Published::interval_value(start, end);
    Some(Published { start, end, value, basis: Basis::Inferred, evidence, steps })
}

impl Tie {
    /// The first days that other reports give: publication is not before the one that is meant.
    fn first_days(&self) -> impl Iterator<Item = Date> + '_ {
        self.given.iter().filter_map(|(days, _)| days.earliest)
    }

    /// Whether the expression, so read, falls on a day that another report gives.
    fn met_by(&self, times: &[TimeExpression]) -> bool {
        let Some(time) = times.iter().find(|t| t.span == self.time) else { return false };
        let days = days_of(time);
        days.is_day_precise()
            && self.given.iter().any(|(given, _)| match days.relation(given) {
                Relation::Overlapping => true,
                Relation::Apart(by) => by <= self.slack,
                Relation::Unknown => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::TimeKind;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// Reads one expression of the report as if it had come out on `published`.
    fn reading(value: &'static str) -> impl Fn(Date) -> Vec<TimeExpression> {
        move |published: Date| {
            let read = match value {
                "yesterday" => published.yesterday().ok(),
                "two days ago" => published.checked_sub(2.days()).ok(),
                "XXXX-WXX-1" => {
                    let back = published.weekday().since(jiff::civil::Weekday::Monday);
                    published.checked_sub(i64::from(back).days()).ok()
                }
                "XXXX-06-09" => Some(Date::constant(published.year(), 6, 9)),
                _ => None,
            };
            vec![TimeExpression {
                span: Span::new(0, 4),
                kind: TimeKind::Date,
                value: value.to_owned(),
                earliest: read,
                latest: read,
                anchor: "publication",
                rule: "test",
                confidence: 1.0,
            }]
        }
    }

    #[test]
    fn days_on_which_a_report_can_have_come_out() {
        for (value, slack, given, own, want) in [
            ("XXXX-WXX-1", 0, vec!["2018-11-12"], None, Some("2018-11-12/2018-11-18")),
            // Two reports give two days: both are left possible.
            (
                "two days ago",
                0,
                vec!["2018-11-12", "2018-11-13"],
                None,
                Some("2018-11-14/2018-11-15"),
            ),
            ("yesterday", 0, vec!["2018-11-12"], None, Some("2018-11-13")),
            // A day of a month settles the year, and no end.
            ("XXXX-06-09", 3, vec!["2016-06-10"], None, Some("2016-06-10/..")),
            // The report's own words bound it, too.
            (
                "XXXX-WXX-1",
                0,
                vec!["2018-11-12"],
                Some(("2018-11-14", "2018-11-30")),
                Some("2018-11-14/2018-11-18"),
            ),
            // At odds: a Monday that was a Tuesday elsewhere.
            ("XXXX-WXX-1", 0, vec!["2018-11-13"], None, None),
            ("PAST_REF", 0, vec!["2018-11-13"], None, None),
            ("yesterday", 0, vec![], None, None),
        ] {
            let mut report = Report::of_lines("r", "Some words.");
            report.published = own.map(|(start, end): (&str, &str)| Published {
                start: Some(day(start)),
                end: Some(day(end)),
                value: String::new(),
                basis: Basis::Inferred,
                evidence: Vec::new(),
                steps: vec![DatingStep {
                    rule: "told_as_past",
                    start: Some(day(start)),
                    end: Some(day(end)),
                    evidence: Vec::new(),
                    others: Vec::new(),
                }],
            });
            let given = given
                .into_iter()
                .map(|d| {
                    let days = Days { earliest: Some(day(d)), latest: Some(day(d)) };
                    (
                        days,
                        Citation {
                            report: "s".to_owned(),
                            start: 0,
                            end: 1,
                            quote: "x".to_owned(),
                        },
                    )
                })
                .collect();
            let tie = Tie { time: Span::new(0, 4), slack, given };
            let found = solve(&report, &[tie], &reading(value)).map(|p| p.value);
            assert_eq!(found.as_deref(), want, "{value}");
        }
    }
}
