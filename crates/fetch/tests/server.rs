//! The client and its manners against a server on this machine.

use std::cell::{Cell, RefCell};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use variorum_fetch::{Answer, Client, Clock, Conditions, Fault, Guard, Manners, Visitor};
use variorum_intake::Limits;

/// What was asked for, in order: path, and the headers in lower case.
type Log = Arc<Mutex<Vec<(String, String)>>>;

/// Serves `answer(path, headers)` on a port of its own until the test ends.
fn serve(answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let log = Log::default();
    let (kept, answer) = (Arc::clone(&log), Arc::new(answer));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
            thread::spawn(move || {
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let head = head.to_lowercase();
                kept.lock().unwrap().push((path.clone(), head.clone()));
                answer(&path, &head, &mut stream);
            });
        }
    });
    (place, log)
}

fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn limits() -> Limits {
    Limits { fetch_seconds: 2, document_bytes: 100_000, ..Limits::default() }
}

/// A clock that never waits and counts what it was asked to.
struct Hand {
    now: Cell<i64>,
    waits: RefCell<Vec<i64>>,
}

impl Clock for Hand {
    fn now(&self) -> i64 {
        self.now.get()
    }

    fn sleep(&self, length: Duration) {
        let length = length.as_millis() as i64;
        self.waits.borrow_mut().push(length);
        self.now.set(self.now.get() + length);
    }
}

fn clock() -> Hand {
    Hand { now: Cell::new(1_588_672_800_000), waits: RefCell::default() }
}

fn visit(visitor: &Visitor<'_, Hand>, url: &str) -> Result<Answer, Fault> {
    visitor.visit(url, &Conditions::default())
}

fn code(answer: Result<Answer, Fault>) -> String {
    match answer {
        Ok(answer) => format!("{} {}", answer.status, String::from_utf8_lossy(&answer.bytes)),
        Err(fault) => {
            assert!(fault.message.contains(": "), "{}", fault.message);
            fault.code.to_owned()
        }
    }
}

#[test]
fn nothing_private_is_reached_unless_allowed() {
    let (place, log) = serve(|path, _, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", b""),
        "/to-metadata" => send(stream, "302 Found\r\nLocation: http://169.254.169.254/x", b""),
        "/to-self" => {
            send(stream, "302 Found\r\nLocation: http://localhost:9/x", b"");
        }
        "/to-file" => send(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        _ => send(stream, "200 OK", b"secret"),
    });
    let clock = clock();
    let closed = Client::new(Guard::default(), &limits());
    let visitor = Visitor::new(closed, Manners::default(), &clock);
    let port = place.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(code(visit(&visitor, &url)), "private_address", "{url}");
    }
    assert!(log.lock().unwrap().is_empty(), "no connection was made");

    let open = Client::new(Guard::allowing(std::slice::from_ref(&place)), &limits());
    let visitor = Visitor::new(open, Manners::default(), &clock);
    assert_eq!(code(visit(&visitor, &format!("http://{place}/"))), "200 secret");
    for (path, expected) in [
        ("/to-metadata", "private_address"),
        ("/to-self", "private_address"),
        ("/to-file", "bad_address"),
    ] {
        assert_eq!(code(visit(&visitor, &format!("http://{place}{path}"))), expected, "{path}");
    }
}

