//! The server from outside, over a socket.

mod contract;
mod judging;
mod pages;
mod service;
