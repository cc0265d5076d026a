//! Web archives, ZIP and tar archives and feeds: what is whole in them is read, the rest is told.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use variorum_intake::{Captured, Limits, Options, capture_all, read_from};
use variorum_model::{RawReport, Rejection, SourceForm};

type Item = Result<RawReport, Rejection>;

fn read_with(name: &str, bytes: &[u8], limits: Limits) -> Vec<Item> {
    let limits = Options { limits };
    read_from(name, Cursor::new(bytes.to_vec()), &limits).collect()
}

fn read(name: &str, bytes: &[u8]) -> Vec<Item> {
    read_with(name, bytes, Limits::default())
}

/// The number of the record or the name of the member, and what became of it.
fn outcome(item: &Item) -> String {
    let place = |path: &str| path.rsplit(['#']).next().unwrap_or_default().to_owned();
    match item {
        Ok(report) => {
            let form = if report.form == SourceForm::Html { "page" } else { "text" };
            format!("{}={form}[{}]", place(&report.path), report.warnings.join(","))
        }
        Err(rejection) => {
            let (what, remedy) = rejection.message.split_once(": ").expect("what: what to do");
            assert!(!what.is_empty() && !remedy.is_empty(), "{}", rejection.message);
            format!("{}={}", place(&rejection.path), rejection.code)
        }
    }
}

