//! The server from outside, over a socket.

mod contract;
mod pages;
mod service;
