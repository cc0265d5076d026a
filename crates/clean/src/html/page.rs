//! Reads a page into blocks of text that know their bytes.
//!
//! Tree builders of the HTML standard keep no byte offsets, so this reader keeps a stack of open
//! elements of its own. It repairs less than a browser does (no foster parents, no re-opened
//! formatting), which moves no character of text; it never recurses and is linear in the page.

mod attributes;
mod raw_text;

use super::stream::Stream;
use super::tags::{Role, implied_ends, name_of, role_of};

/// Elements nested deeper than this hang from the deepest one kept.
const MAX_DEPTH: usize = 512;
/// Open inline elements between a paragraph and a block that ends it.
const MAX_INLINE: usize = 64;
/// End tags without a start, after which end tags close only the innermost element.
const MAX_UNMATCHED: usize = 100_000;

/// What holds for an element and all inside it.
pub(super) mod flag {
    /// Not shown: `hidden`, `aria-hidden`, `display:none`.
    pub(in super::super) const HIDDEN: u16 = 1;
    /// No text: scripts, controls, templates.
    pub(in super::super) const SKIP: u16 = 2;
    /// In a link.
    pub(in super::super) const LINK: u16 = 4;
    /// In a `figcaption`.
    pub(in super::super) const CAPTION: u16 = 8;
    /// In `aside`, `nav`, `footer` or a form.
    pub(in super::super) const APART: u16 = 16;
    /// In a heading.
    pub(in super::super) const HEADING: u16 = 32;
    /// In the document's head.
    pub(in super::super) const HEAD: u16 = 64;
    /// In a list item.
    pub(in super::super) const ITEM: u16 = 128;
    /// In a `header`.
    pub(in super::super) const HEADER: u16 = 256;
    /// In a `figure`.
    pub(in super::super) const FIGURE: u16 = 512;
    /// In a table.
    pub(in super::super) const TABLE: u16 = 1024;
}

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    /// Index of the parent; the root is its own.
    pub(super) parent: u32,
    /// Name, or `""` for one that plays no part here.
    pub(super) name: &'static str,
    /// Flags of [`flag`], inherited ones included.
    pub(super) flags: u16,
    attributes: (u32, u32),
}

#[derive(Debug)]
struct Attribute {
    name: (u32, u32),
    value: (u32, u32),
}

/// A run of text without a break of line or block.
#[derive(Debug)]
pub(super) struct Block {
    /// Innermost block element around its first character.
    pub(super) node: u32,
    /// Bytes in the stream.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Bytes of it that stand in links.
    pub(super) linked: usize,
    /// Flags of the element around its first character.
    pub(super) flags: u16,
}

/// A page read.
#[derive(Debug)]
pub(super) struct Page<'p> {
    /// The page.
    pub(super) source: &'p str,
    /// Elements in document order; the first is the root.
    pub(super) nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Text of all blocks.
    pub(super) stream: Stream,
    /// Blocks in document order.
    pub(super) blocks: Vec<Block>,
    /// Text in headings: the innermost element around it, and its bytes in the stream.
    pub(super) in_headings: Vec<(u32, usize, usize)>,
    /// Contents of `script` elements: node and bytes of the page.
    pub(super) scripts: Vec<(u32, usize, usize)>,
    /// Content of the first `title` element.
    pub(super) title: Option<String>,
    open: Vec<u32>,
    begun: Option<Block>,
    gap: bool,
    unmatched: usize,
    /// Whether a drawing is open.
    drawing: bool,
}

