//! How deep and how large a parsed page would be, found before it is parsed.
//!
//! Common HTML parsers take time quadratic in nesting depth (html5ever 0.40: 128 kB of `<ul><li>` in 9 s),
//! and unclosed formatting elements multiply. The gate follows the tree construction of the HTML
//! Standard (13.2.6) with a stack of names only, and stops at the first limit, so its own time is
//! linear in the page and its memory bounded by the limits.

use crate::html_elements::{Kind, Name, Role};
use crate::html_tags::{Tag, Tags, Token};
use crate::html_tree::Tree;
use crate::limits::Limits;

/// Size of a page as a parser would build it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HtmlShape {
    /// Most elements open inside one another, `html` and `body` included.
    pub depth: usize,
    /// Elements, texts and comments.
    pub nodes: usize,
    /// Most attributes of one tag.
    pub attributes: usize,
    /// The first limit that was passed, by name, and the byte there; counting stopped at it.
    pub over: Option<(&'static str, usize)>,
}

/// The deepest nesting of elements in a page, implied ends and void elements reckoned with; counting
/// stops at 2,000.
pub fn html_depth(bytes: &[u8]) -> usize {
    let limits = Limits {
        html_depth: 2_000,
        html_nodes: usize::MAX,
        html_attributes: usize::MAX,
        ..Limits::default()
    };
    html_shape(bytes, &limits).depth.min(limits.html_depth)
}

/// Measures a page. Linear; stops at the first of `html_depth`, `html_nodes` and `html_attributes`
/// that is passed.
pub fn html_shape(bytes: &[u8], limits: &Limits) -> HtmlShape {
    measure(bytes, limits)
}

fn measure(bytes: &[u8], limits: &Limits) -> HtmlShape {
    let mut tags = Tags::new(bytes);
    let mut tree = Tree::default();
    let mut attributes = 0;
    let mut over = None;
    loop {
        let at = tags.position();
        match tags.next() {
            None => break,
            Some(Token::Text { blank }) => tree.text(blank),
            Some(Token::Comment) => {
                if tree.is_foreign() {
                    tags.skip_cdata_from(at);
                }
                tree.leaf();
            }
            Some(Token::End(tag)) => tree.end(Name::new(tag.name)),
            Some(Token::Start(tag)) => {
                attributes = attributes.max(tag.attributes);
                start(&tag, &mut tags, &mut tree);
            }
        }
        over = if tree.deepest() > limits.html_depth {
            Some(("html_depth", at))
        } else if tree.nodes() > limits.html_nodes {
            Some(("html_nodes", at))
        } else if attributes > limits.html_attributes {
            Some(("html_attributes", at))
        } else {
            None
        };
        if over.is_some() {
            break;
        }
    }
    HtmlShape { depth: tree.deepest(), nodes: tree.nodes(), attributes, over }
}

fn start<'b>(tag: &Tag<'b>, tags: &mut Tags<'b>, tree: &mut Tree<'b>) {
    let name = Name::new(tag.name);
    let kind = Kind::of(name);
    if !tree.start(name, kind, tag) {
        return;
    }
    match kind.role {
        Role::Script => tags.skip_script(),
        Role::RawText => tags.skip_raw_text(tag.name),
        // What stands in `noscript` is markup to a reader that runs no scripts.
        Role::Plaintext => tags.skip_rest(),
        _ => {}
    }
}
