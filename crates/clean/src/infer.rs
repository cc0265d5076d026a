//! The publication interval of a report that states no date, from what it says about days.
//!
//! Three kinds of evidence in running text and captions, all from one document:
//! a day told in full as past bounds publication from below; a day told as still to come bounds it
//! from above (the day before); a bare weekday told as past ("on Monday evening") is the news
//! itself: news is younger than the dated background, so that weekday lies after the lower bound.
//! A day without a year that is still to come falls within the year after the lower bound.

use crate::published::{self, MONTH_NAMES, WEEKDAY_NAMES};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::sync::LazyLock;
use variorum_model::{Basis, Block, BlockKind, DatingStep, Published, Span};

/// Most text that is read, in bytes; evidence stands in the first screens of a report.
const MOST: usize = 60_000;

static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)\b(?: (?:is|are|be|been|being|,)\s(?:\w+ly\s)?(?:scheduled|slated|planned|due|expected|set|meant|to\sbe)\b | (?:scheduled|slated|planned|due|set|expected)\s(?:for|to|on)\b
           | will\b | would\b | shall\b | upcoming | forthcoming | ahead\sof | until | deadline | by\s(?:the\send\sof\s)? $ | to\s(?:be\sheld|take\splace|begin|start|open|convene|kick\soff|resume|meet)\b)",
    )
    .expect("the pattern of the future is well formed")
});
static NO_LONGER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:was|were|had been|originally|initially|previously)\s(?:\w+ly\s)?(?:scheduled|slated|planned|due|expected|set|to be)\b")
        .expect("the pattern of the past future is well formed")
});
/// Words that say outright that a day is still to come.
static SCHEDULED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?xi)\b(?: (?:is|are|be|been)\s(?:\w+ly\s)?(?:scheduled|slated|planned|due|set|expected)\b | (?:scheduled|slated|due)\s(?:for|to|on)\b | will\s(?:be\s)?(?:\w+ly\s)?\w+ | to\sbe\sheld | to\stake\splace)")
        .expect("the pattern of plans is well formed")
});
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?xi)\b(?:\w{3,}ed|was|were|had|came|went|took|met|held|began|broke|fell|gave|made|left|struck|hit|won|lost|said|told|saw|sent|spoke|shot|seized|became|brought|led|put|kept|set\sup|got|ran|rose|grew|found|fled|flew|fought|stood|wrote)\b")
        .expect("the pattern of the past is well formed")
});
static YEARLESS: LazyLock<Regex> = LazyLock::new(|| {
    let m = &*MONTH_NAMES;
    Regex::new(&format!(
        r"(?i)\b(?:(?P<m1>{m})\b\.?\s(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{m}))\b(?P<year>,?\s\d{{4}})?"
    ))
    .expect("the pattern of days is well formed")
});
static ON_WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    let w = &*WEEKDAY_NAMES;
    Regex::new(&format!(
        r"\b[Oo]n\s(?:(?:early|late)\s)?(?P<wd>(?i:{w}))\b(?:\s(?:morning|afternoon|evening|night))?(?P<dated>,?\s(?:[A-Z][a-z]+\.?\s\d|\d))?"
    ))
    .expect("the pattern of weekdays is well formed")
});

/// One day that bounds publication, with the characters that say it.
type Bound = (Date, Span);

#[derive(Default)]
struct Found {
    lower: Vec<Bound>,
    upper: Vec<Bound>,
    /// Days to come whose year is not told.
    upper_yearless: Vec<(i8, i8, Span)>,
    weekdays: Vec<(Weekday, Span)>,
}

/// The interval that `body` allows, or `None` if it bounds publication on no side by a full day.
pub fn interval(text: &str, body: &[Block]) -> Option<Published> {
    let mut found = Found::default();
    let mut read = 0;
    for block in body.iter().filter(|b| b.kind != BlockKind::Heading) {
        let piece = block.span.of(text);
        read += piece.len();
        if read > MOST {
            break;
        }
        for (start, end) in sentences(piece) {
            let at = block.span.from() + start;
            read_sentence(&piece[start..end], at, block.kind == BlockKind::Caption, &mut found);
        }
    }
    bounded(&found)
}

