//! The record's side of the page, in the order of the printed record.

use super::html::Html;
use super::judged::notes;
use super::{judged, ledgers};
use crate::Collation;
use crate::days::{day_range, told_day};
use variorum_model::contract::{Actor, Citation, Conflict, Event};

/// Characters of context shown around a cited passage.
const CONTEXT: usize = 160;
/// Passages shown in one list: a browser opens no page of a million elements.
const SHOWN: usize = 24;
/// Actors shown; of more, those whom one report alone has are left out first.
const ACTORS: usize = 500;

/// The head of the page.
pub(super) fn opening(page: &mut Html, c: &Collation<'_>, title: &str) {
    page.raw("<header class=\"opening\"><p class=\"brand\">Variorum</p>\n<h1>").text(title);
    page.raw("</h1>\n<p>");
    let hard = c.record.conflicts.iter().filter(|x| x.verdict == "conflict").count();
    page.text(&format!(
        "{} reports · {} independent lineages · {hard} conflicts among {} differences · {} agreements",
        c.record.reports.len(),
        c.record.lineages.len(),
        c.record.conflicts.len(),
        c.record.agreements.len()
    ));
    page.raw("</p>\n<nav aria-label=\"Sections\">");
    for (id, name, _) in SECTIONS {
        page.raw(&format!("<a href=\"#{id}\">{name}</a> "));
    }
    page.raw("</nav></header>\n");
}

type Section = fn(&mut Html, &Collation<'_>);

const SECTIONS: [(&str, &str, Section); 13] = [
    ("witnesses", "Witnesses", witnesses),
    ("conflicts", "Where they disagree", conflicts),
    ("agreements", "What they agree on", agreements),
    ("events", "What happened", events),
    ("accords", "Accords", accords),
    ("consultations", "Who conferred with whom", ledgers::consultations),
    ("mandates", "Who was given which task", ledgers::mandates),
    ("figures", "Figures", ledgers::figures),
    ("singles", "Only one says so", singles),
    ("dependence", "Who leans on whom", dependence),
    ("framing", "How they say it", framing),
    ("actors", "Who is named, and how", actors),
    ("aside", "Set aside", judged::set_aside),
];

/// All sections.
pub(super) fn sections(page: &mut Html, c: &Collation<'_>) {
    for (id, name, section) in SECTIONS {
        page.raw(&format!("<section id=\"{id}\"><h2>{name}</h2>\n"));
        section(page, c);
        page.raw("</section>\n");
    }
}

/// A passage in its context, as a link to its place in its report.
pub(super) fn cite(page: &mut Html, c: &Collation<'_>, citation: &Citation) {
    let siglum = c.witness(&citation.report).map_or("?", |w| w.siglum.as_str());
    let passage = c.passage(citation, CONTEXT);
    page.raw("<a class=\"cite\" href=\"#").address(siglum, citation.start, citation.end);
    page.raw("\"><bdi>“").text(&passage.before).raw("<b>").text(&passage.quote).raw("</b>");
    page.text(&passage.after).raw("”</bdi> <span class=\"at\">").text(&c.place(citation));
    page.raw("</span></a>");
}

fn cites(page: &mut Html, c: &Collation<'_>, citations: &[Citation]) {
    page.raw("<ul class=\"cites\">");
    for citation in citations.iter().take(SHOWN) {
        page.raw("<li>");
        cite(page, c, citation);
        page.raw("</li>");
    }
    and_more(page, citations.len());
    page.raw("</ul>\n");
}

/// Says how many of a list are not shown.
fn and_more(page: &mut Html, all: usize) {
    if let Some(more) = all.checked_sub(SHOWN).filter(|&more| more > 0) {
        page.raw("<li class=\"quiet\">and ");
        page.text(&format!("{more} more, in the record as JSON")).raw("</li>");
    }
}

fn nothing(page: &mut Html, empty: bool) {
    if empty {
        page.raw("<p class=\"quiet\">Nothing found.</p>\n");
    }
}

fn witnesses(page: &mut Html, c: &Collation<'_>) {
    page.raw("<table><thead><tr><th>Letter<th>Outlet<th>Published<th>Headline</thead><tbody>\n");
    for w in &c.witnesses {
        page.raw("<tr><td><a href=\"#").text(&w.siglum).raw("\">").text(&w.siglum).raw("</a><td>");
        page.text(&w.outlet).raw("<td>");
        page.text(if w.published.is_empty() { "no date" } else { &w.published }).raw("<td>");
        page.text(if w.title.is_empty() { "(no headline)" } else { &w.title }).raw("\n");
    }
    page.raw("</tbody></table>\n");
}

fn conflicts(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.conflicts.is_empty());
    for conflict in &c.record.conflicts {
        conflict_block(page, c, conflict);
    }
}

