//! A record that grows: whichever way what a new report is like is found, the same is found, and finding it takes as
//! long beside many reports as beside few.

use crate::made::{DAY, entry_of, place, report};
use jiff::civil::Date;
use std::path::Path;
use variorum_model::{Basis, Published};
use variorum_record::{Adding, Arrival, RecordFile, Way};

/// A text, and the day on which it came out.
type Dated = (String, Option<Date>);

/// Events of some reports each: tellings in other words and copies with a line of their own, over half a year. Words
/// are shared within an event, and some between events; every seventh report has no day.
fn events(from: u64, count: u64) -> Vec<Dated> {
    let mut random = 0x9e37_79b9_7f4a_7c15u64 ^ from;
    let mut below = |most: u64| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % most
    };
    let mut texts: Vec<Dated> = Vec::new();
    let mut first = String::new();
    for n in from..from + count {
        let day = Date::constant(2024, 1, 1).checked_add(jiff::Span::new().days((n / 2) as i64));
        let day = day.ok().filter(|_| n % 7 != 3);
        let text = match n % 5 {
            0 | 1 => {
                let word = |at: u64| {
                    format!(
                        "harbour{} ",
                        if at.is_multiple_of(3) { at % 40 } else { n / 5 * 50 + at }
                    )
                };
                (0..120).map(|_| word(below(50))).collect()
            }
            2 | 3 => format!("{first}\nRain fell on quay {n}."),
            _ => (0..120).map(|_| format!("pilot{} ", below(900) + 900 * (n / 200))).collect(),
        };
        if n.is_multiple_of(5) {
            first.clone_from(&text);
        }
        texts.push((text, day));
    }
    texts
}

fn arrival((text, day): &Dated) -> Arrival {
    let mut read = report("r", text);
    read.report.published = day.map(|day| Published::on(day, Basis::Metadata));
    Arrival::Report(Box::new(entry_of(text, &read)))
}

/// Adds reports in runs of so many; how many sketches the last run read.
fn grow(path: &Path, texts: &[Dated], run: usize, way: Way) -> u64 {
    let mut read = 0;
    for run in texts.chunks(run) {
        let adding = Adding::new(RecordFile::open_to_add(path).unwrap()).unwrap();
        let mut adding = adding.by(way);
        for batch in run.chunks(16) {
            adding.write(batch.iter().map(arrival).collect(), DAY).unwrap();
        }
        read = adding.sketches_read();
        adding.finish().unwrap();
    }
    read
}

/// Sketches, likenesses, bases and places, by report.
type Kept = Vec<(i64, Vec<u8>, Vec<u8>, Option<i64>, i64, i64)>;

fn kept(path: &Path) -> Kept {
    let db = rusqlite::Connection::open(path).unwrap();
    let count =
        |sql: &str| -> u64 { db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() as u64 };
    let file = RecordFile::open(path).unwrap();
    assert_eq!(file.story_count().unwrap(), count("SELECT count(DISTINCT story) FROM placement"));
    assert_eq!(file.len().unwrap(), count("SELECT count(*) FROM report"));
    let sql = "SELECT s.report, s.content, s.likes, c.base, p.event, p.story FROM sketch s
               JOIN content c ON c.report = s.report JOIN placement p ON p.report = s.report
               ORDER BY s.report";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_way_finds_the_same() {
    let texts = events(0, 420);
    let want = {
        let (_folder, path) = place();
        grow(&path, &texts, texts.len(), Way::All);
        kept(&path)
    };
    let stories: std::collections::BTreeSet<i64> = want.iter().map(|row| row.5).collect();
    let (based, alike) =
        (want.iter().filter(|r| r.3.is_some()), want.iter().filter(|r| !r.2.is_empty()));
    assert!((20..300).contains(&stories.len()), "{} stories", stories.len());
    assert!(based.count() > 80 && alike.count() > 200);
    for (run, way) in
        [(7, Way::Index), (60, Way::Index), (60, Way::All), (90, Way::Cheaper), (1_000, Way::Index)]
    {
        let (_folder, path) = place();
        grow(&path, &texts, run, way);
        assert!(kept(&path) == want, "runs of {run}, {way:?}");
        assert_eq!(
            RecordFile::open(&path).unwrap().verify(|| ()).unwrap().faults,
            Vec::<String>::new()
        );
    }
}

#[test]
fn invariant_03_a_record_that_grew_does_not_depend_on_order() {
    let texts = events(0, 300);
    /// Texts by the least of their story and of their event.
    fn groups(path: &Path, texts: &[Dated]) -> Vec<(usize, usize)> {
        let rows = kept(path);
        let group = |of: &dyn Fn(usize) -> i64| -> Vec<i64> { (0..rows.len()).map(of).collect() };
        let (events, stories) = (group(&|n| rows[n].4), group(&|n| rows[n].5));
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&n| &texts[n].0);
        let rank = |group: &[i64], n: usize| {
            order.iter().position(|&other| group[other] == group[n]).unwrap()
        };
        order.iter().map(|&n| (rank(&events, n), rank(&stories, n))).collect()
    }
    let mut want = None;
    for (step, way) in [(1, Way::All), (7, Way::Index), (11, Way::Cheaper), (299, Way::Index)] {
        let (_folder, path) = place();
        let turned: Vec<Dated> =
            (0..texts.len()).map(|n| texts[n * step % texts.len()].clone()).collect();
        grow(&path, &turned, 25, way);
        let found = groups(&path, &turned);
        assert!(*want.get_or_insert_with(|| found.clone()) == found, "every {step}th, {way:?}");
    }
}

#[test]
fn one_more_report_reads_as_many_sketches_beside_many_as_beside_few() {
    let (_folder, path) = place();
    // Without a day a report may be like any; such are left out.
    let dated = |from: u64| events(from, 1_400).into_iter().filter(|(_, day)| day.is_some());
    let mut read = Vec::new();
    for from in [0, 1_400] {
        let texts: Vec<Dated> = dated(from).collect();
        grow(&path, &texts[1..], 400, Way::All);
        // Brings all into the index.
        grow(&path, &texts[..1], 1, Way::Index);
        // Another telling of what stands in the middle.
        let (text, day) = &texts[600];
        read.push(grow(&path, &[(format!("{text}\nThe council met."), *day)], 1, Way::Index));
    }
    assert!(read[0] > 0 && read[1] <= read[0] + read[0] / 8, "{read:?}");
}
