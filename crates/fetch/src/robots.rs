//! The robots exclusion protocol (RFC 9309): what a site asks of programs.

use std::time::Duration;

/// What a site asks of us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    /// Patterns, and whether what matches may be fetched.
    rules: Vec<(String, bool)>,
    delay: Option<Duration>,
}

/// Longest pause that a site may ask for.
const LONGEST: f64 = 60.0;
/// Rules that are heeded; the protocol asks for no more than a few hundred kilobytes.
const MOST_RULES: usize = 10_000;

impl Robots {
    /// A site that forbids everything, as one does whose file cannot be had for a fault of the server.
    pub fn closed() -> Robots {
        Robots { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// Reads a robots.txt for the program called `agent`: the groups that name it, or else those for all.
    pub fn parse(text: &str, agent: &str) -> Robots {
        let (mut own, mut all) = (Robots::default(), Robots::default());
        let mut named = false;
        // Which of the two the current group is for.
        let (mut for_own, mut for_all, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (for_own, for_all, in_rules) = (false, false, false);
                }
                let token = value.split(['/', ' ']).next().unwrap_or_default();
                for_own |= token.eq_ignore_ascii_case(agent);
                for_all |= value == "*";
                named |= for_own;
                continue;
            }
            if !matches!(&*key, "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            in_rules = true;
            for (wanted, robots) in [(for_own, &mut own), (for_all, &mut all)] {
                if !wanted || robots.rules.len() == MOST_RULES {
                    continue;
                }
                match &*key {
                    "crawl-delay" => {
                        let seconds = value.parse::<f64>().ok().filter(|s| s.is_finite());
                        let pause = seconds.map(|s| Duration::from_secs_f64(s.clamp(0.0, LONGEST)));
                        robots.delay = robots.delay.max(pause);
                    }
                    // An empty rule says nothing.
                    _ if value.is_empty() => {}
                    _ => robots.rules.push((value.to_owned(), key == "allow")),
                }
            }
        }
        if named { own } else { all }
    }

    /// Whether `path`, with its query, may be fetched. The longest pattern that matches decides, and of two of one length
    /// the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching
            .max_by_key(|(pattern, allow)| (pattern.len(), *allow))
            .is_none_or(|(_, allow)| *allow)
    }

    /// Seconds that the site asks for between two requests.
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// Whether `path` begins as `pattern` says: `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    let mut anywhere = false;
    while let Some(part) = parts.next() {
        anywhere = part.is_empty();
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_end || rest.is_empty() || anywhere
}

#[cfg(test)]
mod tests {
    use super::Robots;
    use std::time::Duration;

    #[test]
    fn rules() {
        let table = [
            ("", "/a", true),
            ("User-agent: *\nDisallow: /", "/a", false),
            ("User-agent: *\nDisallow:", "/a", true),
            ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true),
            ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", false),
            ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
            ("User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nDisallow: /x", "/a", true),
            ("User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nDisallow: /x", "/x", false),
            ("User-agent: variorum/1.0\nDisallow: /", "/x", false),
            ("User-agent: other\nUser-agent: variorum\nDisallow: /", "/x", false),
            ("User-agent: other\nDisallow: /", "/x", true),
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false),
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true),
            ("User-agent: *\nDisallow: /a*b*c", "/axbxc/d", false),
            ("User-agent: *\nDisallow: /a*b*c", "/axcxb", true),
            ("User-agent: *\nDisallow: /a$", "/a", false),
            ("User-agent: *\nDisallow: /a$", "/ab", true),
            ("User-agent: *\nDisallow: /*?", "/a?b", false),
            ("User-agent: * # all\nDisallow: /a # this", "/a", false),
            ("Disallow: /", "/a", true),
            ("<html>Not found: x</html>", "/a", true),
        ];
        for (text, path, allowed) in table {
            assert_eq!(Robots::parse(text, "variorum").allows(path), allowed, "{text:?} {path}");
        }
        assert!(!Robots::closed().allows("/a"));
    }

    #[test]
    fn delays() {
        for (text, delay) in [
            ("User-agent: *\nCrawl-delay: 2.5", Some(2_500)),
            ("User-agent: *\nCrawl-delay: 100000", Some(60_000)),
            ("User-agent: *\nCrawl-delay: -1", Some(0)),
            ("User-agent: *\nCrawl-delay: NaN", None),
            ("User-agent: *\nCrawl-delay: soon", None),
        ] {
            let delay = delay.map(Duration::from_millis);
            assert_eq!(Robots::parse(text, "variorum").delay(), delay, "{text:?}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let text = format!("User-agent: *\nDisallow: /{}z$", "*a".repeat(5_000));
        assert!(Robots::parse(&text, "variorum").allows(&"/a".repeat(50_000)));
    }
}
