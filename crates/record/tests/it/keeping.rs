//! What was added is kept, and once.

use crate::made::{DAY, REPORTS, add, arrivals, borrowed, many, place, report};
use serde_json::{Value, json};
use std::io::Read;
use variorum_model::contract::Record;
use variorum_model::report_row;
use variorum_record::{
    Adding, Facets, Judgement, RecordFile, Records, Standing, content_hash, end_of_day,
};

#[test]
fn reports_come_back_as_they_were() {
    let (_folder, path) = place();
    let added = add(&path, &REPORTS, DAY);
    let file = RecordFile::open(&path).unwrap();
    for (added, (name, text)) in added.iter().zip(REPORTS) {
        let line = file.find(&added.id).unwrap();
        let (read, want) = (file.read(&line, i64::MAX).unwrap(), report(name, text));
        assert_eq!(read.report.text, want.report.text);
        assert_eq!(read.report.title, want.report.title);
        assert_eq!(read.report.body, want.report.body);
        assert_eq!(read.annotations, want.annotations);
        assert_eq!(read.codings, want.codings);
        assert_eq!(file.raw(&line).unwrap(), text.as_bytes());
    }
    let verified = file.verify(|| ()).unwrap();
    assert_eq!((verified.reports, verified.faults), (4, vec![]));
    assert!(verified.citations > 20);
}

#[test]
fn a_copy_takes_few_bytes_beside_what_it_copies() {
    let (_folder, path) = place();
    let long = many(2).remove(1).1;
    let copy = format!("{long}\nRain fell.");
    let longer = format!("{copy}\nSnow fell.");
    add(&path, &[("a.txt", &long)], DAY);
    add(&path, &[("b.txt", &copy), ("c.txt", &longer)], DAY + 1);
    let file = RecordFile::open(&path).unwrap();
    for (name, text) in [("a.txt", &long), ("b.txt", &copy), ("c.txt", &longer)] {
        let line = file.versions(name).unwrap().remove(0).report;
        assert_eq!(file.read(&line, i64::MAX).unwrap().report.text, **text);
        assert_eq!(file.raw(&line).unwrap(), text.as_bytes());
    }
    assert_eq!(file.verify(|| ()).unwrap().faults, Vec::<String>::new());
    let db = rusqlite::Connection::open(&path).unwrap();
    let rows: Vec<(i64, Option<i64>)> = db
        .prepare("SELECT length(text), base FROM content ORDER BY report")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(|row| row.unwrap())
        .collect();
    assert_eq!(rows.iter().map(|r| r.1).collect::<Vec<_>>(), [None, Some(1), Some(1)]);
    assert!(rows[1].0 * 8 < rows[0].0 && rows[2].0 * 8 < rows[0].0, "{rows:?}");
}

/// A record of `read` that quotes `quote` from the first code points of its last report.
fn quoting(read: &[variorum_model::ReadReport], quote: &str) -> Record {
    let rows: Vec<Value> = read.iter().map(|r| report_row(&r.report)).collect();
    let last = &read[read.len() - 1].report.id;
    let cited = json!({"report": last, "start": 0, "end": quote.chars().count(), "quote": quote});
    let single = json!({"id": "", "judgement": null, "about": "", "kind": "one_report", "of": null,
        "evidence": [cited]});
    let mut record = json!({"variorum": 1, "reports": rows, "singles": [single]});
    for list in [
        "lineages",
        "actors",
        "places",
        "events",
        "accords",
        "mandates",
        "figures",
        "quotations",
        "agreements",
        "conflicts",
        "framing",
        "dependence",
        "stories",
        "rejected",
    ] {
        record[list] = json!([]);
    }
    serde_json::from_value(record).expect("a record")
}

#[test]
fn verify_cuts_the_citations_of_kept_records_again() {
    for (quote, faults) in [(&REPORTS[0].1[..12], 0), ("Elsewhere it", 1)] {
        let (_folder, path) = place();
        let added = add(&path, &REPORTS[..1], DAY);
        let file = RecordFile::open(&path).unwrap();
        let before = file.verify(|| ()).unwrap();
        let collate = |read: Vec<_>| quoting(&read, quote);
        Records::of(&file).record(&added[0].id, &collate).unwrap();
        let after = file.verify(|| ()).unwrap();
        assert_eq!((before.records, after.records), (0, 1), "{quote}");
        assert_eq!(after.citations, before.citations + 1, "{quote}");
        assert_eq!(after.faults.len(), faults, "{quote}: {:?}", after.faults);
        assert!(after.faults.iter().all(|f| f.contains("does not quote its text")));
    }
}

