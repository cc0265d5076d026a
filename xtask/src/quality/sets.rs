//! Every set of the bench: its name, where its gold lies, how it is measured.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::bench::Bench;
use super::figure::Figure;
use super::scored::{Feed, Pick, Scored};
use super::{
    archives, casualties, clusters, coreference, dyads, named, pairs, people, seeds_clean,
    seeds_collate, seeds_events, seeds_figures, seeds_findings, seeds_names, seeds_questions,
    seeds_times, sentences, speakers, treebanks, written,
};
use crate::place;
use crate::process::Usage;

/// The figures of one set and what they cost.
pub(crate) type Measured = (Vec<Figure>, Usage);

/// One set of one task.
pub(crate) struct Set {
    /// Task, as the bench names it.
    pub(crate) task: &'static str,
    /// Set within the task.
    pub(crate) name: &'static str,
    /// Its gold, below the shared folder, or below the repository when it begins with `data/`.
    pub(crate) gold: &'static str,
    /// How it is measured.
    measure: Measure,
}

/// Either the bench's own scorer, or a measurement of ours.
enum Measure {
    Scorer(Scored),
    Own(fn(&Bench, &Set) -> Result<Measured>),
}

impl Set {
    const fn scored(
        task: &'static str,
        name: &'static str,
        gold: &'static str,
        feed: Feed,
        picks: &'static [Pick],
    ) -> Set {
        Set { task, name, gold, measure: Measure::Scorer(Scored { feed, picks }) }
    }

    const fn own(
        task: &'static str,
        name: &'static str,
        gold: &'static str,
        measure: fn(&Bench, &Set) -> Result<Measured>,
    ) -> Set {
        Set { task, name, gold, measure: Measure::Own(measure) }
    }

    /// Whether `only` asks for it: nothing asked for is everything.
    pub(crate) fn asked_for(&self, only: &[String]) -> bool {
        let full = format!("{}/{}", self.task, self.name);
        only.is_empty() || only.iter().any(|asked| *asked == self.task || *asked == full)
    }

    /// Its gold, in this shared folder or in the repository.
    pub(crate) fn gold_in(&self, shared: &Path) -> PathBuf {
        let ours = || place::root().unwrap_or_default().join(self.gold);
        if self.gold.starts_with("data/") { ours() } else { shared.join(self.gold) }
    }

    /// Runs the binary over it and scores what comes out.
    pub(crate) fn measure(&self, bench: &Bench) -> Result<Measured> {
        match &self.measure {
            Measure::Scorer(scored) => scored.measure(bench, self),
            Measure::Own(measure) => measure(bench, self),
        }
    }
}

const PAGES: &[Pick] = &[
    Pick::rate("f1", "/f1"),
    Pick::rate("title", "/title"),
    Pick::rate("date", "/date"),
    Pick::faults("empty", "/empty"),
];
const PAGE_DATES: &[Pick] = &[Pick::rate("date", "/date")];
const ENTITIES: &[Pick] = &[
    Pick::rate("f1", "/*/f1"),
    Pick::rate("exact", "/*/exact"),
    Pick::rate("person", "/Person/f1"),
    Pick::rate("organization", "/Organisation/f1"),
    Pick::rate("place", "/Location/f1"),
];
const TIMES: &[Pick] = &[
    Pick::rate("strict", "/strict/f1"),
    Pick::rate("relaxed", "/relaxed/f1"),
    Pick::rate("value", "/value/f1"),
];
const QUOTES: &[Pick] = &[
    Pick::rate("content_chars", "/content_chars/f1"),
    Pick::rate("attributions", "/attributions/f1"),
    Pick::rate("with_source", "/with_source/f1"),
];
const EVENTS: &[Pick] = &[
    Pick::rate("accuracy", "/accuracy"),
    Pick::rate("macro_f1", "/macro_f1"),
    Pick::rate("quad", "/quad"),
    Pick::rate("type_and_dyad", "/type_and_dyad"),
    Pick::rate("precision_of_emitted", "/precision_of_emitted"),
];
const NAMES: &[Pick] = &[
    Pick::rate("ap", "/ap"),
    Pick::rate("best_f1", "/best_f1"),
    Pick::rate("recall_at_p95", "/recall_at_p95"),
];
const CLUSTER: &[Pick] = &[Pick::rate("b3_f1", "/b3_f1"), Pick::faults("missing", "/missing")];

