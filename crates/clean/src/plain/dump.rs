//! Programmer's debris: dumps of variables, data and code that a page let through.
//!
//! Where a dump states its own length it is checked and cut exactly; other forms are read with
//! their own grammar as far as it goes. What does not hold is left to be judged as text.

use memchr::memmem;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Kind of the spans found here: data and code.
pub(super) const PROGRAM: &str = "program_dump";
/// Kind of the spans found here: leftovers of mark-up.
pub(super) const MARKUP: &str = "markup";

/// A dump and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dump {
    /// [`PROGRAM`] or [`MARKUP`].
    pub kind: &'static str,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// All dumps of `text`, in order and without overlap.
pub(super) fn find(text: &str) -> Vec<Dump> {
    let strings = var_dump_strings(text);
    let mut out: Vec<Dump> = Vec::new();
    // Each byte may be read only so often, whatever the text does to invite more.
    let mut budget = text.len() * 4 + 4096;
    let mut next = 0;
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i);
        let (start, stop) = crate::shape::trim(text, at, end);
        let dump = match strings.get(next) {
            Some(string) if string.range.start < end => {
                next += 1;
                Some(string.clone())
            }
            _ if start < stop => line_dump(text, start, stop, &mut budget),
            _ => None,
        };
        let Some(dump) = dump else {
            at = end + 1;
            continue;
        };
        // A dump of several lines may hold strings that were found before: they are part of it.
        while strings.get(next).is_some_and(|s| s.range.start < dump.range.end) {
            next += 1;
        }
        at = dump.range.end.max(start + 1);
        out.push(dump);
    }
    out
}

/// PHP `var_dump` of a string: `string(N) "…"`, where N is the number of bytes between the marks.
fn var_dump_strings(text: &str) -> Vec<Dump> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], b"string(") {
        let start = at + found;
        let digits = start + "string(".len();
        at = digits;
        let count = bytes[digits..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        let Ok(length) = text[digits..digits + count].parse::<usize>() else { continue };
        let open = digits + count;
        if !bytes[open..].starts_with(b") \"") {
            continue;
        }
        let first = open + 3;
        let exact = first + length;
        let end = if bytes.get(exact) == Some(&b'"') && text.is_char_boundary(exact) {
            exact + 1
        } else {
            // The count is off (line ends or characters were changed): up to the line's last mark.
            let line = memchr::memchr(b'\n', &bytes[first..]).map_or(bytes.len(), |i| first + i);
            match memchr::memrchr(b'"', &bytes[first..line]) {
                Some(i) => first + i + 1,
                None => continue,
            }
        };
        out.push(Dump { kind: PROGRAM, range: start..end });
        at = end;
    }
    out
}

/// The dump that begins with the line `text[start..stop]`, if one does.
fn line_dump(text: &str, start: usize, stop: usize, budget: &mut usize) -> Option<Dump> {
    let line = &text[start..stop];
    let program = |end: usize| Some(Dump { kind: PROGRAM, range: start..end });
    match line.as_bytes()[0] {
        b'{' | b'[' => {
            if let Some(end) = json(text, start, budget) {
                return program(end);
            }
        }
        b'a' | b'O' => {
            if let Some(end) = serialized(text, start, budget) {
                return program(end);
            }
        }
        b'<' => {
            if let Some(end) = element_to_skip(text, start, budget) {
                return Some(Dump { kind: MARKUP, range: start..end });
            }
        }
        _ => {}
    }
    if let Some(end) = php_array(text, start, stop, budget) {
        return program(end);
    }
    if is_markup(line) {
        return Some(Dump { kind: MARKUP, range: start..stop });
    }
    is_code(line).then_some(Dump { kind: PROGRAM, range: start..stop })
}

/// The end of the JSON object or list that begins at `start`. A list must hold a string or an
/// object: "[12]" is a footnote.
fn json(text: &str, start: usize, budget: &mut usize) -> Option<usize> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^(?:\{\s*"|\{\s*\}|\[\s*(?:\{|\[|"[^"\n]*"\s*[,\]]))"#).expect("well formed")
    });
    let rest = &text[start..];
    if !OPENS.is_match(&rest[..floor(rest, 200)]) {
        return None;
    }
    if let Some(length) = balanced(rest.as_bytes(), budget) {
        return Some(start + length);
    }
    // Broken JSON on one line: keys and values all the same.
    let line_end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |i| start + i);
    let line = text[start..line_end].trim_end();
    let keys = memmem::find_iter(line.as_bytes(), b"\":").take(3).count();
    (keys >= 2 && line.ends_with(['}', ']', ';'])).then_some(start + line.len())
}

