//! The gate before the parser against the parser itself, on random tag soup.

use proptest::prelude::*;
use scraper::Html;
use variorum_intake::{Limits, html_shape};

/// Depth and number of nodes of the page as html5ever builds it, the document itself left out.
fn parsed(page: &str) -> (usize, usize) {
    let tree = Html::parse_document(page).tree;
    let (mut depth, mut nodes) = (0, 0);
    let mut open = vec![(tree.root(), 0)];
    while let Some((node, at)) = open.pop() {
        nodes += 1;
        if node.value().is_element() {
            depth = depth.max(at);
        }
        open.extend(node.children().map(|child| (child, at + 1)));
    }
    (depth, nodes - 1)
}

// `noscript` is left out: this parser takes it for raw text, as a browser does that runs scripts.
fn tag_soup() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "div",
        "p",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "b",
        "i",
        "a",
        "font size=1",
        "font size=2",
        "span",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "h1",
        "h2",
        "br",
        "hr",
        "img",
        "form",
        "button",
        "select",
        "option",
        "svg",
        "g",
        "math",
        "mi",
        "foreignObject",
        "title",
        "style",
        "script",
        "textarea",
        "object",
        "nobr",
        "section",
        "em",
        "pre",
        "x-y",
    ]);
    let piece = (name, 0..9u8).prop_map(|(name, how)| match how {
        0..=4 => format!("<{name}>"),
        5 | 6 => format!("</{}>", name.split(' ').next().unwrap_or(name)),
        7 => "x".to_owned(),
        _ => format!("<{name}/>"),
    });
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Slack for what the gate leaves out: foster parenting, frames, modes of `select`.
    #[test]
    fn the_gate_counts_what_the_parser_builds(soup in tag_soup()) {
        let page = format!("<!DOCTYPE html><html><head></head><body>{soup}");
        let shape = html_shape(page.as_bytes(), &Limits::default());
        let (depth, nodes) = parsed(&page);
        prop_assert!(shape.depth + 3 + shape.depth / 4 >= depth, "{} < {depth}", shape.depth);
        prop_assert!(shape.nodes * 5 / 4 + 8 >= nodes, "{} < {nodes}", shape.nodes);
    }

    #[test]
    fn any_bytes_are_measured(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        html_shape(&bytes, &Limits::default());
    }
}
