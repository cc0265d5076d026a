//! What people decided, kept beside what was read and never changed by it.

use crate::fault::{Fault, FaultKind};
use crate::file::RecordFile;
use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::Value;
use variorum_model::Judgement;
use variorum_model::contract::{Record, Subject};

impl RecordFile {
    /// Adds a judgement and returns its number. None is ever changed or deleted: the file refuses it. The record
    /// of its story is made anew the next time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<i64, Fault> {
        append(&mut self.db, judgement).map_err(|e| Fault::of(&self.path, &e))
    }

    /// The same, of a file that is only read, and that another process may be adding to: the judgement waits for
    /// its turn.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn judge_beside(&self, judgement: &Judgement) -> Result<i64, Fault> {
        let mut db = self.beside().ok_or_else(|| {
            let remedy = "give yourself permission, or copy it to a folder of your own";
            Fault::new(FaultKind::ReadOnly, &self.path, "the file may not be written", remedy)
        })?;
        append(&mut db, judgement).map_err(|e| self.fault(&e))
    }

    /// A record as people had judged it by `until` (milliseconds since 1970).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn judged(&self, record: Record, until: i64) -> Result<Record, Fault> {
        let mut rows = self.judgements()?;
        rows.retain(|row| row.made <= until);
        Ok(variorum_collate::judged(record, &rows))
    }

    /// All judgements, in the order in which they were made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn judgements(&self) -> Result<Vec<Judgement>, Fault> {
        let sql = "SELECT number, made, by, kind, subject, value, reason, undoes FROM judgement
                   ORDER BY number";
        let rows = self.db.prepare(sql).and_then(|mut statement| {
            let json = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
            let rows = statement.query_map([], |row| {
                Ok(Judgement {
                    number: row.get(0)?,
                    made: row.get(1)?,
                    by: row.get(2)?,
                    kind: row.get(3)?,
                    subject: json(row.get(4)?),
                    value: json(row.get(5)?),
                    reason: row.get(6)?,
                    undoes: row.get(7)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        rows.map_err(|e| self.fault(&e))
    }
}

fn append(db: &mut Connection, judgement: &Judgement) -> rusqlite::Result<i64> {
    let Judgement { number: _, made, by, kind, subject, value, reason, undoes } = judgement;
    let cited = serde_json::from_value::<Subject>(subject.clone()).ok();
    let sql = "INSERT INTO judgement (made, by, kind, subject, value, reason, undoes)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (subject, value) = (subject.to_string(), value.to_string());
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    change.execute(sql, params![made, by, kind, subject, value, reason, undoes])?;
    let number = change.last_insert_rowid();
    for cited in cited.iter().flat_map(|s| &s.cites) {
        let sql = "DELETE FROM collation WHERE story IN
                   (SELECT p.story FROM placement p JOIN report r ON r.number = p.report
                    WHERE r.id = ?1)";
        change.prepare_cached(sql)?.execute([&cited.report])?;
    }
    change.commit()?;
    Ok(number)
}
