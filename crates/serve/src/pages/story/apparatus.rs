//! The table of readings: a row a fact, a column an account, accounts of one source side by side.

use crate::pages::words::{
    AGREED, Mark, according, agreed, count, plain, report_address, said, shown, sources, verdict,
};
use maud::{Markup, html};
use variorum_export::{Collation, Witness, told_day};
use variorum_model::contract::{Agreement, Citation, Conflict, Reading};

/// Accounts shown side by side; of more, those of the largest sources.
const COLUMNS: usize = 24;
/// Agreements shown.
const ROWS: usize = 80;
/// Characters of a passage in a cell.
const PASSAGE: usize = 110;
/// Passages of one account in one cell.
const PASSAGES: usize = 2;

/// Accounts of one source.
struct Group<'c> {
    witnesses: Vec<&'c Witness>,
}

fn groups<'c>(c: &'c Collation<'_>) -> (Vec<Group<'c>>, usize) {
    let lineages = c.record.lineages.iter();
    let mut groups: Vec<Group<'c>> = lineages
        .map(|l| Group { witnesses: l.iter().filter_map(|id| c.witness(id)).collect() })
        .filter(|g| !g.witnesses.is_empty())
        .collect();
    if c.witnesses.len() > COLUMNS {
        groups.sort_by_key(|g| std::cmp::Reverse(g.witnesses.len()));
    }
    let mut room = COLUMNS;
    for group in &mut groups {
        group.witnesses.truncate(room);
        room -= group.witnesses.len();
    }
    groups.retain(|g| !g.witnesses.is_empty());
    let hidden = c.witnesses.len() - (COLUMNS - room);
    (groups, hidden)
}

/// The table.
pub(super) fn apparatus(c: &Collation<'_>) -> Markup {
    let (groups, hidden) = groups(c);
    let witnesses: Vec<&Witness> =
        groups.iter().flat_map(|g| g.witnesses.iter().copied()).collect();
    let width = witnesses.len() + 1;
    html! {
        section.apparatus-section aria-labelledby="readings" {
            h2.hidden id="readings" { "Readings side by side" }
            @if hidden > 0 {
                p.notice { (count(hidden, "further account is", "further accounts are")) " in the record and not in this table." }
            }
            div.scroller role="region" aria-label="Table of readings" tabindex="0" {
                table.apparatus role="table" data-columns=(witnesses.len()) {
                    (head(&groups))
                    @if !c.record.conflicts.is_empty() {
                        tbody role="rowgroup" {
                            (divider("Where they differ", width))
                            @for conflict in &c.record.conflicts { (conflict_row(c, &witnesses, conflict)) }
                        }
                    }
                    @if !c.record.agreements.is_empty() {
                        tbody role="rowgroup" {
                            (divider("What they agree on", width))
                            @for (n, agreement) in c.record.agreements.iter().take(ROWS).enumerate() {
                                (agreement_row(c, &witnesses, agreement, n + 1))
                            }
                        }
                    }
                }
            }
            @if c.record.agreements.len() > ROWS {
                p.quiet { "and " (c.record.agreements.len() - ROWS) " more, in the record as JSON" }
            }
        }
    }
}