fn bounded(found: &Found) -> Option<Published> {
    let &(background, background_span) =
        found.lower.iter().max_by_key(|(day, span)| (*day, std::cmp::Reverse(span.start)))?;
    let mut steps = vec![step("told_as_past", Some(background), None, background_span)];
    let resolved = found.upper_yearless.iter().filter_map(|&(month, day, span)| {
        let this_year = Date::new(background.year(), month, day).ok()?;
        let day = if this_year > background {
            this_year
        } else {
            Date::new(background.year() + 1, month, day).ok()?
        };
        Some((day, span))
    });
    let first_plan =
        found.upper.iter().copied().chain(resolved).filter(|(day, _)| *day > background);
    let plan = first_plan.min_by_key(|(day, span)| (*day, span.start));
    let mut start = background;
    // Of several weekdays the one that comes last after the background is the news.
    let news = found.weekdays.iter().map(|&(on, span)| (next(background, on), span));
    if let (Some((day, span)), Some(_)) =
        (news.max_by_key(|(day, span)| (*day, std::cmp::Reverse(span.start))), plan)
    {
        start = day;
        steps.push(step("weekday_of_the_news", Some(day), None, span));
    }
    let end = plan.and_then(|(day, _)| day.yesterday().ok());
    steps.extend(plan.map(|(_, span)| step("still_to_come", None, end, span)));
    if end.is_some_and(|end| end < start) {
        return None;
    }
    let mut evidence: Vec<Span> = steps.iter().flat_map(|s| s.evidence.clone()).collect();
    evidence.sort_unstable();
    Some(Published {
        start: Some(start),
        end,
        value: Published::interval_value(Some(start), end),
        basis: Basis::Inferred,
        evidence,
        steps,
    })
}

/// A bound that the report's own words draw.
fn step(rule: &'static str, start: Option<Date>, end: Option<Date>, span: Span) -> DatingStep {
    DatingStep { rule, start, end, evidence: vec![span], others: Vec::new() }
}

/// The first `weekday` after `day`.
fn next(day: Date, weekday: Weekday) -> Date {
    let ahead = day.weekday().until(weekday);
    let ahead = if ahead == 0 { 7 } else { i64::from(ahead) };
    day.checked_add(ahead.days()).unwrap_or(day)
}

fn read_sentence(sentence: &str, at: usize, caption: bool, found: &mut Found) {
    let mut taken = 0;
    while let Some(date) = published::find(&sentence[taken..]) {
        let range = taken + date.range.start..taken + date.range.end;
        taken = range.end;
        if date.first != date.last {
            continue;
        }
        let span = Span::new(at + range.start, at + range.end);
        let clause = clause_before(sentence, range.start);
        if is_future(clause) {
            if SCHEDULED.is_match(clause) && !NO_LONGER.is_match(clause) {
                found.upper.push((date.first, span));
            }
        } else if caption
            || PAST.is_match(clause)
            || PAST.is_match(clause_after(sentence, range.end))
        {
            found.lower.push((date.first, span));
        }
    }
    for day in YEARLESS.captures_iter(sentence).filter(|d| d.name("year").is_none()) {
        let Some(range) = day.get(0).map(|m| m.range()) else { continue };
        let clause = clause_before(sentence, range.start);
        let number = day.name("d1").or(day.name("d2")).and_then(|m| m.as_str().parse().ok());
        let month = day.name("m1").or(day.name("m2")).and_then(|m| published::month(m.as_str()));
        if let (Some(number), Some(month), true, false) =
            (number, month, SCHEDULED.is_match(clause), NO_LONGER.is_match(clause))
        {
            found.upper_yearless.push((month, number, Span::new(at + range.start, at + range.end)));
        }
    }
    for on in ON_WEEKDAY.captures_iter(sentence).filter(|w| w.name("dated").is_none()) {
        let Some(range) = on.get(0).map(|m| m.range()) else { continue };
        let before = clause_before(sentence, range.start);
        let after = clause_after(sentence, range.end);
        let past = PAST.is_match(before) || (PAST.is_match(after) && !is_future(after));
        if let (Some(day), false, true) = (published::weekday(&on["wd"]), is_future(before), past) {
            found.weekdays.push((day, Span::new(at + range.start, at + range.end)));
        }
    }
}

fn is_future(clause: &str) -> bool {
    FUTURE.is_match(clause)
}

