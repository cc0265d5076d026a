//! Full disks, folders that may not be written, two writers, files cut short and files with changed bits: a clear
//! fault, and nothing made worse.

use crate::made::{DAY, REPORTS, add, arrivals, borrowed, many, place};
use std::fs;
use std::path::Path;
use variorum_record::{Adding, Facets, FaultKind, Query, RecordFile};

/// A fault says where, what is wrong, and what to do.
fn is_clear(fault: &variorum_record::Fault, path: &Path) -> bool {
    let message = fault.to_string();
    message.starts_with(&path.display().to_string()) && message.matches(": ").count() >= 2
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let (_folder, path) = place();
    add(&path, &REPORTS, DAY);
    let file = RecordFile::open_to_add(&path).unwrap();
    file.bound_pages((fs::metadata(&path).unwrap().len() / 8_192) as u32 + 12).unwrap();
    let mut adding = Adding::new(file).unwrap();
    let texts = many(2000);
    let (mut kept, mut fault) = (4, None);
    for batch in borrowed(&texts).chunks(20) {
        match adding.write(arrivals(batch), DAY) {
            Ok(added) => kept += added.len() as u64,
            Err(e) => {
                fault = Some(e);
                break;
            }
        }
    }
    let fault = fault.expect("the disk is full");
    assert_eq!(fault.kind(), FaultKind::Full);
    assert!(is_clear(&fault, &path), "{fault}");
    drop(adding);
    let file = RecordFile::open(&path).unwrap();
    assert_eq!(file.len().unwrap(), kept);
    assert_eq!(file.verify(|| ()).unwrap().faults, Vec::<String>::new());
    drop(file);
    // With room again the same command goes on.
    let mut adding = Adding::new(RecordFile::open_to_add(&path).unwrap()).unwrap();
    adding.write(arrivals(&borrowed(&texts)[..200]), DAY).unwrap();
    adding.finish().unwrap();
}

#[test]
fn folders_that_may_not_be_written() {
    let (folder, path) = place();
    fs::write(&path, "a file").unwrap();
    let mut places = vec![path.join("in-a-file.db"), folder.path().join("missing/r.db")];
    if cfg!(target_os = "linux") {
        places.push("/proc/variorum.db".into()); // nobody may write there, whoever runs this
    }
    for place in places {
        let fault = RecordFile::open_to_add(&place).unwrap_err();
        assert_eq!(fault.kind(), FaultKind::ReadOnly, "{fault}");
        assert!(is_clear(&fault, &place), "{fault}");
        assert!(!place.exists());
    }
    let fault = RecordFile::open_to_add(folder.path()).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::NoRecord, "{fault}");
}

#[cfg(unix)]
#[test]
fn a_record_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    add(&path, &REPORTS, DAY);
    let allow =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&path, 0o444);
    allow(folder.path(), 0o555);
    let file = RecordFile::open(&path).unwrap();
    let query = Query { text: "tankers".into(), facets: Facets::default(), offset: 0, limit: 5 };
    assert_eq!(file.search(&query).unwrap().total, 3);
    assert_eq!(file.verify(|| ()).unwrap().faults, Vec::<String>::new());
    drop(file);
    allow(folder.path(), 0o755);
}

#[test]
fn one_process_at_a_time_adds() {
    let (_folder, path) = place();
    add(&path, &REPORTS[..1], DAY);
    let first = RecordFile::open_to_add(&path).unwrap();
    let fault = RecordFile::open_to_add(&path).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::Busy);
    assert!(is_clear(&fault, &path), "{fault}");
    // Others read meanwhile, and see whole batches.
    let reader = RecordFile::open(&path).unwrap();
    let mut adding = Adding::new(first).unwrap();
    adding.write(arrivals(&REPORTS), DAY).unwrap();
    assert_eq!(reader.len().unwrap(), 4);
    adding.finish().unwrap();
    drop(RecordFile::open_to_add(&path).unwrap());
}

#[test]
fn what_is_no_record_is_left_alone() {
    let (_folder, path) = place();
    for bytes in [&b"not a database, but longer than a header would be, by far and by intent........................"[..], b"short"] {
        fs::write(&path, bytes).unwrap();
        for fault in [RecordFile::open(&path).unwrap_err(), RecordFile::open_to_add(&path).unwrap_err()] {
            assert_eq!(fault.kind(), FaultKind::NoRecord, "{fault}");
            assert!(is_clear(&fault, &path), "{fault}");
        }
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(RecordFile::open_to_add(&path).unwrap_err().kind(), FaultKind::NoRecord);
    let db = rusqlite::Connection::open(&path).unwrap();
    assert_eq!(db.query_row("SELECT count(*) FROM theirs", [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(fs::read(&path).unwrap().len(), before.len());
}

#[test]
fn a_file_cut_short_is_told_and_not_touched() {
    let (folder, path) = place();
    add(&path, &REPORTS, DAY);
    let whole = fs::read(&path).unwrap();
    let cut = folder.path().join("cut.db");
    for part in 1..40 {
        let bytes = &whole[..whole.len() * part / 40];
        fs::write(&cut, bytes).unwrap();
        for fault in
            [RecordFile::open(&cut).unwrap_err(), RecordFile::open_to_add(&cut).unwrap_err()]
        {
            assert!(is_clear(&fault, &cut), "{fault}");
            assert_eq!(fault.kind(), FaultKind::Damaged, "{fault}");
            assert!(fault.to_string().contains(&format!("cut.db:{}", bytes.len())), "{fault}");
        }
        assert_eq!(fs::read(&cut).unwrap(), bytes);
    }
}

#[test]
fn changed_bits_never_pass_for_what_was_added() {
    let (folder, path) = place();
    let added = add(&path, &REPORTS, DAY);
    let whole = fs::read(&path).unwrap();
    let bad = folder.path().join("bad.db");
    let used: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] != 0).collect();
    let mut seen = 0;
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..300 {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut bytes = whole.clone();
        let bit = used[(random >> 23) as usize % used.len()] * 8 + (random >> 20) as usize % 8;
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&bad, &bytes).unwrap();
        for side in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("bad.db{side}")));
        }
        let Ok(file) = RecordFile::open(&bad) else {
            seen += 1;
            continue;
        };
        let _ = file.search(&Query {
            text: "tankers".into(),
            facets: Facets::default(),
            offset: 0,
            limit: 5,
        });
        let _ = file.stories(&Facets::default(), 1, 5);
        let clean = file.verify(|| ()).is_ok_and(|v| v.faults.is_empty());
        seen += usize::from(!clean);
        for (added, (_, text)) in added.iter().zip(REPORTS) {
            // What can be read is what was added, or a fault is told.
            let Ok(line) = file.find(&added.id) else {
                assert!(!clean);
                continue;
            };
            match file.raw(&line) {
                Ok(raw) => assert_eq!(raw, text.as_bytes(), "bit {bit}"),
                Err(fault) => assert!(!clean && is_clear(&fault, &bad), "{fault}"),
            }
            if let Ok(read) = file.read(&line, i64::MAX) {
                assert_eq!(read.report.text, text, "bit {bit}");
            }
        }
    }
    assert!(seen > 150, "only {seen} of 300 changes were seen");
}
