//! What shows that two tellings are not one happening, whatever speaks for it.

use crate::days::Relation;
use crate::happenings::Telling;
use crate::places::{apart, named_alike};
use crate::speeches;
use crate::witnesses::Witnesses;
use variorum_model::{EventType, Modality};

/// Types that tell one another's happenings: an agreement is told as the meeting that made it less
/// often than as itself, but a concession and a retreat, or a coercion and an assault, are one root.
pub(crate) fn family(kind: EventType) -> u8 {
    match kind {
        EventType::Concede | EventType::Retreat => EventType::Retreat as u8,
        EventType::Aid | EventType::Cooperate => EventType::Aid as u8,
        other => other as u8,
    }
}

/// Acts that are somebody's words: another speaker's are another act.
pub(crate) fn is_speech(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Statement | Accuse | Request | Reject | Threaten | Support)
}

/// Whether two tellings cannot be one event.
pub(crate) fn vetoed(witnesses: &Witnesses<'_>, x: &Telling, y: &Telling) -> bool {
    // What is said of an act is not the act.
    if is_speech(x.kind) != is_speech(y.kind)
        || family(x.kind) != family(y.kind) && is_speech(x.kind)
    {
        return true;
    }
    let plain = |t: &Telling| t.kind == EventType::Other;
    // Two clauses of one report are two happenings; one beside a coded event may tell the same.
    let twice = if plain(x) { plain(y) } else { family(x.kind) != family(y.kind) && !plain(y) };
    if x.report == y.report && twice {
        return true;
    }
    if is_speech(x.kind) && speech_veto(x, y, x.kind) {
        return true;
    }
    let remote = |t: &Telling| t.mode == "phone";
    let in_person = |t: &Telling| matches!(t.mode, "visit" | "multilateral");
    if (remote(x) && (in_person(y) || y.place.is_some()))
        || (remote(y) && (in_person(x) || x.place.is_some()))
    {
        return true;
    }
    // An invitation is no appeal for help; but a blast may be told as a bomb or as a rocket.
    let modes_matter = !matches!(x.kind, EventType::Consult | EventType::Assault);
    if modes_matter && !x.mode.is_empty() && !y.mode.is_empty() && x.mode != y.mode {
        return true;
    }
    let meetings = x.kind == EventType::Consult && y.kind == EventType::Consult;
    dates_veto(x, y)
        || fights_on(x, y)
        || fights_on(y, x)
        || x.kind != EventType::Statement && people_veto(x, y, meetings)
        || places_veto(witnesses, x, y)
        || brokers_veto(x, y)
}

/// Days by which two reports of one happening may be at odds.
const DAYS_AT_ODDS: i64 = 3;

/// Inside one report two dates are two events; across reports a few days may be a disagreement.
fn dates_veto(x: &Telling, y: &Telling) -> bool {
    match x.days.relation(&y.days) {
        Relation::Apart(_) if x.report == y.report => return true,
        Relation::Apart(days) => return days > DAYS_AT_ODDS,
        Relation::Overlapping => return false,
        Relation::Unknown => {}
    }
    // Where one gives no day, publication still rules days out.
    let days_of = |t: &Telling| if t.days.is_unknown() { t.left } else { t.days };
    x.report != y.report
        && matches!(days_of(x).relation(&days_of(y)), Relation::Apart(days) if days > DAYS_AT_ODDS)
}

/// Who has been fighting for months dealt no blow of one day by that.
fn fights_on(x: &Telling, y: &Telling) -> bool {
    x.kind == EventType::Assault
        && y.kind == EventType::Assault
        && x.modality == Modality::Ongoing
        && y.modality != Modality::Ongoing
        && y.days.is_day_precise()
}

/// Other people are another event: both tellings name persons, and none of them twice. And a man meets one
/// on Monday and another on Tuesday: of two meetings with one person in common, each with somebody whom the
/// other lacks, each is its own.
fn people_veto(x: &Telling, y: &Telling, meetings: bool) -> bool {
    let (px, py) = (&x.people, &y.people);
    match px.iter().filter(|p| py.contains(p)).count() {
        0 => !px.is_empty() && !py.is_empty(),
        1 => meetings && px.len() > 1 && py.len() > 1,
        _ => false,
    }
}

/// Different towns are different events, unless one telling names both, the two are one area, or named
/// people and the day agree.
fn places_veto(witnesses: &Witnesses<'_>, x: &Telling, y: &Telling) -> bool {
    let place = |t: &Telling| t.place.or(t.setting);
    let (Some(p), Some(q)) = (place(x), place(y)) else { return false };
    if p == q || x.places.contains(&q) || y.places.contains(&p) {
        return false;
    }
    let (p, q) =
        (&witnesses.identities.places[p as usize], &witnesses.identities.places[q as usize]);
    if p.is_country || q.is_country {
        return p.country.is_some() && q.country.is_some() && p.country != q.country;
    }
    if named_alike(&p.name, &q.name) || apart(p, q).is_some_and(|far| !far) {
        return false;
    }
    let people = x.people.iter().filter(|p| y.people.contains(p)).count();
    let same_day = matches!(x.days.relation(&y.days), Relation::Overlapping)
        && x.days.is_day_precise()
        && y.days.is_day_precise();
    !(people >= 2 && same_day)
}

/// One speech act has one speaker: two that are named are two. Two statements of one report are two, unless one
/// person goes on.
fn speech_veto(x: &Telling, y: &Telling, kind: EventType) -> bool {
    if kind == EventType::Statement {
        return x.report == y.report && !speeches::is_one_speaker(x, y);
    }
    let told = !x.voices.is_empty() && !y.voices.is_empty();
    told && !x.voices.iter().any(|v| y.voices.contains(v))
}

/// Two accords with different brokers are two accords.
fn brokers_veto(x: &Telling, y: &Telling) -> bool {
    x.mode == "third-party"
        && y.mode == "third-party"
        && !x.actors.is_empty()
        && !y.actors.is_empty()
        && !x.actors.iter().any(|a| y.actors.contains(a))
}
