//! The record as a critical apparatus in TEI P5 (tei-c.org/guidelines, chapter 13).
//!
//! Every report is a `witness`; every difference an `app` with a `rdg` for each side and in it the cited words.
//! There is no base text that the readings could be variants of: the apparatus is external and
//! location-referenced. The witnesses follow in full, each in one `ab`; a citation points into it by
//! `string-range(SIGLUM.text,START,LENGTH)` in code points.

use crate::Collation;
use crate::xml::Xml;
use variorum_model::contract::{Actor, Citation, Conflict, Framing, Reading, Record};

const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";

/// The record as one TEI document.
pub fn render_tei(record: &Record) -> String {
    let c = Collation::new(record);
    let mut xml = Xml::new();
    xml.open("TEI", &[("xmlns", NAMESPACE)]).line();
    header(&mut xml, &c);
    xml.open("text", &[]).open("group", &[]).line();
    xml.open("text", &[("type", "apparatus")]).open("body", &[]).line();
    let before = |xml: &mut Xml, kind: &str, head: &str| {
        xml.open("div", &[("type", kind)]).element("head", &[], head).line();
    };
    before(&mut xml, "conflicts", "Where they disagree");
    list(&mut xml, &record.conflicts, |xml, conflict| substantive(xml, &c, conflict));
    xml.close().line();
    before(&mut xml, "framing", "How they say it");
    list(&mut xml, &record.framing, |xml, framing| worded(xml, &c, framing));
    xml.close().line();
    before(&mut xml, "names", "One name, many spellings");
    let many: Vec<&Actor> = record.actors.iter().filter(|a| a.variants.len() > 1).collect();
    list(&mut xml, &many, |xml, actor| orthographic(xml, &c, actor));
    xml.close().line().close().close().line();
    for witness in &c.witnesses {
        let (siglum, id) = (&witness.siglum, format!("{}.text", witness.siglum));
        let language = language(record, &witness.id);
        let of = format!("#{siglum}");
        xml.open("text", &[("type", "witness"), ("corresp", &of), ("xml:lang", &language)]);
        xml.open("body", &[]).open("ab", &[("xml:id", &id), ("xml:space", "preserve")]);
        let text: String = witness.text.iter().collect();
        xml.text(&text).close().close().close().line();
    }
    xml.finish()
}

fn header(xml: &mut Xml, c: &Collation<'_>) {
    let title = c.record.stories.first().map_or("A record", |s| s.title.as_str());
    xml.open("teiHeader", &[]).open("fileDesc", &[]).line();
    xml.open("titleStmt", &[]).element("title", &[], title).close().line();
    xml.open("publicationStmt", &[]);
    let by = concat!("Made by variorum ", env!("CARGO_PKG_VERSION"), " from the reports listed.");
    xml.element("p", &[], by).close().line();
    xml.open("sourceDesc", &[]).open("listWit", &[]).line();
    for witness in &c.witnesses {
        xml.open("witness", &[("xml:id", &witness.siglum)]).open("bibl", &[]);
        xml.element("title", &[("level", "a")], &witness.title);
        xml.element("publisher", &[], &witness.outlet);
        let (first, last) = (witness.days.0.as_deref(), witness.days.1.as_deref());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        let attributes = if first == last {
            [("when", first), ("notAfter", "")]
        } else {
            [("notBefore", first), ("notAfter", last)]
        };
        xml.element("date", &attributes, &witness.published);
        xml.element("ref", &[], &address(c.record, &witness.id));
        xml.element("idno", &[("type", "report")], &witness.id);
        let lineage = (witness.lineage + 1).to_string();
        xml.element("note", &[("type", "lineage")], &lineage).close().close().line();
    }
    xml.close().close().close().line();
    xml.open("encodingDesc", &[]);
    xml.empty("variantEncoding", &[("method", "location-referenced"), ("location", "external")]);
    xml.close().close().line();
}

fn address(record: &Record, report: &str) -> String {
    let row = record.reports.iter().find(|r| r["id"] == report);
    let told = |key: &str| row.and_then(|r| r[key].as_str()).map(str::to_owned);
    told("url").or_else(|| told("path")).unwrap_or_default()
}

fn language(record: &Record, report: &str) -> String {
    let row = record.reports.iter().find(|r| r["id"] == report);
    row.and_then(|r| r["language"].as_str()).unwrap_or("und").to_owned()
}

