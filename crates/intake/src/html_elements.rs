//! Names of HTML elements and what the tree construction of the HTML Standard does with them.

/// An element name as written, compared without case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'b> {
    /// Length and the first seven bytes in lower case: decides nearly all comparisons.
    key: u64,
    bytes: &'b [u8],
}

impl<'b> Name<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Name<'b> {
        let start = bytes.iter().take(7).fold(0u64, |key, b| key << 8 | u64::from(b | 0x20));
        Name { key: start << 8 | (bytes.len() as u64 & 0xFF), bytes }
    }

    pub(crate) fn is(self, name: &str) -> bool {
        self.bytes.eq_ignore_ascii_case(name.as_bytes())
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Name<'_>) -> bool {
        self.key == other.key && self.bytes.eq_ignore_ascii_case(other.bytes)
    }
}

impl Eq for Name<'_> {}

/// What a start or end tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `html`, `head`, `body`: at most one of each, always there.
    Skeleton,
    /// Has no content.
    Void,
    /// Content is a script.
    Script,
    /// Content is text without tags.
    RawText,
    /// Raw text or markup, as the parser is set up.
    Noscript,
    /// All that follows is text.
    Plaintext,
    /// Belongs to the active formatting elements.
    Formatting,
    /// A block that ends an open paragraph.
    Block,
    /// `h1` to `h6`.
    Heading,
    /// `li`.
    Item,
    /// `dd` and `dt`.
    Definition,
    /// `p`.
    Paragraph,
    /// `form`.
    Form,
    /// `button`.
    Button,
    /// `table`.
    Table,
    /// `tbody`, `thead`, `tfoot`.
    RowGroup,
    /// `tr`.
    TableRow,
    /// `td` and `th`.
    Cell,
    /// `caption`.
    Caption,
    /// `colgroup`.
    ColumnGroup,
    /// `col`.
    Column,
    /// `applet`, `marquee`, `object`.
    Embedding,
    /// `template`.
    Template,
    /// `select`.
    Select,
    /// `option` and `optgroup`.
    SelectOption,
    /// `rb`, `rp`, `rt`, `rtc`.
    RubyText,
    /// `svg` and `math`.
    ForeignRoot,
    /// Everything else.
    Ordinary,
}

/// What is known of an element by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) role: Role,
    /// In the standard's "special" category, which stops several searches of the stack.
    pub(crate) special: bool,
    /// Ends `svg` and `math` when it starts inside them.
    pub(crate) breakout: bool,
}

impl Kind {
    pub(crate) fn of(name: Name<'_>) -> Kind {
        let mut lower = [0; 12];
        let bytes = name.bytes;
        let Some(lower) = lower.get_mut(..bytes.len()) else {
            return Kind { role: Role::Ordinary, special: false, breakout: false };
        };
        lower.copy_from_slice(bytes);
        lower.make_ascii_lowercase();
        let role = role(lower);
        Kind { role, special: is_special(role, lower), breakout: is_breakout(lower) }
    }

    /// Stops a search for an open element, among the elements of HTML.
    pub(crate) fn bounds_scope(self) -> bool {
        use Role::*;
        matches!(self.role, Table | Cell | Caption | Embedding | Select | Template)
    }
}

fn role(name: &[u8]) -> Role {
    match name {
        b"html" | b"head" | b"body" | b"frameset" => Role::Skeleton,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"br" | b"embed" | b"frame" | b"hr"
        | b"image" | b"img" | b"input" | b"keygen" | b"link" | b"meta" | b"param" | b"source"
        | b"track" | b"wbr" => Role::Void,
        b"script" => Role::Script,
        b"style" | b"title" | b"textarea" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => {
            Role::RawText
        }
        b"noscript" => Role::Noscript,
        b"plaintext" => Role::Plaintext,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small"
        | b"strike" | b"strong" | b"tt" | b"u" => Role::Formatting,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dialog"
        | b"dir" | b"div" | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
        | b"header" | b"hgroup" | b"listing" | b"main" | b"menu" | b"nav" | b"ol" | b"pre"
        | b"search" | b"section" | b"summary" | b"ul" => Role::Block,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Role::Heading,
        b"li" => Role::Item,
        b"dd" | b"dt" => Role::Definition,
        b"p" => Role::Paragraph,
        b"form" => Role::Form,
        b"button" => Role::Button,
        b"table" => Role::Table,
        b"tbody" | b"thead" | b"tfoot" => Role::RowGroup,
        b"tr" => Role::TableRow,
        b"td" | b"th" => Role::Cell,
        b"caption" => Role::Caption,
        b"colgroup" => Role::ColumnGroup,
        b"col" => Role::Column,
        b"applet" | b"marquee" | b"object" => Role::Embedding,
        b"template" => Role::Template,
        b"select" => Role::Select,
        b"option" | b"optgroup" => Role::SelectOption,
        b"rb" | b"rp" | b"rt" | b"rtc" => Role::RubyText,
        b"svg" | b"math" => Role::ForeignRoot,
        _ => Role::Ordinary,
    }
}

fn is_special(role: Role, name: &[u8]) -> bool {
    use Role::*;
    match role {
        Formatting | RubyText | SelectOption | Ordinary | ForeignRoot => false,
        Block => name != b"dialog",
        _ => true,
    }
}

fn is_breakout(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"big"
            | b"blockquote"
            | b"body"
            | b"br"
            | b"center"
            | b"code"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"em"
            | b"embed"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"head"
            | b"hr"
            | b"i"
            | b"img"
            | b"li"
            | b"listing"
            | b"menu"
            | b"meta"
            | b"nobr"
            | b"ol"
            | b"p"
            | b"pre"
            | b"ruby"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"strike"
            | b"sub"
            | b"sup"
            | b"table"
            | b"tt"
            | b"u"
            | b"ul"
            | b"var"
    )
}
