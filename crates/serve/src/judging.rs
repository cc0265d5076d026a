//! Judgements given in a browser: who may send them, and what becomes of them.
//!
//! There is no login: whoever can open the pages can judge, and a judgement is signed with the name that is typed.
//! So the server takes judgements only where it was started to; only from forms of its own pages (the browser's
//! `Origin` and `Sec-Fetch-Site` say so, and a token that another page cannot read); and a judgement is a row that
//! is added, which a later one can undo.

use crate::asked::{Asked, encoded};
use crate::failure::Failure;
use crate::library::Library;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use variorum_model::Judgement;
use variorum_model::contract::Subject;
use variorum_record::subjects;

/// Where judgements are sent.
pub(crate) const ADDRESS: &str = "/review/judge";

/// Bytes of a form at most.
const FORM: usize = 16 * 1024;
/// Characters of a name, and of what is said.
const NAME: usize = 200;
const SAID: usize = 4_000;

/// What tokens are made with, for as long as the server runs.
#[derive(Debug, Clone)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no random bytes to give.
    pub(crate) fn new() -> std::io::Result<Secret> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| std::io::Error::other(e.to_string()))?;
        Ok(Secret(bytes))
    }

    /// The token of the form for a finding.
    pub(crate) fn token(&self, finding: &str) -> String {
        blake3::keyed_hash(&self.0, finding.as_bytes()).to_hex()[..32].to_owned()
    }

    fn is_token(&self, finding: &str, token: &str) -> bool {
        let want = self.token(finding);
        // Every byte is looked at, however many are right.
        let differs = want.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        want.len() == token.len() && differs == 0
    }
}

/// Whether a request comes from a page of this server.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let origin = text(header::ORIGIN).unwrap_or_default();
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    authority.is_some_and(|a| a.eq_ignore_ascii_case(host))
        && site.is_none_or(|site| site == b"same-origin")
}

fn refused(detail: &str) -> Failure {
    Failure::new(StatusCode::FORBIDDEN, detail)
}

/// What the form says.
struct Form {
    asked: Asked,
}

impl Form {
    async fn of(request: Request<Body>) -> Result<Form, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_none_or(|k| !k.starts_with("application/x-www-form-urlencoded")) {
            let detail = "this is no form: send it from the page for review";
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let bytes = to_bytes(request.into_body(), FORM).await.map_err(|_| {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "this is too long: say it in fewer words")
        })?;
        Ok(Form { asked: Asked::of(&String::from_utf8_lossy(&bytes)) })
    }

    fn text(&self, name: &str, most: usize) -> Result<String, Failure> {
        let text = self.asked.one(name).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > most {
            return Err(Failure::bad(format!("`{name}` is too long: at most {most} characters")));
        }
        Ok(text)
    }
}