fn conflict_block(page: &mut Html, c: &Collation<'_>, conflict: &Conflict) {
    let mark = match conflict.verdict.as_str() {
        "conflict" => "✗",
        "update_over_time" => "↗",
        _ => "≠",
    };
    page.raw("<article class=\"finding ").text(&conflict.verdict).raw("\" id=\"");
    page.text(&conflict.id).raw("\"><h3><span aria-hidden=\"true\">").text(mark);
    page.raw("</span> ").text(&conflict.about).raw(" <small>");
    page.text(&conflict.verdict.replace('_', " ")).raw("</small></h3>\n<p class=\"quiet\">");
    page.text(&conflict.reason).raw("</p>\n<div class=\"readings\">");
    for reading in &conflict.readings {
        let value = told_day(&reading.value).unwrap_or_else(|| reading.value.clone());
        page.raw("<div class=\"reading\"><h4>").text(&value).raw("</h4><p class=\"quiet\">");
        page.text(&c.sigla(&reading.reports))
            .raw(" · ")
            .text(&sources(reading.independent_sources));
        if !reading.according_to.is_empty() {
            page.raw(" · according to ").text(&reading.according_to.join("; "));
        }
        page.raw("</p>");
        cites(page, c, &reading.evidence);
        page.raw("</div>\n");
    }
    page.raw("</div>");
    notes(page, &conflict.judged);
    page.raw("</article>\n");
}

fn sources(n: usize) -> String {
    format!("{n} independent source{}", if n == 1 { "" } else { "s" })
}

fn agreements(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.agreements.is_empty());
    for a in &c.record.agreements {
        page.raw("<details class=\"finding\"><summary><span aria-hidden=\"true\">✓</span> ");
        let told = a.about == "it happened" || a.value.contains(" is ");
        let text = if told { a.value.clone() } else { format!("{}: {}", a.about, a.value) };
        page.text(&text).raw(" <small>").text(&c.sigla(&a.reports)).raw(" · ");
        page.text(&sources(a.independent_sources)).raw("</small></summary>");
        cites(page, c, &a.evidence);
        notes(page, &a.judged);
        page.raw("</details>\n");
    }
}

fn events(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.events.is_empty());
    for event in &c.record.events {
        event_block(page, c, event);
    }
}

fn event_block(page: &mut Html, c: &Collation<'_>, event: &Event) {
    let reports: Vec<String> = event.mentions.iter().map(|m| m.report.clone()).collect();
    let when = event.time.as_ref().map_or_else(
        || "day not told".to_owned(),
        |t| day_range(t.earliest.as_deref(), t.latest.as_deref()),
    );
    page.raw("<details class=\"finding event ").text(&event.modality).raw("\" id=\"");
    page.text(&event.id).raw("\"><summary><time>").text(&when).raw("</time> ");
    page.text(&event.summary).raw(" <small>");
    if event.modality != "actual" {
        page.raw("<em>").text(&event.modality).raw("</em> · ");
    }
    page.text(&c.sigla(&reports)).raw(" · ").text(&event.kind.to_lowercase());
    page.raw("</small></summary>\n<ul class=\"cites\">");
    for m in event.mentions.iter().take(SHOWN) {
        let citation = Citation {
            report: m.report.clone(),
            start: m.start,
            end: m.end,
            quote: m.quote.clone(),
        };
        page.raw("<li>");
        cite(page, c, &citation);
        page.raw(" <span class=\"quiet\">");
        let who: Vec<&str> = m.reported_by_evidence.iter().map(|e| e.quote.as_str()).collect();
        if !who.is_empty() {
            page.raw("according to ").text(&who.join(", ")).raw(" · ");
        }
        page.text(&format!("{} · {:.2}", m.rule, m.confidence)).raw("</span></li>");
    }
    and_more(page, event.mentions.len());
    page.raw("</ul>");
    notes(page, &event.judged);
    page.raw("</details>\n");
}