fn head(groups: &[Group<'_>]) -> Markup {
    html! {
        thead role="rowgroup" {
            tr.lineages role="row" {
                td role="cell" {}
                @for group in groups {
                    th scope="colgroup" role="columnheader" colspan=(group.witnesses.len()) {
                        @if group.witnesses.len() > 1 { (group.witnesses.len()) " accounts, one source" } @else { "one source" }
                    }
                }
            }
            tr.witnesses role="row" {
                th.corner scope="col" role="columnheader" { "Fact" }
                @for group in groups {
                    @for (n, w) in group.witnesses.iter().enumerate() {
                        th scope="col" role="columnheader" class=[(n == 0).then_some("first")] {
                            span.siglum { (w.siglum) } " "
                            a href=(report_address(&w.id)) { bdi { (w.outlet) } }
                            span.published { @if w.published.is_empty() { "no date" } @else { (w.published) } }
                        }
                    }
                }
            }
        }
    }
}

fn divider(name: &str, width: usize) -> Markup {
    html! { tr.divider role="row" { th role="rowheader" scope="rowgroup" colspan=(width) { (name) } } }
}

fn fact(mark: Mark, about: &str, note: &Markup, anchor: &str) -> Markup {
    html! {
        th.fact scope="row" role="rowheader" {
            (shown(mark))
            span.about dir="auto" { a href={ "#" (anchor) } { (about) } }
            (note)
        }
    }
}

fn conflict_row(c: &Collation<'_>, witnesses: &[&Witness], conflict: &Conflict) -> Markup {
    let mark = verdict(&conflict.verdict);
    let note = html! { span.note { (plain(&conflict.kind)) @if !conflict.reason.is_empty() { " · " (conflict.reason) } } };
    html! {
        tr class={ "row " (mark.class) } role="row" id=(conflict.id) {
            (fact(mark, &conflict.about, &note, &conflict.id))
            @for w in witnesses {
                @let own: Vec<(usize, &Reading)> = conflict.readings.iter().enumerate()
                    .filter(|(_, r)| r.reports.contains(&w.id)).collect();
                td role="cell" data-account={ (w.siglum) " · " (w.outlet) } class=[own.is_empty().then_some("silent")] {
                    @for (n, reading) in &own { (reading_cell(c, w, *n, reading)) }
                    @if own.is_empty() { (silent()) }
                }
            }
        }
    }
}

/// What an account says; readings that are one bear one letter and one pattern.
fn reading_cell(c: &Collation<'_>, w: &Witness, n: usize, reading: &Reading) -> Markup {
    let value = told_day(&reading.value).unwrap_or_else(|| reading.value.clone());
    let letter = char::from(b'a' + (n % 26) as u8);
    html! {
        div class={ "reading r" (n % 6) } {
            p.value {
                span.letter title={ "reading " (letter) ", " (sources(reading.independent_sources)) } { (letter) }
                " " span dir="auto" { (value) }
            }
            (words_of(c, w, &reading.evidence))
            (according(&reading.according_to))
        }
    }
}

fn words_of(c: &Collation<'_>, w: &Witness, evidence: &[Citation]) -> Markup {
    let mut own: Vec<&Citation> = evidence.iter().filter(|e| e.report == w.id).collect();
    // The longest words tell most; one that stands inside another tells nothing more.
    own.sort_by_key(|e| (std::cmp::Reverse(e.end - e.start), e.start));
    let mut shown: Vec<&Citation> = Vec::new();
    for e in own {
        if shown.len() < PASSAGES && !shown.iter().any(|s| s.start <= e.start && e.end <= s.end) {
            shown.push(e);
        }
    }
    html! { @for e in shown { p { (said(c, e, PASSAGE)) } } }
}

fn silent() -> Markup {
    html! { span aria-hidden="true" { "·" } span.hidden { "says nothing of it" } }
}

fn agreement_row(
    c: &Collation<'_>,
    witnesses: &[&Witness],
    agreement: &Agreement,
    n: usize,
) -> Markup {
    let about = agreed(agreement);
    let note = html! { span.note { (sources(agreement.independent_sources)) } };
    let anchor = format!("agreed-{n}");
    html! {
        tr class={ "row " (AGREED.class) } role="row" id=(anchor) {
            (fact(AGREED, &about, &note, &anchor))
            @for w in witnesses {
                @let own = agreement.reports.contains(&w.id);
                td role="cell" data-account={ (w.siglum) " · " (w.outlet) } class=[(!own).then_some("silent")] {
                    @if own { (words_of(c, w, &agreement.evidence)) } @else { (silent()) }
                }
            }
        }
    }
}
