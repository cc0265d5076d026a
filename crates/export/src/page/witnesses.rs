//! The evidence pane: every report, with debris greyed and every passage that the page leads to an anchor.

use super::html::Html;
use crate::{Collation, Witness};
use std::collections::{BTreeMap, BTreeSet};

/// All reports in order; what leads to them is written before.
pub(super) fn pane(page: &mut Html, c: &Collation<'_>) {
    page.raw("<aside class=\"pane\" aria-label=\"The reports\">\n");
    for witness in &c.witnesses {
        let cited = page.led_to(&witness.siglum);
        report(page, witness, &cited);
    }
    page.raw("</aside>\n");
}

fn report(page: &mut Html, w: &Witness, cited: &BTreeSet<(usize, usize)>) {
    page.raw("<article class=\"report\" id=\"").text(&w.siglum).raw("\">\n<header><h3><b>");
    page.text(&w.siglum).raw("</b> ").text(&w.outlet).raw("</h3><p class=\"quiet\">");
    let day = if w.published.is_empty() { "no date" } else { &w.published };
    page.text(day).raw(" · ").text(&w.path).raw("</p></header>\n");
    let mut stretches: Vec<(usize, usize, &str)> = Vec::new();
    stretches.extend(w.title_at.map(|(s, e)| (s, e, "title")));
    stretches.extend(w.body.iter().map(|(kind, s, e)| (*s, *e, kind.as_str())));
    stretches.extend(w.removed.iter().map(|(kind, s, e)| (*s, *e, kind.as_str())));
    stretches.sort_unstable();
    for (start, end, kind) in stretches {
        let (tag, class) = match kind {
            "title" => ("h4", "title"),
            "paragraph" => ("p", "paragraph"),
            "heading" => ("h5", "heading"),
            "caption" => ("p", "caption"),
            _ => ("p", "removed"),
        };
        page.raw(&format!("<{tag} class=\"{class}\" dir=\"auto\""));
        if class == "removed" {
            page.raw(" title=\"left out: ").text(&kind.replace('_', " ")).raw("\"");
        }
        page.raw(">");
        stretch(page, w, start, end, cited);
        page.raw(&format!("</{tag}>\n"));
    }
    page.raw("</article>\n");
}

/// Text from `start` to `end`, cut at every bound of a cited range; the piece at which a range
/// begins carries its address.
fn stretch(
    page: &mut Html,
    w: &Witness,
    start: usize,
    end: usize,
    cited: &BTreeSet<(usize, usize)>,
) {
    let mut bounds: BTreeSet<usize> = [start, end].into();
    let mut begins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(s, e) in cited.iter().filter(|(s, e)| *s < end && *e > start) {
        bounds.insert(s.max(start));
        bounds.insert(e.min(end));
        begins.entry(s.max(start)).or_default().push(e);
    }
    let bounds: Vec<usize> = bounds.into_iter().collect();
    for pair in bounds.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let ids = begins.get(&from).map(Vec::as_slice).unwrap_or_default();
        for &e in ids {
            page.raw("<span id=\"").address(&w.siglum, from, e).raw("\">");
        }
        page.raw(&format!("<span data-at=\"{from}\">"));
        let piece: String = w.text[from.min(w.text.len())..to.min(w.text.len())].iter().collect();
        page.text(&piece).raw("</span>");
        page.raw(&"</span>".repeat(ids.len()));
    }
}
