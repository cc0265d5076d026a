//! What people decided, kept beside what was read and never changed by it.

use crate::fault::Fault;
use crate::file::RecordFile;
use rusqlite::params;
use serde_json::Value;

/// A decision of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Its number in the record; 0 before it is added.
    pub number: i64,
    /// When it was made, in milliseconds since 1970.
    pub made: i64,
    /// Who made it.
    pub by: String,
    /// `accept`, `reject`, `merge`, `split`, `correct` or `undo`.
    pub kind: String,
    /// What it is about, by report ids and spans.
    pub subject: Value,
    /// What was decided.
    pub value: Value,
    /// Why.
    pub reason: String,
    /// Number of the judgement that it undoes.
    pub undoes: Option<i64>,
}

impl RecordFile {
    /// Adds a judgement and returns its number. None is ever changed or deleted: the file refuses it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<i64, Fault> {
        let Judgement { number: _, made, by, kind, subject, value, reason, undoes } = judgement;
        let sql = "INSERT INTO judgement (made, by, kind, subject, value, reason, undoes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (subject, value) = (subject.to_string(), value.to_string());
        self.db
            .execute(sql, params![made, by, kind, subject, value, reason, undoes])
            .map_err(|e| self.fault(&e))?;
        Ok(self.db.last_insert_rowid())
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
