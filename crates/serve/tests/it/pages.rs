//! Pages: what stands under which address, what every answer carries, and that text stays text.

use crate::service::{HOSTILE, ask, get, json, settings, story};
use std::collections::BTreeSet;
use std::path::Path;
use variorum_serve::{ServeError, serve};

const HOSTILE_REPORT: &str = "/report/a%2F%22%3E%3Cb%3E";

#[test]
fn every_address_answers_as_it_should() {
    let story = story();
    for (path, status) in [
        ("/".to_owned(), 200),
        (format!("/story/{story}"), 200),
        (format!("/story/s:{story}"), 307),
        (format!("/story/{story}/timeline"), 200),
        (format!("/story/{story}/actors"), 200),
        (format!("/story/{story}/actors/a1"), 200),
        (format!("/story/{story}/actors/a99999"), 404),
        (format!("/story/{story}/map"), 200),
        (format!("/story/{story}/figures"), 200),
        (format!("/story/{story}/accords"), 200),
        (format!("/story/{story}/nothing"), 404),
        ("/story/none".to_owned(), 404),
        (HOSTILE_REPORT.to_owned(), 200),
        (format!("{HOSTILE_REPORT}/raw"), 200),
        (format!("{HOSTILE_REPORT}?from=5&to=2"), 400),
        (format!("{HOSTILE_REPORT}?from=0&to=99999"), 400),
        (format!("{HOSTILE_REPORT}?from=x&to=y"), 400),
        ("/report/none".to_owned(), 404),
        ("/report/..%2F..%2Fetc%2Fpasswd".to_owned(), 404),
        ("/report/%ff".to_owned(), 400),
        ("/report/%00".to_owned(), 404),
        ("/search".to_owned(), 200),
        ("/search?q=Aktau".to_owned(), 200),
        ("/search?q=%22%28%29+NEAR%28+OR+*".to_owned(), 200),
        ("/search?from=2018-02-30".to_owned(), 400),
        ("/names".to_owned(), 200),
        ("/names?cursor=1000001".to_owned(), 400),
        ("/timeline".to_owned(), 200),
        ("/review".to_owned(), 200),
        ("/assets/none.css".to_owned(), 404),
        ("/../../etc/passwd".to_owned(), 404),
        (format!("/search?q={}", "x".repeat(9_000)), 414),
    ] {
        let answer = get(&path);
        let short: String = path.chars().take(60).collect();
        assert_eq!(
            answer.status,
            status,
            "{short}: {}",
            answer.body.chars().take(300).collect::<String>()
        );
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'"), "{short}: {policy}");
        assert!(!policy.contains("unsafe"), "{short}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{short}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{short}");
    }
}

#[test]
fn hostile_text_stays_text() {
    for path in ["/", "/search?q=ferry", "/names", "/timeline", "/review", HOSTILE_REPORT] {
        let body = get(path).body;
        for harm in ["<script>alert", "<img src=x", "<svg onload", "<i>Outlet", "\u{202e}"] {
            assert!(!body.contains(harm), "{path} holds {harm}");
        }
    }
    let escaped = HOSTILE.replace('<', "&lt;").replace('>', "&gt;");
    assert!(get(HOSTILE_REPORT).body.contains(&escaped));
    let asked = get("/search?q=%3Cscript%3Ealert(9)%3C/script%3E").body;
    assert!(asked.contains("&lt;script&gt;alert(9)") && !asked.contains("<script>alert(9)"));
}

