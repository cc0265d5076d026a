//! Which addresses may be reached.
//!
//! A name is resolved once; every address it resolves to must be public, and the connection is made to those very
//! addresses, so that a name server cannot answer the check and the connection differently. The same holds for every hop
//! of a redirect.

use crate::fault::Fault;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

/// Who may be reached beside public addresses.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// `host:port`, in lower case.
    allowed: Vec<String>,
}

impl Guard {
    /// A guard that also lets through what is `allowed`: `host:port`, as it stands in the address.
    pub fn allowing(allowed: &[String]) -> Guard {
        Guard { allowed: allowed.iter().map(|a| a.trim().to_ascii_lowercase()).collect() }
    }

    fn allows(&self, host: &str, port: u16) -> bool {
        let place = format!("{}:{port}", host.to_ascii_lowercase());
        self.allowed.contains(&place)
    }

    /// The address `url` as it will be asked for.
    ///
    /// # Errors
    /// Where it is none of the web's, or bears a user's name.
    pub fn address(&self, url: &str) -> Result<Url, Fault> {
        let bad = |what: &str| {
            let shown: String = url.chars().filter(|c| !c.is_control()).take(200).collect();
            Fault::new("bad_address", format!("{shown}: {what}: give an http or https address"))
        };
        let url = Url::parse(url.trim()).map_err(|error| bad(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("only the web is fetched"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("the address bears a name or password"));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(bad("the address names no host"));
        }
        Ok(url)
    }
}

/// Resolves names, and refuses what is not public.
#[derive(Debug)]
pub(crate) struct GuardedResolver {
    pub(crate) guard: Guard,
    pub(crate) inner: DefaultResolver,
}

/// An address that may not be reached. Travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{host} is at {address}, which is not public")]
pub(crate) struct Refused {
    host: String,
    address: IpAddr,
}

impl Resolver for GuardedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        let port =
            uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        if self.guard.allows(host, port) {
            return Ok(found);
        }
        match found.iter().map(|socket| socket.ip()).find(|&ip| !is_public(ip)) {
            None => Ok(found),
            Some(address) => {
                let refused = Refused { host: host.to_owned(), address };
                Err(Error::Io(io::Error::other(refused)))
            }
        }
    }
}

/// Whether `address` is one of the public internet: not loopback, private, link-local, shared (CGNAT), multicast,
/// documentation, reserved, or a cloud's own services; nor one of these in the clothes of IPv6.
///
/// After the special-purpose registries of IANA (RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// `(network, bits)` of IPv4 that are not public.
const RESERVED_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Metadata services of clouds among them.
    ([169, 254, 0, 0], 16),
    // A cloud's host as its guests see it.
    ([168, 63, 129, 16], 32),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !RESERVED_V4.iter().any(|&(network, length)| {
        let mask = u32::MAX << (32 - length);
        bits & mask == u32::from_be_bytes(network) & mask
    })
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let tail = Ipv4Addr::from_bits(u32::from(s[6]) << 16 | u32::from(s[7]));
    match s {
        // Mapped IPv4.
        [0, 0, 0, 0, 0, 0xFFFF, ..] => is_public_v4(tail),
        // IPv4 behind a translator (RFC 6052).
        [0x64, 0xFF9B, 0, 0, 0, 0, ..] => is_public_v4(tail),
        // Protocol assignments, Teredo, documentation, benchmarks.
        [0x2001, second, ..] if second < 0x200 || second == 0xDB8 => false,
        // 6to4, with any IPv4 address inside.
        [0x2002, ..] => false,
        // Documentation.
        [0x3FFF, second, ..] if second < 0x1000 => false,
        // Only this much is in use.
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Guard, is_public};

    #[test]
    fn public_addresses() {
        for (address, public) in [
            ("93.184.216.34", true),
            ("1.1.1.1", true),
            ("172.15.0.1", true),
            ("172.32.0.1", true),
            ("100.128.0.1", true),
            ("2606:4700::1111", true),
            ("::ffff:93.184.216.34", true),
            ("64:ff9b::5db8:d822", true),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("168.63.129.16", false),
            ("100.64.0.1", false),
            ("100.100.100.200", false),
            ("198.19.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::127.0.0.1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:169.254.169.254", false),
            ("64:ff9b::a00:1", false),
            ("fe80::1", false),
            ("fc00::1", false),
            ("fd00:ec2::254", false),
            ("ff02::1", false),
            ("2001:db8::1", false),
            ("2001:0:4136:e378::1", false),
            ("2002:7f00:1::", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn addresses_of_the_web() {
        let guard = Guard::default();
        for (url, expected) in [
            ("https://q.example/a b", Some("https://q.example/a%20b")),
            ("http://2130706433/", Some("http://127.0.0.1/")),
            ("http://0x7f.1/", Some("http://127.0.0.1/")),
            ("HTTP://Q.Example:80", Some("http://q.example/")),
            ("http://user@q.example/", None),
            ("http://a.example@127.0.0.1/", None),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("ftp://q.example/", None),
            ("q.example", None),
            ("", None),
        ] {
            let found = guard.address(url);
            assert_eq!(found.as_ref().map(|u| u.as_str()).ok(), expected, "{url}");
            assert!(found.err().is_none_or(|fault| fault.code == "bad_address"));
        }
    }
}
