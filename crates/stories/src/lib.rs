//! Copies and lineages, same event, same story.
