//! Forms of the file, and the way from each to the next.

use crate::fault::{Fault, FaultKind, no_record};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// `application_id` of a record file: "Vari".
const APPLICATION: i32 = 0x5661_7269;

/// The steps from nothing to the form written now; step `n` makes form `n + 1`. Steps are added, none
/// is ever changed.
const STEPS: [&str; 6] = [
    include_str!("schema_v1.sql"),
    include_str!("schema_v2.sql"),
    include_str!("schema_v3.sql"),
    include_str!("schema_v4.sql"),
    include_str!("schema_v5.sql"),
    include_str!("schema_v6.sql"),
];

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing yet.
    Empty,
    /// A record of an earlier form.
    Earlier,
    /// A record of the form written now.
    Current,
}

/// What the file behind `db` holds.
pub(crate) fn form(db: &Connection, path: &Path) -> Result<Form, Fault> {
    let number = |sql: &str| -> Result<i32, Fault> {
        db.query_row(sql, [], |row| row.get(0)).map_err(|e| Fault::of(path, &e))
    };
    let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(Form::Empty),
        (APPLICATION, v) if v == STEPS.len() as i32 => Ok(Form::Current),
        (APPLICATION, v) if (1..STEPS.len() as i32).contains(&v) => Ok(Form::Earlier),
        (APPLICATION, v) if v > STEPS.len() as i32 => Err(Fault::new(
            FaultKind::TooNew,
            path,
            format!("the record has form {v}, and this version knows forms up to {}", STEPS.len()),
            "use a later version of variorum",
        )),
        _ => Err(no_record(path)),
    }
}

/// Brings the file to the form written now, all steps in one transaction.
pub(crate) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    migrate_by(db, &STEPS)
}

fn migrate_by(db: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from: i64 = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let from = from as usize;
    for (step, number) in steps.iter().zip(1usize..).skip(from) {
        change.execute_batch(step)?;
        // Whoever reads the file with other tools needs them.
        match number {
            1 => {
                let sql = "INSERT INTO dictionary VALUES ('text', ?1), ('reading', ?2)";
                change.execute(sql, (crate::pack::TEXT, crate::pack::READING))?;
            }
            4 => {
                let sql = "INSERT INTO dictionary VALUES ('prior', ?1)";
                change.execute(sql, [crate::wire::PRIOR])?;
            }
            _ => {}
        }
    }
    if from < steps.len() {
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", steps.len() as i32)?;
    }
    change.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str =
        "ALTER TABLE report ADD COLUMN later TEXT; CREATE TABLE later (a TEXT) STRICT;";

    fn count(db: &Connection, sql: &str) -> i64 {
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    const OLD: &str =
        "INSERT INTO report VALUES (1,'a',zeroblob(32),'text','p',NULL,NULL,NULL,'en',NULL,NULL,0)";

    #[test]
    fn steps_are_taken_in_order_and_once() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate_by(&mut db, &STEPS[..1]).unwrap();
        assert_eq!(form(&db, Path::new("x")).unwrap(), Form::Earlier);
        db.execute_batch(OLD).unwrap();
        migrate(&mut db).unwrap();
        assert_eq!(form(&db, Path::new("x")).unwrap(), Form::Current);
        let steps: Vec<&str> = STEPS.into_iter().chain([NEXT]).collect();
        migrate_by(&mut db, &steps).unwrap();
        migrate_by(&mut db, &steps).unwrap();
        assert_eq!(count(&db, "PRAGMA user_version"), STEPS.len() as i64 + 1);
        assert_eq!(count(&db, "SELECT count(*) FROM report WHERE later IS NULL"), 1);
        assert_eq!(form(&db, Path::new("x")).unwrap_err().kind(), FaultKind::TooNew);
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        let broken = "CREATE TABLE later (a TEXT) STRICT; CREATE NONSENSE;";
        let steps: Vec<&str> = STEPS.into_iter().chain([broken]).collect();
        assert!(migrate_by(&mut db, &steps).is_err());
        assert_eq!(count(&db, "PRAGMA user_version"), STEPS.len() as i64);
        assert_eq!(count(&db, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'"), 0);
    }

    #[test]
    fn another_programs_file_is_no_record() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE theirs (a)").unwrap();
        assert_eq!(form(&db, Path::new("x")).unwrap_err().kind(), FaultKind::NoRecord);
    }
}
