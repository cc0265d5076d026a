//! A ledger in a terminal.

use super::rows::Row;
use super::{View, joined};
use crate::terminal::paint::{Line, Page, Tone, clip};
use crate::{Collation, TerminalOptions};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Cells for programs, which a person reads elsewhere on the line.
pub(super) const FOR_PROGRAMS: [&str; 6] =
    ["earliest", "latest", "event", "modality", "amount", "country"];

/// One line a row, the details under it, and the words that show it.
pub(super) fn text(
    c: &Collation<'_>,
    view: View,
    rows: &[Row],
    options: TerminalOptions,
) -> String {
    let mut page = Page::new(options.width.clamp(60, 240), options.ink);
    let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    page.heading(view.heading(), &count);
    if rows.is_empty() {
        page.line(Line::new().put(Tone::Quiet, " nothing found"));
        return page.finish();
    }
    let widths = widths(view, rows, page.width);
    let mut line = Line::new().put(Tone::Quiet, " ");
    let mut at = 1;
    for (column, &width) in view.columns().iter().zip(&widths) {
        if width > 0 {
            let name = column.name.replace('_', " ");
            line = line.put(Tone::Quiet, &clip(&name, width)).to(at + width + 2);
            at += width + 2;
        }
    }
    page.line(line);
    for row in rows {
        one(&mut page, c, view, row, &widths);
    }
    page.finish()
}

/// Columns of each cell: what its rows need, and no more than its share.
fn widths(view: View, rows: &[Row], width: usize) -> Vec<usize> {
    let shares: usize = view.columns().iter().map(|c| c.share).sum();
    let shown = view.columns().iter().filter(|c| c.share > 0).count();
    let room = width.saturating_sub(1 + 2 * shown);
    let mut widths: Vec<usize> = view
        .columns()
        .iter()
        .enumerate()
        .map(|(n, c)| {
            if c.share == 0 {
                return 0;
            }
            let needed = rows.iter().map(|r| shown_as(&r.cells[n]).width()).max().unwrap_or(0);
            needed.max(c.name.width()).min((room * c.share / shares).max(c.name.width().min(7)))
        })
        .collect();
    // What some leave goes to the first that needs more.
    let mut left = room.saturating_sub(widths.iter().sum());
    for (n, width) in widths.iter_mut().enumerate().filter(|(_, w)| **w > 0) {
        let needed = rows.iter().map(|r| shown_as(&r.cells[n]).width()).max().unwrap_or(0);
        let more = needed.saturating_sub(*width).min(left);
        *width += more;
        left -= more;
    }
    widths
}

pub(super) fn shown_as(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => joined(list).replace("; ", ", "),
        other => other.to_string(),
    }
}

fn one(page: &mut Page, c: &Collation<'_>, view: View, row: &Row, widths: &[usize]) {
    let mut line = Line::new().put(Tone::Plain, " ");
    let mut at = 1;
    for (cell, &width) in row.cells.iter().zip(widths).filter(|(_, w)| **w > 0) {
        let tone = if at == 1 { Tone::Strong } else { Tone::Plain };
        line = line.put(tone, &clip(&shown_as(cell), width)).to(at + width + 2);
        at += width + 2;
    }
    page.line(line);
    for (column, cell) in view.columns().iter().zip(&row.cells) {
        let hidden = column.share > 0 || FOR_PROGRAMS.contains(&column.name);
        let lines: Vec<String> = match cell {
            _ if hidden => continue,
            // One dating is the day of the line already.
            Value::Array(list) if column.name == "dates" => {
                if list.len() < 2 {
                    continue;
                }
                list.iter().map(shown_as).collect()
            }
            other => vec![shown_as(other)],
        };
        for text in lines.into_iter().filter(|t| !t.is_empty()) {
            let name = column.name.replace('_', " ");
            page.line(
                Line::new().to(5).put(Tone::Quiet, &format!("{name}: ")).put(Tone::Plain, &text),
            );
        }
    }
    if let Some(cited) = &row.cited {
        crate::terminal::sections::quoted(page, c, Line::new().to(5), cited);
    }
}
