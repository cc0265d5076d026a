//! The stack of open elements and the list of active formatting elements of the HTML Standard, kept
//! for their sizes only.

use crate::html_elements::{Kind, Name, Role};
use crate::html_formatting::Active;
use crate::html_tags::Tag;

/// `html` and `body` are open around everything.
pub(crate) const SKELETON: usize = 2;

/// How the content of an open element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    Html,
    Svg,
    Math,
    /// A foreign element whose content is HTML.
    Integration,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Open<'b> {
    pub(crate) name: Name<'b>,
    pub(crate) kind: Kind,
    pub(crate) space: Space,
    /// Number of this element among all formatting elements made, or 0.
    pub(crate) formatting: u64,
    /// Put a marker into the formatting list when it was opened.
    pub(crate) marker: bool,
}

impl Open<'_> {
    /// Stops a search for an open element ("scope" in the standard).
    fn bounds_scope(&self) -> bool {
        self.kind.bounds_scope() || self.space == Space::Integration
    }
}

/// The tree as far as its sizes go.
#[derive(Debug, Default)]
pub(crate) struct Tree<'b> {
    pub(crate) stack: Vec<Open<'b>>,
    pub(crate) active: Vec<Active<'b>>,
    paragraphs: usize,
    form_open: bool,
    pub(crate) formatting_made: u64,
    pub(crate) deepest: usize,
    pub(crate) nodes: usize,
}

impl<'b> Tree<'b> {
    /// Most elements open at once so far.
    pub(crate) fn deepest(&self) -> usize {
        self.deepest.max(SKELETON)
    }

    /// Nodes made so far.
    pub(crate) fn nodes(&self) -> usize {
        self.nodes
    }

    /// Whether the content at hand is SVG or MathML.
    pub(crate) fn is_foreign(&self) -> bool {
        self.stack.last().is_some_and(|top| matches!(top.space, Space::Svg | Space::Math))
    }

    /// Characters.
    pub(crate) fn text(&mut self, blank: bool) {
        let in_table = self.stack.last().is_some_and(|top| {
            matches!(top.kind.role, Role::Table | Role::RowGroup | Role::TableRow)
        });
        if !(self.is_foreign() || blank && in_table) {
            self.reopen_formatting();
        }
        self.nodes += 1;
    }

    /// A node without content.
    pub(crate) fn leaf(&mut self) {
        self.nodes += 1;
        self.deepest = self.deepest.max(self.stack.len() + SKELETON + 1);
    }

    /// A start tag. True if what follows is raw text because of it.
    pub(crate) fn start(&mut self, name: Name<'b>, kind: Kind, tag: &Tag<'b>) -> bool {
        if self.is_foreign() {
            if !(kind.breakout || name.is("font") && is_styled(tag.rest)) {
                self.start_foreign(name, kind, tag);
                return false;
            }
            while self.is_foreign() {
                self.pop();
            }
        }
        self.start_html(name, kind, tag);
        matches!(kind.role, Role::Script | Role::RawText | Role::Noscript | Role::Plaintext)
    }

    fn start_foreign(&mut self, name: Name<'b>, kind: Kind, tag: &Tag<'b>) {
        let (svg, annotation) = self
            .stack
            .last()
            .map_or((false, false), |top| (top.space == Space::Svg, top.name.is("annotation-xml")));
        let integration = if svg {
            ["foreignobject", "desc", "title"].iter().any(|n| name.is(n))
        } else {
            ["mi", "mo", "mn", "ms", "mtext"].iter().any(|n| name.is(n))
                || name.is("annotation-xml") && mentions(tag.rest, b"html")
        };
        let space = match (integration, svg || annotation && name.is("svg")) {
            (true, _) => Space::Integration,
            (false, true) => Space::Svg,
            (false, false) => Space::Math,
        };
        if tag.self_closing {
            self.leaf();
        } else {
            let kind = Kind { role: Role::Ordinary, special: integration, ..kind };
            self.push(Open { name, kind, space, formatting: 0, marker: false });
        }
    }

    fn start_html(&mut self, name: Name<'b>, kind: Kind, tag: &Tag<'b>) {
        match kind.role {
            Role::Skeleton => {}
            Role::Void => self.start_void(name),
            Role::Script | Role::RawText | Role::Noscript | Role::Plaintext => self.start_raw(name),
            Role::Formatting => self.start_formatting(name, kind, tag.rest),
            Role::Block
            | Role::Paragraph
            | Role::Heading
            | Role::Item
            | Role::Definition
            | Role::Form => self.start_block(name, kind),
            Role::Table => self.start_table(name, kind),
            Role::RowGroup
            | Role::TableRow
            | Role::Cell
            | Role::Caption
            | Role::ColumnGroup
            | Role::Column => self.start_table_part(name, kind),
            Role::Embedding => {
                self.reopen_formatting();
                self.push_marked(name, kind);
            }
            Role::Template => self.push_marked(name, kind),
            Role::Button | Role::Select | Role::SelectOption | Role::RubyText => {
                self.start_control(name, kind);
            }
            Role::ForeignRoot => {
                self.reopen_formatting();
                if tag.self_closing {
                    self.leaf();
                } else {
                    let space = if name.is("svg") { Space::Svg } else { Space::Math };
                    self.push(Open { name, kind, space, formatting: 0, marker: false });
                }
            }
            Role::Ordinary => {
                self.reopen_formatting();
                self.push_html(name, kind);
            }
        }
    }