#[test]
fn adding_again_adds_nothing() {
    let (_folder, path) = place();
    let standings = |added: Vec<variorum_record::Added>| -> Vec<Standing> {
        added.into_iter().map(|a| a.standing).collect()
    };
    let first = standings(add(&path, &REPORTS, DAY));
    assert_eq!(first, [Standing::New, Standing::New, Standing::New, Standing::Copy]);
    assert_eq!(standings(add(&path, &REPORTS, DAY + 1)), [Standing::Known; 4]);
    let elsewhere = [("other/strike.txt", REPORTS[0].1)];
    assert_eq!(standings(add(&path, &elsewhere, DAY + 2)), [Standing::Known]);
    let file = RecordFile::open(&path).unwrap();
    assert_eq!(file.len().unwrap(), 4);
    assert_eq!(file.versions("other/strike.txt").unwrap().len(), 1);
}

#[test]
fn no_log_is_left_beside_a_file_that_was_added_to() {
    let (folder, path) = place();
    for texts in [&REPORTS[..2], &REPORTS] {
        let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
        // As those do that read.
        let known = adding.known();
        adding.write(arrivals(texts), DAY).unwrap();
        drop(adding.finish().unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(!known.contains(&[0; 32]));
    }
}

#[test]
fn what_was_there_when_adding_began_is_known() {
    let (_folder, path) = place();
    add(&path, &REPORTS[..2], DAY);
    let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
    let known = adding.known();
    adding.write(arrivals(&REPORTS[2..3]), DAY).unwrap();
    let found = REPORTS.map(|(_, text)| known.contains(&content_hash(text.as_bytes())));
    assert_eq!(found, [true, true, false, false]);
}

#[test]
fn two_texts_under_one_id_are_two_reports() {
    let (_folder, path) = place();
    let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
    let (mut a, mut b) = (report("a", "One text of the row."), report("b", "Another text of it."));
    a.report.id = "row-1".into();
    b.report.id = "row-1".into();
    let raw = |path: &str, text: &str| variorum_model::RawReport {
        id: "row-1".into(),
        path: path.into(),
        form: variorum_model::SourceForm::CleanText,
        text: text.into(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: vec![],
    };
    let made = [("a", &a), ("b", &b)].map(|(path, read)| {
        let text = &read.report.text;
        let bytes = format!("{{\"id\":\"row-1\",\"text\":\"{text}\"}}");
        let entry = variorum_record::Entry::prepare(&raw(path, text), bytes.as_bytes(), true, read);
        variorum_record::Arrival::Report(Box::new(entry.unwrap()))
    });
    let ids: Vec<String> =
        adding.write(made.into(), DAY).unwrap().into_iter().map(|a| a.id).collect();
    adding.finish().unwrap();
    assert_eq!(ids[0], "row-1");
    assert!(ids[1].starts_with("row-1-") && ids[1].len() == 22, "{}", ids[1]);
    let file = RecordFile::open(&path).unwrap();
    assert_eq!(file.verify(|| ()).unwrap().faults, Vec::<String>::new());
    assert_eq!(file.read(&file.find(&ids[1]).unwrap(), i64::MAX).unwrap().report.id, ids[1]);
}

#[test]
fn stories_do_not_depend_on_the_order_of_adding() {
    let all = |orders: &[&[usize]]| {
        let (_folder, path) = place();
        for batch in orders {
            let batch: Vec<_> = batch.iter().map(|&i| REPORTS[i]).collect();
            add(&path, &batch, DAY);
        }
        let file = RecordFile::open(&path).unwrap();
        let mut stories: Vec<_> = file
            .stories(&Facets::default(), 1, 10)
            .unwrap()
            .into_iter()
            .map(|s| (s.id, s.title, s.reports, s.events))
            .collect();
        stories.sort();
        stories
    };
    let want = all(&[&[0, 1, 2, 3]]);
    assert_eq!(want.iter().map(|s| s.2).collect::<Vec<_>>().iter().sum::<i64>(), 4);
    assert_eq!(want.len(), 2);
    assert_eq!(all(&[&[3], &[2], &[1], &[0]]), want);
    assert_eq!(all(&[&[2, 1], &[0, 3]]), want);
}

#[test]
fn a_run_cut_short_is_made_up_for() {
    let (_folder, path) = place();
    let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
    adding.write(arrivals(&REPORTS), DAY).unwrap();
    drop(adding); // without finishing: as after a kill
    let file = RecordFile::open(&path).unwrap();
    assert_eq!(file.story_count().unwrap(), 0);
    file.settle_stories().unwrap();
    assert_eq!(file.story_count().unwrap(), 2);
}

#[test]
fn invariant_08_judgements_are_never_overwritten() {
    let (_folder, path) = place();
    add(&path, &REPORTS[..2], DAY);
    let made = Judgement {
        number: 0,
        made: DAY,
        by: "A. Reader".into(),
        kind: "reject".into(),
        subject: serde_json::json!({"story": "s:1", "conflict": "c1"}),
        value: serde_json::json!(null),
        reason: "one captain, two spellings".into(),
        undoes: None,
    };
    {
        let mut file = RecordFile::open_to_add(&path).unwrap();
        assert_eq!(file.judge(&made).unwrap(), 1);
    }
    let kept = |path: &std::path::Path| RecordFile::open(path).unwrap().judgements().unwrap();
    let want = vec![Judgement { number: 1, ..made.clone() }];
    assert_eq!(kept(&path), want);
    // Runs of everything that writes.
    add(&path, &REPORTS, DAY + 5);
    RecordFile::open(&path).unwrap().settle_stories().unwrap();
    assert_eq!(kept(&path), want);
    // The file itself refuses, whoever asks.
    let db = rusqlite::Connection::open(&path).unwrap();
    for sql in [
        "UPDATE judgement SET kind = 'accept'",
        "DELETE FROM judgement",
        "UPDATE judgement SET number = 9",
    ] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(kept(&path), want);
}

#[test]
fn invariant_09_a_file_of_form_1_opens_for_ever() {
    let (_folder, path) = place();
    let mut bytes = Vec::new();
    let kept: &[u8] = include_bytes!("../v1.db.gz");
    flate2::read::GzDecoder::new(kept).read_to_end(&mut bytes).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let file = RecordFile::open(&path).unwrap();
    let verified = file.verify(|| ()).unwrap();
    assert_eq!((verified.reports, verified.faults), (12, vec![]));
    assert!(verified.citations > 2000, "{}", verified.citations);
    let query = variorum_record::Query {
        text: "Kholmirzaev".into(),
        facets: Facets { fold: true, kind: vec!["consult".into()], ..Facets::default() },
        offset: 0,
        limit: 20,
    };
    let found = file.search(&query).unwrap();
    assert!(found.total >= 5, "{}", found.total);
    assert_eq!(file.judgements().unwrap().len(), 1);
    assert_eq!(file.story_count().unwrap(), 2);
    drop(file);
    // And it can be added to.
    add(&path, &REPORTS, DAY);
    assert_eq!(RecordFile::open(&path).unwrap().len().unwrap(), 16);
}

#[test]
fn versions_and_past_days() {
    let (_folder, path) = place();
    let day = |day: &str| end_of_day(day).unwrap();
    add(&path, &[("page", "Toll rises\nEleven are dead.\nRain fell.")], day("2024-03-01"));
    add(&path, &[("page", "Toll rises\nTwelve are dead.\nRain fell.")], day("2024-03-03"));
    add(&path, &REPORTS[..1], day("2024-03-01"));
    add(&path, &REPORTS[1..2], day("2024-03-05"));
    let file = RecordFile::open(&path).unwrap();
    let versions = file.versions("page").unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].changes, []);
    assert_eq!(versions[1].changes.len(), 1);
    assert_eq!(versions[1].changes[0].before, "Eleven are dead.");
    assert_eq!(versions[1].changes[0].after, "Twelve are dead.");
    let first = file.versions("strike.txt").unwrap().remove(0).report.id;
    let at = |when: &str| file.story_reports_at(&first, day(when)).map(|r| r.len());
    assert_eq!(at("2024-03-04").unwrap(), 1);
    assert_eq!(at("2024-03-05").unwrap(), 2);
    assert!(at("2024-02-01").is_err());
}

