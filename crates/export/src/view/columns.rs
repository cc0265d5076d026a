//! Columns of the ledgers. What they hold is told in `docs/formats/tables.md`.

/// A column: its name, and the share of the width it has on the line of its row; none: a line of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) share: usize,
}

const fn column(name: &'static str, share: usize) -> Column {
    Column { name, share }
}

/// Of consultations.
pub(super) const CONSULTATIONS: [Column; 11] = [
    column("day", 18),
    column("participants", 40),
    column("place", 12),
    column("form", 12),
    column("by", 10),
    column("sources", 3),
    column("dates", 0),
    column("agenda", 0),
    column("earliest", 0),
    column("latest", 0),
    column("event", 0),
];

/// Of accords.
pub(super) const ACCORDS: [Column; 9] = [
    column("kind", 12),
    column("in_force", 20),
    column("brokers", 22),
    column("parties", 20),
    column("exempt", 20),
    column("by", 6),
    column("breaches", 0),
    column("status", 0),
    column("event", 0),
];

/// Of mandates.
pub(super) const MANDATES: [Column; 5] = [
    column("told", 18),
    column("holder", 20),
    column("task", 46),
    column("giver", 12),
    column("by", 4),
];

/// Of offices over time.
pub(super) const OFFICES: [Column; 10] = [
    column("holder", 22),
    column("office", 34),
    column("standing", 10),
    column("from", 10),
    column("to", 10),
    column("by", 8),
    column("sources", 3),
    column("country", 0),
    column("changes", 0),
    column("held", 0),
];

/// Of points of series.
pub(super) const FIGURES: [Column; 10] = [
    column("series", 5),
    column("measure", 14),
    column("as_of", 20),
    column("value", 16),
    column("of", 16),
    column("according_to", 24),
    column("by", 6),
    column("sources", 3),
    column("about", 0),
    column("amount", 0),
];

/// Of happenings.
pub(super) const TIMELINE: [Column; 8] = [
    column("day", 22),
    column("what", 54),
    column("type", 10),
    column("by", 10),
    column("sources", 3),
    column("dates", 0),
    column("modality", 0),
    column("event", 0),
];

/// Of what rests on an unnamed source.
pub(super) const UNNAMED: [Column; 3] = [column("source", 34), column("said", 60), column("by", 4)];

/// Of names.
pub(super) const NAMES: [Column; 6] = [
    column("name", 26),
    column("kind", 12),
    column("written", 44),
    column("by", 10),
    column("mentions", 4),
    column("because", 0),
];
