//! Reads `a<TAB>b[<TAB>kind]` lines and appends the chance that both are written forms of one name.

use std::io::{BufRead, Write};

use variorum_identity::names::{Kind, Name};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let (a, b) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        let kind = match fields.next() {
            Some("person") => Kind::Person,
            Some("organization") => Kind::Organization,
            _ => Kind::Unknown,
        };
        let score = Name::parse_as(a, kind).compare(&Name::parse_as(b, kind)).score;
        writeln!(out, "{line}\t{score:.6}")?;
    }
    out.flush()
}