#[test]
fn raw_bytes_are_never_a_page() {
    let raw = get(&format!("{HOSTILE_REPORT}/raw"));
    assert_eq!(raw.header("content-type"), Some("application/octet-stream"));
    assert!(raw.header("content-disposition").unwrap().starts_with("attachment"));
    assert!(raw.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(raw.body.contains("onload"));
}

#[test]
fn strangers_and_writers_are_refused() {
    for (method, path, header, status) in [
        ("GET", "/", "Host: example.org", 421),
        ("GET", "/api/v1/stories", "Host: rebound.example.org:8080", 421),
        ("GET", "/", "Host: localhost", 200),
        ("POST", "/", "Accept: */*", 405),
        ("DELETE", "/api/v1/stories", "Accept: */*", 405),
        ("HEAD", "/", "Accept: */*", 200),
    ] {
        let answer = ask(method, path, &[header]);
        assert_eq!(answer.status, status, "{method} {path} {header}");
        let api = path.starts_with("/api/");
        if status >= 400 && api {
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{method} {path}"
            );
        }
        assert_eq!(answer.header("allow").is_some(), status == 405, "{method} {path}");
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let story = story();
    for path in [
        format!("/story/{story}"),
        format!("/api/v1/stories/{story}"),
        "/api/v1/actors".to_owned(),
        "/".to_owned(),
    ] {
        let first = get(&path);
        let tag = format!("If-None-Match: {}", first.header("etag").unwrap());
        let again = ask("GET", &path, &[&tag]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(first.header("etag"), again.header("etag"), "{path}");
    }
}

#[test]
fn a_cited_passage_is_lit_where_it_stands() {
    let conflicts = json("/api/v1/conflicts?verdict=conflict");
    let cited = &conflicts["items"][0]["readings"][0]["evidence"][0];
    let (report, quote) = (cited["report"].as_str().unwrap(), cited["quote"].as_str().unwrap());
    let body = get(&format!("/report/{report}?from={}&to={}", cited["start"], cited["end"])).body;
    let quote = quote.replace('&', "&amp;").replace('"', "&quot;");
    assert!(
        body.contains(&format!("<mark class=\"passage\" id=\"passage\">{quote}</mark>")),
        "{quote}"
    );
    assert!(body.contains("What rests on it") && body.contains("Who says so"));
}

/// Addresses of links in a page.
fn links(body: &str) -> BTreeSet<String> {
    let pieces = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    pieces.filter(|l| l.starts_with('/')).map(|l| l.replace("&amp;", "&")).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut queue = vec!["/".to_owned(), format!("/story/{}", story())];
    while let Some(address) = queue.pop() {
        let path = address.split('#').next().unwrap_or_default().to_owned();
        if known.len() >= 400 || !known.insert(path.clone()) {
            continue;
        }
        let answer = get(&path);
        assert_eq!(answer.status, 200, "{path}");
        if answer.header("content-type").is_some_and(|t| t.starts_with("text/html")) {
            // Every passage and every actor is like the others.
            let like = |l: &String| {
                let few =
                    known.iter().filter(|k| k.contains("from=") || k.contains("/actors/")).count()
                        < 60;
                few || !(l.contains("from=") || l.contains("/actors/"))
            };
            queue.extend(links(&answer.body).into_iter().filter(like));
        }
    }
    assert!(known.len() > 60, "{known:?}");
}

#[test]
fn every_anchor_is_there() {
    let story = story();
    for view in ["", "/timeline", "/figures", "/accords"] {
        let body = get(&format!("/story/{story}{view}")).body;
        for rest in body.split("href=\"#").skip(1) {
            let anchor = rest.split('"').next().unwrap_or_default();
            assert!(body.contains(&format!("id=\"{anchor}\"")), "{view}: {anchor}");
        }
    }
}

#[test]
fn what_cannot_be_served_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("none.db");
    let failed = serve(settings(record, "127.0.0.1:0"), |_| {}, std::future::ready(()));
    assert!(matches!(failed, Err(ServeError::Record(_))), "{failed:?}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let record = folder.path().join("empty.db");
    variorum_record::RecordFile::open_to_add(Path::new(&record)).unwrap();
    let failed = serve(settings(record.clone(), &address), |_| {}, std::future::ready(()));
    assert!(matches!(failed, Err(ServeError::Taken(_))), "{failed:?}");
    let told = failed.unwrap_err().to_string();
    assert!(told.contains("--listen"), "{told}");
    // Told to end at once, it ends without a fault.
    serve(settings(record, "127.0.0.1:0"), |_| {}, std::future::ready(())).unwrap();
}