impl<'p> Page<'p> {
    /// Reads `source`.
    pub(super) fn read(source: &'p str) -> Page<'p> {
        let root = Node { parent: 0, name: "", flags: 0, attributes: (0, 0) };
        let mut page = Page {
            source,
            nodes: vec![root],
            attributes: Vec::new(),
            stream: Stream::default(),
            blocks: Vec::new(),
            in_headings: Vec::new(),
            scripts: Vec::new(),
            title: None,
            open: vec![0],
            begun: None,
            gap: false,
            unmatched: 0,
            drawing: false,
        };
        page.lex();
        page.end_block();
        page
    }

    /// The text of a block.
    pub(super) fn text(&self, block: &Block) -> &str {
        &self.stream.text[block.start..block.end]
    }

    /// Whether `node` is `ancestor` or inside it.
    pub(super) fn within(&self, node: u32, ancestor: u32) -> bool {
        self.path(node).any(|n| n == ancestor)
    }

    /// `node` and its ancestors, inside out, without the root.
    pub(super) fn path(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = node;
        std::iter::from_fn(move || {
            let here = (at != 0).then_some(at)?;
            at = self.nodes[at as usize].parent;
            Some(here)
        })
    }

    /// The innermost element around two.
    pub(super) fn around(&self, a: u32, b: u32) -> Option<u32> {
        let (mut a, mut b) = (a, b);
        while a != b {
            // Parents stand before their children.
            if a > b {
                a = self.nodes[a as usize].parent;
            } else {
                b = self.nodes[b as usize].parent;
            }
        }
        (a != 0).then_some(a)
    }

    /// The child of `ancestor` that is `node` or holds it.
    pub(super) fn child_towards(&self, ancestor: u32, node: u32) -> Option<u32> {
        self.path(node).find(|&n| self.nodes[n as usize].parent == ancestor)
    }

    /// Adds to the value of every element those of all inside it.
    pub(super) fn sum_up(&self, values: &mut [usize]) {
        for n in (1..values.len()).rev() {
            values[self.nodes[n].parent as usize] += values[n];
        }
    }

    fn slice(&self, (a, b): (u32, u32)) -> &'p str {
        &self.source[a as usize..b as usize]
    }

    fn lex(&mut self) {
        let source = self.source;
        let mut at = 0;
        while at < source.len() {
            let next =
                memchr::memchr(b'<', &source.as_bytes()[at..]).map_or(source.len(), |n| at + n);
            self.text_at(at, next);
            at = if next < source.len() { self.markup(next) } else { next };
        }
    }

