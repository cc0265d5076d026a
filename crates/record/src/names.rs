//! Who is named in the record.

use crate::fault::Fault;
use crate::file::RecordFile;
use crate::selection::Facets;
use rusqlite::params_from_iter;

/// A name as written, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameLine {
    /// The name.
    pub name: String,
    /// `person`, `organization` or `group`.
    pub kind: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Reports that write it.
    pub reports: i64,
    /// How often.
    pub times: i64,
    /// First day of publication of a report that does.
    pub first_day: Option<String>,
    /// Last day.
    pub last_day: Option<String>,
    /// Offices that reports say its bearer holds.
    pub offices: Vec<String>,
}

/// Offices shown of one name.
const OFFICES: i64 = 3;

impl RecordFile {
    /// Names of persons, bodies and groups in the reports that `facets` ask for, the most reported first. Names
    /// are listed as written: who bears them is told by the records of stories.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names(&self, facets: &Facets, limit: usize) -> Result<Vec<NameLine>, Fault> {
        self.names_from(facets, 0, limit)
    }

    /// As [`RecordFile::names`], without the first `offset` of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names_from(
        &self,
        facets: &Facets,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<NameLine>, Fault> {
        let conditions = self.conditions(facets)?;
        let sql = format!(
            "SELECT n.name, n.kind, n.country, count(*), sum(g.times),
                    min(coalesce(r.first_day, r.last_day)), max(coalesce(r.last_day, r.first_day))
             FROM naming g JOIN name n ON n.number = g.name JOIN report r ON r.number = g.report
             WHERE n.kind IN ('person', 'organization', 'group'){}
             GROUP BY n.number ORDER BY count(*) DESC, sum(g.times) DESC, n.name
             LIMIT {limit} OFFSET {offset}",
            conditions.sql("g.report")
        );
        let offices = format!(
            "SELECT o.title FROM office o JOIN held h ON h.office = o.number WHERE o.holder = ?1
             GROUP BY o.title ORDER BY count(*) DESC, o.title LIMIT {OFFICES}"
        );
        let rows = self.db.prepare(&sql).and_then(|mut statement| {
            let mut held = self.db.prepare(&offices)?;
            let rows = statement.query_map(params_from_iter(&conditions.parameters), |row| {
                let name: String = row.get(0)?;
                let titles = held.query_map([&name], |row| row.get(0))?;
                Ok(NameLine {
                    offices: titles.collect::<Result<_, _>>()?,
                    name,
                    kind: row.get(1)?,
                    country: row.get(2)?,
                    reports: row.get(3)?,
                    times: row.get(4)?,
                    first_day: row.get(5)?,
                    last_day: row.get(6)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        rows.map_err(|e| self.fault(&e))
    }
}
