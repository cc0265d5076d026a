//! Ledgers of a record: who dates a happening how, who conferred with whom, figures as series.
//!
//! They follow from the findings alone, so that they can be made again when a person has judged some.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use variorum_model::contract::{
    Citation, Consultation, Dating, Event, EventTelling, FigureEntry, Interval, Record, Series,
    SeriesPoint,
};

/// Measures whose lone figures make no series: what is counted in passing, lengths of time and ages.
const IN_PASSING: [&str; 3] = ["count", "duration", "age"];

/// Makes the ledgers of a record.
pub(crate) fn fill(record: &mut Record) {
    let lineages = Lineages::of(record);
    for event in &mut record.events {
        event.dates = datings(event, &lineages);
    }
    record.consultations = consultations(record);
    record.series = series(record, &lineages);
}

/// Lineages of reports, by id.
pub(crate) struct Lineages(HashMap<String, usize>);

impl Lineages {
    pub(crate) fn of(record: &Record) -> Lineages {
        let numbered = record.lineages.iter().enumerate();
        Lineages(numbered.flat_map(|(n, l)| l.iter().map(move |r| (r.clone(), n))).collect())
    }

    /// How many independent lineages `reports` are; a report of none counts by itself.
    pub(crate) fn independent<'r>(&self, reports: impl IntoIterator<Item = &'r String>) -> usize {
        let known: BTreeSet<(Option<usize>, &str)> = reports
            .into_iter()
            .map(|r| match self.0.get(r) {
                Some(&n) => (Some(n), ""),
                None => (None, r.as_str()),
            })
            .collect();
        known.len()
    }
}

/// The days that tellings give, the best supported first.
pub(crate) fn datings(event: &Event, lineages: &Lineages) -> Vec<Dating> {
    let mut by_days: BTreeMap<(&Option<String>, &Option<String>), Dating> = BTreeMap::new();
    for told in &event.mentions {
        let Some(time) = &told.time else { continue };
        let dating = by_days.entry((&time.earliest, &time.latest)).or_insert_with(|| Dating {
            time: time.clone(),
            reports: Vec::new(),
            independent_sources: 0,
            evidence: Vec::new(),
        });
        push(&mut dating.reports, &told.report);
        if let Some(words) = &told.time_evidence {
            push(&mut dating.evidence, words);
        }
    }
    let mut dates: Vec<Dating> = by_days.into_values().collect();
    for dating in &mut dates {
        dating.independent_sources = lineages.independent(&dating.reports);
    }
    // Days that words tell weigh more than days that were reckoned.
    dates.sort_by_key(|d| {
        (d.evidence.is_empty(), std::cmp::Reverse(d.independent_sources), d.time.clone())
    });
    dates
}

fn push<T: PartialEq + Clone>(list: &mut Vec<T>, item: &T) {
    if !list.contains(item) {
        list.push(item.clone());
    }
}

/// Everything that was told as a meeting, visit, call or round of talks, in order of time.
fn consultations(record: &Record) -> Vec<Consultation> {
    let told = record.events.iter().filter(|e| e.kind == "CONSULT");
    told.enumerate()
        .map(|(n, event)| {
            let mut participants = Vec::new();
            for id in event.actors.iter().chain(&event.recipients) {
                push(&mut participants, id);
            }
            let (mut agenda, mut reports) = (Vec::new(), Vec::new());
            for telling in &event.mentions {
                push(&mut reports, &telling.report);
                if let Some(words) = &telling.agenda {
                    push(&mut agenda, words);
                }
            }
            Consultation {
                id: format!("n{}", n + 1),
                event: event.id.clone(),
                mode: event.mode.clone(),
                modality: event.modality.clone(),
                participants,
                place: event.place.clone(),
                time: event.time.clone(),
                dates: event.dates.clone(),
                agenda,
                reports,
                independent_sources: event.independent_sources,
                evidence: event.mentions.iter().map(clause).collect(),
            }
        })
        .collect()
}

/// The clause of a telling.
pub(crate) fn clause(telling: &EventTelling) -> Citation {
    Citation {
        report: telling.report.clone(),
        start: telling.start,
        end: telling.end,
        quote: telling.quote.clone(),
    }
}

