//! Findings: what of a record a person can judge, and the ids under which it is judged.
//!
//! A running number (`c3`) changes when a report is added. A finding's id follows from its kind and from the
//! passages that it cites, so that the same readings give the same id in every run.

use std::collections::BTreeSet;
use std::collections::HashSet;
use variorum_model::contract::{
    AccordEntry, Actor, Agreement, Citation, Conflict, Dependence, Event, FigureEntry, Framing,
    Judged, MandateEntry, QuotationEntry, Record, Single, Subject,
};

/// Citations that a judgement keeps of a finding; more tell no better which it is.
const KEPT: usize = 100;

/// What can be judged.
pub(crate) trait Finding {
    /// The word that its id begins with.
    const KIND: &'static str;

    /// Its id and what was decided about it.
    fn judged(&self) -> &Judged;

    /// The same, to be changed.
    fn judged_mut(&mut self) -> &mut Judged;

    /// Its running number in the record, or nothing.
    fn number(&self) -> &str {
        ""
    }

    /// What parts it from others of its kind that cite the same.
    fn sort(&self) -> &str {
        ""
    }

    /// The finding in a few words.
    fn about(&self) -> String;

    /// The passages that tell which finding it is.
    fn cites(&self) -> Vec<&Citation>;

    /// The finding as a judgement names it.
    fn subject(&self) -> Subject {
        let mut cites: Vec<Citation> = self.cites().into_iter().cloned().collect();
        cites.sort();
        cites.dedup();
        cites.truncate(KEPT);
        Subject {
            finding: self.judged().finding.clone(),
            kind: Self::KIND.to_owned(),
            sort: self.sort().to_owned(),
            about: self.about(),
            cites,
        }
    }
}

macro_rules! finding {
    ($type:ty, $kind:literal, number: $number:expr, sort: $sort:expr, about: $about:expr, cites: $cites:expr) => {
        impl Finding for $type {
            const KIND: &'static str = $kind;

            fn judged(&self) -> &Judged {
                &self.judged
            }

            fn judged_mut(&mut self) -> &mut Judged {
                &mut self.judged
            }

            fn number(&self) -> &str {
                let number: fn(&$type) -> &str = $number;
                number(self)
            }

            fn sort(&self) -> &str {
                let sort: fn(&$type) -> &str = $sort;
                sort(self)
            }

            fn about(&self) -> String {
                let about: fn(&$type) -> String = $about;
                about(self)
            }

            fn cites(&self) -> Vec<&Citation> {
                let cites: fn(&$type) -> Vec<&Citation> = $cites;
                cites(self)
            }
        }
    };
}

finding!(Actor, "actor", number: |a| &a.id, sort: |a| &a.kind, about: |a| a.name.clone(),
    cites: |a| a.mentions.iter().collect());
finding!(Event, "event", number: |e| &e.id, sort: |e| &e.kind, about: |e| e.summary.clone(),
    cites: |e| e.mentions.iter().map(|m| &m.trigger).collect());
finding!(AccordEntry, "accord", number: |a| &a.id, sort: |a| &a.kind, about: |a| a.kind.clone(),
    cites: |a| a.evidence.iter().collect());
finding!(MandateEntry, "mandate", number: |m| &m.id, sort: |_| "", about: |m| m.task.quote.clone(),
    cites: |m| vec![&m.task]);
finding!(FigureEntry, "figure", number: |f| &f.id, sort: |f| &f.measure,
    about: |f| format!("{}: {}", f.measure, f.evidence.quote), cites: |f| vec![&f.evidence]);
finding!(QuotationEntry, "quotation", number: |_| "", sort: |_| "", about: |q| q.evidence.quote.clone(),
    cites: |q| vec![&q.evidence]);
finding!(Agreement, "agreement", number: |_| "", sort: |_| "",
    about: |a| format!("{}: {}", a.about, a.value), cites: |a| a.evidence.iter().collect());
finding!(Conflict, "conflict", number: |c| &c.id, sort: |c| &c.kind, about: |c| c.about.clone(),
    cites: |c| c.readings.iter().flat_map(|r| &r.evidence).collect());
finding!(Framing, "framing", number: |_| "", sort: |f| &f.about, about: |f| f.about.clone(),
    cites: |f| f.readings.iter().flat_map(|r| &r.evidence).collect());
finding!(Dependence, "dependence", number: |_| "", sort: |d| &d.kind,
    about: |d| format!("{} {} {}", d.report, d.kind, d.on), cites: |d| d.evidence.iter().collect());
finding!(Single, "single", number: |_| "", sort: |s| &s.kind, about: |s| s.about.clone(),
    cites: |s| s.evidence.iter().collect());