/// Length of the value whose brackets balance, strings left out. A line may not end in a string.
fn balanced(bytes: &[u8], budget: &mut usize) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (i, &b) in bytes.iter().enumerate() {
        *budget = budget.checked_sub(1)?;
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' if quoted => return None,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// PHP `serialize`: `a:2:{i:0;s:3:"abc";…}`; the byte counts of strings carry over their content.
fn serialized(text: &str, start: usize, budget: &mut usize) -> Option<usize> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^(?:a:\d{1,6}:\{|O:\d{1,3}:"[\w\\]+":\d{1,6}:\{)"#).expect("well formed")
    });
    static STRING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"^s:(\d{1,7}):""#).expect("well formed"));
    let opened = OPENS.find(&text[start..])?.end();
    let bytes = text.as_bytes();
    let mut at = start + opened;
    let mut depth = 1usize;
    while at < bytes.len() && *budget > 0 {
        *budget -= 1;
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b's' => {
                if let Some(found) =
                    text.get(at..(at + 12).min(bytes.len())).and_then(|t| STRING.captures(t))
                {
                    let length = found[1].parse::<usize>().unwrap_or(0);
                    at += found[0].len() + length;
                    if bytes.get(at) != Some(&b'"') {
                        return None;
                    }
                }
            }
            b'\n' if depth == 0 => return None,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return text.is_char_boundary(at).then_some(at);
        }
    }
    None
}

/// PHP `print_r` and `var_dump` of lists and objects, over several lines.
fn php_array(text: &str, start: usize, stop: usize, budget: &mut usize) -> Option<usize> {
    static VAR_DUMP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:array\(\d+\)|object\([\w\\]+\)#\d+ \(\d+\)) ?\{").expect("well formed")
    });
    static PRINT_R: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:Array|\w+ Object)\s*\(\s*\[").expect("well formed"));
    let line = &text[start..stop];
    let braces = match line.as_bytes()[0] {
        b'a' | b'o' if VAR_DUMP.is_match(line) => (b'{', b'}'),
        b'A'..=b'Z' if line.starts_with("Array") || line.contains(" Object") => {
            let ahead = text.get(start..)?;
            if !PRINT_R.is_match(ahead) {
                return None;
            }
            (b'(', b')')
        }
        _ => return None,
    };
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    for (i, &b) in bytes[start..].iter().enumerate() {
        *budget = budget.checked_sub(1)?;
        if b == braces.0 {
            depth += 1;
        } else if b == braces.1 && depth > 0 {
            depth -= 1;
            if depth == 0 {
                return Some(start + i + 1);
            }
        }
    }
    None
}

/// `<script>…</script>`, `<style>…</style>`, `<!-- … -->` that begin at `start`.
fn element_to_skip(text: &str, start: usize, budget: &mut usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..];
    for (open, close) in [
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<!--", "-->"),
        ("<iframe", "</iframe>"),
        ("<noscript", "</noscript>"),
    ] {
        if bytes.len() < open.len() || !bytes[..open.len()].eq_ignore_ascii_case(open.as_bytes()) {
            continue;
        }
        let reach = bytes.len().min(*budget);
        let found = memmem::find(&bytes[..reach], close.as_bytes());
        *budget -= found.map_or(reach, |i| i);
        return found.map(|i| start + i + close.len());
    }
    None
}

/// A line that is nothing but tags, entities, short codes or placeholders of a template.
fn is_markup(line: &str) -> bool {
    static ONLY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?x)^(?: \s | </?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?> | &(?:nbsp|amp|lt|gt|quot|\#\d+|\#x[0-9a-fA-F]+|[a-z]{2,8});
               | \[/?(?:caption|embed|gallery|video|audio|vc_\w+|et_pb_\w+|caption|shortcode|youtube|tweet|su_\w+)(?:\s[^\[\]]*)?\]
               | \{\{[^{}\n]+\}\} | \{%[^\n]+?%\} | <%[^\n]+?%> )+$"#,
        )
        .expect("the markup pattern is well formed")
    });
    line.len() <= 2000
        && matches!(line.as_bytes()[0], b'<' | b'&' | b'[' | b'{')
        && ONLY.is_match(line)
}