/// Figures of one measure that count for one event, or that were compared with one another.
fn series(record: &Record, lineages: &Lineages) -> Vec<Series> {
    let figures = &record.figures;
    let mut group: Vec<usize> = (0..figures.len()).collect();
    let events: HashMap<&str, usize> =
        record.events.iter().enumerate().map(|(n, e)| (e.id.as_str(), n)).collect();
    let names: HashMap<&str, &str> =
        record.actors.iter().map(|a| (a.id.as_str(), a.name.as_str())).collect();
    let mut first_of: HashMap<(usize, &str, &str), usize> = HashMap::new();
    let compared = compared(record);
    for (i, figure) in figures.iter().enumerate() {
        let (measure, unit) = (figure.measure.as_str(), figure.unit.as_str());
        let event = figure.event.as_deref().filter(|_| !is_in_passing(figure));
        let by_event = event.and_then(|e| events.get(e).copied());
        let at = &figure.evidence;
        let by_words = compared.get(&(at.report.as_str(), at.start, at.end)).into_iter().flatten();
        let offset = record.events.len();
        for key in by_event.into_iter().chain(by_words.map(|n| n + offset)) {
            let first = *first_of.entry((key, measure, unit)).or_insert(i);
            let (a, b) = (find(&mut group, first), find(&mut group, i));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut by_group: BTreeMap<usize, Vec<&FigureEntry>> = BTreeMap::new();
    for (i, figure) in figures.iter().enumerate() {
        by_group.entry(find(&mut group, i)).or_default().push(figure);
    }
    let lone = |g: &&Vec<&FigureEntry>| g.len() > 1 || !is_in_passing(g[0]);
    by_group
        .values()
        .filter(lone)
        .enumerate()
        .map(|(n, g)| one_series(n, g, &names, lineages))
        .collect()
}

/// The first of the group of `i`.
fn find(group: &mut [usize], mut i: usize) -> usize {
    while group[i] != i {
        group[i] = group[group[i]];
        i = group[i];
    }
    i
}

fn is_in_passing(figure: &FigureEntry) -> bool {
    IN_PASSING.contains(&figure.measure.as_str())
}

/// Passages that stand in one agreement or difference of figures, by the number of that finding.
fn compared(record: &Record) -> HashMap<(&str, usize, usize), Vec<usize>> {
    let differences = record.conflicts.iter().filter(|c| c.kind == "number");
    let differences =
        differences.map(|c| c.readings.iter().flat_map(|r| &r.evidence).collect::<Vec<_>>());
    let alike = record.agreements.iter().map(|a| a.evidence.iter().collect::<Vec<_>>());
    let mut found: HashMap<(&str, usize, usize), Vec<usize>> = HashMap::new();
    for (n, evidence) in differences.chain(alike).enumerate() {
        for cited in evidence {
            found.entry((&cited.report, cited.start, cited.end)).or_default().push(n);
        }
    }
    found
}

fn one_series(
    n: usize,
    figures: &[&FigureEntry],
    names: &HashMap<&str, &str>,
    lineages: &Lineages,
) -> Series {
    let first = figures[0];
    let mut points: Vec<SeriesPoint> = Vec::new();
    for figure in figures {
        let according_to = sayers(figure, names);
        let same = points.iter_mut().find(|p| {
            p.value == figure.value
                && p.bound == figure.bound
                && p.day == figure.as_of
                && p.according_to == according_to
        });
        match same {
            Some(point) => {
                point.figures.push(figure.id.clone());
                push(&mut point.reports, &figure.evidence.report);
                point.evidence.push(figure.evidence.clone());
            }
            None => points.push(SeriesPoint {
                day: figure.as_of.clone(),
                value: figure.value,
                bound: figure.bound.clone(),
                high: figure.high.filter(|_| figure.bound == "range"),
                according_to,
                figures: vec![figure.id.clone()],
                reports: vec![figure.evidence.report.clone()],
                independent_sources: 0,
                evidence: vec![figure.evidence.clone()],
            }),
        }
    }
    for point in &mut points {
        point.independent_sources = lineages.independent(&point.reports);
    }
    points.sort_by(|a, b| {
        let day = |p: &SeriesPoint| {
            let days = p.day.as_ref().map(|d: &Interval| (d.latest.clone(), d.earliest.clone()));
            (days.is_none(), days)
        };
        day(a).cmp(&day(b)).then(a.value.total_cmp(&b.value))
    });
    Series {
        id: format!("q{}", n + 1),
        measure: first.measure.clone(),
        unit: first.unit.clone(),
        of: most_told(figures),
        event: figures.iter().find_map(|f| f.event.clone()),
        place: figures.iter().find_map(|f| f.place.clone()),
        points,
    }
}

/// Who is said to give a figure: by name where the record has one, or else in the words told.
fn sayers(figure: &FigureEntry, names: &HashMap<&str, &str>) -> Vec<String> {
    let mut sayers: Vec<String> = Vec::new();
    for name in figure.attributed_to.iter().filter_map(|id| names.get(id.as_str())) {
        push(&mut sayers, &(*name).to_owned());
    }
    if sayers.is_empty() {
        for words in &figure.attributed_evidence {
            push(&mut sayers, &words.quote);
        }
    }
    sayers
}

fn most_told(figures: &[&FigureEntry]) -> String {
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in figures.iter().filter(|f| !f.of.is_empty()) {
        *tally.entry(figure.of.as_str()).or_default() += 1;
    }
    let best = tally.into_iter().max_by_key(|&(of, n)| (n, std::cmp::Reverse(of)));
    best.map(|(of, _)| of.to_owned()).unwrap_or_default()
}
