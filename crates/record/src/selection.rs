//! Which reports are meant: facets, to SQL.

use crate::fault::Fault;
use crate::file::RecordFile;
use crate::spelling::Spellings;
use variorum_text::fold_key;

/// What reports are asked for. All of it must hold; an empty facet asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// Somebody named in it, by words of the name.
    pub actor: Vec<String>,
    /// An office that it speaks of, by words of its title.
    pub office: Vec<String>,
    /// A place named in it, by words of the name, or a country by ISO 3166-1 alpha-3 code.
    pub place: Vec<String>,
    /// A category of event that it tells.
    pub kind: Vec<String>,
    /// The outlet, by words of its name.
    pub outlet: Vec<String>,
    /// A kind of difference that it takes part in, or `any`.
    pub conflict: Vec<String>,
    /// The story, by the id of any of its reports.
    pub story: Option<String>,
    /// Not published before this day, ISO 8601.
    pub from: Option<String>,
    /// Not published after this day, ISO 8601.
    pub to: Option<String>,
    /// Names and words are found in every romanisation and without their diacritics.
    pub fold: bool,
}

impl Facets {
    /// Whether they ask for nothing.
    pub fn is_empty(&self) -> bool {
        let lists =
            [&self.actor, &self.office, &self.place, &self.kind, &self.outlet, &self.conflict];
        lists.iter().all(|list| list.is_empty())
            && self.story.is_none()
            && self.from.is_none()
            && self.to.is_none()
    }
}

/// Conditions on `report.number`, with their parameters.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    clauses: Vec<String>,
    pub(crate) parameters: Vec<String>,
}

impl Conditions {
    fn add(&mut self, clause: &str, parameters: impl IntoIterator<Item = String>) {
        self.clauses.push(clause.to_owned());
        self.parameters.extend(parameters);
    }

    /// ` AND …` for a column that holds the report's number; `@` stands for it.
    pub(crate) fn sql(&self, column: &str) -> String {
        self.clauses.iter().map(|c| format!(" AND {}", c.replace('@', column))).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// A list of `?`.
fn places(count: usize) -> String {
    vec!["?"; count].join(",")
}

impl RecordFile {
    pub(crate) fn conditions(&self, facets: &Facets) -> Result<Conditions, Fault> {
        let mut all = Conditions::default();
        let spellings = Spellings { file: self, fold: facets.fold };
        for actor in &facets.actor {
            let names = spellings.names(actor, &["person", "organization", "group", "place"])?;
            all.add(&naming(&names), []);
        }
        for place in &facets.place {
            let names = spellings.names(place, &["place", "facility"])?;
            let code = place.len() == 3 && place.bytes().all(|b| b.is_ascii_uppercase());
            if code {
                let sql = "@ IN (SELECT g.report FROM naming g JOIN name n ON n.number = g.name
                           WHERE n.country = ? AND n.kind IN ('place', 'facility'))";
                all.add(sql, [place.clone()]);
            } else {
                all.add(&naming(&names), []);
            }
        }
        for office in &facets.office {
            let titles = self.holding(office, "SELECT DISTINCT title FROM office")?;
            let list = places(titles.len());
            let sql = format!(
                "@ IN (SELECT h.report FROM held h JOIN office o ON o.number = h.office
                 WHERE o.title IN ({list}))"
            );
            all.add(&sql, titles);
        }
        for outlet in &facets.outlet {
            let sql = "SELECT DISTINCT outlet FROM report WHERE outlet IS NOT NULL";
            let outlets = self.holding(outlet, sql)?;
            let list = places(outlets.len());
            all.add(&format!("@ IN (SELECT number FROM report WHERE outlet IN ({list}))"), outlets);
        }
        for kind in &facets.kind {
            let sql = "@ IN (SELECT t.report FROM told t JOIN category c ON c.number = t.category
                       WHERE c.name = ?)";
            all.add(sql, [kind.to_uppercase()]);
        }
        for kind in &facets.conflict {
            if kind == "any" {
                all.add("@ IN (SELECT report FROM conflict)", []);
            } else {
                all.add("@ IN (SELECT report FROM conflict WHERE kind = ?)", [kind.to_lowercase()]);
            }
        }
        if let Some(story) = &facets.story {
            let story = self.story_of(&self.of_story(story)?)?;
            all.add(&format!("@ IN (SELECT report FROM placement WHERE story = {story})"), []);
        }
        if let Some(from) = &facets.from {
            let sql = "@ IN (SELECT number FROM report WHERE coalesce(last_day, first_day) >= ?)";
            all.add(sql, [from.clone()]);
        }
        if let Some(to) = &facets.to {
            let sql = "@ IN (SELECT number FROM report WHERE coalesce(first_day, last_day) <= ?)";
            all.add(sql, [to.clone()]);
        }
        Ok(all)
    }

    /// Values of a column that hold all words of `wanted`, in any spelling of case and diacritics.
    fn holding(&self, wanted: &str, sql: &str) -> Result<Vec<String>, Fault> {
        let words: Vec<String> = fold_key(wanted).split(' ').map(str::to_owned).collect();
        let values = self.db.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let mut values = values.map_err(|e| self.fault(&e))?;
        values.retain(|value| {
            let key = fold_key(value);
            words.iter().all(|word| key.split(|c: char| !c.is_alphanumeric()).any(|w| w == word))
        });
        Ok(values)
    }
}

fn naming(names: &[i64]) -> String {
    let list: Vec<String> = names.iter().map(i64::to_string).collect();
    format!("@ IN (SELECT report FROM naming WHERE name IN ({}))", list.join(","))
}