    /// An element without content.
    fn start_void(&mut self, name: Name<'b>) {
        if name.is("hr") {
            self.close_paragraph();
        } else if !is_head_matter(name) {
            self.reopen_formatting();
        }
        self.leaf();
    }

    /// An element whose content is no markup: itself and its text.
    fn start_raw(&mut self, name: Name<'b>) {
        if name.is("xmp") || name.is("plaintext") {
            self.close_paragraph();
        }
        if name.is("xmp") {
            self.reopen_formatting();
        }
        self.leaf();
        self.nodes += 1;
    }

    /// An element that ends an open paragraph, and what else of its kind is open.
    fn start_block(&mut self, name: Name<'b>, kind: Kind) {
        match kind.role {
            Role::Form if self.form_open => return,
            Role::Form => self.form_open = true,
            Role::Item | Role::Definition => self.close_item(kind.role),
            _ => {}
        }
        self.close_paragraph();
        if kind.role == Role::Heading
            && self.stack.last().is_some_and(|top| top.kind.role == Role::Heading)
        {
            self.pop();
        }
        self.push_html(name, kind);
    }

    /// A control or a part of one, or of ruby, that ends one of its kind; a `select` in another only ends it.
    fn start_control(&mut self, name: Name<'b>, kind: Kind) {
        match kind.role {
            Role::Select if self.pop_in_scope(|open| open.kind.role == Role::Select) => return,
            Role::Select => {}
            Role::Button => {
                self.pop_in_scope(|open| open.kind.role == Role::Button);
            }
            _ if self.stack.last().is_some_and(|top| top.kind.role == kind.role) => self.pop(),
            _ => {}
        }
        self.reopen_formatting();
        self.push_html(name, kind);
    }

