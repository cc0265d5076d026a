//! The sections of the printed record, in reading order.

use super::paint::{Line, Page, Tone, clip};
use crate::Collation;
use crate::days::{day_range, told_day};
use unicode_width::UnicodeWidthStr;
use variorum_model::contract::{Actor, Citation, Conflict, Event, Interval, Judged, Reading};

/// Column at which quotations begin under a finding.
fn quote_column(page: &Page) -> usize {
    if page.width >= 100 { 44 } else { 34 }
}

/// What is collated: how many witnesses, lineages, days, who and where; then the witnesses.
pub(super) fn opening(page: &mut Page, c: &Collation<'_>) {
    let record = c.record;
    let days = |pick: fn(&crate::Witness) -> Option<String>| c.witnesses.iter().filter_map(pick);
    let first = days(|w| w.days.0.clone()).min();
    let last = days(|w| w.days.1.clone()).max();
    let mut line = format!(
        "{} · {}",
        count(record.reports.len(), "report", "reports"),
        count(record.lineages.len(), "independent lineage", "independent lineages"),
    );
    let span = day_range(first.as_deref(), last.as_deref());
    if !span.is_empty() {
        line.push_str(" · ");
        line.push_str(&span);
    }
    page.line(Line::new().put(Tone::Strong, &line));
    let who: Vec<&str> = busiest(c, 5);
    let places = busiest_places(c, 4);
    let summary = [who.join(", "), places.join(", ")];
    let parts: Vec<&str> = summary.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    page.wrapped(0, Tone::Plain, &parts.join(" · "));
    page.heading("WITNESSES", "letter, outlet, publication, headline");
    let outlet_width =
        c.witnesses.iter().map(|w| w.outlet.width()).max().unwrap_or(0).min(page.width / 3);
    for w in &c.witnesses {
        let day = if w.published.is_empty() { "no date" } else { &w.published };
        page.line(
            Line::new()
                .put(Tone::Strong, &format!(" {}", w.siglum))
                .to(5)
                .put(Tone::Plain, &clip(&w.outlet, outlet_width))
                .to(7 + outlet_width)
                .put(Tone::Quiet, &clip(day, 28))
                .to(7 + outlet_width + 30)
                .put(Tone::Plain, if w.title.is_empty() { "(no headline)" } else { &w.title }),
        );
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// People most often told to act.
fn busiest<'c>(c: &'c Collation<'_>, most: usize) -> Vec<&'c str> {
    let mut tally: Vec<(usize, usize)> = c
        .record
        .actors
        .iter()
        .enumerate()
        .filter(|(_, a)| a.kind == "person")
        .map(|(i, a)| (a.mentions.len(), i))
        .collect();
    tally.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    tally.iter().take(most).map(|&(_, i)| c.record.actors[i].name.as_str()).collect()
}

/// Places, short of countries, most often named.
fn busiest_places<'c>(c: &'c Collation<'_>, most: usize) -> Vec<&'c str> {
    let mut tally: Vec<(usize, usize)> = c
        .record
        .places
        .iter()
        .enumerate()
        .filter(|(_, p)| c.record.events.iter().any(|e| e.place.as_deref() == Some(&p.id)))
        .map(|(i, p)| (p.mentions.len(), i))
        .collect();
    tally.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    tally.iter().take(most).map(|&(_, i)| c.record.places[i].name.as_str()).collect()
}

/// Where they disagree: each finding with its readings side by side.
pub(super) fn conflicts(page: &mut Page, c: &Collation<'_>, most: usize) {
    let all = &c.record.conflicts;
    let hard = all.iter().filter(|x| x.verdict == "conflict").count();
    let remark =
        format!("{hard} of {} cannot both be right", count(all.len(), "difference", "differences"));
    page.heading("WHERE THEY DISAGREE", if all.is_empty() { "nothing found" } else { &remark });
    for conflict in all.iter().take(most) {
        conflict_lines(page, c, conflict);
    }
    more(page, all.len(), most);
}

fn conflict_lines(page: &mut Page, c: &Collation<'_>, conflict: &Conflict) {
    let (mark, tone) = match conflict.verdict.as_str() {
        "conflict" => ("✗", Tone::Conflict),
        "update_over_time" => ("↗", Tone::Caution),
        _ => ("≠", Tone::Caution),
    };
    let verdict = conflict.verdict.replace('_', " ");
    let about = clip(&conflict.about, page.width.saturating_sub(verdict.width() + 6));
    page.line(
        Line::new()
            .put(tone, &format!(" {mark} "))
            .put(Tone::Strong, &about)
            .to(page.width.saturating_sub(verdict.width()))
            .put(Tone::Quiet, &verdict),
    );
    for reading in &conflict.readings {
        reading_lines(page, c, reading);
    }
    notes(page, &conflict.judged);
}

/// What people decided about a finding, and said beside it.
fn notes(page: &mut Page, judged: &Judged) {
    for note in judged.judgements.iter().filter(|n| n.superseded_by.is_none()) {
        let did = match note.kind.as_str() {
            "accept" => "accepted",
            "merge" => "judged one",
            "split" => "judged apart",
            "comment" => "comment",
            other => other,
        };
        let said = [note.text.as_str(), &note.reason];
        let said: Vec<&str> = said.into_iter().filter(|s| !s.is_empty()).collect();
        let said = if said.is_empty() { String::new() } else { format!(": {}", said.join(" · ")) };
        let day = note.on.get(..10).unwrap_or(&note.on);
        page.wrapped(5, Tone::Caution, &format!("✎ {did} by {} on {day}{said}", note.by));
    }
}

/// What somebody rejected.
pub(super) fn set_aside(page: &mut Page, c: &Collation<'_>) {
    let all = &c.record.set_aside;
    if all.is_empty() {
        return;
    }
    page.heading("SET ASIDE", &count(all.len(), "finding", "findings"));
    for aside in all {
        let day = aside.on.get(..10).unwrap_or(&aside.on);
        let why =
            if aside.reason.is_empty() { String::new() } else { format!(": {}", aside.reason) };
        page.line(Line::new().put(Tone::Plain, &format!(" {} “{}”", aside.kind, aside.about)));
        page.wrapped(5, Tone::Caution, &format!("✎ set aside by {} on {day}{why}", aside.by));
    }
}

/// A reading: its value, who reads it, and the words.
fn reading_lines(page: &mut Page, c: &Collation<'_>, reading: &Reading) {
    const SHOWN: usize = 3;
    let column = quote_column(page);
    let value = told_day(&reading.value).unwrap_or_else(|| reading.value.clone());
    let sources = count(reading.independent_sources, "source", "sources");
    let sigla = format!("{} · {sources}", c.sigla(&reading.reports));
    let sigla_width = sigla.width().min(16);
    let head = Line::new()
        .put(Tone::Plain, "     ")
        .put(Tone::Strong, &clip(&value, column.saturating_sub(sigla_width + 8)))
        .to(column.saturating_sub(sigla_width + 2))
        .put(Tone::Quiet, &sigla);
    let mut head = Some(head);
    for citation in distinct_reports(&reading.evidence).into_iter().take(SHOWN) {
        let line = head.take().unwrap_or_default().to(column);
        quoted(page, c, line, citation);
    }
    if let Some(line) = head {
        page.line(line);
    }
    if !reading.according_to.is_empty() {
        let who = format!("according to {}", reading.according_to.join("; "));
        page.line(Line::new().to(column).put(Tone::Quiet, &clip(&who, page.width - column)));
    }
}

/// The first citation of each report.
fn distinct_reports(evidence: &[Citation]) -> Vec<&Citation> {
    let mut seen: Vec<&str> = Vec::new();
    evidence
        .iter()
        .filter(|e| {
            let new = !seen.contains(&e.report.as_str());
            seen.push(&e.report);
            new
        })
        .collect()
}

/// Ends a line with a passage in quotation marks and its place.
pub(crate) fn quoted(page: &mut Page, c: &Collation<'_>, line: Line, citation: &Citation) {
    let place = c.place(citation);
    let room = page.width.saturating_sub(line.columns() + place.width() + 4);
    let passage = c.passage(citation, room);
    let start = page.width.saturating_sub(place.width());
    page.line(
        line.put(Tone::Quiet, "“")
            .put(Tone::Plain, &passage.before)
            .put(Tone::Quoted, &passage.quote)
            .put(Tone::Plain, &passage.after)
            .put(Tone::Quiet, "”")
            .to(start)
            .put(Tone::Quiet, &place),
    );
}

/// What two or more say alike, the best supported first.
pub(super) fn agreements(page: &mut Page, c: &Collation<'_>, most: usize) {
    let all = &c.record.agreements;
    page.heading("WHAT THEY AGREE ON", "witnesses · independent sources");
    for agreement in all.iter().take(most) {
        let right = format!("{} · {}", c.sigla(&agreement.reports), agreement.independent_sources);
        let text = if agreement.about == "it happened" || agreement.value.contains(" is ") {
            agreement.value.clone()
        } else {
            format!("{}: {}", agreement.about, agreement.value)
        };
        let room = page.width.saturating_sub(right.width() + 5);
        page.line(
            Line::new()
                .put(Tone::Agreement, " ✓ ")
                .put(Tone::Plain, &clip(&text, room))
                .to(page.width.saturating_sub(right.width()))
                .put(Tone::Quiet, &right),
        );
        notes(page, &agreement.judged);
    }
    more(page, all.len(), most);
}

/// What happened, one line a happening, in order of time.
pub(super) fn happenings(page: &mut Page, c: &Collation<'_>, most: usize) {
    let told: Vec<&Event> = c
        .record
        .events
        .iter()
        .filter(|e| e.kind != "STATEMENT" && e.modality != "hypothetical")
        .collect();
    page.heading("WHAT HAPPENED", "day, what, who says so");
    let shown = weightiest(c, &told, most);
    for event in &shown {
        happening_line(page, c, event);
        notes(page, &event.judged);
    }
    more(page, told.len(), shown.len());
}

/// The happenings told by most reports, then those told first, back in order of time.
fn weightiest<'e>(c: &Collation<'_>, events: &[&'e Event], most: usize) -> Vec<&'e Event> {
    let lead = |e: &Event| {
        e.mentions
            .iter()
            .map(|m| {
                let from = c.witness(&m.report).and_then(|w| w.body.first()).map_or(0, |b| b.1);
                m.start.saturating_sub(from)
            })
            .min()
            .unwrap_or(usize::MAX)
    };
    let mut order: Vec<usize> = (0..events.len()).collect();
    // Who, with whom, when and where: what tells more of these is the weightier line.
    let told = |e: &Event| {
        usize::from(e.time.is_some())
            + usize::from(e.place.is_some())
            + (e.actors.len() + e.recipients.len()).min(2)
    };
    order.sort_by_key(|&i| {
        let e = events[i];
        let poor = told(e) < 2;
        (
            poor,
            std::cmp::Reverse(e.independent_sources),
            std::cmp::Reverse(e.mentions.len()),
            lead(e),
            i,
        )
    });
    let mut kept: Vec<usize> = order.into_iter().take(most.saturating_mul(2)).collect();
    kept.sort_unstable();
    kept.into_iter().map(|i| events[i]).collect()
}

fn happening_line(page: &mut Page, c: &Collation<'_>, event: &Event) {
    let reports: Vec<String> = event.mentions.iter().map(|m| m.report.clone()).collect();
    let right = format!("{}  {}", c.sigla(&reports), event.kind.to_lowercase());
    let when = interval(event.time.as_ref());
    let column = if page.width >= 100 { 26 } else { 20 };
    let note = match event.modality.as_str() {
        "actual" => "",
        "ongoing" => " (going on)",
        "planned" => " (planned)",
        "alleged" => " (alleged)",
        "negated" => " (denied)",
        _ => " (supposed)",
    };
    let room = page.width.saturating_sub(column + right.width() + note.width() + 2);
    page.line(
        Line::new()
            .put(Tone::Quiet, &format!(" {}", clip(&when, column - 2)))
            .to(column)
            .put(Tone::Plain, &clip(&event.summary, room))
            .put(Tone::Caution, note)
            .to(page.width.saturating_sub(right.width()))
            .put(Tone::Quiet, &right),
    );
}

fn interval(time: Option<&Interval>) -> String {
    time.map_or_else(
        || "day not told".to_owned(),
        |t| day_range(t.earliest.as_deref(), t.latest.as_deref()),
    )
}

/// Accords with brokers, parties, exemptions.
pub(super) fn accords(page: &mut Page, c: &Collation<'_>, most: usize) {
    let all = &c.record.accords;
    if all.is_empty() {
        return;
    }
    page.heading("ACCORDS", "kind, in force, brokers, parties, exempt");
    let names = |ids: &[String]| ids.iter().map(|i| c.name(i)).collect::<Vec<_>>().join(", ");
    for accord in all.iter().take(most) {
        let mut parts = vec![accord.kind.clone()];
        if let Some(days) = &accord.in_force {
            parts.push(day_range(days.earliest.as_deref(), days.latest.as_deref()));
        }
        for (label, ids) in [
            ("brokered by", &accord.brokers),
            ("between", &accord.parties),
            ("not for", &accord.exempt),
        ] {
            if !ids.is_empty() {
                parts.push(format!("{label} {}", names(ids)));
            }
        }
        page.line(Line::new().put(Tone::Plain, &format!(" {}", parts.join(" · "))));
        if let Some(first) = accord.evidence.first() {
            quoted(page, c, Line::new().to(5), first);
        }
        notes(page, &accord.judged);
    }
    more(page, all.len(), most);
}

/// What only one report says, and what rests on an unnamed source.
pub(super) fn singles(page: &mut Page, c: &Collation<'_>, most: usize) {
    let (unnamed, lone): (Vec<_>, Vec<_>) =
        c.record.singles.iter().partition(|s| s.kind == "unnamed_source");
    page.heading("ONLY AN UNNAMED SOURCE SAYS SO", "");
    if unnamed.is_empty() {
        page.line(Line::new().put(Tone::Quiet, " nothing found"));
    }
    for single in unnamed.iter().take(most) {
        page.line(Line::new().put(Tone::Caution, " ? ").put(Tone::Plain, &single.about));
        if let Some(words) = single.evidence.first() {
            quoted(page, c, Line::new().to(5), words);
        }
    }
    more(page, unnamed.len(), most);
    page.heading("ONLY ONE REPORT SAYS SO", "");
    for single in lone.iter().take(most) {
        let Some(words) = single.evidence.first() else { continue };
        let line = Line::new()
            .put(Tone::Plain, &format!(" {}", clip(&single.about, page.width / 2 - 2)))
            .to(page.width / 2);
        quoted(page, c, line, words);
    }
    more(page, lone.len(), most);
}

/// Who leans on whom, and what counts as one source.
pub(super) fn dependence(page: &mut Page, c: &Collation<'_>) {
    page.heading("WHO LEANS ON WHOM", "");
    for d in &c.record.dependence {
        let on = c.witness(&d.on).map_or(d.on.as_str(), |w| w.siglum.as_str());
        let by = c.witness(&d.report).map_or("?", |w| w.siglum.as_str());
        let line = Line::new()
            .put(Tone::Strong, &format!(" {by}"))
            .put(Tone::Plain, &format!(" {} {}", d.kind, on));
        match d.evidence.first() {
            Some(words) => quoted(page, c, line.to(34), words),
            None => page.line(line),
        }
    }
    let joined: Vec<String> = c
        .record
        .lineages
        .iter()
        .filter(|l| l.len() > 1)
        .map(|l| format!("{} count as one source", c.sigla(l)))
        .collect();
    let alone: Vec<String> =
        c.record.lineages.iter().filter(|l| l.len() == 1).map(|l| c.sigla(l)).collect();
    let mut parts = joined;
    if !alone.is_empty() {
        let verb = if alone.len() == 1 { "stands" } else { "stand" };
        parts.push(format!("{} {verb} alone", alone.join(" ")));
    }
    page.wrapped(1, Tone::Plain, &parts.join(" · "));
}

/// Other words for the same thing.
pub(super) fn framing(page: &mut Page, c: &Collation<'_>, most: usize) {
    page.heading("HOW THEY SAY IT", "");
    for framing in c.record.framing.iter().take(most) {
        let readings: Vec<String> = framing
            .readings
            .iter()
            .map(|r| {
                let reports: Vec<String> = r.evidence.iter().map(|e| e.report.clone()).collect();
                format!("“{}” {}", r.label, c.sigla(&reports))
            })
            .collect();
        page.wrapped(1, Tone::Plain, &format!("{}: {}", framing.about, readings.join(" · ")));
    }
    more(page, c.record.framing.len(), most);
}

/// People and bodies written in more than one way.
pub(super) fn spellings(page: &mut Page, c: &Collation<'_>, most: usize) {
    page.heading("ONE NAME, MANY SPELLINGS", "");
    let many: Vec<(&str, Vec<&str>)> = c
        .record
        .actors
        .iter()
        .filter(|a| a.kind != "country")
        .map(|a| (a.name.as_str(), spellings_of(a)))
        .filter(|(_, others)| !others.is_empty())
        .collect();
    for (name, others) in many.iter().take(most) {
        page.wrapped(1, Tone::Plain, &format!("{name}: {}", others.join(", ")));
    }
    more(page, many.len(), most);
}

/// Written forms of a name but for the name itself and forms that only set a title before another.
fn spellings_of(actor: &Actor) -> Vec<&str> {
    let all: Vec<&str> = actor.variants.iter().map(String::as_str).collect();
    let titled = |v: &str| {
        all.iter()
            .any(|o| o.len() < v.len() && v.ends_with(&format!(" {o}")) && !actor.name.ends_with(v))
    };
    all.iter().copied().filter(|v| *v != actor.name && !titled(v)).collect()
}

fn more(page: &mut Page, all: usize, shown: usize) {
    if all > shown {
        let words = format!("   … {} more: --all shows them", all - shown);
        page.line(Line::new().put(Tone::Quiet, &words));
    }
}