/// Takes a judgement and leads back to where it was given.
pub(crate) async fn judge(
    State(library): State<Arc<Library>>,
    request: Request<Body>,
) -> Result<Response, Failure> {
    let Some(secret) = library.secret().cloned() else {
        return Err(Failure::not_found("no judgements are taken here: start with --judge"));
    };
    if !is_from_here(request.headers()) {
        return Err(refused("judgements are taken from this server’s own pages alone"));
    }
    let form = Form::of(request).await?;
    let finding = form.text("finding", NAME)?;
    if !secret.is_token(&finding, form.asked.one("token").unwrap_or_default()) {
        return Err(refused("the page was opened before the server was started: open it again"));
    }
    let by = form.text("by", NAME)?;
    if by.is_empty() {
        return Err(Failure::bad("a judgement is signed: give your name"));
    }
    let said = form.text("said", SAID)?;
    let story = form.text("story", NAME)?;
    let row = match form.asked.one("undo") {
        Some(number) => undoing(&library, &finding, number).await?,
        None => decided(&library, &story, &finding, form.asked.one("decision"), &said).await?,
    };
    let reason = if row.kind == "comment" { String::new() } else { said };
    let row = Judgement { by: by.clone(), reason, made: now(), ..row };
    library.read(move |file| Ok(file.judge_beside(&row)?)).await?;
    // A page elsewhere cannot name the place to go back to: it is made of what the form says of itself alone.
    let cursor = form.text("cursor", 20)?;
    let back = format!(
        "/review?by={}&cursor={}#judged-{}",
        encoded(&by),
        encoded(&cursor),
        encoded(&finding)
    );
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let back = HeaderValue::from_str(&back).map_err(|_| Failure::bad("this cannot be read"))?;
    response.headers_mut().insert(header::LOCATION, back);
    Ok(response)
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

fn row(kind: &str, subject: Value) -> Judgement {
    Judgement {
        number: 0,
        made: 0,
        by: String::new(),
        kind: kind.to_owned(),
        subject,
        value: json!({"version": env!("CARGO_PKG_VERSION")}),
        reason: String::new(),
        undoes: None,
    }
}

async fn undoing(
    library: &Arc<Library>,
    finding: &str,
    number: &str,
) -> Result<Judgement, Failure> {
    let number: i64 = number.parse().map_err(|_| Failure::bad("`undo`: give a number"))?;
    let rows = library.read(|file| Ok(file.judgements()?)).await?;
    let other = rows.iter().find(|j| j.number == number && j.subject["finding"] == finding);
    let other = other.ok_or_else(|| Failure::not_found("there is no such judgement"))?;
    if rows.iter().any(|j| j.undoes == Some(number)) {
        return Err(Failure::new(
            StatusCode::CONFLICT,
            "it is undone already: open the page again",
        ));
    }
    Ok(Judgement { undoes: Some(number), ..row("undo", other.subject.clone()) })
}

async fn decided(
    library: &Arc<Library>,
    story: &str,
    finding: &str,
    decision: Option<&str>,
    said: &str,
) -> Result<Judgement, Failure> {
    let decision = decision.filter(|d| ["accept", "reject", "comment"].contains(d));
    let decision = decision.ok_or_else(|| Failure::bad("accept, reject or comment"))?;
    if decision == "comment" && said.is_empty() {
        return Err(Failure::bad("a comment needs its text"));
    }
    let story = library.story(story).await?;
    let known = subjects(&story.record);
    let subject: Option<&Subject> = known.iter().map(|s| &s.0).find(|s| s.finding == finding);
    let subject = subject.ok_or_else(|| {
        Failure::new(StatusCode::CONFLICT, "the finding is no longer there: open the page again")
    })?;
    let subject = serde_json::to_value(subject).map_err(|_| Failure::bad("this cannot be kept"))?;
    let mut row = row(decision, subject);
    if decision == "comment" {
        row.value["text"] = json!(said);
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_server_may_send() {
        for (origin, site, good) in [
            (Some("http://localhost:8080"), None, true),
            (Some("http://LOCALHOST:8080"), Some("same-origin"), true),
            (Some("https://localhost:8080"), Some("same-origin"), true),
            (Some("http://localhost:8081"), None, false),
            (Some("http://example.org"), Some("cross-site"), false),
            (Some("http://localhost:8080"), Some("same-site"), false),
            (Some("null"), None, false),
            (None, Some("same-origin"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "localhost:8080".parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            assert_eq!(is_from_here(&headers), good, "{origin:?} {site:?}");
        }
        assert!(!is_from_here(&HeaderMap::new()));
    }

    #[test]
    fn a_token_is_of_one_finding_and_one_run() {
        let (secret, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        let token = secret.token("conflict-1");
        assert!(secret.is_token("conflict-1", &token));
        assert!(!secret.is_token("conflict-2", &token));
        assert!(!other.is_token("conflict-1", &token));
        for wrong in ["", "0", &token[1..], &format!("{token}0")] {
            assert!(!secret.is_token("conflict-1", wrong), "{wrong}");
        }
    }
}
