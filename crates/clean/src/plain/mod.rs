//! Plain text.
mod caption;
mod dump;
mod labels;
mod lines;
