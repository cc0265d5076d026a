//! When two reports' people are one.

use super::joining::{Company, Proposal};
use super::local::{Entity, LIKELY, compatible, surname_fit};
use super::roles;

/// Names shared by two reports from which their people are in one company.
const COMPANY: usize = 2;

/// Likeness of names from which two who are said to be different things may still be one.
const NEAR: f64 = 0.87;

/// Likeness of names that are one name, or one in two spellings ("Sergei", "Sergey").
const SAME: f64 = 0.96;

/// Likeness of two forms that the list of leaders has for one name: below [`NEAR`], so that it overrules nothing.
const LISTED: f64 = 0.8;

/// What speaks for two people of two reports being one, but for who is named beside them.
pub(crate) struct Likely {
    score: f64,
    office: Option<String>,
    role: Option<String>,
    /// Both are said to be something, and nothing alike.
    differ: bool,
    /// A country that both are of, where they are not said to be different things.
    same_country: bool,
    /// Both have one entry in the list of leaders, and are not said to be different things.
    one_leader: bool,
}

impl Likely {
    /// Nothing where the names or what is said of them rule it out.
    pub(crate) fn of(x: &Entity, y: &Entity) -> Option<Likely> {
        if contradict(x, y) {
            return None;
        }
        let score = likeness(x, y);
        let differ = are_different_things(x, y);
        (score >= LIKELY).then(|| Likely {
            score,
            office: shared_office(x, y),
            role: roles::shared(&x.roles, &y.roles).map(ToString::to_string),
            differ,
            same_country: x.country.is_some() && x.country == y.country && !differ,
            one_leader: of_one_leader(x, y) && !differ,
        })
    }

    /// A proposal to join the two, when something beside the names speaks for it.
    pub(crate) fn proposal(&self, x: &Entity, y: &Entity, company: &Company) -> Option<Proposal> {
        let mut support: Vec<String> = Vec::new();
        let mut strength = self.score;
        if let Some(office) = &self.office {
            strength += 1.0;
            support.push(format!("both {office}"));
        }
        if self.same_country {
            strength += 0.5;
            support.push("same country".to_owned());
        }
        if let Some(role) = &self.role {
            strength += 0.6;
            support.push(format!("both said to be {role}"));
        }
        let shared = company.shared(x, y);
        if shared >= COMPANY {
            strength += 0.1 * shared.min(5) as f64;
            support.push(format!("{shared} other names in common"));
        }
        if self.one_leader {
            strength += 0.3;
            support
                .push("both stand for one entry of the list of leaders, in office then".to_owned());
        }
        if x.full && y.full && self.score >= SAME && shared > 0 && !self.differ {
            support.push("the same full name, and another name in common".to_owned());
        }
        // Who is said to be something else may still be meant where much else is shared.
        if (!x.full || !y.full)
            && (!self.differ || shared >= COMPANY)
            && company.one_bearer(if x.full { &y.form } else { &x.form })
        {
            support.push("the only bearer of the surname in these reports".to_owned());
        }
        // A bare surname says less: it needs an office, or company and a closely like name.
        let bare = !x.full || !y.full;
        let enough =
            !support.is_empty() && (!bare || self.score > 0.8 || strength >= self.score + 1.0);
        enough.then(|| Proposal {
            strength,
            reason: format!("{} = {}: like names; {}", x.form, y.form, support.join(", ")),
        })
    }
}

fn likeness(x: &Entity, y: &Entity) -> f64 {
    let written = match (x.full, y.full) {
        (true, false) => surname_fit(&x.form, &y.form),
        (false, true) => surname_fit(&y.form, &x.form),
        _ => x.name.compare(&y.name).score,
    };
    // Two listed forms of one name need not be alike to the ear.
    if of_one_leader(x, y) { written.max(LISTED) } else { written }
}

fn of_one_leader(x: &Entity, y: &Entity) -> bool {
    x.leader.is_some() && x.leader == y.leader
}

/// Key under which a person is found by the entry in the list of leaders.
pub(crate) fn key(entity: &Entity) -> Option<u64> {
    entity.leader.map(|leader| 0x1EAD_E500_0000_0000 | leader.number())
}

/// Whether one bears a name of generation ("Junior") that the other does not, and both are said to be different things.
fn are_of_two_generations(x: &Entity, y: &Entity) -> bool {
    x.form != y.form
        && roles::is_of_generation(&x.form) != roles::is_of_generation(&y.form)
        && are_different_things(x, y)
}

/// Whether both are said to be something, and nothing alike. Of two on one entry of the list of leaders "leader" and
/// "president" are alike.
fn are_different_things(x: &Entity, y: &Entity) -> bool {
    let told = !x.roles.is_empty() && !y.roles.is_empty();
    let leads = |e: &Entity| e.roles.iter().any(|w| roles::is_listed(w, "leading"));
    let one_leader = of_one_leader(x, y) && leads(x) && leads(y);
    told && !one_leader
        && roles::shared(&x.roles, &y.roles).is_none()
        && shared_office(x, y).is_none()
}

/// The first title that both hold, in whatever words the table of offices has for it.
fn shared_office(x: &Entity, y: &Entity) -> Option<String> {
    x.offices
        .iter()
        .find(|o| {
            y.offices.iter().any(|p| {
                o.title.eq_ignore_ascii_case(&p.title)
                    && compatible(o.country.as_deref(), p.country.as_deref())
            })
        })
        .map(|o| o.title.clone())
}

/// Two people of one report, of two countries, or with names that differ, are two.
pub(crate) fn contradict(x: &Entity, y: &Entity) -> bool {
    x.report == y.report
        || !compatible(x.country.as_deref(), y.country.as_deref())
        || likeness(x, y) < LIKELY
        || (x.full && y.full && likeness(x, y) < NEAR && are_different_things(x, y))
        || are_of_two_generations(x, y)
        || (roles::follow_one_another(&x.roles, &y.roles) && likeness(x, y) < NEAR)
}
