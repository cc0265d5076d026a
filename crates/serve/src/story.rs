//! A story made ready to be shown.

use crate::failure::Failure;
use crate::reply::Content;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use variorum_model::contract::{Actor, Event, Record};

/// A version of a story, with its record and the pages made of it so far.
#[derive(Debug)]
pub(crate) struct Story {
    /// Its id, `s:…`.
    pub(crate) id: String,
    /// Its version: the same as long as its record is.
    pub(crate) version: String,
    /// Its record.
    pub(crate) record: Record,
    /// The record as JSON.
    pub(crate) json: Content,
    pages: Mutex<HashMap<String, Content>>,
}

/// Pages kept of one story.
const PAGES: usize = 64;

impl Story {
    pub(crate) fn new(id: String, version: String, record: Record) -> Result<Story, Failure> {
        let json = Content::json(&record)?;
        Ok(Story { id, version, record, json, pages: Mutex::default() })
    }

    /// Bytes of its JSON.
    pub(crate) fn weight(&self) -> usize {
        self.json.bytes.len()
    }

    /// The page kept under `name`, or made now.
    pub(crate) fn page(
        &self,
        name: String,
        make: impl FnOnce() -> Result<Content, Failure>,
    ) -> Result<Content, Failure> {
        let pages = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = pages().get(&name) {
            return Ok(page.clone());
        }
        let page = make()?;
        let mut kept = pages();
        if kept.len() < PAGES {
            kept.insert(name, page.clone());
        }
        Ok(page)
    }

    /// Its id without the `s:`, as it stands in addresses.
    pub(crate) fn short_id(&self) -> &str {
        self.id.strip_prefix("s:").unwrap_or(&self.id)
    }

    /// Its title.
    pub(crate) fn title(&self) -> &str {
        self.record.stories.first().map_or("A story", |s| s.title.as_str())
    }

    /// An actor by its id within the record.
    pub(crate) fn actor(&self, id: &str) -> Option<&Actor> {
        numbered(&self.record.actors, id, 'a').filter(|a| a.id == id)
    }

    /// The name of an actor, or the id where there is none.
    pub(crate) fn actor_name<'s>(&'s self, id: &'s str) -> &'s str {
        self.actor(id).map_or(id, |a| a.name.as_str())
    }

    /// An event by its id within the record.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.record.events.iter().find(|e| e.id == id)
    }

    /// The name of a place, or nothing.
    pub(crate) fn place_name(&self, id: Option<&str>) -> &str {
        let place = id.and_then(|id| self.record.places.iter().find(|p| p.id == id));
        place.map_or("", |p| p.name.as_str())
    }
}

/// The member of a list that a letter and its number name.
fn numbered<'l, T>(list: &'l [T], id: &str, letter: char) -> Option<&'l T> {
    let n: usize = id.strip_prefix(letter)?.parse().ok()?;
    list.get(n.checked_sub(1)?)
}

/// A story held by many requests.
pub(crate) type Held = Arc<Story>;