fn outcomes(items: &[Item]) -> String {
    items.iter().map(outcome).collect::<Vec<_>>().join(" ")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A response of the web, and the record of it.
fn response(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = head.replace("LENGTH", &length.to_string());
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn record(head: &str, block: &[u8]) -> Vec<u8> {
    let length = block.len();
    let head = head.replace("LENGTH", &length.to_string());
    [format!("WARC/1.0\r\n{head}\r\n\r\n").as_bytes(), block, b"\r\n\r\n"].concat()
}

const HEAD: &str = "WARC-Type: response\r\nWARC-Target-URI: https://quay.example/a\r\n\
                    WARC-Date: 2020-05-05T10:00:00Z\r\n\
                    Content-Type: application/http; msgtype=response\r\nContent-Length: LENGTH";
const OK: &str = "200 OK\r\nContent-Type: text/html\r\nContent-Length: LENGTH";

fn page(words: &str) -> Vec<u8> {
    record(HEAD, &response(OK, format!("<html><body><p>{words}</p></body></html>").as_bytes()))
}

#[test]
fn records_of_web_archives() {
    let (a, b, c) = (page("One"), page("Two"), page("Three"));
    let with = |middle: &[u8]| [&a[..], middle, &c].concat();
    let http = |head: &str, body: &[u8]| record(HEAD, &response(head, body));
    let other = |kind: &str| record(&HEAD.replace("response", kind), b"x: y\r\n");
    let text = |s: &[u8]| String::from_utf8_lossy(s).into_owned();
    let edit = |from: &str, to: &str| text(&b).replacen(from, to, 1).into_bytes();
    let length = b.len() - b.windows(4).position(|w| w == b"\r\n\r\n").unwrap() - 8;
    let length = format!("Content-Length: {length}");
    let big = format!("X-Big: {}\r\nWARC-Date", "a".repeat(200_000));
    let endless = format!("X-Big: {}\r\nWARC-Date", "a".repeat(2 << 20));
    let zipped = gzip(b"<html><body><p>Packed");
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("whole", b.clone(), "2=page[]"),
        ("other records", other("request"), ""),
        ("revisit", other("revisit"), ""),
        ("a picture", http("200 OK\r\nContent-Type: image/png", b"x"), ""),
        ("not found", http("404 Not Found\r\nContent-Type: text/html", b"<html>"), ""),
        ("text", http("200 OK\r\nContent-Type: text/plain", b"A text."), "2=text[]"),
        ("no type", http("200 OK\r\nX: y", b"<html><p>x"), "2=page[]"),
        ("says page, is a picture", http(OK, b"\x89PNG\r\n\x1A\n\0\0"), "2=binary"),
        ("nothing in it", http(OK, b""), "2=empty"),
        (
            "chunked",
            http(
                "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
                b"9\r\n<html><p>\r\n2\r\nok\r\n0\r\n\r\n",
            ),
            "2=page[]",
        ),
        (
            "packed",
            http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &zipped),
            "2=page[]",
        ),
        (
            "says packed",
            http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", b"<html><p>x"),
            "2=page[wrong_encoding]",
        ),
        (
            "a resource",
            record(
                "WARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: LENGTH",
                b"<p>x",
            ),
            "2=page[]",
        ),
        (
            "a conversion",
            record(
                "WARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: LENGTH",
                b"words",
            ),
            "2=text[]",
        ),
        (
            "cut by the crawler",
            edit("WARC-Date", "WARC-Truncated: length\r\nWARC-Date"),
            "2=page[truncated]",
        ),
        ("length too small", edit(&length, "Content-Length: 20"), "2=page[wrong_length]"),
        ("length too great", edit(&length, "Content-Length: 99999"), "2=page[wrong_length]"),
        (
            "length without end",
            edit(&length, "Content-Length: 999999999999"),
            "2=page[wrong_length]",
        ),
        ("length is no number", edit(&length, "Content-Length: many"), "2=page[wrong_length]"),
        ("no length", edit(&length, "X: y"), "2=page[wrong_length]"),
        ("a line without a colon", edit("WARC-Date", "NOCOLON\r\nWARC-Date"), "2=page[]"),
        ("a folded line", edit("WARC-Date", "X: a\r\n b\r\nWARC-Date"), "2=page[]"),
        ("long headers", edit("WARC-Date", &big), "2=page[]"),
        ("headers without end", edit("WARC-Date", &endless), "2=headers_too_long"),
        (
            "no empty line before the next",
            edit("\r\n\r\nHTTP", "\r\nHTTP").split_at(100).0.to_vec(),
            "2=truncated_record",
        ),
        ("garbage", b"garbage\r\nand more\r\n\r\n".to_vec(), "2=no_record"),
        ("empty lines", b"\r\n\r\n\r\n\n\n\0\0\0".to_vec(), ""),
        ("an early version", edit("WARC/1.0", "WARC/0.18"), "2=page[]"),
        ("a later version", edit("WARC/1.0", "WARC/1.1"), "2=page[]"),
    ];
    for (what, middle, expected) in table {
        let shift = if expected.is_empty() && (what.contains("empty lines")) { 2 } else { 3 };
        let all = format!("1=page[] {expected} {shift}=page[]").replace("  ", " ");
        let mut bytes = with(middle);
        if *what == "no empty line before the next" {
            bytes = [&a[..], middle, b"\r\n", &c].concat();
        }
        assert_eq!(outcomes(&read("a.warc", &bytes)), all, "{what}");
        let members = [gzip(&a), gzip(middle), gzip(&c)].concat();
        let packed = outcomes(&read("a.warc.gz", &members));
        // A record cut in two has no member of its own, and two million equal letters are a bomb.
        if !["no empty line before the next", "headers without end"].contains(what) {
            assert_eq!(packed, all, "{what}, compressed");
        }
    }
    assert_eq!(outcomes(&read("a.warc", &other("warcinfo"))), "a.warc=empty");
    let cut = &with(&b)[..a.len() + b.len() + 100];
    assert_eq!(outcomes(&read("a.warc", cut)), "1=page[] 2=page[] 3=truncated_record");
    let body = &a[..a.len() - 10];
    assert_eq!(outcomes(&read("a.warc", body)), "1=truncated_record");
    let lines = text(&with(&b)).replace("\r\n", "\n").into_bytes();
    let found = read("a.warc", &lines);
    assert!(found.len() == 3 && found.iter().all(Result::is_ok), "{}", outcomes(&found));
}

#[test]
fn what_a_record_says_of_its_page() {
    let head = HEAD.replace("https://quay.example/a", "<https://quay.example/caf\u{e9}>");
    let body = [&b"<html><body><p>Caf"[..], b"\xE9 5 \xA4", b"</p></body></html>"].concat();
    let block = response("200 OK\r\nContent-Type: text/html; charset=iso-8859-15", &body);
    let path = tempfile::NamedTempFile::new().unwrap();
    fs::write(path.path(), record(&head, &block)).unwrap();
    let name = path.path().display().to_string();
    let found: Vec<Captured> =
        capture_all(&[name], &Options::default()).map(Result::unwrap).collect();
    let [captured] = &found[..] else { panic!("one report") };
    assert_eq!(captured.report.url.as_deref(), Some("https://quay.example/café"));
    assert_eq!(captured.retrieved.as_deref(), Some("2020-05-05T10:00:00Z"));
    assert_eq!(captured.report.published, None, "fetched is not published");
    assert!(captured.report.text.contains("<p>Café 5 €</p>"));
    // What is kept can be read again without the server's word.
    assert_eq!(captured.bytes, captured.report.text.as_bytes());
    assert_eq!(captured.report.id, variorum_intake::content_id(&body));
}

