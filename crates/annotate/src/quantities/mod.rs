//! Counted and measured amounts: number, bound, unit, and what befell those counted.

mod derived;
mod elliptic;
mod find;
mod governing;
mod lengths;
mod lexicon;
mod measure;
mod names;
mod nil;

use crate::reading::Reading;
use crate::words::words;
use variorum_model::{Quantity, TimeExpression};

/// The amounts of a report, in text order. Of numbers inside time expressions only lengths of time count.
pub(crate) fn quantities(reading: &Reading<'_>, times: &[TimeExpression]) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    for stretch in &reading.stretches {
        let list = words(&reading.report.text, stretch.span);
        let found = find::numbers_that_count(&list, times);
        let mut here = measure::measured(reading, &list, &found);
        here.extend(nil::nothing(&list));
        here.sort_by_key(|q| (q.span.start, q.span.end));
        elliptic::resolve(reading, &list, &mut here);
        out.extend(here);
    }
    out
}

#[cfg(test)]
mod tests;