    /// An end tag.
    pub(crate) fn end(&mut self, name: Name<'b>) {
        let kind = Kind::of(name);
        if self.is_foreign() && self.end_foreign(name, kind) {
            return;
        }
        match kind.role {
            Role::Skeleton | Role::Column => {}
            Role::Void => {
                if name.is("br") {
                    self.reopen_formatting();
                    self.leaf();
                }
            }
            Role::Formatting => self.end_formatting(name),
            Role::Paragraph => {
                if !self.close_paragraph() {
                    self.leaf();
                }
            }
            Role::Heading => {
                self.pop_in_scope(|open| open.kind.role == Role::Heading);
            }
            Role::Form => {
                self.form_open = false;
                if let Some(at) = self.find_in_scope(|open| open.kind.role == Role::Form) {
                    self.stack.remove(at);
                }
            }
            Role::Item => {
                let bound = |open: &Open<'_>| {
                    open.name.is("ol") || open.name.is("ul") || open.bounds_scope()
                };
                let at = self.find(|open| open.name == name, bound);
                if let Some(at) = at {
                    self.truncate(at);
                }
            }
            Role::Block | Role::Definition | Role::Button | Role::Embedding | Role::Select => {
                self.pop_in_scope(|open| open.name == name);
            }
            Role::Table
            | Role::RowGroup
            | Role::TableRow
            | Role::Cell
            | Role::Caption
            | Role::ColumnGroup
            | Role::Template => {
                let bound =
                    |open: &Open<'_>| matches!(open.kind.role, Role::Table | Role::Template);
                if let Some(at) = self.find(|open| open.name == name, bound) {
                    self.truncate(at);
                }
            }
            _ => self.end_ordinary(name),
        }
    }

    /// An end tag inside SVG or MathML; false if it belongs to the HTML around it.
    fn end_foreign(&mut self, name: Name<'b>, kind: Kind) -> bool {
        if matches!(kind.role, Role::Paragraph) || name.is("br") {
            while self.is_foreign() {
                self.pop();
            }
            return false;
        }
        for at in (0..self.stack.len()).rev() {
            let open = self.stack[at];
            if open.space == Space::Html {
                return false;
            }
            if open.name == name {
                self.truncate(at);
                return true;
            }
        }
        true
    }

    pub(crate) fn end_ordinary(&mut self, name: Name<'b>) {
        if let Some(at) = self.find(|open| open.name == name, |open| open.kind.special) {
            self.truncate(at);
        }
    }

    /// Ends the open paragraph, if one is in button scope.
    fn close_paragraph(&mut self) -> bool {
        if self.paragraphs == 0 {
            return false;
        }
        let bound = |open: &Open<'_>| open.kind.role == Role::Button || open.bounds_scope();
        let found = self.find(|open| open.kind.role == Role::Paragraph, bound);
        if let Some(at) = found {
            self.truncate(at);
        }
        found.is_some()
    }

    /// Ends the open item of the same list.
    fn close_item(&mut self, role: Role) {
        let bound = |open: &Open<'_>| {
            open.kind.special
                && open.kind.role != Role::Paragraph
                && !open.name.is("div")
                && !open.name.is("address")
        };
        if let Some(at) = self.find(|open| open.kind.role == role, bound) {
            self.truncate(at);
        }
    }

    fn start_table(&mut self, name: Name<'b>, kind: Kind) {
        // Straight inside another table, in no cell and no caption, it ends that one.
        let inside =
            |open: &Open<'_>| matches!(open.kind.role, Role::Cell | Role::Caption | Role::Template);
        if let Some(at) = self.find(|open| open.kind.role == Role::Table, inside) {
            self.truncate(at);
        } else {
            self.close_paragraph();
        }
        self.push_html(name, kind);
    }

    /// Parts of a table close what is open in the table and open the parts left out before them.
    fn start_table_part(&mut self, name: Name<'b>, kind: Kind) {
        let template = |open: &Open<'_>| open.kind.role == Role::Template;
        let Some(table) = self.find(|open| open.kind.role == Role::Table, template) else {
            // Outside a table the tag is ignored, but not in a template.
            if self.stack.iter().any(template) {
                self.push_html(name, kind);
            }
            return;
        };
        let place = |role| self.stack[table..].iter().rposition(|o| o.kind.role == role);
        let (group, row) = (place(Role::RowGroup), place(Role::TableRow));
        let implied = |role| Kind { role, special: true, breakout: false };
        match (kind.role, group, row) {
            (Role::Cell, _, Some(row)) => self.truncate(table + row + 1),
            (Role::Cell | Role::TableRow, Some(group), _) => self.truncate(table + group + 1),
            (Role::Cell | Role::TableRow, None, _) => {
                self.truncate(table + 1);
                self.push_html(Name::new(b"tbody"), implied(Role::RowGroup));
            }
            _ => self.truncate(table + 1),
        }
        match kind.role {
            Role::Column => self.leaf(),
            Role::Cell => {
                if row.is_none() {
                    self.push_html(Name::new(b"tr"), implied(Role::TableRow));
                }
                self.push_marked(name, kind);
            }
            Role::Caption => self.push_marked(name, kind),
            _ => self.push_html(name, kind),
        }
    }

    fn push_html(&mut self, name: Name<'b>, kind: Kind) {
        self.push(Open { name, kind, space: Space::Html, formatting: 0, marker: false });
    }

    fn push_marked(&mut self, name: Name<'b>, kind: Kind) {
        self.active.push(Active::Marker);
        self.push(Open { name, kind, space: Space::Html, formatting: 0, marker: true });
    }

    pub(crate) fn push(&mut self, open: Open<'b>) {
        self.paragraphs += usize::from(open.kind.role == Role::Paragraph);
        self.stack.push(open);
        self.nodes += 1;
        self.deepest = self.deepest.max(self.stack.len() + SKELETON);
    }

    pub(crate) fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        self.paragraphs -= usize::from(open.kind.role == Role::Paragraph);
        if open.marker {
            let marker = self.active.iter().rposition(|a| matches!(a, Active::Marker));
            self.active.truncate(marker.unwrap_or(0));
        }
        if open.formatting > 0 {
            self.set_closed(open.formatting);
        }
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        while self.stack.len() > length {
            self.pop();
        }
    }

    /// The topmost open element that is `wanted`, above the first that is `bound`.
    fn find(
        &self,
        wanted: impl Fn(&Open<'b>) -> bool,
        bound: impl Fn(&Open<'b>) -> bool,
    ) -> Option<usize> {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if wanted(open) {
                return Some(at);
            }
            if bound(open) {
                return None;
            }
        }
        None
    }

    pub(crate) fn find_in_scope(&self, wanted: impl Fn(&Open<'b>) -> bool) -> Option<usize> {
        self.find(wanted, Open::bounds_scope)
    }

    fn pop_in_scope(&mut self, wanted: impl Fn(&Open<'b>) -> bool) -> bool {
        let found = self.find_in_scope(wanted);
        if let Some(at) = found {
            self.truncate(at);
        }
        found.is_some()
    }
}

/// A `font` tag with an attribute that only HTML knows.
fn is_styled(rest: &[u8]) -> bool {
    [&b"color"[..], b"face", b"size"].iter().any(|word| mentions(rest, word))
}

fn mentions(rest: &[u8], word: &[u8]) -> bool {
    rest.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// Void elements before which no formatting is opened again.
fn is_head_matter(name: Name<'_>) -> bool {
    ["base", "basefont", "bgsound", "link", "meta", "param", "source", "track", "frame"]
        .iter()
        .any(|n| name.is(n))
}
