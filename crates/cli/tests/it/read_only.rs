//! A record that may be read and not written: what is known of it shows, and what would have to be worked out and
//! kept first is refused with the reason.

use crate::running::{example, lines, text};
use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The user `nobody`, to whom no file belongs.
const NOBODY: u32 = 65_534;

/// A record in a folder, neither of which may be written.
struct ReadOnly {
    folder: tempfile::TempDir,
    record: PathBuf,
    binary: PathBuf,
    /// Whether commands have to run as somebody else: permissions do not bind whoever owns the machine.
    as_nobody: bool,
}

impl ReadOnly {
    /// Makes one of an example; with its differences looked for, if so told.
    fn made(looked_for: bool) -> ReadOnly {
        let folder = tempfile::tempdir().expect("a folder");
        let record = folder.path().join("news.db");
        let name = record.display().to_string();
        let mut adding = vec!["add".to_owned(), "--record".into(), name.clone()];
        adding.extend(example("market-blast"));
        text(&adding);
        if looked_for {
            text(&["conflicts", "--record", &name]);
        }
        // Whoever runs it has to reach the binary too.
        let binary = folder.path().join("variorum");
        let built = Path::new(env!("CARGO_BIN_EXE_variorum"));
        if fs::hard_link(built, &binary).is_err() {
            fs::copy(built, &binary).expect("a copy of the binary");
        }
        allow(&record, 0o444);
        allow(folder.path(), 0o555);
        let as_nobody = File::options().append(true).open(&record).is_ok();
        ReadOnly { folder, record, binary, as_nobody }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--record").arg(&self.record).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if self.as_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs for a user without rights")
    }

    /// That the permissions bind whoever runs the commands.
    fn prove(&self) {
        let added = self.run(&["add", "news.db"]);
        let told = String::from_utf8_lossy(&added.stderr).into_owned();
        assert_eq!(added.status.code(), Some(2), "{told}");
        assert!(told.contains("may not be written"), "{told}");
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        allow(self.folder.path(), 0o755);
    }
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
}

/// A server, ended with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The body under a path of a server over `record`.
fn served(record: &ReadOnly, path: &str) -> String {
    let mut serving = record.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut serving = Serving(serving.spawn().expect("the server starts"));
    let mut line = String::new();
    let output = serving.0.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("its address");
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("a connection");
    let asked = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).expect("a question");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split_once("\r\n\r\n").expect("a head and a body").1.to_owned()
}

#[test]
fn differences_that_were_looked_for_are_exported_and_served() {
    let record = ReadOnly::made(true);
    record.prove();
    let exported = record.run(&["export", "--table", "conflicts", "--format", "jsonl"]);
    let told = String::from_utf8_lossy(&exported.stderr).into_owned();
    assert!(exported.status.success(), "{told}");
    let rows = lines(&String::from_utf8(exported.stdout).expect("UTF-8"));
    assert!(!rows.is_empty(), "no difference was exported");
    let page = served(&record, "/api/v1/conflicts");
    for row in &rows {
        let about = row["about"].as_str().expect("what it is about");
        let about = serde_json::to_string(about).expect("JSON");
        assert!(page.contains(&about), "{about} is not among the differences served: {page}");
    }
}

#[test]
fn differences_that_were_not_looked_for_are_refused_with_the_reason_or_worked_out() {
    let record = ReadOnly::made(false);
    record.prove();
    let exported = record.run(&["export", "--table", "conflicts", "--format", "jsonl"]);
    let told = String::from_utf8_lossy(&exported.stderr).into_owned();
    assert_eq!(exported.status.code(), Some(2), "{told}");
    assert!(exported.stdout.is_empty(), "no empty table passes for one without differences");
    for words in ["were not looked for yet", "may not be written", "copy it"] {
        assert!(told.contains(words), "{told}");
    }
    // The server works them out for whoever asks.
    let page = served(&record, "/api/v1/conflicts");
    assert!(page.contains("\"readings\""), "{page}");
    // Without them the reports are exported all the same.
    let reports = record.run(&["export", "--table", "reports", "--format", "csv"]);
    assert!(reports.status.success(), "{}", String::from_utf8_lossy(&reports.stderr));
}
