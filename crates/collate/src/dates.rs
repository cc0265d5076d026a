//! The day of a happening: where tellings cannot all be right.

use crate::anchoring::chronicle_day;
use crate::days::Relation;
use crate::drafts::{Draft, order};
use crate::happenings::{Happening, Telling};
use crate::opposition::Opposition;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::wording::clause_at;
use variorum_model::{EventMention, Modality};

/// A date conflict for the happening, if its tellings give days that do not meet.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    opposition: &Opposition<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let dated: Vec<&Telling> =
        happening.tellings.iter().filter(|t| t.days.is_day_precise()).collect();
    let asserted = |t: &Telling| {
        matches!(
            told(witnesses, t).modality,
            Modality::Actual | Modality::Ongoing | Modality::Alleged
        )
    };
    // A plan and what became of it are no two readings.
    let apart = |a: &Telling, b: &Telling| asserted(a) == asserted(b) && opposition.of_days(a, b);
    let own: Vec<&Telling> = dated.iter().filter(|t| has_own_day(witnesses, t)).copied().collect();
    let at_odds: Vec<&Telling> =
        own.iter().filter(|a| own.iter().any(|b| apart(a, b))).copied().collect();
    if at_odds.is_empty() {
        return None;
    }
    // What fits some of the sides is still a reading; it is shown beside them.
    let fits = |t: &Telling| {
        let meets = |a: &&Telling| matches!(a.days.relation(&t.days), Relation::Overlapping);
        at_odds.iter().any(meets)
    };
    let claims: Vec<Claim> =
        dated.iter().filter(|t| fits(t)).filter_map(|t| claim(witnesses, t)).collect();
    let sides = readings(witnesses, &claims);
    if sides.len() < 2 {
        return None;
    }
    let planned =
        at_odds.iter().all(|t| witnesses.told(t.report, t.event).modality == Modality::Planned);
    let (verdict, reason) = if planned {
        ("update_over_time", "a planned day that was moved")
    } else {
        ("conflict", "the days given do not meet")
    };
    Some(
        Draft::new(order(0, happening), "date", format!("day: {about}"), sides, reason)
            .over(event)
            .judged(verdict),
    )
}

/// Whether the day stands in the clause of the act itself: in "on Sunday he spoke of those who seized the
/// town" and "the man, who fled on Friday, pleaded guilty" it is that of another.
fn has_own_day(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    let event = told(witnesses, telling);
    let times = &witnesses.annotations(telling.report).times;
    let Some(time) = event.time.and_then(|t| times.get(t as usize)) else { return true };
    let own = clause_at(witnesses, telling.report, event.trigger);
    let clauses = &witnesses.codings(telling.report).clauses;
    let around = clauses.iter().filter(|c| c.span.contains(time.span));
    let innermost = around.min_by_key(|c| c.span.end - c.span.start);
    match (own, innermost) {
        (Some(own), Some(innermost)) => own.verb == innermost.verb,
        _ => true,
    }
}

fn told<'w>(witnesses: &'w Witnesses<'_>, telling: &Telling) -> &'w EventMention {
    witnesses.told(telling.report, telling.event)
}

fn claim(witnesses: &Witnesses<'_>, telling: &Telling) -> Option<Claim> {
    let event = witnesses.told(telling.report, telling.event);
    let stated =
        event.time.and_then(|t| witnesses.annotations(telling.report).times.get(t as usize));
    let span = match stated {
        Some(time) => time.span,
        None => chronicle_day(witnesses, telling.report, event.trigger)?.1,
    };
    let text = &witnesses.report(telling.report).text;
    Some(Claim {
        value: telling.days.phrase(),
        report: telling.report,
        span,
        according_to: event.reported_by.iter().map(|s| s.of(text).to_owned()).collect(),
    })
}