/// A line of script or style sheet. Two marks of code are needed; prose has none.
fn is_code(line: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?: [\]})\s]*\}\)?\s*\(?\)?;? | \}\s*else\s*\{ | \}?\)\(.*\);? | //.* | /\*.*\*/ | null|undefined|NaN|\[object\ Object\]
               | (?:var|let|const)\s[\w$]+\s*(?:=.*|;) | function\s*\w*\([^)]*\)\s*\{.*
               | (?:window|document|jQuery|googletag|_gaq|dataLayer|ga|gtag|fbq|\$|ADTECH|OBR)\b[.(\[].*
               | [.\#@]?[\w-]+(?:\s[.\#]?[\w-]+){0,3}\s*\{[^{}]*:[^{}]*;?\s*\}
             )$",
        )
        .expect("the code pattern is well formed")
    });
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"function\s?\(|=>\s*\{|\bvar\s\w+\s?=|\.push\(|\bdocument\.\w+|\bwindow\.\w+|===?\s|&&|\|\||\);\s*$|\};?\s*$|;\s*\}|\w+\(\)\s*[;{]|\.(?:js|css)\b|\breturn\s\w+;|\$\(")
            .expect("the code marks are well formed")
    });
    let head = &line[..floor(line, 400)];
    if line.len() <= 400 && WHOLE.is_match(line) && !is_comment_like_prose(line) {
        return true;
    }
    MARKS.find_iter(head).take(3).count() >= 3
}

/// "// " alone may set off prose.
fn is_comment_like_prose(line: &str) -> bool {
    line.starts_with("//") && crate::shape::ends_sentence(line)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dumps(text: &str) -> Vec<(&'static str, &str)> {
        find(text).into_iter().map(|d| (d.kind, &text[d.range])).collect()
    }

    #[test]
    fn var_dump_is_cut_by_its_byte_count() {
        let text = "Ships left.\nstring(11) \"[\"né \"x\" \"]\" Then more came.";
        assert_eq!(dumps(text), [(PROGRAM, "string(11) \"[\"né \"x\" \"]\"")]);
        // A wrong count: up to the last mark of the line.
        let text = "string(99) \"abc \"d\" e\" \nShips left.";
        assert_eq!(dumps(text), [(PROGRAM, "string(99) \"abc \"d\" e\"")]);
        assert_eq!(dumps("A string(5) of pearls.\nA string(x) \"y\"."), []);
    }

    #[test]
    fn data_and_code() {
        for (text, kind) in [
            (r#"{"id": 4, "title": "Port", "tags": ["a", "b"]}"#, PROGRAM),
            ("[{\"id\": 4},\n {\"id\": 5}]", PROGRAM),
            (r#"{"id": 4, "title": "Port" "x": 5}"#, PROGRAM),
            ("a:2:{i:0;s:5:\"né\"}\";i:1;a:1:{i:0;b:1;}}", PROGRAM),
            ("array(2) {\n  [0]=>\n  int(5)\n  [\"a\"]=>\n  string(1) \"b\"\n}", PROGRAM),
            ("Array\n(\n    [0] => Port\n    [1] => Ship\n)", PROGRAM),
            ("var page = {id: 4};", PROGRAM),
            ("googletag.cmd.push(function() { googletag.display('top'); });", PROGRAM),
            ("});", PROGRAM),
            (".headline { color: red; }", PROGRAM),
            ("[object Object]", PROGRAM),
            ("<div class=\"share\"></div>", MARKUP),
            ("<script>\nvar a = 1;\n</script>", MARKUP),
            ("<!-- start -->", MARKUP),
            ("&nbsp;&nbsp;", MARKUP),
            ("[caption id=\"a_1\" width=\"300\"]", MARKUP),
            ("{{ article.title }}", MARKUP),
        ] {
            assert_eq!(dumps(text), [(kind, text)], "{text}");
        }
    }

    #[test]
    fn prose_is_no_dump() {
        for text in [
            "[The minister] said the port would open.",
            "{sic} was all he wrote.",
            "[1] See the report.",
            "a:b was the score.",
            "Array of ships seen off the coast",
            "Fees < 5 dollars and > 3 dollars",
            "<quote> he wrote, and left.",
            "He wrote (twice); she answered.",
            "\"Function follows form,\" she said.",
            "Ships: 4; boats: 5; rafts: 6.",
            "The window. It was open; the document was gone.",
        ] {
            assert_eq!(dumps(text), [], "{text}");
        }
    }

    #[test]
    fn a_dump_between_paragraphs_leaves_both() {
        let text = "Ships left.\n{\"id\": 4, \"a\": 5}\nMore came.";
        assert_eq!(dumps(text), [(PROGRAM, "{\"id\": 4, \"a\": 5}")]);
    }

    #[test]
    fn hostile_openers_take_linear_time() {
        for unit in [
            "{\"a\":",
            "[\"a\",\n",
            "string(9) \"",
            "a:1:{",
            "<script>\n",
            "array(1) {\n",
            "Array\n(\n[",
            "{\"a\":1,\n",
        ] {
            let text = unit.repeat(400_000 / unit.len());
            let started = std::time::Instant::now();
            find(&text);
            assert!(started.elapsed().as_secs() < 10, "{unit:?} took {:?}", started.elapsed());
        }
    }
}
