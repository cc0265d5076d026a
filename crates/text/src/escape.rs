//! Text as markup.

/// What a character is written as in HTML and XML, in content and in attribute values within double quotes alike;
/// `None` for what stands for itself.
pub fn escape(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    }
}
