//! What a time expression says before it is anchored.

use super::conversion::Foreign;
use jiff::civil::Date;

/// Which way from the anchor an expression points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// "last", "past".
    Back,
    /// "this".
    Here,
    /// "next", "coming".
    On,
    /// Left to the tense of the clause.
    Open,
}

/// From what an expression is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From when the report was written ("ago", "last week").
    Writing,
    /// From a time that the text told before ("a day later", "the next day").
    Told,
}

/// What a time expression says before it is anchored.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// "June 9", "9 June 2016"; the weekday is the one the text adds.
    Day { year: Option<i16>, month: u8, day: u8, weekday: Option<u8>, way: Way },
    /// "03/04/2016": either of two days.
    EitherDay(Date, Date),
    /// "February", "March 2011", "last September".
    Month { year: Option<i16>, month: u8, way: Way },
    /// "June last year": years from that of writing.
    MonthOf { month: u8, offset: i32 },
    /// "next year's first quarter": years from that of writing.
    QuarterOf { quarter: u8, offset: i32 },
    /// "2016".
    Year(i16),
    /// "the third quarter", "the first quarter of 1990".
    Quarter { year: Option<i16>, quarter: u8, offset: i16 },
    /// "the second half of 2016".
    Half { year: Option<i16>, half: u8 },
    /// "last summer", "the winter of 1994".
    Season { year: Option<i16>, season: &'static str, way: Way },
    /// "the 1990s".
    Decade(i16),
    /// "the 20th century", by its first year.
    Century(i16),
    /// "Monday", "last Friday".
    Weekday { weekday: u8, way: Way },
    /// "the weekend", "this weekend".
    Weekend { way: Way },
    /// "last week" (-1), "this month" (0), "today" (days, 0).
    Unit { unit: &'static str, offset: i32, from: From },
    /// "two weeks ago", "three days later".
    Shift { unit: &'static str, count: i32, from: From, written: String },
    /// "that day", "that year", "the same week".
    Same { unit: &'static str },
    /// A yearly feast of fixed or computed day.
    Holiday { rule: &'static str, year: Option<i16>, way: Way },
    /// "3 Ramadan 1437", "20 Khordad": a day or month of another calendar.
    Foreign { calendar: Foreign, year: Option<i32>, month: u8, day: Option<u8> },
    /// "the latest quarter", "the year-ago period": the quarter that the text reports on, or that of
    /// `back` years before, or of `year`; `closes` is the year and month in which it is said to end.
    Period { back: i16, year: Option<i16>, closes: Option<(Option<i16>, u8)> },
    /// "the week of March 6".
    WeekOf(Box<Meaning>),
    /// "the day before last Tuesday": days from another day.
    Beside { day: Box<Meaning>, days: i32 },
    /// A length of time.
    Duration(String),
    /// A stretch up to or from the day of writing, of unknown length ("in recent weeks").
    Stretch { value: String, way: Way },
    /// A recurring time.
    Set(String),
    /// `PRESENT_REF` and its like.
    Reference(&'static str),
    /// A date that cannot be placed: "31 June", "3 Ramadan 1437".
    Unplaced(String),
    /// A clock time that no day goes with.
    ClockOnly,
}

/// A clock time as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub hour: u8,
    /// Minutes, if written.
    pub minute: Option<u8>,
    /// UTC was named: the hour is that of Greenwich.
    pub utc: bool,
    /// Written as "midnight", which may open or close the day.
    pub midnight: bool,
    /// The hour of Greenwich that a bracket adds ("midnight (2200 GMT)").
    pub utc_hour: Option<u8>,
}

/// A time expression found in a row of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
    /// TIMEX3 part of day ("MO").
    pub part: Option<&'static str>,
    /// Clock time.
    pub clock: Option<Clock>,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Found {
    /// An expression without part of day and clock time.
    pub(super) fn new(start: usize, end: usize, meaning: Meaning, rule: &'static str) -> Found {
        Found { start, end, meaning, part: None, clock: None, rule }
    }
}
