//! What readings have in common: the chances that a reading begins with, and the symbols that need not be told.
//!
//! Learnt from readings of the sentences of `data/written_events` and `data/written_names` by
//! `cargo run --example reading_prior`. Part of form 4 of the file, which holds a copy: never changed.

use super::coder::{BYTE_CHANCES, Bytes, CHANCES, Chance, Numbers};
use super::columns::{Columns, column};
use super::writer::Writer;
use crate::pack::{pack, unpack};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;
use variorum_model::ReadReport;

/// The prior as it is kept in record files: zstd.
pub(crate) const PRIOR: &[u8] = include_bytes!("../reading_v2.prior");

/// Readings that have to have a symbol for it to be known.
const SHARED: u32 = 4;
/// Symbols known of one column at most.
const MOST: usize = 250;
/// Sightings that a chance learnt elsewhere counts for.
const TRUSTED: u8 = 20;

/// Chances and symbols, by column.
#[derive(Debug)]
pub(super) struct Prior {
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<Vec<Vec<u8>>>,
    pub(super) places: Vec<FxHashMap<Vec<u8>, u64>>,
    pub(super) models: FxHashMap<(u16, u8), Box<Numbers>>,
    pub(super) bytes: Bytes,
}

/// The prior that all readings begin with.
pub(super) fn prior() -> &'static Prior {
    static PARSED: OnceLock<Prior> = OnceLock::new();
    PARSED.get_or_init(|| {
        let bytes = unpack(PRIOR, b"").unwrap_or_default();
        parse(&bytes).unwrap_or_else(|| Prior::of(Vec::new()))
    })
}

impl Prior {
    fn of(symbols: Vec<(String, Vec<Vec<u8>>)>) -> Prior {
        let (names, symbols): (Vec<_>, Vec<_>) = symbols.into_iter().unzip();
        let places =
            symbols.iter().map(|list: &Vec<Vec<u8>>| list.iter().cloned().zip(0..).collect());
        let places = places.collect();
        Prior { names, symbols, places, models: FxHashMap::default(), bytes: Bytes::new() }
    }
}

/// The next of `bytes`.
fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn number(bytes: &mut &[u8]) -> Option<usize> {
    let two = take(bytes, 2)?;
    Some(usize::from(u16::from_le_bytes([two[0], two[1]])))
}

fn chances(bytes: &mut &[u8], count: usize) -> Option<Vec<Chance>> {
    let mut all = vec![Chance::EVEN; count];
    for _ in 0..number(bytes)? {
        let (at, one) = (number(bytes)?, number(bytes)?);
        *all.get_mut(at)? = Chance { one: one as u16, seen: take(bytes, 1)?[0] };
    }
    Some(all)
}

fn parse(mut bytes: &[u8]) -> Option<Prior> {
    let from = &mut bytes;
    let mut symbols = Vec::new();
    for _ in 0..number(from)? {
        let length = number(from)?;
        let name = String::from_utf8(take(from, length)?.to_vec()).ok()?;
        let mut list = Vec::new();
        for _ in 0..number(from)? {
            let length = number(from)?;
            list.push(take(from, length)?.to_vec());
        }
        symbols.push((name, list));
    }
    let mut prior = Prior::of(symbols);
    for _ in 0..number(from)? {
        let (column, role) = (number(from)? as u16, number(from)? as u8);
        let mut model = Box::new(Numbers::NEW);
        model.chances.copy_from_slice(&chances(from, CHANCES)?);
        prior.models.insert((column, role), model);
    }
    prior.bytes.chances = chances(from, BYTE_CHANCES)?;
    from.is_empty().then_some(prior)
}

fn put_chances(chances: &[Chance], to: &mut Vec<u8>) {
    let known: Vec<(usize, &Chance)> =
        chances.iter().enumerate().filter(|(_, c)| c.seen > 0).collect();
    to.extend((known.len() as u16).to_le_bytes());
    for (at, chance) in known {
        to.extend((at as u16).to_le_bytes());
        to.extend(chance.one.to_le_bytes());
        to.push(chance.seen.min(TRUSTED));
    }
}

/// A prior learnt from readings, as it is kept. Takes for known only the columns that `prior` has and those that
/// the readings go through, in order of their names.
///
/// # Errors
/// When it cannot be compressed for want of memory.
pub(crate) fn learn(reads: &[ReadReport], names: &[&'static str]) -> io::Result<Vec<u8>> {
    let empty: &'static Prior = Box::leak(Box::new(Prior::of(Vec::new())));
    let mut counted: BTreeMap<(u16, Vec<u8>), u32> = BTreeMap::new();
    for read in reads {
        let mut writer = Writer::over(&read.report.text, Columns::new(empty));
        super::put(read, &mut writer);
        for symbol in writer.told() {
            *counted.entry(symbol).or_default() += 1;
        }
    }
    let list = |name: &&'static str| {
        let of = column(name);
        let mut list: Vec<(u32, &Vec<u8>)> = counted
            .range((of, Vec::new())..(of + 1, Vec::new()))
            .filter(|(_, n)| **n >= SHARED)
            .map(|((_, symbol), n)| (*n, symbol))
            .collect();
        list.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let list = list.into_iter().take(MOST).map(|(_, symbol)| symbol.clone()).collect();
        ((*name).to_owned(), list)
    };
    // Numbers of columns in this process, and in the prior that is made.
    let places: BTreeMap<u16, u16> = names.iter().map(|n| column(n)).zip(0..).collect();
    let mut of_process = Prior::of(Vec::new());
    let listed: Vec<(String, Vec<Vec<u8>>)> = names.iter().map(list).collect();
    let most = places.keys().max().map_or(0, |m| usize::from(*m) + 1);
    of_process.symbols = vec![Vec::new(); most];
    of_process.places = vec![FxHashMap::default(); most];
    for (name, (_, symbols)) in names.iter().zip(&listed) {
        let at = usize::from(column(name));
        of_process.places[at] = symbols.iter().cloned().zip(0..).collect();
        of_process.symbols[at] = symbols.clone();
    }
    let of_process: &'static Prior = Box::leak(Box::new(of_process));
    let mut columns = Columns::new(of_process);
    for read in reads {
        let mut writer = Writer::over(&read.report.text, columns);
        super::put(read, &mut writer);
        columns = writer.finish().1.go_on();
    }

    let mut to = Vec::new();
    to.extend((listed.len() as u16).to_le_bytes());
    for (name, symbols) in &listed {
        to.extend((name.len() as u16).to_le_bytes());
        to.extend(name.as_bytes());
        to.extend((symbols.len() as u16).to_le_bytes());
        for symbol in symbols {
            to.extend((symbol.len() as u16).to_le_bytes());
            to.extend(symbol);
        }
    }
    let learnt: Vec<_> =
        columns.learnt().filter_map(|(c, role, m)| Some((*places.get(&c)?, role, m))).collect();
    to.extend((learnt.len() as u16).to_le_bytes());
    for (column, role, model) in learnt {
        to.extend(column.to_le_bytes());
        to.extend(u16::from(role).to_le_bytes());
        put_chances(&model.chances, &mut to);
    }
    put_chances(&columns.bytes.chances, &mut to);
    pack(&to, b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prior_knows_every_column() {
        let known = prior();
        for name in crate::wire::COLUMNS.concat() {
            assert!(known.names.iter().any(|n| n == name), "{name}");
        }
        assert!(known.models.len() > 100 && known.symbols.iter().any(|s| s.len() > 20));
    }
}