#[test]
fn what_servers_do() {
    let (place, log) = serve(|path, head, stream| match path {
        "/robots.txt" => {
            send(stream, "200 OK", b"User-agent: *\nDisallow: /private\nCrawl-delay: 3")
        }
        "/feed" if head.contains("if-none-match: \"v1\"") => send(stream, "304 Not Modified", b""),
        "/feed" => send(stream, "200 OK\r\nETag: \"v1\"\r\nLast-Modified: then", b"feed"),
        "/moved" => send(stream, "301 Moved\r\nLocation: /feed", b""),
        "/private/moved" => send(stream, "200 OK", b"not for us"),
        "/to-private" => send(stream, "302 Found\r\nLocation: /private/moved", b""),
        "/loop" => send(stream, "302 Found\r\nLocation: /loop", b""),
        "/large" => send(stream, "200 OK", &vec![b'a'; 200_000]),
        "/gone" => send(stream, "410 Gone", b""),
        "/broken" => send(stream, "500 Oh", b""),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'a'; 4096]).is_ok() {}
        }
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while stream.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        }
        "/slow-head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X: y\r\n").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        }
        "/bad" => drop(stream.write_all(b"nonsense\r\n\r\n")),
        _ => send(stream, "200 OK", b"page"),
    });
    let clock = clock();
    let client = Client::new(Guard::allowing(std::slice::from_ref(&place)), &limits());
    let visitor = Visitor::new(client, Manners::default(), &clock);
    let url = |path: &str| format!("http://{place}{path}");

    let first = visit(&visitor, &url("/feed")).unwrap();
    assert_eq!(first.conditions.etag.as_deref(), Some("\"v1\""));
    assert_eq!(first.conditions.modified.as_deref(), Some("then"));
    assert_eq!(visitor.visit(&url("/feed"), &first.conditions).unwrap().status, 304);
    assert!(log.lock().unwrap().last().unwrap().1.contains("if-modified-since: then"));

    for (path, expected) in [
        ("/moved", "200 feed"),
        ("/private/x", "robots_disallow"),
        ("/to-private", "robots_disallow"),
        ("/loop", "too_many_redirects"),
        ("/large", "document_too_large"),
        ("/endless", "document_too_large"),
        ("/gone", "not_there"),
        ("/broken", "server_fault"),
        ("/bad", "unreachable"),
        ("/slow", "fetch_timeout"),
        ("/slow-head", "fetch_timeout"),
        ("/page", "200 page"),
    ] {
        let began = Instant::now();
        assert_eq!(code(visit(&visitor, &url(path))), expected, "{path}");
        assert!(began.elapsed() < Duration::from_secs(20), "{path}: {:?}", began.elapsed());
    }
    let asked = log.lock().unwrap().clone();
    assert_eq!(asked.iter().filter(|(path, _)| path == "/robots.txt").count(), 1, "it is kept");
    assert!(asked.iter().all(|(path, _)| !path.starts_with("/private")));
    assert!(asked.iter().all(|(_, head)| head.contains("user-agent: variorum/")));
    let waits = clock.waits.borrow();
    assert!(waits.len() > 10 && waits[1..].iter().all(|&wait| wait == 3_000), "{waits:?}");
}

#[test]
fn a_host_that_asks_for_rest_gets_it() {
    let (place, log) = serve(|path, _, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", b""),
        "/busy" => send(stream, "429 Too Many Requests\r\nRetry-After: 600", b""),
        _ => send(stream, "200 OK", b"page"),
    });
    let clock = clock();
    let client = Client::new(Guard::allowing(std::slice::from_ref(&place)), &limits());
    let visitor = Visitor::new(client, Manners::default(), &clock);
    let now = clock.now();
    let busy = visit(&visitor, &format!("http://{place}/busy")).unwrap_err();
    assert_eq!(busy.code, "host_busy");
    let at = busy.retry_at.unwrap();
    assert!((now + 600_000..now + 610_000).contains(&at), "{at}");
    let asked = log.lock().unwrap().len();
    let other = visit(&visitor, &format!("http://{place}/page")).unwrap_err();
    assert_eq!((other.code, other.retry_at), ("host_busy", Some(at)));
    assert_eq!(log.lock().unwrap().len(), asked, "it is not asked meanwhile");
    clock.now.set(at);
    assert_eq!(code(visit(&visitor, &format!("http://{place}/page"))), "200 page");
}

#[test]
fn a_site_without_readable_rules() {
    for (answer, expected) in [
        ("404 Not Found", "200 page"),
        ("403 Forbidden", "200 page"),
        ("503 Busy", "host_busy"),
        ("500 Oh", "server_fault"),
    ] {
        let (place, _) = serve(move |path, _, stream| match path {
            "/robots.txt" => send(stream, answer, b""),
            _ => send(stream, "200 OK", b"page"),
        });
        let clock = clock();
        let client = Client::new(Guard::allowing(std::slice::from_ref(&place)), &limits());
        let visitor = Visitor::new(client, Manners::default(), &clock);
        assert_eq!(code(visit(&visitor, &format!("http://{place}/"))), expected, "{answer}");
    }
}

#[test]
fn compressed_pages_are_bounded_by_what_they_hold() {
    let (place, _) = serve(|path, _, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", b""),
        "/bomb" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            encoder.write_all(&vec![0; 1 << 20]).unwrap();
            send(stream, "200 OK\r\nContent-Encoding: gzip", &encoder.finish().unwrap());
        }
        _ => send(stream, "200 OK\r\nContent-Encoding: gzip", b"not gzip"),
    });
    let clock = clock();
    let client = Client::new(Guard::allowing(std::slice::from_ref(&place)), &limits());
    let visitor = Visitor::new(client, Manners::default(), &clock);
    assert_eq!(code(visit(&visitor, &format!("http://{place}/bomb"))), "document_too_large");
    assert_eq!(code(visit(&visitor, &format!("http://{place}/"))), "unreachable");
}