fn accords(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.accords.is_empty());
    let names = |ids: &[String]| ids.iter().map(|i| c.name(i)).collect::<Vec<_>>().join(", ");
    for accord in &c.record.accords {
        page.raw("<article class=\"finding\"><h3>").text(&accord.kind).raw("</h3><dl>");
        for (label, value) in [
            (
                "in force",
                accord.in_force.as_ref().map_or_else(String::new, |d| {
                    day_range(d.earliest.as_deref(), d.latest.as_deref())
                }),
            ),
            ("brokers", names(&accord.brokers)),
            ("parties", names(&accord.parties)),
            ("does not apply to", names(&accord.exempt)),
        ] {
            if !value.is_empty() {
                page.raw("<dt>").text(label).raw("<dd>").text(&value).raw("\n");
            }
        }
        page.raw("</dl>");
        cites(page, c, &accord.evidence);
        notes(page, &accord.judged);
        page.raw("</article>\n");
    }
}

fn singles(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.singles.is_empty());
    for (kind, name) in
        [("unnamed_source", "Only an unnamed source"), ("one_report", "Only one report")]
    {
        page.raw("<h3>").text(name).raw("</h3><ul class=\"cites\">");
        for single in c.record.singles.iter().filter(|s| s.kind == kind) {
            page.raw("<li>").text(&single.about).raw(" ");
            if let Some(words) = single.evidence.first() {
                cite(page, c, words);
            }
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
}

fn dependence(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.dependence.is_empty());
    for d in &c.record.dependence {
        let on = c.witness(&d.on).map_or(d.on.as_str(), |w| w.siglum.as_str());
        let by = c.witness(&d.report).map_or("?", |w| w.siglum.as_str());
        page.raw("<details class=\"finding\"><summary>");
        page.text(&format!("{by} {} {on}", d.kind)).raw("</summary>");
        cites(page, c, &d.evidence);
        page.raw("</details>\n");
    }
    page.raw("<ul>");
    for lineage in c.record.lineages.iter().filter(|l| l.len() > 1) {
        page.raw("<li>").text(&format!("{} count as one source", c.sigla(lineage))).raw("</li>");
    }
    page.raw("</ul>\n");
}

fn framing(page: &mut Html, c: &Collation<'_>) {
    nothing(page, c.record.framing.is_empty());
    for framing in &c.record.framing {
        page.raw("<article class=\"finding\"><h3>").text(&framing.about).raw("</h3>");
        for reading in &framing.readings {
            let reports: Vec<String> = reading.evidence.iter().map(|e| e.report.clone()).collect();
            page.raw("<details><summary>“").text(&reading.label).raw("” <small>");
            page.text(&c.sigla(&reports)).raw("</small></summary>");
            cites(page, c, &reading.evidence);
            page.raw("</details>\n");
        }
        page.raw("</article>\n");
    }
}

fn actors(page: &mut Html, c: &Collation<'_>) {
    let named: Vec<&Actor> = c.record.actors.iter().filter(|a| !a.mentions.is_empty()).collect();
    let by_many = |a: &Actor| a.mentions.iter().any(|m| m.report != a.mentions[0].report);
    let shown = named.iter().filter(|a| named.len() <= ACTORS || by_many(a));
    let shown: Vec<&&Actor> = shown.take(ACTORS).collect();
    for actor in &shown {
        page.raw("<details class=\"finding\" id=\"").text(&actor.id).raw("\"><summary>");
        page.text(&actor.name).raw(" <small>").text(&actor.kind);
        if let Some(country) = &actor.country {
            page.raw(" · ").text(country);
        }
        if actor.variants.len() > 1 {
            page.raw(" · also ");
            let others: Vec<&str> =
                actor.variants.iter().map(String::as_str).filter(|v| *v != actor.name).collect();
            page.text(&others.join(", "));
        }
        page.raw("</small></summary>");
        for office in &actor.offices {
            page.raw("<p>").text(&office.title);
            if let Some(body) = &office.body {
                page.raw(", ").text(body);
            }
            page.raw(" <small>").text(&office.standing).raw("</small></p>");
            cites(page, c, &office.evidence);
        }
        for merge in &actor.merges {
            page.raw("<p class=\"quiet\">").text(merge).raw("</p>");
        }
        notes(page, &actor.judged);
        cites(page, c, &actor.mentions);
        page.raw("</details>\n");
    }
    if shown.len() < named.len() {
        let more = named.len() - shown.len();
        page.raw("<p class=\"quiet\">and ");
        page.text(&format!("{more} more, most in one report alone, in the record as JSON"));
        page.raw("</p>\n");
    }
}
