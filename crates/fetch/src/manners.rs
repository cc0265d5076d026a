//! How a host is treated: robots.txt first, one request at a time, a pause between two, and patience when it asks for it.

use crate::client::{Answer, Client, Conditions};
use crate::clock::Clock;
use crate::fault::Fault;
use crate::retry::retry_after;
use crate::robots::Robots;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::time::Duration;
use url::Url;

/// How polite to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Least pause between two requests to a host.
    pub pause: Duration,
    /// Longest wait for one host; what would take longer is left for later.
    pub patience: Duration,
    /// How long a host is left alone that is overburdened and does not say for how long.
    pub rest: Duration,
    /// For how long a robots.txt is believed.
    pub robots_age: Duration,
    /// Bytes of a robots.txt that are read; the protocol asks for half a mebibyte at least.
    pub robots_bytes: u64,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(65),
            rest: Duration::from_secs(300),
            robots_age: Duration::from_secs(24 * 60 * 60),
            robots_bytes: 512 * 1024,
        }
    }
}

/// What is known of a host; times in milliseconds since 1970.
#[derive(Debug, Default)]
struct Host {
    /// When the next request may be made.
    ready: i64,
    robots: Option<Robots>,
    /// When its robots.txt was asked for.
    asked: i64,
}

/// The name that robots.txt knows us by.
const NAME: &str = "variorum";

/// A client with manners. One request at a time goes out, to whatever host.
pub struct Visitor<'c, C: Clock> {
    client: Client,
    manners: Manners,
    clock: &'c C,
    /// By origin: scheme, host and port.
    hosts: RefCell<FxHashMap<String, Host>>,
}

impl<'c, C: Clock> Visitor<'c, C> {
    /// A visitor that has been nowhere.
    pub fn new(client: Client, manners: Manners, clock: &'c C) -> Visitor<'c, C> {
        Visitor { client, manners, clock, hosts: RefCell::default() }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Fetches `url` when its host is ready, unless it is as `conditions` have it.
    ///
    /// # Errors
    /// As [`Client::get`]; where robots.txt forbids it; where the host asked to be left alone for longer than we wait, or
    /// says that something is wrong with it (`retry_at` tells when to try again); where nothing is there.
    pub fn visit(&self, url: &str, conditions: &Conditions) -> Result<Answer, Fault> {
        let url = self.client.address(url)?;
        let most = self.client.limits().document_bytes;
        let answer = self.client.get(&url, conditions, most, &mut |url| self.permit(url));
        let answer = answer?;
        self.judge(&url, answer)
    }

    /// What an answer means, apart from what it holds.
    fn judge(&self, url: &Url, answer: Answer) -> Result<Answer, Fault> {
        let status = answer.status;
        if (200..300).contains(&status) || status == 304 {
            return Ok(answer);
        }
        let now = self.clock.now();
        let asked = answer.retry_after.as_deref().and_then(|value| retry_after(value, now));
        let host = url.host_str().unwrap_or_default();
        if matches!(status, 429 | 503) {
            let until = asked.unwrap_or(now + self.manners.rest.as_millis() as i64);
            let origin = origin(&Url::parse(&answer.url).unwrap_or_else(|_| url.clone()));
            let mut hosts = self.hosts.borrow_mut();
            let known = hosts.entry(origin).or_default();
            known.ready = known.ready.max(until);
            let message =
                format!("{host} asks to be left alone for now (status {status}): it will be");
            return Err(Fault { retry_at: Some(until), ..Fault::new("host_busy", message) });
        }
        let (code, what) = match status {
            404 | 410 => ("not_there", "there is nothing at the address"),
            400..500 => ("refused", "the server refuses it"),
            _ => ("server_fault", "something is wrong with the server"),
        };
        let message = format!("{what} (status {status}): check the address");
        Err(Fault { retry_at: asked, ..Fault::new(code, message) })
    }

    /// Waits until `url` may be asked for.
    fn permit(&self, url: &Url) -> Result<(), Fault> {
        if !self.robots(url)? {
            let message = format!(
                "{} forbids programs to fetch it (robots.txt): save the page yourself if you may",
                url.host_str().unwrap_or_default()
            );
            return Err(Fault::new("robots_disallow", message));
        }
        self.wait(url)
    }

    /// Whether the site lets `url` be fetched.
    fn robots(&self, url: &Url) -> Result<bool, Fault> {
        let origin = origin(url);
        let now = self.clock.now();
        let fresh = {
            let hosts = self.hosts.borrow();
            hosts.get(&origin).is_some_and(|host| {
                let age = now - host.asked;
                host.robots.is_some() && age < self.manners.robots_age.as_millis() as i64
            })
        };
        if !fresh {
            let found = self.fetch_robots(url)?;
            let mut hosts = self.hosts.borrow_mut();
            let host = hosts.entry(origin.clone()).or_default();
            host.robots = Some(found);
            host.asked = now;
        }
        let mut path = url.path().to_owned();
        if let Some(query) = url.query() {
            path = format!("{path}?{query}");
        }
        let hosts = self.hosts.borrow();
        Ok(hosts.get(&origin).and_then(|host| host.robots.as_ref()).is_none_or(|r| r.allows(&path)))
    }

    fn fetch_robots(&self, url: &Url) -> Result<Robots, Fault> {
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        address.set_fragment(None);
        let most = self.manners.robots_bytes;
        let answer =
            self.client.get(&address, &Conditions::default(), most, &mut |url| self.wait(url));
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => {
                Ok(Robots::parse(&String::from_utf8_lossy(&answer.bytes), NAME))
            }
            // The site is there and has no such file: everything is open.
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => {
                Ok(Robots::default())
            }
            Ok(answer) => {
                let fault = self.judge(&address, answer);
                Err(fault.err().unwrap_or_else(|| {
                    Fault::new(
                        "server_fault",
                        "the site's robots.txt cannot be had: try again later",
                    )
                }))
            }
            // So much is no list of rules that anybody keeps to.
            Err(fault) if fault.code == "document_too_large" => Ok(Robots::closed()),
            Err(fault) => Err(fault),
        }
    }

    /// Waits until the host is ready, and takes its next turn.
    fn wait(&self, url: &Url) -> Result<(), Fault> {
        let origin = origin(url);
        let now = self.clock.now();
        let (ready, pause) = {
            let mut hosts = self.hosts.borrow_mut();
            let host = hosts.entry(origin.clone()).or_default();
            let asked = host.robots.as_ref().and_then(Robots::delay).unwrap_or_default();
            (host.ready, asked.max(self.manners.pause))
        };
        let wait = Duration::from_millis((ready - now).max(0) as u64);
        if wait > self.manners.patience {
            let host = url.host_str().unwrap_or_default();
            let message = format!("{host} asked to be left alone for now: it will be");
            return Err(Fault { retry_at: Some(ready), ..Fault::new("host_busy", message) });
        }
        if !wait.is_zero() {
            self.clock.sleep(wait);
        }
        let next = self.clock.now() + pause.as_millis() as i64;
        if let Some(host) = self.hosts.borrow_mut().get_mut(&origin) {
            host.ready = next;
        }
        Ok(())
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
