//! Judgements sent from the page for review.

use crate::service::{Answer, ask_at, judging};

/// The value of a hidden field of the first form in a page.
fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).expect("a form");
    let rest = &page[at..];
    let value = rest.split("value=\"").nth(1).and_then(|v| v.split('"').next());
    value.expect("a value").replace("&amp;", "&")
}

fn send(fields: &[(&str, &str)], headers: &[&str]) -> Answer {
    let encode = |s: &str| s.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let body: Vec<String> =
        fields.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
    let body = body.join("&");
    let length = format!("Content-Length: {}", body.len());
    let mut all = vec!["Content-Type: application/x-www-form-urlencoded", &length];
    all.extend(headers);
    ask_at(judging(), "POST", "/review/judge", &all, &body)
}

fn page() -> String {
    let answer = ask_at(judging(), "GET", "/review", &[], "");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
    answer.body
}

#[test]
fn a_judgement_is_signed_kept_and_undone() {
    let before = page();
    let (token, story, finding) =
        (hidden(&before, "token"), hidden(&before, "story"), hidden(&before, "finding"));
    let origin = format!("Origin: http://{}", judging());
    let fields = |(what, decision): (&'static str, &str), by: &str| {
        vec![
            ("token", token.clone()),
            ("story", story.clone()),
            ("finding", finding.clone()),
            ("by", by.to_owned()),
            ("said", "seen \"twice\" & <checked>".to_owned()),
            (what, decision.to_owned()),
        ]
    };
    let sent = |fields: &[(&str, String)], headers: &[&str]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        send(&fields, headers)
    };
    // From elsewhere, unsigned, forged or unknown: refused, and nothing is kept.
    let good = fields(("decision", "accept"), "A. Reader");
    let mut forged = good.clone();
    forged[0].1 = "0".repeat(32);
    for (fields, headers, status) in [
        (&good, vec![], 403),
        (&good, vec!["Origin: http://example.org"], 403),
        (&good, vec!["Origin: null"], 403),
        (&good, vec![origin.as_str(), "Sec-Fetch-Site: cross-site"], 403),
        (&forged, vec![origin.as_str()], 403),
        (&fields(("decision", "accept"), " "), vec![origin.as_str()], 400),
        (&fields(("decision", "merge"), "A. Reader"), vec![origin.as_str()], 400),
        (&fields(("undo", "99"), "A. Reader"), vec![origin.as_str()], 404),
    ] {
        assert_eq!(sent(fields, &headers).status, status, "{fields:?} {headers:?}");
    }
    assert!(!page().contains("accept by"));
    // From its own page it is kept, and shown as text.
    let answer = sent(&good, &[&origin]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let back = answer.header("location").expect("a way back");
    assert!(back.starts_with("/review?by=A%2E%20Reader") && back.contains("#judged-"), "{back}");
    let shown = page();
    assert!(shown.contains("accept by <bdi>A. Reader</bdi>"), "{shown}");
    assert!(shown.contains("seen &quot;twice&quot; &amp; &lt;checked&gt;"));
    let number = shown.split("name=\"undo\" value=\"").nth(1).expect("a way to undo");
    let number: &str = number.split('"').next().expect("a number");
    let undo = fields(("undo", number), "B. Reader");
    assert_eq!(sent(&undo, &[&origin]).status, 303);
    assert_eq!(sent(&undo, &[&origin]).status, 409, "undone once");
    assert!(page().contains("(no longer in force)"));
    // A rejected finding is set aside and can be taken back.
    assert_eq!(sent(&fields(("decision", "reject"), "A. Reader"), &[&origin]).status, 303);
    assert!(page().contains("Set aside (1)"));
}

#[test]
fn only_the_form_is_taken_and_only_where_it_was_asked_for() {
    let origin = format!("Origin: http://{}", judging());
    let plain = ask_at(
        judging(),
        "POST",
        "/review/judge",
        &["Content-Type: text/plain", "Content-Length: 1", &origin],
        "x",
    );
    assert_eq!(plain.status, 415);
    assert_eq!(ask_at(judging(), "GET", "/review/judge", &[], "").status, 405);
    assert_eq!(
        ask_at(judging(), "POST", "/review", &["Content-Length: 0", &origin], "").status,
        405
    );
    let long = "x".repeat(20_000);
    assert_eq!(send(&[("said", &long)], &[&origin]).status, 413);
    // Without --judge there is neither form nor address.
    assert_eq!(crate::service::ask("POST", "/review/judge", &["Content-Length: 0"]).status, 405);
    assert!(!crate::service::get("/review").body.contains("<form class=\"judge\""));
}
