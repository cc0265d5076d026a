//! `judge`: what people decide about findings.

use super::Outcome;
use super::add::now;
use super::output::Output;
use super::tables::{clipped, collate, one_line, tell_of_none};
use crate::arguments::{Decision, JudgeOptions, ListFormat};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::io::Write;
use variorum_export::Collation;
use variorum_model::contract::{Citation, Record, Subject};
use variorum_pipeline::subjects;
use variorum_record::{Facets, Judgement, RecordFile, Records, instant};

/// Characters of a finding that are printed.
const ABOUT: usize = 90;

pub(crate) fn run(options: &JudgeOptions) -> Result<Outcome> {
    if options.list {
        list(options)?;
    } else if options.findings {
        findings(options)?;
    } else {
        let row = match options.undo {
            Some(number) => undoing(options, number)?,
            None => decided(options)?,
        };
        let number = RecordFile::open_to_add(&options.record.path)?.judge(&row)?;
        let mut output = Output::open(None)?;
        match options.form.format {
            ListFormat::Jsonl => writeln!(output, "{}", json_row(&Judgement { number, ..row }))?,
            ListFormat::Text => writeln!(output, "{}", line(&Judgement { number, ..row }))?,
        }
        output.flush()?;
    }
    Ok(Outcome::default())
}

fn signed(options: &JudgeOptions) -> Result<String> {
    let by = options.by.as_deref().map(one_line).unwrap_or_default();
    ensure!(!by.is_empty(), "--by: a judgement is signed: give your name with --by NAME");
    Ok(by)
}

fn row(options: &JudgeOptions, kind: &str) -> Result<Judgement> {
    Ok(Judgement {
        number: 0,
        made: now(),
        by: signed(options)?,
        kind: kind.to_owned(),
        subject: Value::Null,
        value: json!({"version": env!("CARGO_PKG_VERSION")}),
        reason: options.why.clone().unwrap_or_default(),
        undoes: None,
    })
}

fn undoing(options: &JudgeOptions, number: i64) -> Result<Judgement> {
    let known = RecordFile::open(&options.record.path)?.judgements()?;
    let other = known.into_iter().find(|j| j.number == number);
    let other = other.with_context(|| {
        format!("--undo {number}: there is no such judgement: `variorum judge --list` shows all")
    })?;
    Ok(Judgement { subject: other.subject, undoes: Some(number), ..row(options, "undo")? })
}

fn decided(options: &JudgeOptions) -> Result<Judgement> {
    let (Some(name), Some(decision)) = (&options.finding, options.decision) else {
        bail!(
            "give a finding and what you decide (accept, reject, merge, split, comment), or --list, --findings, --undo N"
        );
    };
    let made = row(options, decision.name())?;
    let file = RecordFile::open(&options.record.path)?;
    file.settle_stories()?;
    let (subject, record) = find(&file, name, options.story.as_deref())?;
    let rest = options.rest.join(" ");
    let mut value = made.value.clone();
    match decision {
        Decision::Accept | Decision::Reject => {
            ensure!(
                rest.is_empty(),
                "{rest}: {} takes no more words: say why with --why",
                decision.name()
            );
        }
        Decision::Comment => {
            ensure!(!rest.trim().is_empty(), "a comment needs its text");
            value["text"] = json!(rest);
        }
        Decision::Merge => {
            let [other] = options.rest.as_slice() else {
                bail!("merge takes one other finding of the same kind");
            };
            let other = within(&record, other, &file)?;
            ensure!(
                other.kind == subject.kind,
                "{} and {} are of two kinds",
                subject.finding,
                other.finding
            );
            ensure!(other.finding != subject.finding, "{}: it is one already", subject.finding);
            let kinds = ["actor", "event", "conflict"];
            ensure!(
                kinds.contains(&subject.kind.as_str()),
                "{}: only actors, events and conflicts can be merged",
                subject.finding
            );
            value["with"] = serde_json::to_value(other)?;
        }
        Decision::Split => value["mentions"] = apart(&record, &subject, &options.rest)?,
    }
    Ok(Judgement { subject: serde_json::to_value(subject)?, value, ..made })
}

