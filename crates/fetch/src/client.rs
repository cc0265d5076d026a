//! Fetching one address.

use crate::fault::Fault;
use crate::guard::{Guard, GuardedResolver, Refused};
use std::io::{self, Read};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Response;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};
use url::Url;
use variorum_intake::Limits;

/// How the client calls itself.
pub(crate) const AGENT: &str = concat!("variorum/", env!("CARGO_PKG_VERSION"));

/// Bytes of the headers of one response.
const HEADERS: usize = 64 * 1024;

/// What was known of an address when it was fetched last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// What a server answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code: 200, 304, 404, …; never a redirect.
    pub status: u16,
    /// The address that answered, after redirects.
    pub url: String,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// For the next request to the same address.
    pub conditions: Conditions,
    /// `Retry-After`, as written.
    pub retry_after: Option<String>,
    /// The body without compression; empty unless the status is 2xx.
    pub bytes: Vec<u8>,
}

/// The client. Follows redirects itself, so that each hop is judged like a first address.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    guard: Guard,
    limits: Limits,
}

impl Client {
    /// A client that goes where `guard` lets it.
    pub fn new(guard: Guard, limits: &Limits) -> Client {
        let config = Config::builder()
            // A proxy would connect where it likes.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(limits.fetch_seconds)))
            .max_response_header_size(HEADERS)
            .user_agent(AGENT)
            .build();
        let resolver = GuardedResolver { guard: guard.clone(), inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, guard, limits: limits.clone() }
    }

    /// What may be fetched and how much of it.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The address as it will be asked for.
    ///
    /// # Errors
    /// Where it is none of the web's.
    pub fn address(&self, url: &str) -> Result<Url, Fault> {
        self.guard.address(url)
    }

    /// The address that a list found at `base` gives as `listed`, without the part after `#`; `None` where it is none of
    /// the web's.
    pub fn listed(&self, base: &str, listed: &str) -> Option<String> {
        let joined = Url::parse(base).ok()?.join(listed.trim()).ok()?;
        let mut address = self.guard.address(joined.as_str()).ok()?;
        address.set_fragment(None);
        Some(address.to_string())
    }

    /// Fetches `url` unless it is as `conditions` have it. `permit` is asked before each hop.
    ///
    /// # Errors
    /// Where an address is refused, a limit is hit, or nobody answers as the web does.
    pub fn get(
        &self,
        url: &Url,
        conditions: &Conditions,
        most: u64,
        permit: &mut dyn FnMut(&Url) -> Result<(), Fault>,
    ) -> Result<Answer, Fault> {
        let mut url = url.clone();
        for _ in 0..=self.limits.fetch_hops {
            permit(&url)?;
            let response = self.ask(&url, conditions)?;
            let status = response.status().as_u16();
            let next = header(&response, "location");
            match next.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) {
                None => return answer(&url, response, most),
                Some(next) => {
                    let joined = url.join(&next).map_err(|error| {
                        Fault::new(
                            "bad_address",
                            format!("{url} leads to no address ({error}): give another"),
                        )
                    })?;
                    url = self.guard.address(joined.as_str())?;
                }
            }
        }
        let hops = self.limits.fetch_hops;
        let message = format!(
            "the address leads on more than {hops} times (limit fetch_hops): give where it ends"
        );
        Err(Fault::new("too_many_redirects", message))
    }

    fn ask(&self, url: &Url, conditions: &Conditions) -> Result<Response<Body>, Fault> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &conditions.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &conditions.modified {
            request = request.header("If-Modified-Since", modified);
        }
        request.call().map_err(|error| self.fault(url, &error))
    }

    fn fault(&self, url: &Url, error: &Error) -> Fault {
        let host = url.host_str().unwrap_or_default();
        match error {
            Error::Timeout(_) => too_slow(self.limits.fetch_seconds),
            Error::HostNotFound => {
                Fault::new("unknown_host", format!("there is no host {host}: check the address"))
            }
            Error::Io(io) => match refused(io) {
                Some(refused) => {
                    let message = format!(
                        "{refused}: if it is meant, allow it with --allow-private {host}:{}",
                        url.port_or_known_default().unwrap_or(80)
                    );
                    Fault::new("private_address", message)
                }
                None => unreachable_fault(host, error),
            },
            _ => unreachable_fault(host, error),
        }
    }
}

fn refused(error: &io::Error) -> Option<&Refused> {
    error.get_ref()?.downcast_ref::<Refused>()
}

fn too_slow(seconds: u64) -> Fault {
    let message =
        format!("it took more than {seconds} seconds (limit fetch_seconds): try again later");
    Fault::new("fetch_timeout", message)
}

fn unreachable_fault(host: &str, error: &dyn std::fmt::Display) -> Fault {
    let message = format!("{host} does not answer as it should ({error}): try again later");
    Fault::new("unreachable", message)
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    // Some servers write addresses in other encodings than they may.
    let value = response.headers().get(name)?.as_bytes();
    Some(String::from_utf8_lossy(value).trim().to_owned()).filter(|value| !value.is_empty())
}

fn answer(url: &Url, response: Response<Body>, most: u64) -> Result<Answer, Fault> {
    let status = response.status().as_u16();
    let mut answer = Answer {
        status,
        url: url.to_string(),
        content_type: header(&response, "content-type"),
        conditions: Conditions {
            etag: header(&response, "etag"),
            modified: header(&response, "last-modified"),
        },
        retry_after: header(&response, "retry-after"),
        bytes: Vec::new(),
    };
    if (200..300).contains(&status) {
        let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let read = (&mut body).take(most + 1).read_to_end(&mut answer.bytes);
        if answer.bytes.len() as u64 > most {
            let message = format!(
                "what stands at the address is larger than {most} bytes (limit document_bytes): \
                 it is not read"
            );
            return Err(Fault::new("document_too_large", message));
        }
        if let Err(error) = read {
            let timeout = error.get_ref().and_then(|e| e.downcast_ref::<Error>());
            return Err(match timeout {
                Some(Error::Timeout(_)) => Fault::new(
                    "fetch_timeout",
                    "the answer takes too long (limit fetch_seconds): try again later",
                ),
                _ if error.kind() == io::ErrorKind::TimedOut => Fault::new(
                    "fetch_timeout",
                    "the answer takes too long (limit fetch_seconds): try again later",
                ),
                _ => unreachable_fault(url.host_str().unwrap_or_default(), &error),
            });
        }
    }
    Ok(answer)
}
