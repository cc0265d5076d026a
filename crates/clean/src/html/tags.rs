//! What the names of elements mean for reading text.

/// How an element takes part in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends blocks of text.
    Block,
    /// Runs on in the line.
    Inline,
    /// Has no content.
    Void,
    /// Holds text that is no markup and no part of the page's text.
    Raw,
    /// Holds nothing that is read.
    Skip,
}

macro_rules! names {
    ($($name:literal => $role:ident,)*) => {
        /// The known element that `written` names, whatever its case; `""` for all others.
        pub(super) fn name_of(written: &str) -> &'static str {
            let mut lower = [0u8; 12];
            let Some(buffer) = lower.get_mut(..written.len()) else { return "" };
            buffer.copy_from_slice(written.as_bytes());
            buffer.make_ascii_lowercase();
            match &*buffer {
                $(name if name == $name.as_bytes() => $name,)*
                _ => "",
            }
        }

        /// How the element of that name takes part in the text.
        pub(super) fn role_of(name: &str) -> Role {
            match name {
                $($name => Role::$role,)*
                _ => Role::Inline,
            }
        }
    };
}

names! {
    "div" => Block, "p" => Block, "a" => Inline, "span" => Inline, "li" => Block, "ul" => Block,
    "img" => Void, "br" => Void, "script" => Raw, "style" => Raw, "meta" => Void, "link" => Void,
    "strong" => Inline, "em" => Inline, "b" => Inline, "i" => Inline, "time" => Inline,
    "h1" => Block, "h2" => Block, "h3" => Block, "h4" => Block, "h5" => Block, "h6" => Block,
    "article" => Block, "section" => Block, "main" => Block, "header" => Block, "footer" => Block,
    "aside" => Block, "nav" => Block, "figure" => Block, "figcaption" => Block, "ol" => Block,
    "dl" => Block, "dt" => Block, "dd" => Block, "table" => Block, "thead" => Block,
    "tbody" => Block, "tfoot" => Block, "tr" => Block, "td" => Block, "th" => Block,
    "caption" => Block, "blockquote" => Block, "pre" => Block, "hr" => Void, "form" => Block,
    "fieldset" => Block, "address" => Block, "center" => Block, "details" => Block,
    "summary" => Block, "dialog" => Block, "menu" => Block, "hgroup" => Block, "html" => Block,
    "head" => Block, "body" => Block, "title" => Raw, "textarea" => Raw, "xmp" => Raw,
    "iframe" => Raw, "noembed" => Raw, "noframes" => Raw, "noscript" => Skip, "template" => Skip,
    "svg" => Skip, "math" => Skip, "select" => Skip, "option" => Skip, "button" => Skip,
    "object" => Skip, "audio" => Skip, "video" => Skip, "canvas" => Skip, "datalist" => Skip,
    "input" => Void, "source" => Void, "track" => Void, "wbr" => Void, "embed" => Void,
    "area" => Void, "base" => Void, "col" => Void, "param" => Void, "picture" => Inline,
    "amp-img" => Inline, "font" => Inline, "label" => Inline, "cite" => Inline, "q" => Inline,
}

/// Whether opening `name` ends the open element `open`.
pub(super) fn implied_ends(name: &str, open: &str) -> bool {
    match open {
        "p" => role_of(name) == Role::Block,
        "li" => name == "li",
        "a" => name == "a",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(name, "tr" | "tbody" | "tfoot"),
        "tbody" | "thead" => matches!(name, "tbody" | "tfoot"),
        "head" => role_of(name) == Role::Block,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whatever_their_case() {
        assert_eq!(name_of("DIV"), "div");
        assert_eq!(name_of("FigCaption"), "figcaption");
        assert_eq!(name_of("x-unknown-element-name"), "");
        assert_eq!(role_of("section"), Role::Block);
    }

    #[test]
    fn an_item_ends_the_item_before_it() {
        assert!(implied_ends("li", "li"));
        assert!(implied_ends("div", "p"));
        assert!(!implied_ends("span", "p"));
        assert!(!implied_ends("ul", "li"));
    }
}