/// A `listApp`, which may not be empty.
fn list<T>(xml: &mut Xml, items: &[T], mut entry: impl FnMut(&mut Xml, &T)) {
    if items.is_empty() {
        xml.element("p", &[], "Nothing found.").line();
        return;
    }
    xml.open("listApp", &[]).line();
    for item in items {
        entry(xml, item);
        xml.line();
    }
    xml.close().line();
}

fn substantive(xml: &mut Xml, c: &Collation<'_>, conflict: &Conflict) {
    let attributes = [
        ("xml:id", conflict.judged.finding.as_str()),
        ("type", "substantive"),
        ("subtype", &conflict.kind),
        ("loc", &conflict.about),
    ];
    xml.open("app", &attributes).line();
    for reading in &conflict.readings {
        side(xml, c, reading);
    }
    let verdict = conflict.verdict.replace('_', " ");
    xml.open("note", &[("type", "verdict"), ("subtype", &conflict.verdict)]).text(&verdict);
    if !conflict.reason.is_empty() {
        xml.text(": ").text(&conflict.reason);
    }
    xml.close();
    for judgement in &conflict.judged.judgements {
        let told = format!("{} by {} on {}", judgement.kind, judgement.by, judgement.on);
        let said: Vec<&str> = [told.as_str(), &judgement.text, &judgement.reason]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        xml.element("note", &[("type", "judgement")], &said.join(": "));
    }
    xml.close();
}

fn side(xml: &mut Xml, c: &Collation<'_>, reading: &Reading) {
    let wit = sigla(c, reading.reports.iter().map(String::as_str));
    xml.open("rdg", &[("wit", &wit)]).element("seg", &[("type", "value")], &reading.value);
    quotes(xml, c, &reading.evidence);
    for name in &reading.according_to {
        xml.element("note", &[("type", "according_to")], name);
    }
    xml.close().line();
}

fn worded(xml: &mut Xml, c: &Collation<'_>, framing: &Framing) {
    xml.open(
        "app",
        &[("xml:id", &framing.judged.finding), ("type", "framing"), ("loc", &framing.about)],
    );
    xml.line();
    for reading in &framing.readings {
        let wit = sigla(c, reading.evidence.iter().map(|e| e.report.as_str()));
        xml.open("rdg", &[("wit", &wit)]).element("seg", &[("type", "value")], &reading.label);
        quotes(xml, c, &reading.evidence);
        xml.close().line();
    }
    xml.close();
}

/// A name and its other written forms, each with the witnesses that write it so.
fn orthographic(xml: &mut Xml, c: &Collation<'_>, actor: &&Actor) {
    let id = actor.judged.finding.as_str();
    xml.open("app", &[("xml:id", id), ("type", "orthographic"), ("loc", &actor.name)]).line();
    for variant in &actor.variants {
        let writes = |m: &&Citation| m.quote == *variant;
        let cited: Vec<&Citation> = actor.mentions.iter().filter(writes).collect();
        let wit = sigla(c, cited.iter().map(|m| m.report.as_str()));
        xml.open("rdg", &[("wit", &wit)]);
        xml.element("seg", &[("type", "value")], variant);
        // One place in each witness shows the form.
        let mut shown: Vec<&str> = Vec::new();
        for mention in cited {
            if !shown.contains(&mention.report.as_str()) {
                shown.push(&mention.report);
                quote(xml, c, mention);
            }
        }
        xml.close().line();
    }
    xml.close();
}

fn quotes(xml: &mut Xml, c: &Collation<'_>, evidence: &[Citation]) {
    for cited in evidence {
        quote(xml, c, cited);
    }
}

fn quote(xml: &mut Xml, c: &Collation<'_>, cited: &Citation) {
    let Some(witness) = c.witness(&cited.report) else { return };
    let siglum = &witness.siglum;
    let length = cited.end.saturating_sub(cited.start);
    let at = format!("#string-range({siglum}.text,{},{length})", cited.start);
    xml.element("quote", &[("source", &format!("#{siglum}")), ("corresp", &at)], &cited.quote);
}

/// Pointers to witnesses, each once, in order.
fn sigla<'r>(c: &Collation<'_>, reports: impl Iterator<Item = &'r str>) -> String {
    let reports: Vec<String> = reports.map(str::to_owned).collect();
    let sigla = c.sigla(&reports);
    sigla.split_whitespace().map(|s| format!("#{s}")).collect::<Vec<_>>().join(" ")
}