#[test]
fn damaged_members_of_a_compressed_archive() {
    let (a, b, c) = (gzip(&page("One")), gzip(&page("Two")), gzip(&page("Three")));
    let mut damaged = b.clone();
    for byte in &mut damaged[30..60] {
        *byte ^= 0x55;
    }
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("damaged", [&a[..], &damaged, &c].concat(), "1=page[] 2=corrupt_gzip 3=page[]"),
        ("padded", [&a[..], &[0; 5000], &c].concat(), "1=page[] 2=page[]"),
        ("rubbish between", [&a[..], b"rubbish", &c].concat(), "1=page[] 2=corrupt_gzip 3=page[]"),
        ("cut", [&a[..], &b[..b.len() - 30]].concat(), "1=page[] 2=truncated_gzip"),
        (
            "cut between",
            [&a[..], &b[..b.len() - 30], &c].concat(),
            "1=page[] 2=corrupt_gzip 3=page[]",
        ),
        ("one member", gzip(&[page("One"), page("Two")].concat()), "1=page[] 2=page[]"),
        (
            "a record in two members",
            [gzip(&page("One")[..100]), gzip(&page("One")[100..]), c.clone()].concat(),
            "1=page[] 2=page[]",
        ),
    ];
    for (what, bytes, expected) in table {
        assert_eq!(outcomes(&read("a.warc.gz", bytes)), *expected, "{what}");
    }
}

/// What 26 archives that were broken on purpose must give: pages read, and what else is told. Three records each.
const BROKEN: &[(&str, &str)] = &[
    ("bad_date.warc", "1=page[] 2=page[] 3=page[]"),
    ("bad_header_line.warc", "1=page[] 2=page[] 3=page[]"),
    ("ce_gzip.warc", "1=page[] 2=page[] 3=page[]"),
    ("chunked.warc", "1=page[] 2=page[] 3=page[]"),
    ("extra_crlf.warc", "1=page[] 2=page[] 3=page[]"),
    ("folded_header.warc", "1=page[] 2=page[] 3=page[]"),
    ("garbage_between.warc", "1=page[] 2=no_record 3=page[] 4=page[]"),
    ("gz_corrupt_mid.warc.gz", "1=page[] 2=corrupt_gzip 3=page[]"),
    ("gz_members.warc.gz", "1=page[] 2=page[] 3=page[]"),
    ("gz_single.warc.gz", "1=page[] 2=page[] 3=page[]"),
    ("gz_split_record.warc.gz", "1=page[] 2=page[] 3=page[]"),
    ("gz_truncated.warc.gz", "1=page[] 2=page[] 3=truncated_gzip"),
    ("gz_zero_pad.warc.gz", "1=page[] 2=page[] 3=page[]"),
    ("huge_header.warc", "1=page[] 2=page[] 3=page[]"),
    ("latin1_header.warc", "1=page[] 2=text[] 3=page[]"),
    ("lf_only.warc", "1=page[] 2=page[] 3=page[]"),
    ("long_cl.warc", "1=page[] 2=page[wrong_length] 3=page[]"),
    ("missing_crlf.warc", "1=page[] 2=page[] 3=page[]"),
    ("no_cl.warc", "1=page[] 2=page[wrong_length] 3=page[]"),
    ("ok3.warc", "1=page[] 2=page[] 3=page[]"),
    ("revisit.warc", "1=page[] 3=page[]"),
    ("short_cl.warc", "1=page[] 2=page[wrong_length] 3=page[]"),
    ("truncated_tail.warc", "1=page[] 2=page[] 3=truncated_record"),
    ("uri_brackets.warc", "1=page[] 2=page[] 3=page[]"),
    ("warc018.warc", "1=page[] 2=page[] 3=page[]"),
    ("warc11.warc", "1=page[] 2=page[] 3=page[]"),
];

