//! One measured number: what it counts, which way is better, how it is written.

/// Which way a figure should move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Better {
    /// The higher the better: held by a floor.
    Higher,
    /// The lower the better: held by a ceiling.
    Lower,
    /// Told, not held: run time and memory.
    Told,
}

/// What a figure's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Share or score between 0 and 1.
    Rate,
    /// Rate of `part` in `whole`, both whole numbers.
    Share(u64, u64),
    /// Whole number.
    Count,
    /// Wall-clock seconds.
    Seconds,
    /// Mebibytes.
    Mebibytes,
}

/// One measured number of one set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// Name within its set.
    pub(crate) name: String,
    /// The number floors and ceilings are compared with.
    pub(crate) value: f64,
    /// How it is written.
    pub(crate) unit: Unit,
    /// Which way is better.
    pub(crate) better: Better,
}

impl Figure {
    /// A score between 0 and 1, the higher the better.
    pub(crate) fn rate(name: &str, value: f64) -> Figure {
        Figure { name: name.into(), value, unit: Unit::Rate, better: Better::Higher }
    }

    /// `part` of `whole`, the higher the better. Of nothing it is 0: a share nothing was done for
    /// must not pass a floor.
    pub(crate) fn share(name: &str, part: u64, whole: u64) -> Figure {
        let value = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        Figure { name: name.into(), value, unit: Unit::Share(part, whole), better: Better::Higher }
    }

    /// A count of what went wrong, the lower the better.
    pub(crate) fn faults(name: &str, count: u64) -> Figure {
        let value = count as f64;
        Figure { name: name.into(), value, unit: Unit::Count, better: Better::Lower }
    }

    /// A number that is told and not held.
    pub(crate) fn told(name: &str, value: f64, unit: Unit) -> Figure {
        Figure { name: name.into(), value, unit, better: Better::Told }
    }

    /// The value as the table has it.
    pub(crate) fn text(&self) -> String {
        match self.unit {
            Unit::Rate => format!("{:.4}", self.value),
            Unit::Share(part, whole) => format!("{part}/{whole} {:.4}", self.value),
            Unit::Count => format!("{:.0}", self.value),
            Unit::Seconds => format!("{:.1} s", self.value),
            Unit::Mebibytes => format!("{:.0} MiB", self.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_by_their_unit() {
        for (figure, text) in [
            (Figure::rate("f1", 0.95216), "0.9522"),
            (Figure::share("found", 5, 9), "5/9 0.5556"),
            (Figure::share("found", 0, 0), "0/0 0.0000"),
            (Figure::faults("bad_spans", 3), "3"),
            (Figure::told("time", 1.26, Unit::Seconds), "1.3 s"),
            (Figure::told("memory", 99.6, Unit::Mebibytes), "100 MiB"),
        ] {
            assert_eq!(figure.text(), text);
        }
    }
}