/// The part of the clause before byte `at`, as far as the last semicolon or bracket, or 160 bytes.
fn clause_before(sentence: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(160);
    while !sentence.is_char_boundary(from) {
        from += 1;
    }
    let clause = &sentence[from..at];
    clause.rfind([';', ')', '—']).map_or(clause, |i| &clause[i..]).trim_end()
}

/// The part of the clause after byte `at`, up to 160 bytes.
fn clause_after(sentence: &str, at: usize) -> &str {
    let mut end = sentence.len().min(at + 160);
    while !sentence.is_char_boundary(end) {
        end -= 1;
    }
    let clause = &sentence[at..end];
    clause.find(';').map_or(clause, |i| &clause[..i])
}

/// Sentences of a block: a stop, then blanks, then no small letter.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    static STOP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"[a-z0-9)”"’][.!?]["”’)]*\s+["“‘(]?[\p{Lu}\d]"#).expect("well formed")
    });
    let mut out = Vec::new();
    let mut start = 0;
    for stop in STOP.find_iter(text) {
        let gap =
            text[stop.start()..stop.end()].find(char::is_whitespace).unwrap_or(0) + stop.start();
        out.push((start, gap));
        start = gap;
    }
    out.push((start, text.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(paragraphs: &[(&str, BlockKind)]) -> Option<String> {
        let mut text = String::new();
        let mut body = Vec::new();
        for (paragraph, kind) in paragraphs {
            let start = text.len();
            text.push_str(paragraph);
            body.push(Block { kind: *kind, span: Span::new(start, text.len()) });
            text.push('\n');
        }
        interval(&text, &body).map(|p| p.value)
    }

    #[test]
    fn each_bound_is_a_step_with_its_words() {
        let text = "The port closed on December 20, 2013. The council met on Tuesday evening. \
                    Talks will be held on January 8.";
        let body = [Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let published = interval(text, &body).expect("an interval");
        let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let steps: Vec<_> = published
            .steps
            .iter()
            .map(|s| (s.rule, day(s.start), day(s.end), s.evidence[0].of(text)))
            .collect();
        let own = |a: &str| a.to_owned();
        assert_eq!(
            steps,
            [
                ("told_as_past", own("2013-12-20"), own(""), "December 20, 2013"),
                ("weekday_of_the_news", own("2013-12-24"), own(""), "on Tuesday evening"),
                ("still_to_come", own(""), own("2014-01-07"), "January 8"),
            ]
        );
    }

    #[test]
    fn intervals_from_what_is_told() {
        use BlockKind::{Caption, Paragraph};
        let caption = ("A handout picture released on March 5, 2014 shows the quay.", Caption);
        for (paragraphs, expected) in [
            // 5 March 2014 was a Wednesday; the next Tuesday is the 11th.
            (
                vec![
                    caption,
                    ("The council met on Tuesday evening.", Paragraph),
                    ("A vote is scheduled for March 18.", Paragraph),
                ],
                Some("2014-03-11/2014-03-17"),
            ),
            (
                vec![
                    ("The port closed on December 20, 2013.", Paragraph),
                    ("Talks will be held on January 8.", Paragraph),
                ],
                Some("2013-12-20/2014-01-07"),
            ),
            (
                vec![
                    ("The port closed on December 20, 2013.", Paragraph),
                    ("Talks are due on 8 January 2014.", Paragraph),
                ],
                Some("2013-12-20/2014-01-07"),
            ),
            (vec![("The port closed on December 20, 2013.", Paragraph)], Some("2013-12-20/..")),
            // The meeting was to be, it says nothing of today.
            (
                vec![
                    ("The port closed on December 20, 2013.", Paragraph),
                    ("Talks had been scheduled for January 8.", Paragraph),
                ],
                Some("2013-12-20/.."),
            ),
            // A weekday to come is no news of the past.
            (
                vec![
                    ("The port closed on December 20, 2013.", Paragraph),
                    ("The council will meet on Monday.", Paragraph),
                    ("Talks are due on 8 January 2014.", Paragraph),
                ],
                Some("2013-12-20/2014-01-07"),
            ),
            (
                vec![
                    ("On June 9 the council met.", Paragraph),
                    ("It has met since March 2011.", Paragraph),
                ],
                None,
            ),
            (vec![("The council met on Monday.", Paragraph)], None),
            (vec![], None),
        ] {
            assert_eq!(value(&paragraphs).as_deref(), expected, "{paragraphs:?}");
        }
    }
}