#[test]
#[ignore = "takes minutes: a hundred thousand reports"]
fn a_hundred_thousand_reports() {
    let (_folder, path) = place();
    let texts = many(100_000);
    let started = std::time::Instant::now();
    let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
    for batch in borrowed(&texts).chunks(64) {
        adding.write(arrivals(batch), DAY).unwrap();
    }
    let file = adding.finish().unwrap();
    eprintln!("added in {:?}", started.elapsed());
    let mut times = Vec::new();
    for n in 0..200 {
        let (a, b) = (8 * n * n, 8 * (n % 40) + 1);
        let text =
            [format!("harbour{a}"), format!("pilot{b} -harbour0"), format!("coast pilot{b}*")];
        let text = text[n % 3].clone();
        let started = std::time::Instant::now();
        let facets = Facets { fold: true, ..Facets::default() };
        file.search(&variorum_record::Query { text, facets, offset: 0, limit: 20 }).unwrap();
        times.push(started.elapsed());
    }
    times.sort();
    eprintln!("search p50 {:?} p95 {:?}", times[100], times[190]);
    eprintln!("{} bytes", std::fs::metadata(&path).unwrap().len());
}

#[test]
fn pages_of_an_outlet_are_kept_whatever_their_order() {
    let pages: Vec<_> = (0u8..5)
        .map(|n| ("quaypost.example".to_owned(), [n; 32], format!("{{\"n\":{n}}}")))
        .collect();
    let kept = |pages: &[variorum_record::OutletPage]| {
        let (_folder, path) = place();
        let mut file = RecordFile::open_to_add(&path).unwrap();
        for page in pages {
            file.keep_outlet_pages(std::slice::from_ref(page), 3).unwrap();
        }
        drop(file);
        RecordFile::open(&path).unwrap().outlet_pages().unwrap()
    };
    let turned: Vec<_> = pages.iter().rev().cloned().collect();
    assert_eq!(kept(&pages), pages[..3]);
    assert_eq!(kept(&turned), pages[..3]);
}
