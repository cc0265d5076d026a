//! `variorum watch` against a server on this machine.

use crate::running::{lines, variorum};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

const PAGE: &str = "<html><head><title>Ferry late</title></head><body><article><h1>Ferry late</h1>\
    <p>The ferry from the northern quay was two hours late on Monday, the harbour office said, after a cable \
    of the loading bridge had to be replaced.</p><p>Nobody was hurt, and the evening boat left on time.</p>\
    </article></body></html>";

/// Serves a small site; returns where, and what was asked of it.
fn serve() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let place = listener.local_addr().expect("an address").to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).to_lowercase();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let known = head.contains("if-none-match: \"1\"");
            kept.lock().expect("a lock").push(path.clone());
            let (status, kind, body) = match &*path {
                "/robots.txt" => {
                    ("200 OK", "text/plain", "User-agent: *\nDisallow: /closed\n".to_owned())
                }
                "/list" => (
                    "200 OK",
                    "text/xml",
                    "<opml><body><outline xmlUrl='/feed'/></body></opml>".into(),
                ),
                "/feed" if known => ("304 Not Modified", "text/xml", String::new()),
                "/feed" => (
                    "200 OK",
                    "text/xml",
                    "<rss><item><link>/ferry</link></item><item><link>/closed</link></item>\
                     <item><link>/gone</link></item></rss>"
                        .into(),
                ),
                "/ferry" => ("200 OK", "text/html", PAGE.into()),
                _ => ("404 Not Found", "text/html", String::new()),
            };
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: \"1\"\r\nConnection: close\r\n\
                 Content-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    (place, asked)
}

#[test]
fn pages_that_are_listed_are_fetched_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("r.db").display().to_string();
    let (place, asked) = serve();
    let list = format!("http://{place}/list");
    let watch = |more: &[&str]| {
        let mut arguments = vec!["watch", &list, "--once", "--pause", "0s", "--record", &file];
        arguments.extend(["--format", "jsonl"]);
        arguments.extend(more);
        let done = variorum(&arguments);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{told}");
        (lines(&String::from_utf8_lossy(&done.stdout)), told)
    };

    let (rows, told) = watch(&[]);
    assert!(rows.is_empty() && told.contains("not public"), "{told}");
    assert!(asked.lock().expect("a lock").is_empty(), "no connection was made");

    std::fs::remove_file(&file).expect("the record");
    let (rows, told) = watch(&["--allow-private", &place]);
    assert_eq!(rows.len(), 1, "{told}");
    assert_eq!(rows[0]["added"], "new");
    assert!(told.contains("/closed: ") && told.contains("robots.txt"), "{told}");
    assert!(told.contains("/gone: "), "{told}");
    // What the page shows of its outlet's layout is kept for the pages to come.
    let record = variorum_record::RecordFile::open(file.as_ref()).expect("the record");
    let kept = record.outlet_pages().expect("the outlets");
    assert_eq!(kept.iter().map(|page| page.0.as_str()).collect::<Vec<_>>(), ["127.0.0.1"]);
    drop(record);

    let (rows, told) = watch(&["--allow-private", &place]);
    assert!(rows.is_empty() && told.is_empty(), "{told}");
    let asked = asked.lock().expect("a lock").clone();
    let expected =
        ["/robots.txt", "/list", "/feed", "/ferry", "/gone", "/robots.txt", "/list", "/feed"];
    assert_eq!(asked, expected);
    let verified = variorum(&["verify", "--record", &file]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn an_address_that_is_none_is_wrong_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("r.db").display().to_string();
    for url in ["file:///etc/passwd", "quay.example", "http://a@quay.example/"] {
        let done = variorum(&["watch", url, "--once", "--record", &file]);
        assert_eq!(done.status.code(), Some(2), "{url}");
    }
    assert!(!folder.path().join("r.db").exists());
}
