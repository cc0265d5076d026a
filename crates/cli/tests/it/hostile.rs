//! Bad input: one clear message each, the rest of the batch done, bounded time and memory.

use crate::running::{lines, variorum, variorum_with};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// A report that can be read, to stand behind each bad one.
const GOOD: &str = "Officials of the two countries met in Vienna on Monday, the ministry said. \
                    They agreed to meet again in the autumn.\n";

struct Bad {
    name: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn bad_inputs() -> Vec<Bad> {
    let nested = format!("<html><body>{}</body></html>", "<div>".repeat(100_000));
    let bad = |name, bytes: &[u8], code| Bad { name, bytes: bytes.to_vec(), code };
    vec![
        bad("empty.txt", b"", "empty"),
        bad("bom.txt", b"\xEF\xBB\xBF", "empty"),
        bad("blank.txt", b" \n\t\xC2\xA0\n", "empty"),
        bad("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        bad("zeros.bin", &[0; 4096], "binary"),
        bad("deep.html", nested.as_bytes(), "too_deep"),
        bad("line.txt", "word ".repeat(500_000).as_bytes(), "line_too_long"),
        bad("bomb.txt.gz", &gzipped(&vec![b'a'; 300_000_000]), "decompression_limit"),
        bad("cut.txt.gz", &gzipped(GOOD.repeat(400).as_bytes())[..60], "truncated_gzip"),
    ]
}

#[test]
fn invariant_07_bad_input_is_one_row_and_the_batch_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("zz-good.txt");
    std::fs::write(&good, GOOD).expect("a file");
    for bad in bad_inputs() {
        let path = folder.path().join(bad.name);
        std::fs::write(&path, &bad.bytes).expect("a file");
        let started = Instant::now();
        let done = variorum(&["clean".as_ref(), path.as_os_str(), good.as_os_str()]);
        assert!(started.elapsed() < Duration::from_secs(20), "{}: too slow", bad.name);
        let rows = lines(&String::from_utf8_lossy(&done.stdout));
        assert_eq!(rows.len(), 2, "{}", bad.name);
        assert_eq!(rows[0]["rejected"]["code"], bad.code, "{}: {}", bad.name, rows[0]);
        assert!(rows[0]["rejected"]["byte"].is_u64(), "{}", bad.name);
        assert!(rows[1]["text"].is_string(), "{}: the good report was lost", bad.name);
        assert_eq!(done.status.code(), Some(0), "{}", bad.name);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{}: {said}", bad.name);
        assert!(said.starts_with("variorum: ") && said.contains(bad.name), "{said}");
        let strict = variorum(&["clean".as_ref(), "--strict".as_ref(), path.as_os_str()]);
        assert_eq!(strict.status.code(), Some(1), "{} under --strict", bad.name);
    }
}

#[test]
fn what_cannot_be_opened_is_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.txt");
    let good = folder.path().join("good.txt");
    std::fs::write(&good, GOOD).expect("a file");
    let done = variorum(&["clean".as_ref(), missing.as_os_str(), good.as_os_str()]);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(lines(&String::from_utf8_lossy(&done.stdout)).len(), 2);
}

#[test]
fn wrong_use_is_status_2() {
    for arguments in [&["clean"][..], &["no-such-command"], &["collate", "--width", "x", "y"]] {
        assert_eq!(variorum(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn invalid_utf8_is_read_with_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mixed.txt");
    let mut bytes = "В Москве сказали. ".repeat(20).into_bytes();
    bytes.extend_from_slice(b"A caf\xe9 in Vienna was closed on Monday, police said.\r\n");
    std::fs::write(&path, &bytes).expect("a file");
    let done = variorum(&["clean".as_ref(), path.as_os_str()]);
    let row = lines(&String::from_utf8_lossy(&done.stdout)).remove(0);
    let text = row["text"].as_str().expect("a text");
    assert!(text.contains("В Москве") && text.contains("caf\u{fffd}"), "{text}");
    let warned = row["warnings"].to_string();
    assert!(warned.contains("invalid_utf8"), "{warned}");
}

/// 200 MB without a line break end in constant memory.
#[test]
fn a_huge_line_takes_little_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("huge.txt");
    let mut file = std::fs::File::create(&path).expect("a file");
    let chunk = vec![b'a'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&chunk).expect("disk");
    }
    drop(file);
    let (rows, peak) = run_with_peak_memory(&path);
    assert_eq!(rows[0]["rejected"]["code"], "line_too_long");
    if let Some(kilobytes) = peak {
        assert!(kilobytes < 200_000, "{kilobytes} kB");
    }
}

/// Runs `clean` and, on Linux, reads the peak of resident memory while it runs.
fn run_with_peak_memory(path: &Path) -> (Vec<serde_json::Value>, Option<u64>) {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["clean".as_ref(), path.as_os_str()])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the binary starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().expect("a child").is_none() {
        let now = std::fs::read_to_string(&status).ok().and_then(|s| {
            let line = s.lines().find(|l| l.starts_with("VmHWM:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        });
        peak = peak.max(now);
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("the binary ends");
    (lines(&String::from_utf8_lossy(&output.stdout)), peak)
}

#[test]
fn rows_of_json_fail_one_by_one() {
    let input = "{\"id\":\"a\",\"text\":\"The two men met in Vienna on Monday.\"}\n\
                 not json\n\
                 {\"id\":\"b\",\"text\":7}\n\
                 {\"id\":\"c\",\"id\":\"d\",\"text\":\"Twice named.\"}\n\
                 {\"id\":\"e\",\"text\":\"They met again on Friday.\"}\n";
    let done = variorum_with(&["annotate", "-"], input.as_bytes());
    let rows = lines(&String::from_utf8_lossy(&done.stdout));
    assert_eq!(rows.len(), 5);
    let rejected: Vec<bool> = rows.iter().map(|r| r["rejected"].is_object()).collect();
    assert_eq!(rejected, [false, true, true, true, false]);
    assert!(rows[1]["rejected"]["byte"].as_u64().expect("a byte") > 0);
}

/// What would steer a terminal or a page is text in both.
#[test]
fn reports_cannot_steer_what_shows_them() {
    let input = "{\"id\":\"x\",\"outlet\":\"<img src=x onerror=alert(1)>\",\"title\":\"A \\u001b[2J title <script>\",\
                 \"text\":\"President <script>alert(1)</script> Omar Haddad met Ivan Petrov in Vienna on Monday.\"}\n";
    let terminal = variorum_with(&["collate", "-"], input.as_bytes());
    assert!(!terminal.stdout.contains(&0x1b));
    let page = variorum_with(&["collate", "--format", "html", "-"], input.as_bytes());
    let page = String::from_utf8(page.stdout).expect("UTF-8");
    assert_eq!(page.matches("<script>").count(), 1, "only the page's own script");
    assert!(!page.contains("<img"));
}
