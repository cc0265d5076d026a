//! What a run that adds pages learns of their outlets, and what it knows from the pages added before.

use anyhow::Result;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use variorum_model::{RawReport, ReadReport, Rejection};
use variorum_pipeline::{Layouts, MOST_PAGES, Pipeline, Traits};
use variorum_record::{ContentHash, OutletPage, RecordFile};

/// Layouts of outlets as they were when adding began, so that the order of the reports does not matter, and what the
/// pages read since show of them.
pub(super) struct OutletPages {
    layouts: Layouts,
    seen: Mutex<BTreeSet<OutletPage>>,
}

impl OutletPages {
    /// The layouts that the pages kept in a record file show.
    pub(super) fn kept_in(file: &RecordFile) -> Result<OutletPages> {
        let read = |(host, _, traits): OutletPage| match serde_json::from_str(&traits) {
            Ok(traits) => Ok((host, traits)),
            Err(_) => Err(file.damaged_traits(&host)),
        };
        let pages: Vec<(String, Traits)> =
            file.outlet_pages()?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(OutletPages { layouts: Layouts::learn(pages), seen: Mutex::default() })
    }

    /// Reads a report by the layout of its outlet, and notes what the page shows of it.
    pub(super) fn read(
        &self,
        pipeline: &Pipeline,
        report: &RawReport,
        hash: ContentHash,
    ) -> Result<ReadReport, Rejection> {
        let (read, traits) = pipeline.read_by(report, &self.layouts)?;
        if let Some((host, traits)) = traits
            && let Ok(traits) = serde_json::to_string(&traits)
        {
            self.note(host, hash, traits);
        }
        Ok(read)
    }

    /// Of each host the few pages that are kept.
    fn note(&self, host: String, hash: ContentHash, traits: String) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert((host.clone(), hash, traits));
        let of_host = (host.clone(), ContentHash::default(), String::new())
            ..(host + "\0", ContentHash::default(), String::new());
        if seen.range(of_host.clone()).count() > MOST_PAGES
            && let Some(last) = seen.range(of_host).next_back().cloned()
        {
            seen.remove(&last);
        }
    }

    /// Keeps what was noted.
    pub(super) fn keep_in(self, file: &mut RecordFile) -> Result<()> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        file.keep_outlet_pages(&seen.into_iter().collect::<Vec<_>>(), MOST_PAGES)?;
        Ok(())
    }
}
