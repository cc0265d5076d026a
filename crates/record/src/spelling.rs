//! Written forms of a word, across romanisations.

use crate::entry::words;
use crate::fault::Fault;
use crate::file::RecordFile;
use rusqlite::params_from_iter;
use variorum_identity::names::{similarity, sound_key};
use variorum_text::fold_key;

/// Likeness from which two words are taken for spellings of one.
const ALIKE: f64 = 0.5;
/// Spellings of one word that are looked for.
const MOST: usize = 48;

/// The words that a record holds, by sound.
pub(crate) struct Spellings<'f> {
    pub(crate) file: &'f RecordFile,
    pub(crate) fold: bool,
}

impl Spellings<'_> {
    /// The word itself in lower case, first, and its other spellings in the record.
    pub(crate) fn of(&self, word: &str) -> Result<Vec<String>, Fault> {
        let mut found = vec![word.to_lowercase()];
        let sounds = sound_key(word);
        if !self.fold || sounds.is_empty() || word.bytes().any(|b| b.is_ascii_digit()) {
            return Ok(found);
        }
        let sql = "SELECT word FROM spelling WHERE sounds = ?1";
        let known = self.file.db.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map([&sounds], |row| row.get::<_, String>(0))?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let known = known.map_err(|e| self.file.fault(&e))?;
        let key = fold_key(word);
        let mut likes: Vec<(f64, String)> = known
            .into_iter()
            .filter(|other| *other != found[0])
            .map(|other| {
                let same = fold_key(&other) == key;
                (if same { 1.0 } else { similarity(word, &other) }, other)
            })
            .filter(|(like, _)| *like >= ALIKE)
            .collect();
        likes.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.extend(likes.into_iter().take(MOST).map(|(_, word)| word));
        Ok(found)
    }

    /// Numbers of the names of `kinds` that hold every word of `name` in some spelling.
    pub(crate) fn names(&self, name: &str, kinds: &[&str]) -> Result<Vec<i64>, Fault> {
        let mut clauses = Vec::new();
        let mut parameters: Vec<String> = Vec::new();
        for (_, word) in words(name) {
            let spellings = self.of(&word)?;
            let list = vec!["?"; spellings.len()].join(",");
            clauses.push(format!("SELECT name FROM name_word WHERE word IN ({list})"));
            parameters.extend(spellings);
        }
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let kinds: Vec<String> = kinds.iter().map(|k| format!("'{k}'")).collect();
        let sql = format!(
            "SELECT number FROM name WHERE kind IN ({}) AND number IN ({}) ORDER BY number",
            kinds.join(","),
            clauses.join(" INTERSECT "),
        );
        let numbers = self.file.db.prepare(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(parameters), |row| row.get(0))?;
            rows.collect::<Result<Vec<i64>, _>>()
        });
        numbers.map_err(|e| self.file.fault(&e))
    }
}
