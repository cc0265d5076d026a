//! The columns of a reading: a field of a noun of the model is one, and each learns its own chances.

use super::coder::{Bytes, Numbers};
use super::prior::{Prior, prior};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// What a number tells within its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Value,
    Flag,
    Count,
    Symbol,
    Manner,
    Elsewhere,
    First,
    Length,
    Size,
    Step,
    Words,
    ByteStep,
    ByteCount,
    Cut,
    Day,
}

/// How many roles there are.
pub(super) const ROLES: usize = Role::Day as usize + 1;

/// The number of a column. Names that the prior has not come behind those that it has: numbers are places in
/// memory and never written.
pub(super) fn column(name: &'static str) -> u16 {
    static BEYOND: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let known = &prior().names;
    if let Some(at) = known.iter().position(|n| n == name) {
        return at as u16;
    }
    let mut beyond = BEYOND.lock().unwrap_or_else(PoisonError::into_inner);
    let at = beyond.iter().position(|n| *n == name).unwrap_or_else(|| {
        beyond.push(name);
        beyond.len() - 1
    });
    (known.len() + at) as u16
}

/// What is known of the columns while a reading is written or read.
#[derive(Debug)]
pub(super) struct Columns {
    prior: &'static Prior,
    /// By column and role; `None` until there is something to learn.
    models: Vec<Option<Box<Numbers>>>,
    pub(super) bytes: Bytes,
    /// Symbols that were told in this reading, by column.
    told: FxHashMap<u16, u64>,
}

impl Columns {
    pub(super) fn new(prior: &'static Prior) -> Columns {
        let bytes = prior.bytes.clone();
        Columns { prior, models: Vec::new(), bytes, told: FxHashMap::default() }
    }

    /// The same for the next reading, with what was learnt; for making a prior.
    pub(super) fn go_on(mut self) -> Columns {
        self.told.clear();
        self.models.iter_mut().flatten().for_each(|m| m.begin());
        self
    }

    pub(super) fn numbers(&mut self, column: u16, role: Role) -> &mut Numbers {
        let at = usize::from(column) * ROLES + role as usize;
        if at >= self.models.len() {
            self.models.resize(at + ROLES, None);
        }
        let known = || self.prior.models.get(&(column, role as u8)).cloned();
        self.models[at].get_or_insert_with(|| known().unwrap_or_else(|| Box::new(Numbers::NEW)))
    }

    /// What was learnt, by column and role.
    pub(super) fn learnt(&self) -> impl Iterator<Item = (u16, u8, &Numbers)> {
        let models = self.models.iter().enumerate();
        models.filter_map(|(at, model)| {
            Some(((at / ROLES) as u16, (at % ROLES) as u8, &**model.as_ref()?))
        })
    }

    /// The place of a symbol that the prior has in a column.
    pub(super) fn known(&self, column: u16, symbol: &[u8]) -> Option<u64> {
        self.prior.places.get(usize::from(column))?.get(symbol).copied()
    }

    /// The symbol at a place, where the prior has it.
    pub(super) fn at(&self, column: u16, place: u64) -> Option<Vec<u8>> {
        let symbols = self.prior.symbols.get(usize::from(column))?;
        symbols.get(usize::try_from(place).ok()?).cloned()
    }

    /// The place of the symbol that is told next in a column.
    pub(super) fn next(&mut self, column: u16) -> u64 {
        let known = self.prior.symbols.get(usize::from(column)).map_or(0, Vec::len) as u64;
        let told = self.told.entry(column).or_default();
        *told += 1;
        known + *told - 1
    }
}
