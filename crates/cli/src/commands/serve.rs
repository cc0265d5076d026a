//! `serve`: the record over HTTP.

use super::Outcome;
use super::tables::collate;
use crate::arguments::ServeOptions;
use crate::messages;
use anyhow::Result;
use std::io::Write;
use variorum_serve::{Settings, serve, told_to_end};

pub(crate) fn run(options: &ServeOptions) -> Result<Outcome> {
    let settings = Settings {
        record: options.record.path.clone(),
        listen: options.listen,
        collate,
        judging: options.judge,
    };
    let ready = |address: std::net::SocketAddr| {
        if !address.ip().is_loopback() {
            let can = if options.judge {
                "read the record and judge in any name"
            } else {
                "read the record"
            };
            messages::complain(&format!(
                "{address}: whoever can reach this address can {can}: leave --listen out to serve this machine alone"
            ));
        }
        // Whoever started the server may wait for this line; that nobody reads it is no reason not to serve.
        let mut output = std::io::stdout().lock();
        let _ = writeln!(output, "http://{address}/").and_then(|()| output.flush());
    };
    serve(settings, ready, told_to_end())?;
    Ok(Outcome::default())
}
