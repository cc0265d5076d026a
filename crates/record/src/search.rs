//! Full-text search with facets.

use crate::entry::words;
use crate::fault::Fault;
use crate::file::RecordFile;
use crate::reports::{LINE, ReportLine, line};
use crate::selection::Facets;
use crate::spelling::Spellings;
use rusqlite::params_from_iter;
use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::contract::Citation;
use variorum_model::{CodePoints, Report, Span, citation};

/// Matching reports that are ranked; of more, those added last.
const RANKED: i64 = 10_000;
/// Matches cited for one report.
const MATCHES: usize = 8;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words that must all stand in title or article; `"a phrase"`, `-without`, `begin*`. May be empty.
    pub text: String,
    /// What else must hold.
    pub facets: Facets,
    /// Reports passed over before the first that is wanted.
    pub offset: usize,
    /// Reports wanted at most.
    pub limit: usize,
}

/// A report that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The report.
    pub report: ReportLine,
    /// Its story's id.
    pub story: Option<String>,
    /// BM25, the higher the better; 0 without words to search for.
    pub score: f64,
    /// The sentence that holds most of the words, or the first of the article.
    pub passage: Option<Citation>,
    /// The words as they stand in it.
    pub matches: Vec<Citation>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The best reports, best first; without words, the latest published first.
    pub hits: Vec<Hit>,
    /// How many reports match.
    pub total: i64,
    /// Whether only those added last of all that match were ranked.
    pub cut: bool,
    /// For each word searched for the other spellings that were searched for with it.
    pub spellings: Vec<(String, Vec<String>)>,
}

/// A word or phrase of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    phrase: bool,
    without: bool,
    beginning: bool,
}

fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (without, after) = match rest.strip_prefix('-') {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let (piece, phrase, next) = match after.strip_prefix('"') {
            Some(quoted) => match quoted.split_once('"') {
                Some((piece, next)) => (piece, true, next),
                None => (quoted, true, ""),
            },
            None => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                (&after[..end], false, &after[end..])
            }
        };
        let words: Vec<String> = words(piece).map(|(_, word)| word).collect();
        if !words.is_empty() {
            let beginning = !phrase && piece.ends_with('*');
            found.push(Term { words, phrase, without, beginning });
        }
        rest = next.trim_start();
    }
    found
}

impl RecordFile {
    /// Searches the record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, Fault> {
        let terms = terms(&query.text);
        let spelled = self.spell(&terms, query.facets.fold)?;
        let wanted = expression(&terms, &spelled, false);
        let mut found = match &wanted {
            Some(wanted) => {
                let without = expression(&terms, &spelled, true);
                let matching = match without {
                    Some(without) => format!("({wanted}) NOT ({without})"),
                    None => wanted.clone(),
                };
                self.ranked(&matching, query)?
            }
            None => self.latest(query)?,
        };
        found.spellings = told(&terms, &spelled);
        let sought: FxHashSet<&str> = terms
            .iter()
            .zip(&spelled)
            .filter(|(term, _)| !term.without)
            .flat_map(|(_, spelled)| spelled.iter().flatten().map(String::as_str))
            .collect();
        let begun: Vec<&str> = terms
            .iter()
            .filter(|t| t.beginning && !t.without)
            .filter_map(|t| t.words.last().map(String::as_str))
            .collect();
        for hit in &mut found.hits {
            let (report, sentences) = self.sentences(&hit.report)?;
            (hit.passage, hit.matches) = passage(&report, &sentences, &sought, &begun);
        }
        Ok(found)
    }

    /// For each term, for each of its words, the spellings to search for.
    fn spell(&self, terms: &[Term], fold: bool) -> Result<Vec<Vec<Vec<String>>>, Fault> {
        let spellings = Spellings { file: self, fold };
        let one = |term: &Term| {
            let each = term.words.iter();
            each.map(
                |word| {
                    if term.beginning { Ok(vec![word.clone()]) } else { spellings.of(word) }
                },
            )
            .collect()
        };
        terms.iter().map(one).collect()
    }

    fn ranked(&self, matching: &str, query: &Query) -> Result<Found, Fault> {
        let conditions = self.conditions(&query.facets)?;
        let bind = |last: i64| {
            let head = [rusqlite::types::Value::from(matching.to_owned())];
            let rest = conditions.parameters.iter().cloned().map(rusqlite::types::Value::from);
            head.into_iter().chain(rest).chain([last.into()]).collect::<Vec<_>>()
        };
        let and = conditions.sql("words.rowid");
        let count = format!(
            "SELECT count(*), min(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ?{and}
             ORDER BY rowid DESC LIMIT ?)"
        );
        let fault = |e: rusqlite::Error| self.fault(&e);
        let read = |sql: &str, parameters: Vec<rusqlite::types::Value>| {
            self.db.query_row(sql, params_from_iter(parameters), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
            })
        };
        let (ranked, first) = read(&count, bind(RANKED)).map_err(fault)?;
        let cut = ranked == RANKED;
        let total = if cut {
            let all = format!("SELECT count(*), 0 FROM words WHERE words MATCH ?{and} AND ? >= 0");
            read(&all, bind(0)).map_err(fault)?.0
        } else {
            ranked
        };
        let first = first.unwrap_or(0);
        let sql = format!(
            "SELECT rowid, rank FROM words WHERE words MATCH ?{and} AND rowid >= {first}
             ORDER BY rank, rowid LIMIT ? OFFSET {}",
            query.offset
        );
        let scored = self.db.prepare(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(bind(query.limit as i64)), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?))
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let mut hits = Vec::new();
        for (number, rank) in scored.map_err(fault)? {
            hits.push(self.hit(number, -rank)?);
        }
        Ok(Found { hits, total, cut: cut && total > RANKED, spellings: Vec::new() })
    }

    fn latest(&self, query: &Query) -> Result<Found, Fault> {
        let lines = self.select_from(&query.facets, query.offset, query.limit)?;
        let conditions = self.conditions(&query.facets)?;
        let sql = format!("SELECT count(*) FROM report WHERE true{}", conditions.sql("number"));
        let parameters = params_from_iter(&conditions.parameters);
        let total = self.db.query_row(&sql, parameters, |row| row.get(0));
        let mut found = Found { total: total.map_err(|e| self.fault(&e))?, ..Found::default() };
        for report in lines {
            found.hits.push(self.hit_of(report, 0.0)?);
        }
        Ok(found)
    }

    /// Reports that `facets` ask for, the latest published first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn select(&self, facets: &Facets, limit: usize) -> Result<Vec<ReportLine>, Fault> {
        self.select_from(facets, 0, limit)
    }

    fn select_from(
        &self,
        facets: &Facets,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<ReportLine>, Fault> {
        let conditions = self.conditions(facets)?;
        let sql = format!(
            "SELECT {LINE} FROM report WHERE true{}
             ORDER BY coalesce(first_day, last_day) DESC NULLS LAST, number DESC
             LIMIT {limit} OFFSET {offset}",
            conditions.sql("number")
        );
        self.lines(&sql, params_from_iter(&conditions.parameters))
    }

    fn hit(&self, number: i64, score: f64) -> Result<Hit, Fault> {
        let sql = format!("SELECT {LINE} FROM report WHERE number = ?1");
        let report = self.db.prepare_cached(&sql).and_then(|mut s| s.query_row([number], line));
        self.hit_of(report.map_err(|e| self.fault(&e))?, score)
    }

    fn hit_of(&self, report: ReportLine, score: f64) -> Result<Hit, Fault> {
        let story = self.story_id(&report)?;
        Ok(Hit { report, story, score, passage: None, matches: Vec::new() })
    }
}