/// Does the same with every list of findings of a record.
macro_rules! each_list {
    ($record:expr, $list:ident => $do:expr) => {{
        {
            let $list = &mut $record.actors;
            $do
        }
        {
            let $list = &mut $record.events;
            $do
        }
        {
            let $list = &mut $record.accords;
            $do
        }
        {
            let $list = &mut $record.mandates;
            $do
        }
        {
            let $list = &mut $record.figures;
            $do
        }
        {
            let $list = &mut $record.quotations;
            $do
        }
        {
            let $list = &mut $record.agreements;
            $do
        }
        {
            let $list = &mut $record.conflicts;
            $do
        }
        {
            let $list = &mut $record.framing;
            $do
        }
        {
            let $list = &mut $record.dependence;
            $do
        }
        {
            let $list = &mut $record.singles;
            $do
        }
    }};
}
pub(crate) use each_list;

/// Gives every finding its id.
pub(crate) fn identify(record: &mut Record) {
    each_list!(record, list => name(list));
}

/// Ids for findings of one kind, in order: two that cite the same get different ones.
pub(crate) fn name<F: Finding>(list: &mut [F]) {
    let mut taken: HashSet<String> = HashSet::with_capacity(list.len());
    for finding in list {
        let bare = id(finding);
        let mut id = bare.clone();
        let mut round = 2;
        while !taken.insert(id.clone()) {
            id = format!("{bare}-{round}");
            round += 1;
        }
        finding.judged_mut().finding = id;
    }
}

/// `conflict-` and twelve digits of the hash of kind, sort and passages.
fn id<F: Finding>(finding: &F) -> String {
    let passages: BTreeSet<(&str, usize, usize)> =
        finding.cites().into_iter().map(normalised).collect();
    let mut hasher = blake3::Hasher::new();
    let mut put = |piece: &str| {
        hasher.update(piece.as_bytes());
        hasher.update(&[0]);
    };
    put(F::KIND);
    put(finding.sort());
    if passages.is_empty() {
        put(&finding.about());
    }
    for (report, start, end) in passages {
        put(report);
        put(&format!("{start}-{end}"));
    }
    let hex = hasher.finalize().to_hex();
    format!("{}-{}", F::KIND, &hex[..12])
}

/// A passage without the marks and blanks at its ends, which a later reading may cut otherwise.
pub(crate) fn normalised(cited: &Citation) -> (&str, usize, usize) {
    let mark = |c: &char| !c.is_alphanumeric();
    let before = cited.quote.chars().take_while(mark).count();
    let after = cited.quote.chars().rev().take_while(mark).count();
    let (start, end) = (cited.start + before, cited.end.saturating_sub(after));
    if start < end { (&cited.report, start, end) } else { (&cited.report, cited.start, cited.end) }
}

/// Every finding of a record, as a judgement would name it, with its running number if it has one.
pub fn subjects(record: &Record) -> Vec<(Subject, String)> {
    fn list<F: Finding>(found: &[F]) -> impl Iterator<Item = (Subject, String)> {
        found.iter().map(|f| (f.subject(), f.number().to_owned()))
    }
    let mut all = Vec::new();
    all.extend(list(&record.conflicts));
    all.extend(list(&record.agreements));
    all.extend(list(&record.events));
    all.extend(list(&record.accords));
    all.extend(list(&record.mandates));
    all.extend(list(&record.figures));
    all.extend(list(&record.actors));
    all.extend(list(&record.quotations));
    all.extend(list(&record.framing));
    all.extend(list(&record.dependence));
    all.extend(list(&record.singles));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(report: &str, start: usize, quote: &str) -> Citation {
        let end = start + quote.chars().count();
        Citation { report: report.into(), start, end, quote: quote.into() }
    }

    fn single(kind: &str, evidence: Vec<Citation>) -> Single {
        let judged = Judged::default();
        Single { about: "x".into(), kind: kind.into(), of: None, evidence, judged }
    }

    #[test]
    fn ids_follow_from_kind_and_passages() {
        let base = id(&single("one_report", vec![cited("r", 4, "met"), cited("q", 9, "spoke")]));
        for (same, other) in [
            (true, single("one_report", vec![cited("q", 9, "spoke"), cited("r", 4, "met")])),
            (true, single("one_report", vec![cited("q", 8, "“spoke,"), cited("r", 4, "met ")])),
            (false, single("unnamed_source", vec![cited("q", 9, "spoke"), cited("r", 4, "met")])),
            (false, single("one_report", vec![cited("q", 9, "spoke")])),
            (false, single("one_report", vec![cited("q", 9, "spoke"), cited("r", 5, "met")])),
        ] {
            assert_eq!(id(&other) == base, same, "{other:?}");
        }
    }

    #[test]
    fn two_findings_never_share_an_id() {
        let mut list = vec![single("one_report", vec![cited("r", 4, "met")]); 3];
        name(&mut list);
        let ids: HashSet<&str> = list.iter().map(|s| s.judged.finding.as_str()).collect();
        assert_eq!(ids.len(), 3, "{ids:?}");
    }
}
