//! A server over a record made of the examples and of a report that means harm.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::mpsc::channel;
use std::time::Duration;
use variorum_intake::capture_all;
use variorum_model::ReadReport;
use variorum_model::contract::Record;
use variorum_pipeline::Pipeline;
use variorum_record::{Adding, Arrival, Entry, RecordFile};
use variorum_serve::{Settings, serve};

/// A title that would run as a script where it is not escaped.
pub(crate) const HOSTILE: &str = "</title><script>alert(1)</script><img src=x onerror=alert(2)>";

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (n, value) = line.split_once(':')?;
            n.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

static ADDRESS: LazyLock<SocketAddr> = LazyLock::new(|| start(false));
static JUDGING: LazyLock<SocketAddr> = LazyLock::new(|| start(true));

/// The address of a server that takes judgements.
pub(crate) fn judging() -> SocketAddr {
    *JUDGING
}

fn collate(reports: Vec<ReadReport>) -> Record {
    Pipeline::collate(reports, &[])
}

/// Settings for a record made in `folder`.
pub(crate) fn settings(record: PathBuf, listen: &str) -> Settings {
    Settings { record, listen: listen.parse().unwrap(), collate, judging: false }
}

fn start(judging: bool) -> SocketAddr {
    let folder = tempfile::tempdir().unwrap().keep();
    let record = folder.join("news.db");
    let row = serde_json::json!({
        "id": "a/\"><b>", "title": HOSTILE, "outlet": "<i>Outlet\u{202e}</i>", "published": "2018-11-20",
        "text": "<script>alert(3)</script> A ferry sank off the port of Aktau on Monday, killing 14 people, the \
                 coast guard said. <svg onload=alert(4)> The ferry had left the port an hour before.",
    });
    std::fs::write(folder.join("hostile.jsonl"), format!("{row}\n")).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-talks");
    fill(&record, &[examples, folder.join("hostile.jsonl")]);
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let ready = move |address| sender.send(address).unwrap();
        let settings = Settings { judging, ..settings(record, "127.0.0.1:0") };
        serve(settings, ready, std::future::pending()).unwrap();
    });
    receiver.recv().unwrap()
}

/// Makes a record of all that is under `paths`.
fn fill(record: &Path, paths: &[PathBuf]) {
    let paths: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let pipeline = Pipeline::load();
    let mut adding = Adding::new(RecordFile::open_to_add(record).unwrap()).unwrap();
    let mut batch = Vec::new();
    for captured in capture_all(&paths, &Default::default()) {
        let captured = captured.unwrap();
        let read = pipeline.read(&captured.report).unwrap();
        let entry = Entry::prepare(&captured.report, &captured.bytes, captured.row, &read).unwrap();
        batch.push(Arrival::Report(Box::new(entry)));
    }
    adding.write(batch, 1_700_000_000_000).unwrap();
    adding.finish().unwrap();
}

/// Asks the server, with further header lines.
pub(crate) fn ask(method: &str, path: &str, headers: &[&str]) -> Answer {
    ask_at(*ADDRESS, method, path, headers, "")
}

/// Asks the server at an address, with further header lines and a body.
pub(crate) fn ask_at(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let host = format!("Host: {address}");
    let own = headers.iter().any(|h| h.starts_with("Host:"));
    let lines: Vec<&str> = headers
        .iter()
        .copied()
        .chain((!own).then_some(host.as_str()))
        .chain(["Connection: close"])
        .collect();
    let asked = format!("{method} {path} HTTP/1.1\r\n{}\r\n\r\n{body}", lines.join("\r\n"));
    stream.write_all(asked.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    // A body that is refused unread may end the connection early.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Gets a path.
pub(crate) fn get(path: &str) -> Answer {
    ask("GET", path, &[])
}

/// The JSON under a path.
pub(crate) fn json(path: &str) -> serde_json::Value {
    let answer = get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The story of most reports, without its `s:`.
pub(crate) fn story() -> String {
    let stories = json("/api/v1/stories?reports=3");
    stories["items"][0]["id"].as_str().unwrap().trim_start_matches("s:").to_owned()
}
