//! A record file over HTTP: pages for people, JSON for programs.
//!
//! Every page is made on the server and reads without JavaScript; a small script betters it. Nothing here finds
//! or decides anything: what is shown stands in the record of a story, which is made by the function that
//! [`Settings::collate`] names and kept as long as the story's reports are the same. The record file is only
//! read, but for what it keeps of its own accord (records of stories) and, where [`Settings::judging`] says so,
//! judgements.

mod api;
mod asked;
mod assets;
mod drawing;
mod failure;
mod guard;
mod judging;
mod library;
mod pages;
mod reply;
mod server;
mod shelf;
mod story;

pub use server::{ServeError, Settings, serve, told_to_end};