/// The finding of that name, and the record of its story. A name is a finding's id or its beginning, or, with
/// a story (`s:…/c1` or `--story`), its running number.
fn find(file: &RecordFile, name: &str, story: Option<&str>) -> Result<(Subject, Record)> {
    let (story, name) = match name.rsplit_once('/') {
        Some((story, name)) => (Some(story), name),
        None => (story, name),
    };
    let records = Records::of(file);
    if let Some(story) = story {
        let record = records.record(story, &collate)?;
        return Ok((within(&record, name, file)?, record));
    }
    ensure!(name.contains('-'), "{name}: running numbers are of one story: name it with --story");
    for story in file.stories(&Facets::default(), 1, usize::MAX >> 1)? {
        let record = records.record(&story.id, &collate)?;
        if let Ok(subject) = within(&record, name, file) {
            return Ok((subject, record));
        }
    }
    bail!("{name}: there is no such finding: `variorum judge --findings` lists them")
}

/// The finding of a record that goes by a name; one that was set aside too.
fn within(record: &Record, name: &str, file: &RecordFile) -> Result<Subject> {
    let all = subjects(record);
    let exact = all.iter().find(|(s, number)| s.finding == name || number == name);
    if let Some((subject, _)) = exact {
        return Ok(subject.clone());
    }
    let aside = record.set_aside.iter().find(|s| s.finding == name);
    if let Some(aside) = aside {
        let known = file.judgements()?;
        let judged = known
            .iter()
            .rev()
            .filter_map(|j| serde_json::from_value::<Subject>(j.subject.clone()).ok());
        let mut same = judged.filter(|s| s.finding == aside.finding);
        return same.next().with_context(|| {
            format!(
                "{name}: it was set aside with another finding ({}): judge that one",
                aside.reason
            )
        });
    }
    let mut like = all.iter().filter(|(s, _)| name.contains('-') && s.finding.starts_with(name));
    match (like.next(), like.next()) {
        (Some((subject, _)), None) => Ok(subject.clone()),
        (Some(_), Some(_)) => bail!("{name}: several findings begin so: give more of the id"),
        _ => bail!("{name}: there is no such finding: `variorum judge --findings` lists them"),
    }
}

/// The mentions of a finding that spans name: `REPORT:START` or `REPORT:START-END`, where REPORT is a letter
/// of the printed record or the beginning of an id.
fn apart(record: &Record, subject: &Subject, spans: &[String]) -> Result<Value> {
    ensure!(
        ["actor", "event"].contains(&subject.kind.as_str()),
        "{}: only actors and events can be split",
        subject.finding
    );
    ensure!(
        !spans.is_empty(),
        "split takes the places of the mentions that are something else: REPORT:START or REPORT:START-END"
    );
    let collation = Collation::new(record);
    let mentions = mentions(record, subject);
    let mut taken: Vec<Citation> = Vec::new();
    for span in spans {
        let (report, start, end) = place(&collation, span).with_context(|| {
            format!("{span}: this is no place: write REPORT:START or REPORT:START-END")
        })?;
        let named: Vec<&Citation> = mentions
            .iter()
            .filter(|m| m.report == report && m.start < end && start < m.end)
            .collect();
        ensure!(!named.is_empty(), "{span}: {} is not mentioned there", subject.finding);
        taken.extend(named.into_iter().cloned());
    }
    taken.sort();
    taken.dedup();
    ensure!(
        taken.len() < mentions.len(),
        "{}: nothing would be left of it: reject it instead",
        subject.finding
    );
    Ok(serde_json::to_value(taken)?)
}

fn mentions(record: &Record, subject: &Subject) -> Vec<Citation> {
    let actor = record.actors.iter().find(|a| a.judged.finding == subject.finding);
    if let Some(actor) = actor {
        return actor.mentions.clone();
    }
    let event = record.events.iter().find(|e| e.judged.finding == subject.finding);
    let tellings = event.into_iter().flat_map(|e| &e.mentions);
    tellings
        .map(|t| Citation {
            report: t.report.clone(),
            start: t.start,
            end: t.end,
            quote: t.quote.clone(),
        })
        .collect()
}

