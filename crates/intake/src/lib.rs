//! From bytes on disk to raw reports, under named limits.
//!
//! [`read_all`] turns paths, folders, patterns and standard input into one ordered stream of raw
//! reports and rejections. Whatever the input, memory stays bounded by [`Limits`], one bad input
//! never stops the next, and nothing is fetched or unpacked to disk. What somebody else fetched comes in by
//! [`capture_fetched`].

mod archive;
mod document;
mod feed;
mod gunzip;
mod headers;
mod html_elements;
mod html_formatting;
mod html_gate;
mod html_tags;
mod html_tree;
pub mod inputs;
pub mod limits;
mod refusal;
mod reports;
mod response;
mod rows;
mod sniff;
mod warc;

pub use document::{Fetched, capture_fetched, content_id, estimate_tokens, unpacked};
pub use feed::{Listed, Listing, read_listing};
pub use html_gate::{HtmlShape, html_depth, html_shape};
pub use limits::{Limit, Limits};
pub use reports::{Captured, Captures, Options, Reports, capture_all, read_all, read_from};