#[test]
fn archives_broken_on_purpose() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench/warc");
    if !folder.is_dir() {
        return;
    }
    for (name, expected) in BROKEN {
        let bytes = fs::read(folder.join(name)).unwrap();
        assert_eq!(outcomes(&read(name, &bytes)), *expected, "{name}");
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), BROKEN.len());
}

fn tar_of(members: &[(&str, &[u8], tar::EntryType)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes, kind) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_entry_type(*kind);
        // Names that a builder refuses are written by hand.
        let field = &mut header.as_mut_bytes()[..name.len()];
        field.copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn members(items: &[Item]) -> String {
    let show = |item: &Item| match item {
        Ok(report) => report.path.clone(),
        Err(rejection) => format!("{}:{}", rejection.path, rejection.code),
    };
    items.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn members_of_archives() {
    use tar::EntryType::{Directory, Regular, Symlink};
    let page = b"<html><body><p>One</p>".as_slice();
    let rows = b"{\"text\":\"r1\"}\n{\"text\":\"r2\"}".as_slice();
    let packed = gzip(b"A report.\n");
    let inner = zip_of(&[("deep.txt", b"Deep.")]);
    let tar = tar_of(&[
        ("news/", b"", Directory),
        ("news/a.html", page, Regular),
        ("../../etc/b.txt", b"Text.", Regular),
        ("/abs/c.jsonl", rows, Regular),
        ("d.txt.gz", &packed, Regular),
        ("e.txt", b"", Symlink),
        (".hidden", b"x", Regular),
        ("empty.txt", b"", Regular),
        ("f.zip", &inner, Regular),
    ]);
    let expected = "a!news/a.html a!../../etc/b.txt a!/abs/c.jsonl#1 a!/abs/c.jsonl#2 a!d.txt.gz \
                    a!e.txt:not_a_file a!empty.txt:empty a!f.zip!deep.txt";
    assert_eq!(members(&read("a", &tar)), expected);
    assert_eq!(members(&read("a", &gzip(&tar))), expected);

    let zip = zip_of(&[
        ("news/", b""),
        ("news/a.html", page),
        ("../b.txt", b"Text."),
        ("C:\\c.jsonl", rows),
        ("d.txt.gz", &packed),
        ("__MACOSX/x", b"x"),
        ("picture.png", b"\x89PNG\r\n\x1A\n\0\0"),
        ("f.tar", &tar_of(&[("deep.txt", b"Deep.", Regular)])),
    ]);
    let expected = "a!news/a.html a!../b.txt a!C:\\c.jsonl#1 a!C:\\c.jsonl#2 a!d.txt.gz \
                    a!picture.png:binary a!f.tar!deep.txt";
    assert_eq!(members(&read("a", &zip)), expected);
    let file = tempfile::tempdir().unwrap();
    let path: PathBuf = file.path().join("a.zip");
    fs::write(&path, &zip).unwrap();
    let found: Vec<Item> =
        variorum_intake::read_all(&[path.display().to_string()], &Options::default()).collect();
    assert_eq!(members(&found).replace(&path.display().to_string(), "a"), expected);

    assert_eq!(members(&read("a", &zip[..zip.len() - 30])), "a:corrupt_archive");
    assert_eq!(members(&read("a", &tar[..1800])), "a!news/a.html a:corrupt_archive");
    assert_eq!(members(&read("a", &zip_of(&[("news/", b"")]))), "a:empty");
    let office = zip_of(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    assert_eq!(members(&read("a.docx", &office)), "a.docx:unsupported_format");
}

/// D01, D02, D04: bombs, archives in archives, more members than anybody wants.
#[test]
fn archives_without_end() {
    let mut nested = zip_of(&[("deep.txt", b"Deep.")]);
    for level in 0..3 {
        nested = zip_of(&[(&*format!("{level}.zip"), &nested)]);
    }
    assert_eq!(members(&read("a", &nested)), "a!2.zip!1.zip:nested_archives");

    let zeros = vec![0; 8 << 20];
    let bomb = zip_of(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    assert_eq!(members(&read("a", &bomb)), "a:decompression_limit");
    let limits = Limits { decompressed_bytes: 1 << 20, ..Limits::default() };
    let lines = b"some words on a line\n".repeat(100_000);
    let large = zip_of(&[("a.txt", &lines), ("b.txt", b"Text.")]);
    assert_eq!(
        members(&read_with("a", &large, limits.clone())),
        "a!a.txt:decompression_limit a!b.txt"
    );
    let large = tar_of(&[("a.txt", &lines, tar::EntryType::Regular)]);
    assert_eq!(members(&read_with("a", &large, limits)), "a!a.txt:decompression_limit");

    let limits = Limits { archive_members: 2, ..Limits::default() };
    let many = zip_of(&[("a", b"A."), ("b", b"B."), ("c", b"C.")]);
    assert_eq!(members(&read_with("x", &many, limits.clone())), "x:too_many_members");
    let regular = tar::EntryType::Regular;
    let many = tar_of(&[("a", b"A.", regular), ("b", b"B.", regular), ("c", b"C.", regular)]);
    assert_eq!(members(&read_with("x", &many, limits)), "x!a x!b x:too_many_members");
}

#[test]
fn entries_of_feeds() {
    let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>Quay Post</title>\
                <item><title>Ferry late & full</title><link>https://quay.example/ferry</link>\
                <description>The ferry was late on Monday.\nNobody was hurt.</description>\
                <pubDate>Tue, 05 May 2020 10:00:00 GMT</pubDate></item>\
                <item><title>No words</title></item>\
                <item><title>Tide</title><description><![CDATA[<p>High <b>tide</b>.</p>]]></description></item>";
    let found = read("a.xml", feed.as_bytes());
    assert_eq!(outcomes(&found), "1=page[] 2=missing_text 3=page[]");
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.url.as_deref(), Some("https://quay.example/ferry"));
    assert_eq!(first.outlet.as_deref(), Some("Quay Post"));
    assert_eq!(first.published.as_deref(), Some("Tue, 05 May 2020 10:00:00 GMT"));
    assert!(first.text.contains("<h1>Ferry late & full</h1>"), "{}", first.text);
    assert!(first.text.contains("<p>Nobody was hurt.</p>"), "{}", first.text);
    let limits = Limits { feed_entries: 1, ..Limits::default() };
    let few = read_with("a.xml", feed.as_bytes(), limits);
    assert_eq!(outcomes(&few), "1=page[] a.xml=too_many_entries");
    assert_eq!(outcomes(&read("a.xml", b"<rss></rss>")), "a.xml=empty");
    let russian = b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><item><description>\xCF\xEE\xF0\xF2</description></item></rss>";
    assert!(read("a.xml", russian)[0].as_ref().unwrap().text.contains("Порт"));
}

/// A reader that gives one byte at a time.
struct Dripping(Cursor<Vec<u8>>);

impl std::io::Read for Dripping {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let most = out.len().min(1);
        self.0.read(&mut out[..most])
    }
}

/// Whatever is done to a container, reading it ends, and how its bytes arrive makes no difference.
#[test]
fn containers_damaged_at_random() {
    let regular = tar::EntryType::Regular;
    let warc = [page("One"), page("Two"), page("Three")];
    let samples = [
        warc.concat(),
        warc.iter().flat_map(|record| gzip(record)).collect(),
        tar_of(&[("a.txt", b"A report.", regular), ("b.html", b"<html><p>B", regular)]),
        zip_of(&[("a.txt", b"A report."), ("b.html", b"<html><p>B")]),
        b"<rss><channel><item><title>T & U</title><description>D &#x41;</description></item>\
          <item><description><![CDATA[<p>E]]></description></item></channel></rss>"
            .to_vec(),
    ];
    let mut state = 7u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for sample in &samples {
        for _ in 0..100 {
            let mut bytes = sample.clone();
            for _ in 0..=next(3) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => drop(bytes.drain(at..(at + 1 + next(40)).min(bytes.len()))),
                    2 => bytes.insert(at, next(256) as u8),
                    _ => bytes.truncate(at.max(1)),
                }
                if bytes.is_empty() {
                    bytes.push(b'a');
                }
            }
            let whole = members(&read("a", &bytes));
            let dripping = Dripping(Cursor::new(bytes));
            let items: Vec<Item> = read_from("a", dripping, &Options::default()).collect();
            assert_eq!(members(&items), whole);
        }
    }
}
