//! How a person names one event of one report.

use std::path::Path;
use std::str::FromStr;
use variorum_model::{CodePoints, EventMention, Report};

/// Which event is meant: `e3`, `@158`, or either behind `REPORT:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventName {
    /// Id of the report, or its file name; any report if none is named.
    report: Option<String>,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Counted from 0.
    Number(usize),
    /// The code point at which its trigger or its clause stands.
    Character(usize),
}

impl FromStr for EventName {
    type Err = String;

    fn from_str(text: &str) -> Result<EventName, String> {
        let (report, place) = match text.rsplit_once(':') {
            Some((report, place)) => (Some(report.to_owned()), place),
            None => (None, text),
        };
        let number = place.strip_prefix('e').and_then(|n| n.parse::<usize>().ok());
        let character = place.strip_prefix('@').and_then(|n| n.parse().ok());
        let place = match (number.and_then(|n| n.checked_sub(1)), character) {
            (Some(number), _) => Place::Number(number),
            (_, Some(character)) => Place::Character(character),
            _ => return Err("want e3, @158, REPORT:e3 or REPORT:@158".to_owned()),
        };
        Ok(EventName { report, place })
    }
}

impl EventName {
    /// Whether an event of this report may be meant.
    pub(crate) fn may_be_in(&self, report: &Report) -> bool {
        self.report.as_ref().is_none_or(|wanted| {
            let file = Path::new(&report.path).file_name().and_then(|f| f.to_str());
            *wanted == report.id || *wanted == report.path || file == Some(wanted)
        })
    }

    /// The number of the event that is meant among those of a report, counted from 0: of several told at
    /// one character the one whose trigger stands there.
    pub(crate) fn find(&self, report: &Report, events: &[EventMention]) -> Option<usize> {
        if !self.may_be_in(report) {
            return None;
        }
        match self.place {
            Place::Number(number) => (number < events.len()).then_some(number),
            Place::Character(at) => {
                let points = CodePoints::new(&report.text);
                let covers = |[start, end]: [usize; 2]| start <= at && at < end;
                let trigger = events.iter().position(|e| covers(points.pair(e.trigger)));
                trigger.or_else(|| events.iter().position(|e| covers(points.pair(e.span))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_events() {
        for (text, report, place) in [
            ("e3", None, Some(Place::Number(2))),
            ("@158", None, Some(Place::Character(158))),
            ("ab12:e1", Some("ab12"), Some(Place::Number(0))),
            ("a:b.txt:@7", Some("a:b.txt"), Some(Place::Character(7))),
            ("e0", None, None),
            ("3", None, None),
            ("", None, None),
        ] {
            let want = place.map(|place| EventName { report: report.map(str::to_owned), place });
            assert_eq!(text.parse().ok(), want, "{text}");
        }
    }
}
