//! Hostile and broken inputs, one row each: what goes in, what must come out. Large inputs are made
//! here, none is kept.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};
use variorum_intake::{Limits, Options, html_depth, read_all, read_from};
use variorum_model::{RawReport, Rejection, SourceForm};

type Item = Result<RawReport, Rejection>;

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Item> {
    read_from(name, Cursor::new(bytes.into()), &Options::default()).collect()
}

/// `Form[warnings]` of a report, `code@byte` of a rejection.
fn outcome(item: &Item) -> String {
    match item {
        Ok(report) => format!("{:?}[{}]", report.form, report.warnings.join(",")),
        Err(rejection) => {
            let (what, remedy) = rejection.message.split_once(": ").expect("what: what to do");
            assert!(!what.is_empty() && !remedy.is_empty(), "{}", rejection.message);
            format!("{}@{}", rejection.code, rejection.byte)
        }
    }
}

fn outcomes(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    read(name, bytes).iter().map(outcome).collect::<Vec<_>>().join(" ")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

#[test]
fn bytes_and_encodings() {
    let stack = format!("e{}", "\u{301}".repeat(10_000));
    let mixed = joined(&[b"Caf\xE9 ", "в городе".as_bytes()]);
    let declared = joined(&[b"<html><meta charset=utf-8>", &mixed]);
    let utf16 = joined(&[b"\xFF\xFE", &utf16le("<html><meta charset=latin1>ж")]);
    let mojibake = "The ministryâ€™s plan";
    let table: &[(&str, &str, &[u8], &str)] = &[
        ("A01 empty", "a.txt", b"", "empty@0"),
        ("A01 byte order mark", "a.txt", b"\xEF\xBB\xBF", "empty@0"),
        ("A01 UTF-16 mark", "a.txt", b"\xFF\xFE", "empty@0"),
        ("A01 white space", "a.txt", " \r\n\t\u{A0}\u{200B}".as_bytes(), "empty@0"),
        ("A01 empty page", "a.html", b"", "empty@0"),
        ("A01 empty rows", "a.jsonl", b"\n \n", "empty@0"),
        ("A02 declared UTF-8", "a.html", &declared, "Html[invalid_utf8]"),
        ("A03 mixture", "a.txt", &mixed, "PlainText[invalid_utf8]"),
        ("A04 mark wins", "a.html", &utf16, "Html[]"),
        ("A05 UTF-7", "a.html", b"<meta charset=utf-7>a", "Html[unknown_encoding]"),
        (
            "A05 x-user-defined",
            "a.html",
            b"<meta charset=x-user-defined>a",
            "Html[refused_encoding]",
        ),
        ("A06 twice encoded", "a.txt", mojibake.as_bytes(), "PlainText[likely_mojibake]"),
        ("A07 NUL", "a.txt", b"one NUL \0 in a line of text", "PlainText[control_characters]"),
        ("A07 form feed", "a.txt", b"page one\x0Cpage two", "PlainText[]"),
        ("A08 override", "a.txt", "the \u{202E}name".as_bytes(), "PlainText[bidi_controls]"),
        ("A08 soft hyphen", "a.txt", "Ka\u{AD}tanga".as_bytes(), "PlainText[]"),
        ("A09 homoglyph", "a.txt", "in \u{422}bilisi".as_bytes(), "PlainText[mixed_script]"),
        ("A10 odd spaces", "a.txt", "20\u{A0}km\u{2009}north".as_bytes(), "PlainText[]"),
        ("A11 astral", "a.txt", "a 😀 b".as_bytes(), "PlainText[]"),
        ("A11 marks", "a.txt", stack.as_bytes(), "PlainText[]"),
    ];
    for (what, name, bytes, expected) in table {
        assert_eq!(outcomes(name, *bytes), *expected, "{what}");
    }
    assert_eq!(read("a.txt", mixed)[0].as_ref().unwrap().text, "Caf\u{FFFD} в городе");
    assert!(read("a.html", utf16)[0].as_ref().unwrap().text.starts_with("\u{FEFF}<html>"));
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A reader that gives the same byte for ever and counts what was taken.
struct Endless {
    byte: u8,
    left: u64,
    taken: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = (out.len() as u64).min(self.left) as usize;
        out[..read].fill(self.byte);
        self.left -= read as u64;
        self.taken.fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// A12: one line of 200 MB is given up after the first mebibyte.
#[test]
fn one_line_without_end() {
    let taken = std::sync::Arc::default();
    let reader = Endless { byte: b'a', left: 200_000_000, taken: std::sync::Arc::clone(&taken) };
    let items: Vec<Item> = read_from("-", reader, &Options::default()).collect();
    assert_eq!(items.iter().map(outcome).collect::<String>(), "line_too_long@0");
    let taken = taken.load(std::sync::atomic::Ordering::Relaxed);
    assert!(taken < 2 << 20, "{taken} bytes were read");

    let lines = "a line of text\n".repeat(100_000);
    assert_eq!(
        outcomes("a.txt", format!("{lines}{}", "b".repeat(2 << 20))),
        "line_too_long@1500000"
    );
    assert_eq!(outcomes("a.txt", lines), "too_many_tokens@0");
    assert_eq!(outcomes("a.txt", "word,\n".repeat(4 << 20)), "document_too_large@20000000");
}

/// B01, B05: pages that would take a parser long are turned away at once.
#[test]
fn pages_too_deep_or_too_large() {
    let attributes: String = (0..50_000).map(|i| format!(" a{i}=1")).collect();
    let table = [
        ("B01 lists", "<ul><li>".repeat(64_000), "too_deep"),
        ("B01 blocks", "<div>".repeat(100_000), "too_deep"),
        ("B01 made-up elements", "<x>".repeat(100_000), "too_deep"),
        ("B01 slashes close nothing", "<div/>".repeat(100_000), "too_deep"),
        ("B01 unclosed formatting", "<b><i>".repeat(100_000), "too_deep"),
        ("B01 tables", "<table><td>".repeat(100_000), "too_deep"),
        ("B01 drawings", format!("<svg>{}", "<g>".repeat(100_000)), "too_deep"),
        ("B01 links and blocks", "<a><div>".repeat(100_000), "too_deep"),
        (
            "B03 addresses as tags",
            format!("<p>{}", "<mayor@town.example>".repeat(20_000)),
            "too_deep",
        ),
        (
            "B04 unclosed fonts",
            (0..20_000).map(|i| format!("<p><font size={i}>x")).collect(),
            "too_deep",
        ),
        ("B05 siblings", format!("<p>{}", "<i>x</i>".repeat(300_000)), "too_many_nodes"),
        ("B05 attributes", format!("<p{attributes}>x"), "too_many_nodes"),
        ("B05 comments", "<!---->".repeat(600_000), "too_many_nodes"),
    ];
    for (what, body, code) in table {
        let start = Instant::now();
        let got = outcomes("a.html", format!("<html><body>{body}"));
        assert!(got.starts_with(&format!("{code}@")), "{what}: {got}");
        assert!(start.elapsed() < Duration::from_millis(2_000), "{what}: {:?}", start.elapsed());
    }
    let table = [
        ("B04 tags never closed", "<meta ".repeat(20_000)),
        ("B05 one long attribute", format!("<p title=\"{}\">x", "y".repeat(1 << 20))),
        ("B05 line breaks", "x<br>".repeat(100_000)),
        ("paragraphs, none closed", "<p>text<br><hr>".repeat(20_000)),
        ("items, none closed", format!("<ul>{}", "<li>item <p>text".repeat(20_000))),
        ("definitions, none closed", format!("<dl>{}", "<dt>a<dd>b<p>c".repeat(20_000))),
        ("old table", format!("<table>{}</table>", "<tr><td>a<td>b".repeat(20_000))),
        ("options", format!("<select>{}", "<option>x".repeat(20_000))),
        ("tags in scripts", format!("<script>{}</script>", "'<div>' + ".repeat(20_000))),
        ("tags in comments", format!("<!-- {} -->", "<div>".repeat(20_000))),
        ("tags in styles", format!("<style>{}</style>", "<div>".repeat(20_000))),
        ("links, none closed", "<a href=x>y".repeat(20_000)),
    ];
    for (what, body) in table {
        assert_eq!(outcomes("a.html", format!("<html><body>text {body}")), "Html[]", "{what}");
    }
}

#[test]
fn depth_is_that_of_the_parsed_page() {
    let table = [
        ("", 2),
        ("plain", 2),
        ("<div><div></div></div><div></div>", 4),
        ("<div><p>a<p>b<br>", 5),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", 6),
        ("<table><tr><td>a<tr><td>b</table>", 6),
        ("<b><p>x</b>y<p>z", 4),
        ("<svg><path/><path/></svg>", 4),
        ("<svg><![CDATA[<g><g><g>]]></svg>", 4),
        ("<p><b></p><p>", 4),
    ];
    for (page, depth) in table {
        assert_eq!(html_depth(page.as_bytes()), depth, "{page}");
    }
    assert_eq!(html_depth("<div>".repeat(100_000).as_bytes()), 2_000);
}

/// D01, D02, D06: compressed input.
#[test]
fn archives() {
    let report = b"A report of some length.\n".repeat(20);
    let once = gzip(&report);
    let twice = gzip(&once);
    let bomb = gzip(&vec![0; 64 << 20]);
    let whole = once.len();
    let cut = format!("truncated_gzip@{}", whole - 5);
    let mut damaged = once.clone();
    damaged[whole - 6] ^= 0xFF;
    let damage = format!("corrupt_gzip@{whole}");
    let table: &[(&str, &[u8], &str)] = &[
        ("one member", &once, "PlainText[]"),
        ("two members", &joined(&[&once, &once]), "PlainText[]"),
        ("padded with zeros", &joined(&[&once, &[0; 512]]), "PlainText[]"),
        ("rubbish behind", &joined(&[&once, b"rubbish"]), "PlainText[trailing_garbage]"),
        ("compressed twice", &twice, "PlainText[]"),
        ("compressed three times", &gzip(&twice), "nested_archives@0"),
        ("cut short", &once[..whole - 5], &cut),
        ("cut in the header", &once[..4], "truncated_gzip@4"),
        ("damaged", &damaged, &damage),
        ("nothing inside", &gzip(b""), "empty@0"),
    ];
    for (what, bytes, expected) in table {
        assert_eq!(outcomes("a.txt.gz", *bytes), *expected, "{what}");
    }
    for bytes in [bomb.clone(), gzip(&bomb)] {
        let got = outcomes("a.gz", bytes);
        assert!(got.starts_with("decompression_limit@"), "{got}");
    }
    let (a, b) = (&read("a.txt.gz", twice)[0], &read("a.txt", report)[0]);
    assert_eq!(a.as_ref().unwrap().id, b.as_ref().unwrap().id, "the id is that of the content");
}

/// The size limits of decompression, apart from the ratio.
#[test]
fn much_compressed_text() {
    let limits = Limits { document_bytes: 1_000, decompressed_bytes: 10_000, ..Limits::default() };
    let options = Options { limits };
    let line = b"some words on a line\n";
    for (lines, plain, code) in [
        (40, false, "PlainText[]"),
        (100, true, "document_too_large@1000"),
        (100, false, "document_too_large@1000"),
        (1_000, false, "decompression_limit@10000"),
    ] {
        let bytes = line.repeat(lines);
        let bytes = if plain { bytes } else { gzip(&bytes) };
        let items: Vec<Item> = read_from("a", Cursor::new(bytes), &options).collect();
        assert_eq!(items.iter().map(outcome).collect::<String>(), code, "{lines} lines");
    }
}

/// E01 to E03, and what else can be wrong with a row: the rows around it are read.
#[test]
fn rows() {
    let deep = format!("{{\"text\":{}", "[".repeat(100_000));
    let long = format!("{{\"text\":\"{}\"}}", "a ".repeat(3 << 20));
    let brackets = "[".repeat(100_000);
    let table: &[(&str, &[u8], &str)] = &[
        ("E01 brackets", brackets.as_bytes(), "wrong_type@0"),
        ("E01 brackets in a row", deep.as_bytes(), "wrong_type@7"),
        ("E02 duplicate key", br#"{"text":"a","text":"b"}"#, "duplicate_key@17"),
        ("E02 duplicate by escape", br#"{"id":"1","\u0069d":"2","text":"a"}"#, "duplicate_key@18"),
        ("E02 duplicate unknown key", br#"{"x":1,"x":2,"text":"a"}"#, "duplicate_key@9"),
        ("E02 number for text", br#"{"text":5}"#, "wrong_type@8"),
        ("E02 number for id", br#"{"id":5,"text":"a"}"#, "wrong_type@6"),
        ("E02 object for title", br#"{"title":{},"text":"a"}"#, "wrong_type@8"),
        ("E02 NaN", br#"{"text":"a","x":NaN}"#, "invalid_json@16"),
        ("E02 lone surrogate", br#"{"text":"\ud800"}"#, "invalid_json@15"),
        ("not JSON", b"text", "invalid_json@1"),
        ("two on a line", br#"{"text":"a"}{"text":"b"}"#, "invalid_json@12"),
        ("cut off", br#"{"text":"a"#, "invalid_json@9"),
        ("not UTF-8", b"{\"text\":\"caf\xE9\"}", "invalid_utf8@12"),
        ("no text", br#"{"id":"x","url":"https://example.org/"}"#, "missing_text@0"),
        ("null text", br#"{"text":null}"#, "missing_text@0"),
        ("blank text", br#"{"text":" \u00a0"}"#, "empty@0"),
        ("a string", br#""text""#, "wrong_type@5"),
        ("too long", long.as_bytes(), "row_too_long@0"),
        ("a page", br#"{"html":"<p>text","url":"https://example.org/"}"#, "Html[]"),
        ("nulls are absent", br#"{"text":"a","title":null,"published":null}"#, "CleanText[]"),
        ("unknown keys", br#"{"text":"a","n":1e999,"o":{"text":[1,{}]}}"#, "CleanText[]"),
        ("escaped NUL", br#"{"text":"a\u0000b"}"#, "CleanText[control_characters]"),
    ];
    let good = br#"{"id":"good","text":"A report."}"#;
    for (what, row, expected) in table {
        assert_eq!(outcomes("a.jsonl", *row), *expected, "{what}");

        let items = read("a.jsonl", joined(&[good, b"\r\n\n", row, b"\n", good]));
        let shift = good.len() as u64 + 3;
        let shifted = match expected.split_once('@') {
            Some((code, byte)) => format!("{code}@{}", byte.parse::<u64>().unwrap() + shift),
            None => (*expected).to_owned(),
        };
        let got: Vec<String> = items.iter().map(outcome).collect();
        assert_eq!(got, ["CleanText[]", &shifted, "CleanText[]"], "{what} between good rows");
        let path = match &items[1] {
            Ok(report) => &report.path,
            Err(rejection) => &rejection.path,
        };
        assert_eq!(path, "a.jsonl#3", "{what}");
    }
}

#[test]
fn a_row_keeps_what_it_came_with() {
    let row = "\u{FEFF}{\"id\":\"r1\",\"text\":\"Text.\",\"title\":\"T\",\"outlet\":\"O\",\
               \"published\":\"2020-02-03\",\"url\":\"https://example.org/a\"}\n\
               {\"text\":\"Text.\"}\n{\"id\":\"r1\",\"text\":\"Other text.\"}";
    let items: Vec<RawReport> = read("rows.txt", row).into_iter().map(Result::unwrap).collect();
    assert_eq!(
        (&*items[0].id, &*items[0].path, items[0].form),
        ("r1", "rows.txt#1", SourceForm::CleanText)
    );
    assert_eq!(items[0].title.as_deref(), Some("T"));
    assert_eq!(items[0].outlet.as_deref(), Some("O"));
    assert_eq!(items[0].published.as_deref(), Some("2020-02-03"));
    assert_eq!(items[0].url.as_deref(), Some("https://example.org/a"));
    assert_eq!(items[1].id, variorum_intake::content_id(b"Text."));
    assert_eq!(items[1].id.len(), 16);
    assert_eq!((&*items[2].id, &*items[2].text), ("r1", "Other text."), "E03: both are kept");
}

/// Whole rows before the damage are kept, and the loss is told.
#[test]
fn rows_in_damaged_archives() {
    let rows: String =
        (0..5_000).map(|i| format!("{{\"text\":\"row {i} {}\"}}\n", i * i)).collect();
    let whole = gzip(rows.as_bytes());
    let items = read("a.jsonl.gz", &whole[..whole.len() / 2]);
    let (last, kept) = items.split_last().unwrap();
    assert!(kept.len() > 1_000 && kept.iter().all(Result::is_ok));
    let lost = last.as_ref().unwrap_err();
    assert_eq!((lost.code, lost.byte), ("truncated_gzip", whole.len() as u64 / 2));
    assert_eq!(lost.path, format!("a.jsonl.gz#{}", kept.len() + 1));
    assert_eq!(read("a.jsonl.gz", whole).len(), 5_000);
}

#[test]
fn files_folders_patterns() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, text) in [
        ("b.txt", "b"),
        ("a.txt", "a"),
        ("sub/z.txt", "z"),
        ("sub/deep/y.html", "<p>y"),
        ("rows.jsonl", "{\"text\":\"r1\"}\n{\"text\":\"r2\"}"),
        (".hidden.txt", "h"),
        (".git/config", "g"),
        ("none/.keep", ""),
        ("odd[1].txt", "odd"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let shown = |arguments: &[&str]| -> String {
        let inputs: Vec<String> =
            arguments.iter().map(|a| root.join(a).display().to_string()).collect();
        let prefix = format!("{}/", root.display());
        let items = read_all(&inputs, &Options::default());
        let line = |item: Item| match item {
            Ok(report) => report.path.replace(&prefix, ""),
            Err(r) => format!(
                "{}:{}{}",
                r.path.replace(&prefix, ""),
                r.code,
                if r.unreadable { "!" } else { "" }
            ),
        };
        items.map(line).collect::<Vec<_>>().join(" ")
    };
    let all = "a.txt b.txt odd[1].txt rows.jsonl#1 rows.jsonl#2 sub/deep/y.html sub/z.txt";
    let table: &[(&[&str], &str)] = &[
        (&["b.txt", "a.txt"], "b.txt a.txt"),
        (&["sub", "a.txt"], "sub/deep/y.html sub/z.txt a.txt"),
        (&["missing.txt", "a.txt"], "missing.txt:not_found! a.txt"),
        (&["a.txt/below"], "a.txt/below:not_found!"),
        (&["none"], "none:empty_folder"),
        (&["*.txt"], "a.txt b.txt odd[1].txt"),
        (&["?.txt"], "a.txt b.txt"),
        (&["{b,a}.txt"], "a.txt b.txt"),
        (&["**/*.txt"], "a.txt b.txt odd[1].txt sub/z.txt"),
        (&["s*"], "sub/deep/y.html sub/z.txt"),
        (&["*/z.txt"], "sub/z.txt"),
        (&[".h*"], ".hidden.txt"),
        (&["odd[1].txt"], "odd[1].txt"),
        (&["*.pdf"], "*.pdf:not_found!"),
        (&["a[.txt"], "a[.txt:not_found!"),
        (&[".hidden.txt"], ".hidden.txt"),
    ];
    for (arguments, expected) in table {
        assert_eq!(shown(arguments), *expected, "{arguments:?}");
    }
    assert_eq!(shown(&[""]).replace("none:empty_folder ", ""), all);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(root, root.join("sub/loop")).unwrap();
        symlink("itself", root.join("sub/itself")).unwrap();
        symlink(root.join("a.txt"), root.join("sub/link.txt")).unwrap();
        symlink("gone", root.join("sub/gone.txt")).unwrap();
        let expected = "sub/deep/y.html sub/gone.txt:not_found! sub/itself:unreadable! \
                        sub/link.txt sub/z.txt";
        assert_eq!(shown(&["sub"]), expected);
        assert_eq!(shown(&["sub/loop/a.txt"]), "sub/loop/a.txt");
        let _socket = std::os::unix::net::UnixListener::bind(root.join("sub/deep/socket")).unwrap();
        assert_eq!(shown(&["sub/deep"]), "sub/deep/socket:not_a_file sub/deep/y.html");
    }
}