fn place(c: &Collation<'_>, span: &str) -> Option<(String, usize, usize)> {
    let (report, at) = span.rsplit_once(':')?;
    let by_letter = c.witnesses.iter().find(|w| w.siglum == report);
    let witness = by_letter.or_else(|| c.witnesses.iter().find(|w| w.id.starts_with(report)))?;
    let (start, end) = match at.split_once('-') {
        Some((start, end)) => (start.parse().ok()?, end.parse().ok()?),
        None => (at.parse::<usize>().ok()?, at.parse::<usize>().ok()? + 1),
    };
    Some((witness.id.clone(), start, end))
}

fn list(options: &JudgeOptions) -> Result<()> {
    let file = RecordFile::open(&options.record.path)?;
    let mut output = Output::open(None)?;
    let judgements = file.judgements()?;
    tell_of_none(judgements.len(), options.form.format, &mut output)?;
    for judgement in judgements {
        match options.form.format {
            ListFormat::Jsonl => writeln!(output, "{}", json_row(&judgement))?,
            ListFormat::Text => writeln!(output, "{}", line(&judgement))?,
        }
    }
    output.flush()?;
    Ok(())
}

/// A judgement as a row of JSON.
pub(super) fn json_row(judgement: &Judgement) -> Value {
    let subject = &judgement.subject;
    json!({
        "number": judgement.number, "kind": judgement.kind, "by": judgement.by,
        "on": instant(judgement.made), "finding": subject["finding"], "about": subject["about"],
        "reason": judgement.reason, "undoes": judgement.undoes,
        "version": judgement.value["version"], "subject": subject, "value": judgement.value,
    })
}

fn line(judgement: &Judgement) -> String {
    let told = |value: &Value| one_line(value.as_str().unwrap_or_default());
    let subject = &judgement.subject;
    let what = match judgement.kind.as_str() {
        "undo" => format!("undoes {}", judgement.undoes.unwrap_or_default()),
        "comment" => format!("comment “{}”", told(&judgement.value["text"])),
        "merge" => format!("merge with {}", told(&judgement.value["with"]["finding"])),
        "split" => {
            let apart = judgement.value["mentions"].as_array().map_or(0, Vec::len);
            format!("split: {apart} mentions are something else")
        }
        other => other.to_owned(),
    };
    let why = if judgement.reason.is_empty() {
        String::new()
    } else {
        format!(" · {}", one_line(&judgement.reason))
    };
    format!(
        "{} · {} · {} · {} “{}”: {what}{why}",
        judgement.number,
        instant(judgement.made),
        one_line(&judgement.by),
        told(&subject["finding"]),
        clipped(subject["about"].as_str().unwrap_or_default(), ABOUT),
    )
}

/// Everything in the record that can be judged.
fn findings(options: &JudgeOptions) -> Result<()> {
    let file = RecordFile::open(&options.record.path)?;
    file.settle_stories()?;
    let records = Records::of(&file);
    let facets = Facets { story: options.story.clone(), ..Facets::default() };
    let mut output = Output::open(None)?;
    for story in file.stories(&facets, 1, usize::MAX >> 1)? {
        let record = records.record(&story.id, &collate)?;
        for (subject, number) in subjects(&record) {
            if options.finding.as_ref().is_some_and(|kind| *kind != subject.kind) {
                continue;
            }
            match options.form.format {
                ListFormat::Jsonl => writeln!(
                    output,
                    "{}",
                    json!({
                        "finding": subject.finding, "number": number, "kind": subject.kind,
                        "sort": subject.sort, "about": subject.about, "story": story.id,
                        "cites": subject.cites,
                    })
                )?,
                ListFormat::Text => writeln!(
                    output,
                    "{} · {} · {}",
                    subject.finding,
                    if number.is_empty() { "-" } else { &number },
                    clipped(&subject.about, ABOUT)
                )?,
            }
        }
        for aside in &record.set_aside {
            if options.form.format == ListFormat::Text {
                let (by, day) = (one_line(&aside.by), aside.on.get(..10).unwrap_or_default());
                let about = clipped(&aside.about, ABOUT);
                writeln!(output, "{} · set aside by {by} on {day} · {about}", aside.finding)?;
            }
        }
    }
    output.flush()?;
    Ok(())
}
