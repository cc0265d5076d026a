//! What people decided, beside the findings; and what they set aside.

use super::html::Html;
use crate::Collation;
use variorum_model::contract::Judged;

/// Judgements in force about a finding.
pub(super) fn notes(page: &mut Html, judged: &Judged) {
    for note in judged.judgements.iter().filter(|n| n.superseded_by.is_none()) {
        let day = note.on.get(..10).unwrap_or(&note.on);
        page.raw("<p class=\"note\">").text(&format!("✎ {} by {} on {day}", note.kind, note.by));
        for said in [&note.text, &note.reason] {
            if !said.is_empty() {
                page.raw(": ").text(said);
            }
        }
        page.raw("</p>\n");
    }
}

/// What somebody rejected.
pub(super) fn set_aside(page: &mut Html, c: &Collation<'_>) {
    if c.record.set_aside.is_empty() {
        page.raw("<p class=\"quiet\">Nothing.</p>\n");
        return;
    }
    page.raw("<ul>");
    for aside in &c.record.set_aside {
        let day = aside.on.get(..10).unwrap_or(&aside.on);
        page.raw("<li>").text(&format!("{}: {}", aside.kind, aside.about));
        page.raw(" <small>").text(&format!("set aside by {} on {day}", aside.by));
        if !aside.reason.is_empty() {
            page.raw(": ").text(&aside.reason);
        }
        page.raw("</small></li>\n");
    }
    page.raw("</ul>\n");
}