    /// Reads the markup that begins with the `<` at byte `at`, and returns the byte after it.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.source.as_bytes()[at..];
        match rest.get(1) {
            Some(b'!') if rest.starts_with(b"<!--") => self.after(at + 4, b"-->"),
            Some(b'!' | b'?') => self.after(at + 2, b">"),
            Some(b'/') if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let end = self.name_end(at + 2);
                let name = name_of(&self.source[at + 2..end]);
                self.close(name);
                self.drawing &= name != "svg";
                self.after(end, b">")
            }
            Some(c) if c.is_ascii_alphabetic() => self.start_tag(at),
            _ => {
                self.text_at(at, at + 1);
                at + 1
            }
        }
    }

    fn after(&self, from: usize, mark: &[u8]) -> usize {
        let bytes = self.source.as_bytes();
        let found = memchr::memmem::find(&bytes[from.min(bytes.len())..], mark);
        found.map_or(bytes.len(), |n| from + n + mark.len())
    }

    fn name_end(&self, from: usize) -> usize {
        let rest = &self.source.as_bytes()[from..];
        from + rest
            .iter()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
            .unwrap_or(rest.len())
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let end = self.name_end(at + 1);
        // Within a drawing no element holds raw text: `<title/>` there is an empty element.
        let name = Some(name_of(&self.source[at + 1..end]))
            .filter(|n| !self.drawing || role_of(n) != Role::Raw)
            .unwrap_or_default();
        let first = self.attributes.len();
        let (after, closed) = self.read_attributes(end);
        if !closed {
            return after; // cut off by the end of the page
        }
        let node = self.open(name, first);
        self.drawing |= name == "svg";
        match role_of(name) {
            Role::Raw => self.raw_text(node, name, after),
            Role::Void => {
                self.open.pop();
                after
            }
            _ => after,
        }
    }

    fn open(&mut self, name: &'static str, first: usize) -> u32 {
        if role_of(name) == Role::Block || matches!(name, "br" | "hr") {
            self.end_block();
        }
        while self.open.len() > 1 && implied_ends(name, self.top_name()) {
            self.open.pop();
            self.end_block();
        }
        self.end_open_paragraph(name);
        let parent = *self.open.last().unwrap_or(&0);
        let node = self.nodes.len() as u32;
        let attributes = (first as u32, self.attributes.len() as u32);
        // What a page puts into its head by mistake does not swallow the body.
        let flags = if name == "body" { 0 } else { self.nodes[parent as usize].flags };
        self.nodes.push(Node { parent, name, flags, attributes });
        self.nodes[node as usize].flags |= self.own_flags(node, name);
        if self.open.len() < MAX_DEPTH || role_of(name) == Role::Void {
            self.open.push(node);
        }
        node
    }

    /// A block that opens inside a paragraph ends it, even when inline elements lie between.
    fn end_open_paragraph(&mut self, name: &'static str) {
        if role_of(name) != Role::Block || matches!(name, "tr" | "td" | "th") {
            return;
        }
        for depth in (1..self.open.len()).rev().take(MAX_INLINE) {
            let open = self.nodes[self.open[depth] as usize].name;
            if open == "p" {
                self.open.truncate(depth);
                return;
            }
            if role_of(open) != Role::Inline {
                return;
            }
        }
    }

    fn top_name(&self) -> &'static str {
        self.open.last().map_or("", |&n| self.nodes[n as usize].name)
    }

    fn own_flags(&self, node: u32, name: &'static str) -> u16 {
        let mut flags = match name {
            "a" => flag::LINK,
            "figcaption" => flag::CAPTION,
            "figure" => flag::FIGURE,
            "aside" | "nav" | "footer" | "form" | "menu" | "dialog" => flag::APART,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => flag::HEADING,
            "head" => flag::HEAD,
            "header" => flag::HEADER,
            "li" => flag::ITEM,
            "table" => flag::TABLE,
            _ if role_of(name) == Role::Skip || role_of(name) == Role::Raw => flag::SKIP,
            _ => 0,
        };
        let hidden = self.raw_attribute(node, "hidden").is_some_and(|v| v != "until-found")
            || self
                .raw_attribute(node, "aria-hidden")
                .is_some_and(|v| v.eq_ignore_ascii_case("true"))
            || self.raw_attribute(node, "style").is_some_and(not_displayed);
        if hidden && !matches!(name, "html" | "body") {
            flags |= flag::HIDDEN;
        }
        flags
    }

    fn close(&mut self, name: &'static str) {
        let role = role_of(name);
        if role == Role::Block {
            self.end_block();
        }
        if role == Role::Void || name.is_empty() && self.top_name() != "" {
            return;
        }
        let reach = if self.unmatched < MAX_UNMATCHED { MAX_DEPTH } else { 1 };
        for depth in (1..self.open.len()).rev().take(reach) {
            let open = self.nodes[self.open[depth] as usize].name;
            if open == name {
                self.open.truncate(depth);
                return;
            }
            let barrier = match role {
                Role::Block => {
                    matches!(open, "td" | "th" | "table") && name != "table" && name != "tr"
                }
                _ => role_of(open) == Role::Block,
            };
            if barrier {
                break;
            }
        }
        self.unmatched += 1;
    }

    fn text_at(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let top = *self.open.last().unwrap_or(&0);
        let flags = self.nodes[top as usize].flags;
        if flags & (flag::SKIP | flag::HEAD) != 0 {
            return;
        }
        let source = self.source;
        let raw = &source[from..to];
        if self.begun.is_none() {
            if raw.trim_ascii().is_empty() {
                return;
            }
            let start = self.stream.text.len();
            let node = self.block_around(top);
            self.begun = Some(Block { node, start, end: start, linked: 0, flags });
            self.gap = false;
        }
        let Some(block) = self.begun.as_mut() else { return };
        let before = self.stream.text.len();
        self.gap = self.stream.write_markup(raw, from, block.start, self.gap, source);
        if flags & flag::LINK != 0 {
            block.linked += self.stream.text.len() - before;
        }
        if flags & flag::HEADING != 0 {
            block.flags |= flag::HEADING;
            self.in_headings.push((top, before, self.stream.text.len()));
        }
    }

    fn block_around(&self, top: u32) -> u32 {
        self.path(top).find(|&n| role_of(self.nodes[n as usize].name) == Role::Block).unwrap_or(0)
    }

    fn end_block(&mut self) {
        if let Some(mut block) = self.begun.take() {
            block.end = self.stream.text.len();
            if !self.text(&block).trim().is_empty() {
                let inner = self.text(&block);
                let (lead, kept) = (inner.len() - inner.trim_start().len(), inner.trim().len());
                block.start += lead;
                block.end = block.start + kept;
                block.linked = block.linked.min(kept);
                self.blocks.push(block);
            }
        }
        self.gap = false;
    }
}

/// Whether a style attribute takes its element off the screen.
fn not_displayed(style: &str) -> bool {
    let style = style.as_bytes();
    let value_is = |property: &[u8], value: &[u8]| {
        style.split(|b| *b == b';').any(|rule| {
            let mut parts = rule.splitn(2, |b| *b == b':');
            parts.next().is_some_and(|p| p.trim_ascii().eq_ignore_ascii_case(property))
                && parts.next().is_some_and(|v| {
                    v.trim_ascii().len() >= value.len()
                        && v.trim_ascii()[..value.len()].eq_ignore_ascii_case(value)
                })
        })
    };
    value_is(b"display", b"none") || value_is(b"visibility", b"hidden")
}
