//! `match`: how likely two written names are one.

use super::Outcome;
use anyhow::{Context, Result};
use std::io::{BufRead, BufWriter, Write};
use variorum_identity::names::similarity;

/// A longer line is no pair of names.
const LINE: u64 = 64 * 1024;

pub(crate) fn run() -> Result<Outcome> {
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    let mut byte = 0u64;
    loop {
        line.clear();
        let read = (&mut input).take_line(&mut line)?;
        if read == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        let mut cells = text.split('\t');
        let (a, b) = (cells.next().unwrap_or_default(), cells.next());
        let b = b.with_context(|| {
            format!("-:{byte}: a line without a tab: give two names parted by a tab")
        })?;
        writeln!(output, "{text}\t{:.6}", similarity(a, b))?;
        byte += read;
    }
    output.flush()?;
    Ok(Outcome::default())
}

/// Reading one line with a bound on its length.
trait TakeLine {
    fn take_line(self, line: &mut Vec<u8>) -> Result<u64>;
}

impl<R: BufRead> TakeLine for &mut R {
    fn take_line(self, line: &mut Vec<u8>) -> Result<u64> {
        use std::io::Read;
        let read =
            self.take(LINE).read_until(b'\n', line).context("-: cannot read standard input")?;
        anyhow::ensure!(
            (read as u64) < LINE || line.ends_with(b"\n"),
            "-: a line of more than {LINE} bytes: give two names parted by a tab"
        );
        Ok(read as u64)
    }
}