/// Every set, in the bench's order.
#[rustfmt::skip] // one set a line reads as the table it is
pub(crate) const ALL: &[Set] = &[
    Set::scored("pages", "fundus", "bench/pages/fundus/manifest.jsonl", Feed::Paths("clean"), PAGES),
    Set::scored("pages", "wcxb_dev", "bench/pages/wcxb_dev/manifest.jsonl", Feed::Paths("clean"), PAGES),
    Set::scored("pages", "dates", "bench/pages/dates/manifest.jsonl", Feed::Paths("clean"), PAGE_DATES),
    Set::scored("entities", "re3d", "bench/re3d/documents.jsonl", Feed::Rows("annotate"), ENTITIES),
    Set::scored("entities", "politics_train", "bench/entities/politics_train.jsonl", Feed::Rows("annotate"), ENTITIES),
    Set::scored("entities", "politics_dev", "bench/entities/politics_dev.jsonl", Feed::Rows("annotate"), ENTITIES),
    Set::scored("entities", "ewt_dev", "bench/entities/ewt_dev.jsonl", Feed::Rows("annotate"), ENTITIES),
    Set::own("entities", "written", "data/written_names", named::written),
    Set::own("roles", "re3d", "bench/re3d/documents.jsonl", named::roles),
    Set::scored("times", "timebank", "bench/times/timebank", Feed::Rows("annotate"), TIMES),
    Set::scored("times", "aquaint", "bench/times/aquaint", Feed::Rows("annotate"), TIMES),
    Set::scored("quotes", "polnear_train", "bench/quotes/polnear/train", Feed::Rows("annotate"), QUOTES),
    Set::scored("quotes", "polnear_dev", "bench/quotes/polnear/dev", Feed::Rows("annotate"), QUOTES),
    Set::own("speakers", "polnear", "bench/quotes/polnear", speakers::measure),
    Set::own("coreference", "gum", "text/treebanks/gum-train.conllu.gz", coreference::measure),
    Set::own("coreference", "gum_test", "text/treebanks/gum-test.conllu.gz", coreference::measure),
    Set::own("events", "written", "data/written_events", written::measure),
    Set::own("events", "re3d", "bench/re3d/documents.jsonl", dyads::measure),
    Set::scored("events", "plv", "bench/events/plv.jsonl", Feed::Rows("annotate"), EVENTS),
    Set::scored("names", "os_person", "bench/names/os_person.tsv", Feed::Stdin("match"), NAMES),
    Set::scored("names", "cameo_alias", "bench/names/cameo_alias.tsv", Feed::Stdin("match"), NAMES),
    Set::scored("names", "anetac_tok", "bench/names/anetac_tok.tsv", Feed::Stdin("match"), NAMES),
    Set::scored("cluster", "basil", "bench/cluster/basil.jsonl", Feed::Rows("cluster"), CLUSTER),
    Set::scored("cluster", "neus_val", "bench/cluster/neus_val.jsonl", Feed::Rows("cluster"), CLUSTER),
    Set::own("parse", "pud_test", "text/treebanks/pud-test.conllu.gz", treebanks::measure),
    Set::own("parse", "ewt_test", "text/treebanks/ewt-test.conllu.gz", treebanks::measure),
    Set::own("collate", "clusters", "bench/collate/clusters", clusters::measure),
    Set::own("pairs", "casualties", "bench/collate/casualty_conflicts_gold.json", casualties::measure),
    Set::own("pairs", "same_event", "bench/collate/date_conflicts_gold.json", pairs::same_event),
    Set::own("pairs", "people", "data/written_pairs", people::measure),
    Set::own("pairs", "reuse", "bench/collate/reuse_pairs.jsonl", pairs::reuse),
    Set::own("warc", "damaged", "bench/warc", archives::measure),
    Set::own("sentences", "polnear_bounds", "bench/quotes/polnear/dev/text", sentences::polnear_bounds),
    Set::own("sentences", "gum_news", "text/treebanks", sentences::gum_news),
    Set::own("seeds", "clean", "seeds/gold/clean.json", seeds_clean::measure),
    Set::own("seeds", "collate", "seeds/gold/clean.json", seeds_collate::measure),
    Set::own("seeds", "events", "seeds/gold/events.jsonl", seeds_events::measure),
    Set::own("seeds", "findings", "seeds/gold/collation.md", seeds_findings::measure),
    Set::own("seeds", "questions", "seeds/gold/collation.md", seeds_questions::measure),
    Set::own("seeds", "figures", "seeds/gold/clean.json", seeds_figures::measure),
    Set::own("seeds", "names", "seeds/gold/clean.json", seeds_names::measure),
    Set::own("seeds", "times", "seeds/gold/clean.json", seeds_times::measure),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_sets_share_a_name() {
        let names: BTreeSet<_> = ALL.iter().map(|set| (set.task, set.name)).collect();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn a_task_asks_for_all_its_sets_and_a_set_for_itself() {
        let asked = |only: &[&str]| {
            let only: Vec<String> = only.iter().map(|&o| o.to_owned()).collect();
            ALL.iter().filter(|set| set.asked_for(&only)).count()
        };
        for (only, count) in [
            (&[][..], ALL.len()),
            (&["times"][..], 2),
            (&["times/aquaint"][..], 1),
            (&["times", "seeds/clean"][..], 3),
            (&["aquaint"][..], 0),
        ] {
            assert_eq!(asked(only), count, "{only:?}");
        }
    }
}
