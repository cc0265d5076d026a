//! Records of stories kept at hand, the least used given up first.

use crate::story::Story;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of JSON that the stories at hand may come to; in memory they take some times as much.
const ROOM: usize = 64 * 1024 * 1024;

/// Stories at hand, the last used first.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    stories: Mutex<VecDeque<Arc<Story>>>,
}

impl Shelf {
    /// The story, if it is at hand in this version.
    pub(crate) fn get(&self, id: &str, version: &str) -> Option<Arc<Story>> {
        let mut stories = self.stories.lock().unwrap_or_else(PoisonError::into_inner);
        let at = stories.iter().position(|s| s.id == id && s.version == version)?;
        let story = stories.remove(at)?;
        stories.push_front(story.clone());
        Some(story)
    }

    /// Keeps a story in place of its other versions.
    pub(crate) fn put(&self, story: Arc<Story>) {
        let mut stories = self.stories.lock().unwrap_or_else(PoisonError::into_inner);
        stories.retain(|s| s.id != story.id);
        stories.push_front(story);
        let mut taken: usize = stories.iter().map(|s| s.weight()).sum();
        while taken > ROOM && stories.len() > 1 {
            taken -= stories.pop_back().map_or(0, |s| s.weight());
        }
    }
}
