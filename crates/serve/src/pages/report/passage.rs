//! What a record says of one passage: who is said to say it, and what rests on it.

use crate::pages::words::{AGREED, Mark, agreed, verdict};
use crate::story::Story;
use std::collections::BTreeSet;
use variorum_model::contract::Citation;

/// Uses of one passage that are listed.
const USES: usize = 12;

/// A passage of a report.
pub(super) struct Passage {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Who is said to say it, innermost first.
    pub(super) sources: Vec<Source>,
    pub(super) uses: Vec<Use>,
}

/// Somebody to whom the words are attributed.
pub(super) struct Source {
    pub(super) words: String,
    /// The fullest name of who is meant, where it says more.
    pub(super) name: Option<String>,
    pub(super) anonymous: bool,
}

/// A fact that cites the passage.
pub(super) struct Use {
    pub(super) mark: Option<Mark>,
    pub(super) about: String,
    /// The end of its address within the story.
    pub(super) page: String,
}

/// Looks a passage up.
pub(super) fn read(story: &Story, report: &str, from: usize, to: usize) -> Passage {
    let meets = |c: &Citation| c.report == report && c.start < to && c.end > from;
    Passage { from, to, sources: sources(story, &meets), uses: uses(story, &meets) }
}

fn sources(story: &Story, meets: &dyn Fn(&Citation) -> bool) -> Vec<Source> {
    let record = &story.record;
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut sources = Vec::new();
    let mut add = |words: &Citation, actor: Option<&str>, anonymous: bool| {
        if seen.insert((words.start, words.end)) {
            let name = actor.map(|id| story.actor_name(id)).filter(|n| !words.quote.contains(*n));
            sources.push(Source {
                words: words.quote.clone(),
                name: name.map(str::to_owned),
                anonymous,
            });
        }
    };
    for q in record.quotations.iter().filter(|q| meets(&q.evidence)) {
        if let Some(words) = &q.source {
            add(words, q.speaker.as_deref(), q.anonymous);
        }
    }
    for figure in record.figures.iter().filter(|f| meets(&f.evidence)) {
        for (n, words) in figure.attributed_evidence.iter().enumerate() {
            add(words, figure.attributed_to.get(n).map(String::as_str), false);
        }
    }
    for telling in record.events.iter().flat_map(|e| &e.mentions).filter(|t| meets(&t.trigger)) {
        for (n, words) in telling.reported_by_evidence.iter().enumerate() {
            add(words, telling.reported_by.get(n).map(String::as_str), false);
        }
    }
    sources
}

fn uses(story: &Story, meets: &dyn Fn(&Citation) -> bool) -> Vec<Use> {
    let record = &story.record;
    let mut uses = Vec::new();
    for conflict in &record.conflicts {
        if conflict.readings.iter().flat_map(|r| &r.evidence).any(meets) {
            let mark = Some(verdict(&conflict.verdict));
            uses.push(Use {
                mark,
                about: conflict.about.clone(),
                page: format!("#{}", conflict.id),
            });
        }
    }
    for (agreement, n) in record.agreements.iter().zip(1..) {
        if agreement.evidence.iter().any(meets) {
            let about = agreed(agreement);
            uses.push(Use { mark: Some(AGREED), about, page: format!("#agreed-{n}") });
        }
    }
    for event in &record.events {
        if let Some(telling) = event.mentions.iter().find(|t| meets(&t.trigger)) {
            let about = format!(
                "{} ({}, by the rule {}, chance {:.2})",
                event.summary,
                event.kind.to_lowercase(),
                telling.rule,
                telling.confidence
            );
            uses.push(Use { mark: None, about, page: format!("/timeline#{}", event.id) });
        }
    }
    uses.truncate(USES);
    uses
}
