//! The ledgers as tables of the page.

use super::facts::cite;
use super::html::Html;
use crate::Collation;
use crate::view::{View, shown_rows};

/// Meetings, visits, calls, talks.
pub(super) fn consultations(page: &mut Html, c: &Collation<'_>) {
    table(page, c, View::Consultations);
}

/// Tasks held by or given to somebody.
pub(super) fn mandates(page: &mut Html, c: &Collation<'_>) {
    table(page, c, View::Mandates);
}

/// Figures as series.
pub(super) fn figures(page: &mut Html, c: &Collation<'_>) {
    table(page, c, View::Figures);
}

fn table(page: &mut Html, c: &Collation<'_>, view: View) {
    let (columns, rows) = shown_rows(c, view);
    if rows.is_empty() {
        page.raw("<p class=\"quiet\">Nothing found.</p>\n");
        return;
    }
    page.raw("<table><thead><tr>");
    for column in &columns {
        page.raw("<th>").text(column);
    }
    page.raw("<th>words</thead><tbody>\n");
    for (cells, cited) in rows {
        page.raw("<tr>");
        for cell in cells {
            page.raw("<td>").text(&cell);
        }
        page.raw("<td>");
        if let Some(cited) = cited {
            cite(page, c, &cited);
        }
        page.raw("\n");
    }
    page.raw("</tbody></table>\n");
}
