//! Why two reports are put together, for a person and as a row.

use serde_json::{Value, json};
use std::fmt::Write;
use variorum_model::{CodePoints, ReadReport, Span, citation};
use variorum_stories::Why;

/// Passages and names shown to a person.
const SHOWN: usize = 8;

/// Why reports `a` and `b` are put together or are not, as one JSON object.
pub fn why_row(a: &ReadReport, b: &ReadReport, why: &Why) -> Value {
    let points = [a, b].map(|r| CodePoints::new(&r.report.text));
    let cite_a = |span: &Span| citation(&a.report, &points[0], *span);
    let cite_b = |span: &Span| citation(&b.report, &points[1], *span);
    let (x, y) = why.placements;
    json!({
        "a": a.report.id,
        "b": b.report.id,
        "same_event": x.event == y.event,
        "same_story": x.story == y.story,
        "same_text": is_copy(why),
        "same_source": why.one_lineage,
        "event": {
            "words": rounded(why.words),
            "topics": rounded(why.topics),
            "days_apart": why.days,
            "decay": rounded(why.decay),
            "share_of_topics": rounded(why.share_of_topics),
            "elsewhere": why.elsewhere,
            "density": [rounded(why.densities.0), rounded(why.densities.1)],
            "likeness": rounded(why.event),
            "mean_between": why.event_mean.map(rounded),
            "from": rounded(why.event_from),
        },
        "story": {"mean_between": why.story_mean.map(rounded), "from": rounded(why.story_from)},
        "copy": {
            "sequences": why.sequences,
            "containment": rounded(why.containment),
            "from": rounded(why.copy_from),
        },
        "credits": why.credits.iter().map(|(source, in_a, in_b)| json!({
            "source": source,
            "a": in_a.iter().map(cite_a).collect::<Vec<_>>(),
            "b": in_b.iter().map(cite_b).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "passages": why.passages.iter().map(|p| json!({
            "words": p.words, "a": cite_a(&p.a), "b": cite_b(&p.b)})).collect::<Vec<_>>(),
        "names": why.names.iter().map(|(x, y)| json!({
            "a": cite_a(x), "b": cite_b(y)})).collect::<Vec<_>>(),
        "words": why.shared_words.iter().map(|w| json!({
            "word": w.word, "adds": rounded(w.adds)})).collect::<Vec<_>>(),
    })
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

fn is_copy(why: &Why) -> bool {
    why.containment >= why.copy_from
}

/// Why reports `a` and `b` are put together or are not, for a person.
pub fn render_why(a: &ReadReport, b: &ReadReport, why: &Why) -> String {
    let mut out = String::new();
    let (x, y) = why.placements;
    for (letter, read) in [("A", a), ("B", b)] {
        let report = &read.report;
        let published = report.published.as_ref().map_or("undated", |p| p.value.as_str());
        let outlet = report.outlet.as_ref().map_or("", |o| o.name.as_str());
        let title = report.title.as_ref().map_or("", |t| t.value.as_str());
        let _ = writeln!(out, "{letter}  {}  {published}  {outlet}  {title}", report.id);
    }
    let one = |same: bool, what: &str| format!("{} {what}", if same { "one" } else { "two" });
    let _ = writeln!(
        out,
        "\n{}: likeness {:.3}, one from {:.3}",
        one(x.event == y.event, if x.event == y.event { "event" } else { "events" }),
        why.event,
        why.event_from
    );
    event_lines(&mut out, why);
    let stories = one(x.story == y.story, if x.story == y.story { "story" } else { "stories" });
    match why.story_mean {
        Some(mean) => {
            let _ = writeln!(
                out,
                "{stories}: mean of words between the two events {mean:.3}, one from {:.3}",
                why.story_from
            );
        }
        None => {
            let _ = writeln!(out, "{stories}: reports of one event are of one story");
        }
    }
    let texts = one(is_copy(why), if is_copy(why) { "text" } else { "texts" });
    let _ = writeln!(
        out,
        "{texts}: {} word sequences in both, {:.3} of the shorter one; a copy from {:.3}",
        why.sequences, why.containment, why.copy_from
    );
    let sources = one(why.one_lineage, if why.one_lineage { "source" } else { "sources" });
    let _ = writeln!(out, "{sources}{}", if why.credits.is_empty() { "" } else { ":" });
    let points = [a, b].map(|r| CodePoints::new(&r.report.text));
    let cited = |letter: &str, span: Span| {
        let (read, points) = if letter == "A" { (a, &points[0]) } else { (b, &points[1]) };
        let [start, end] = points.pair(span);
        let words: Vec<&str> = span.of(&read.report.text).split_whitespace().collect();
        format!("{letter} [{start}:{end}] {}", words.join(" "))
    };
    for (source, in_a, in_b) in &why.credits {
        let _ = writeln!(out, "  {source} is credited");
        for line in in_a.iter().map(|s| cited("A", *s)).chain(in_b.iter().map(|s| cited("B", *s))) {
            let _ = writeln!(out, "    {line}");
        }
    }
    list(&mut out, "wording in both", &why.passages, |p| {
        format!("{}\n  {}", cited("A", p.a), cited("B", p.b))
    });
    list(&mut out, "names in both", &why.names, |(x, y)| {
        format!("{}\n  {}", cited("A", *x), cited("B", *y))
    });
    list(&mut out, "words that make them alike", &why.shared_words, |w| {
        format!("{:.3}  {}", w.adds, w.word)
    });
    out
}

fn event_lines(out: &mut String, why: &Why) {
    let days = match why.days {
        None => "one of them undated".to_owned(),
        Some(days) => format!("{days} days apart"),
    };
    let _ = writeln!(
        out,
        "  words {:.3}, topics {:.3}; {days}: counts {:.2}; neighbourhoods {:.2} and {:.2} times as dense as usual",
        why.words, why.topics, why.decay, why.densities.0, why.densities.1
    );
    if why.share_of_topics < 1.0 {
        let _ = writeln!(out, "  entries on different topics: counts {:.2}", why.share_of_topics);
    }
    if why.elsewhere {
        let _ = writeln!(out, "  set in different countries");
    }
    let strong = why.event >= why.event_from;
    if let Some(mean) = why.event_mean {
        let _ = writeln!(out, "  mean between the reports of the two events {mean:.3}");
    } else if !strong {
        let _ = writeln!(out, "  too little alone: joined through other reports of the event");
    }
}

fn list<T>(out: &mut String, heading: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}");
    for item in items.iter().take(SHOWN) {
        let _ = writeln!(out, "  {}", line(item));
    }
    if items.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", items.len() - SHOWN);
    }
}