/// The terms as FTS5 reads them; every word quoted, so that none is taken for an operator.
fn expression(terms: &[Term], spelled: &[Vec<Vec<String>>], without: bool) -> Option<String> {
    let mut parts = Vec::new();
    for (term, words) in terms.iter().zip(spelled).filter(|(t, _)| t.without == without) {
        let alike = |word: &Vec<String>| {
            let quoted: Vec<String> = word.iter().map(|w| format!("\"{w}\"")).collect();
            if quoted.len() == 1 { quoted[0].clone() } else { format!("({})", quoted.join(" OR ")) }
        };
        let part = if term.phrase || term.words.len() > 1 {
            // A phrase is searched for as it is written.
            format!("\"{}\"", term.words.join(" "))
        } else {
            words.iter().map(alike).collect::<Vec<_>>().join(" AND ")
        };
        parts.push(if term.beginning { format!("{part} *") } else { part });
    }
    let by = if without { " OR " } else { " AND " };
    (!parts.is_empty()).then(|| parts.join(by))
}

/// Other spellings searched for, by word.
fn told(terms: &[Term], spelled: &[Vec<Vec<String>>]) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for (term, words) in terms.iter().zip(spelled).filter(|(t, _)| !t.phrase && t.words.len() == 1)
    {
        for (word, spellings) in term.words.iter().zip(words).filter(|(_, s)| s.len() > 1) {
            rows.push((word.clone(), spellings[1..].to_vec()));
        }
    }
    rows
}

/// The sentence that holds most of the words, and where they stand in it.
fn passage(
    report: &Report,
    sentences: &[Span],
    sought: &FxHashSet<&str>,
    begun: &[&str],
) -> (Option<Citation>, Vec<Citation>) {
    let points = CodePoints::new(&report.text);
    let mut best: Option<(usize, Span, Vec<Span>)> = None;
    for &sentence in sentences {
        let mut matched: FxHashMap<String, Span> = FxHashMap::default();
        for (at, word) in words(sentence.of(&report.text)) {
            if sought.contains(word.as_str()) || begun.iter().any(|b| word.starts_with(b)) {
                let span = Span::new(sentence.from() + at.from(), sentence.from() + at.to());
                matched.entry(word).or_insert(span);
            }
        }
        let better = best.as_ref().is_none_or(|(count, _, _)| matched.len() > *count);
        if better {
            let mut spans: Vec<_> = matched.values().copied().collect();
            spans.sort_unstable();
            best = Some((spans.len(), sentence, spans));
        }
    }
    let Some((_, sentence, matched)) = best else { return (None, Vec::new()) };
    let cite = |span| citation(report, &points, span);
    (Some(cite(sentence)), matched.into_iter().take(MATCHES).map(cite).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_parted_into_terms() {
        let plain = |q: &str| {
            let spell = |t: &Term| t.words.iter().map(|w| vec![w.clone()]).collect::<Vec<_>>();
            let terms = terms(q);
            let spelled: Vec<_> = terms.iter().map(spell).collect();
            (expression(&terms, &spelled, false), expression(&terms, &spelled, true))
        };
        let some = |s: &str| Some(s.to_owned());
        for (query, wanted, without) in [
            ("", None, None),
            ("Harbour strike", some("\"harbour\" AND \"strike\""), None),
            ("\"harbour pilots\" -rain", some("\"harbour pilots\""), some("\"rain\"")),
            ("al-Qadiri", some("\"al qadiri\""), None),
            ("pilot*", some("\"pilot\" *"), None),
            ("a\"b NEAR( OR", some("\"a b\" AND \"near\" AND \"or\""), None),
            ("\"unclosed", some("\"unclosed\""), None),
            ("- * \" \"", None, None),
        ] {
            assert_eq!(plain(query), (wanted, without), "{query}");
        }
    }
}
