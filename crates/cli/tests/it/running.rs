//! Running the binary.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Files of an example cluster, in order of name, as paths from the repository.
pub(crate) fn example(name: &str) -> Vec<String> {
    let folder = root().join("examples").join(name);
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the example is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .map(|file| format!("examples/{name}/{file}"))
        .collect();
    files.sort();
    files
}

/// Runs the binary in the repository and returns what it did.
pub(crate) fn variorum<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Output {
    variorum_with(arguments, b"")
}

/// Runs the binary with something on standard input.
pub(crate) fn variorum_with<S: AsRef<std::ffi::OsStr>>(arguments: &[S], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(arguments)
        .current_dir(root())
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A binary that does not read its input closes the pipe; that is no fault here.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the binary ends")
}

/// Standard output of a run that must succeed.
pub(crate) fn text<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> String {
    let output = variorum(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The record of some files.
pub(crate) fn record(paths: &[String]) -> Value {
    let mut arguments = vec!["collate".to_owned(), "--format".into(), "json".into()];
    arguments.extend_from_slice(paths);
    serde_json::from_str(&text(&arguments)).expect("JSON")
}

/// Rows of a command that prints rows.
pub(crate) fn rows(command: &str, paths: &[String]) -> Vec<Value> {
    let mut arguments = vec![command.to_owned()];
    arguments.extend_from_slice(paths);
    lines(&text(&arguments))
}

/// Lines of JSON.
pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a row of JSON")).collect()
}

/// Every object anywhere in a value that is a citation.
pub(crate) fn citations(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut queue = vec![value];
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                if ["report", "start", "end", "quote"].iter().all(|k| map.contains_key(*k)) {
                    found.push(value);
                }
                queue.extend(map.values());
            }
            _ => {}
        }
    }
    found
}

/// Code points `start..end` of a text.
pub(crate) fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}
