//! Reads `a<TAB>b` lines and appends the chance that both are written forms of one name.
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let (a, b) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        writeln!(out, "{line}\t{:.6}", variorum_identity::names::similarity(a, b))?;
    }
    out.flush()
}
