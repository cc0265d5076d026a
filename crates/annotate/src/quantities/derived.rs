//! What a share comes to, where the whole is told beside it.

use super::find::Amount;
use crate::words::Word;
use variorum_model::{Derived, Quantity};

/// Works out what shares of a stated whole come to: "half of the population of about 23 million",
/// "two thirds of the 300 men".
pub(super) fn derive(words: &[Word<'_>], amounts: &[Amount], quantities: &mut [Quantity]) {
    for i in 1..quantities.len() {
        let (share, whole) = (&quantities[i - 1], &quantities[i]);
        let part = match share.unit.as_str() {
            "share" => share.value,
            "percent" => share.value / 100.0,
            _ => continue,
        };
        let between = &words[amounts[i - 1].end..amounts[i].start];
        let count = !matches!(whole.unit.as_str(), "share" | "percent" | "years" | "days");
        if !(0.0..=1.0).contains(&part) || !count || !is_whole(between) {
            continue;
        }
        let derived = Derived {
            value: part * whole.value,
            bound: both(share.bound, whole.bound),
            whole: whole.span,
        };
        quantities[i - 1].derived = Some(derived);
    }
}

/// Whether the words between a share and a number make the number the whole: "of the", "of the
/// country's people, about".
fn is_whole(between: &[Word<'_>]) -> bool {
    const MOST: usize = 9;
    let of = between.first().is_some_and(|w| w.lower == "of");
    let led = match between.len() {
        0 => false,
        1 | 2 => true,
        // The number tells of the phrase before it: "of the population of", "of the town's people, some".
        n => n <= MOST && matches!(&*between[n - 1].lower, "of" | "," | "("),
    };
    let plain = |w: &Word<'_>| w.is_word() || w.lower == "'s" || w.glued && w.lower == "-";
    of && led && between[..between.len() - 1].iter().all(plain)
}

/// The bound of a product of two bounded numbers.
fn both(a: &'static str, b: &'static str) -> &'static str {
    match (a, b) {
        (a, b) if a == b && a != "range" => a,
        ("exact", b @ ("at_least" | "at_most" | "about")) => b,
        (a @ ("at_least" | "at_most" | "about"), "exact") => a,
        _ => "about",
    }
}
