//! The record file and the stories at hand, shared by all requests.

use crate::failure::Failure;
use crate::judging::Secret;
use crate::shelf::Shelf;
use crate::story::{Held, Story};
use axum::http::StatusCode;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{Mutex as Turn, Semaphore};
use variorum_model::ReadReport;
use variorum_model::contract::Record;
use variorum_record::{Facets, Fault, RecordFile, Records};

/// Handles on the record file: requests beyond so many wait.
const READERS: usize = 8;
/// Records of stories made at once, so that readers of what is there never wait for them.
const MAKERS: usize = 2;

/// What makes a record of reports.
pub(crate) type Collate = fn(Vec<ReadReport>) -> Record;

/// The record file and the stories at hand.
pub(crate) struct Library {
    path: PathBuf,
    collate: Collate,
    /// What forms for judgements are signed with, where judgements are taken.
    secret: Option<Secret>,
    idle: Mutex<Vec<RecordFile>>,
    readers: Semaphore,
    makers: Semaphore,
    shelf: Shelf,
    /// Who makes which story now: the others wait for it.
    turns: Mutex<HashMap<String, Weak<Turn<()>>>>,
}

impl Library {
    /// Opens the record file.
    pub(crate) fn open(
        path: PathBuf,
        collate: Collate,
        secret: Option<Secret>,
    ) -> Result<Library, Fault> {
        // This handle is not kept: that of a file brought to the current form would keep others from adding to it.
        let file = RecordFile::open(&path)?;
        // Where the file may not be written, reports that have no story yet are not listed.
        let _ = file.settle_stories();
        drop(file);
        Ok(Library {
            path,
            collate,
            secret,
            idle: Mutex::default(),
            readers: Semaphore::new(READERS),
            makers: Semaphore::new(MAKERS),
            shelf: Shelf::default(),
            turns: Mutex::default(),
        })
    }

    /// What forms for judgements are signed with; `None` where none are taken.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        self.secret.as_ref()
    }

    /// Name of the record file, without its folders.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
    }

    /// Does `work` with a handle on the record file, off the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Library>,
        work: impl FnOnce(&RecordFile) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _reader = self.readers.acquire().await.map_err(|_| closing())?;
        let library = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let file = match library.idle_file() {
                Some(file) => file,
                None => RecordFile::open_again(&library.path)?,
            };
            let result = work(&file);
            library.idle.lock().unwrap_or_else(PoisonError::into_inner).push(file);
            result
        });
        done.await.unwrap_or_else(|_| {
            let detail = "this could not be shown; the log of the server tells more";
            Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, detail))
        })
    }

    fn idle_file(&self) -> Option<RecordFile> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// The story with this id, or that of the report with this id.
    pub(crate) async fn story(self: &Arc<Library>, id: &str) -> Result<Held, Failure> {
        let asked = id.to_owned();
        let (id, version) = self.read(move |file| Ok(file.story_version(&asked)?)).await?;
        if let Some(story) = self.shelf.get(&id, &version) {
            return Ok(story);
        }
        let turn = self.turn(&id);
        let _mine = turn.lock().await;
        if let Some(story) = self.shelf.get(&id, &version) {
            return Ok(story);
        }
        let _maker = self.makers.acquire().await.map_err(|_| closing())?;
        let collate = self.collate;
        let story = self
            .read(move |file| {
                let record = Records::of(file).record(&id, &collate)?;
                Ok(Arc::new(Story::new(id, version, record)?))
            })
            .await?;
        self.shelf.put(story.clone());
        Ok(story)
    }

    fn turn(&self, id: &str) -> Arc<Turn<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(id).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(Turn::new(()));
        turns.insert(id.to_owned(), Arc::downgrade(&turn));
        turn
    }

    /// Brings the records of the stories meant up to date, where differences are asked for.
    pub(crate) async fn refresh(self: &Arc<Library>, facets: &Facets) -> Result<(), Failure> {
        if facets.conflict.is_empty() {
            return Ok(());
        }
        let _maker = self.makers.acquire().await.map_err(|_| closing())?;
        let (facets, collate) = (facets.clone(), self.collate);
        self.read(move |file| Ok(Records::of(file).refresh(&facets, &collate, || {})?)).await
    }
}

fn closing() -> Failure {
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "the server is closing: ask again later")
}
