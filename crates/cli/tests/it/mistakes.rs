//! What a person gets wrong at first: messages say where it is, what is wrong and what to do; the status says that it is.

use crate::running::{example, root, text, variorum};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

/// A record of an example cluster in a folder of its own.
fn made() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("news.db").to_string_lossy().into_owned();
    let mut arguments = vec!["add".to_owned(), "--record".into(), record.clone()];
    arguments.extend(example("harbour-talks"));
    text(&arguments);
    (folder, record)
}

/// Status and message of a run that fails.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let done = variorum(arguments);
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn mistakes_are_told_with_a_remedy() {
    let (folder, record) = made();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir(at("empty")).expect("a folder");
    std::fs::write(at("notes.txt"), "no record\n").expect("a file");
    let (empty, notes, nowhere) = (at("empty"), at("notes.txt"), at("nowhere/x"));
    let saved = "examples/harbour-talks";
    let cases: &[(&[&str], &[&str])] = &[
        (&["collate", "missing.html"], &["missing.html: there is no such file", "check the path"]),
        (
            &["collate", &empty],
            &["there is no file to read in the folder", "give a folder with reports"],
        ),
        (&["collate", saved, "-o", &empty], &["empty: this is a folder", "name a file in it"]),
        (&["collate", saved, "-o", &nowhere], &["its folder is not there", "make it"]),
        (&["collate", saved, "--format", "csv"], &["--format: a record is no table", "--view"]),
        (
            &["collate", saved, "--view", "names", "--format", "html"],
            &["text, csv, jsonl or parquet"],
        ),
        (&["collate", saved, "--format", "word"], &["invalid value 'word'", "web-annotation"]),
        (
            &["export", "--record", &record, "-o", &empty],
            &["empty: this is a folder", "name a file in it"],
        ),
        (
            &["export", "--record", &record, "--format", "tei"],
            &["a document of one story", "--story"],
        ),
        (&["export", "--record", &record, "--format", "text"], &["invalid value 'text'", "jsonl"]),
        (&["add", saved, "--record", &empty], &["empty: this is a folder", "--record"]),
        (&["add", saved, "--record", &notes], &["notes.txt: this is no record file", "--record"]),
        (&["add", saved, "--record", &nowhere], &["the file cannot be made", "name a file"]),
        (&["serve", "--record", &nowhere], &["there is no record there", "variorum add"]),
        (
            &["serve", "--record", &record, "--listen", "8080"],
            &["IP address with a port", "127.0.0.1:8080"],
        ),
        (
            &["show", "--record", &record, "zz"],
            &["there is no report with the id `zz`", "variorum search"],
        ),
        (&["show", "--record", &record, "s:zz"], &["there is no story `s:zz`", "variorum stories"]),
        (&["stories", "--record", &record, "--story", "s:zz"], &["there is no story `s:zz`"]),
        (
            &["stories", "--record", &record, "--from", "May"],
            &["--from May: this is no day", "YYYY-MM-DD"],
        ),
    ];
    for (arguments, wanted) in cases {
        let (status, message) = refused(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {message}");
        for words in *wanted {
            assert!(message.contains(words), "{arguments:?}: {message}");
        }
    }
}

/// No record is made for inputs that are all turned away; one that is there stays as it is.
#[test]
fn nothing_to_keep_makes_no_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::write(at("front.html"), "<h1>News</h1><a href=/1>One</a> <a href=/2>Two</a>")
        .expect("a page");
    let (record, front) = (at("news.db"), at("front.html"));
    let add = |input: &str| variorum(&["add", input, "--record", &record]);
    let files = || std::fs::read_dir(folder.path()).expect("the folder").count();
    for input in [front.as_str(), "missing.html"] {
        let done = add(input);
        let told = String::from_utf8_lossy(&done.stdout);
        assert!(told.contains("1 rejected") && told.contains("was not made"), "{input}: {told}");
        assert_eq!(files(), 1, "{input}: only the page is there");
    }
    assert!(add("examples/harbour-talks").status.success());
    let told = add(&front);
    let told = String::from_utf8_lossy(&told.stdout);
    assert!(told.contains("1 rejected") && told.contains("holds 6 reports"), "{told}");
    // What was there and empty was not made by the run, and stays.
    std::fs::write(at("empty.db"), "").expect("a file");
    variorum(&["add", &front, "--record", &at("empty.db")]);
    assert!(Path::new(&at("empty.db")).exists());
}

#[test]
fn lists_without_rows_say_so() {
    let (_folder, record) = made();
    for list in ["stories", "actors", "conflicts", "timeline"] {
        let arguments = [list, "--actor", "Nobodyhere", "--record", &record];
        assert_eq!(text(&arguments), "nothing found\n", "{list}");
        let rows = [&arguments[..], &["--format", "jsonl"]].concat();
        assert_eq!(text(&rows), "", "{list}");
    }
    assert_eq!(text(&["judge", "--list", "--record", &record]), "nothing found\n");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    for format in ["text", "json", "html", "tei"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(["collate", "--all", "--format", format, "examples/harbour-talks"])
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut first = [0];
        // Dropped with the rest unread.
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a byte");
        let done = child.wait_with_output().expect("the binary ends");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!((done.status.code(), said.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_named() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for format in ["json", "text"] {
        let arguments =
            ["collate", "--format", format, "examples/harbour-talks", "-o", "/dev/full"];
        let (status, message) = refused(&arguments);
        assert_eq!(status, Some(2), "{format}");
        assert!(message.contains("/dev/full: cannot be written"), "{format}: {message}");
    }
}

#[test]
fn a_port_in_use_is_told() {
    let (_folder, record) = made();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let (status, message) = refused(&["serve", "--record", &record, "--listen", &address]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains(&address) && message.contains("another port"), "{message}");
}
