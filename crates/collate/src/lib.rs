//! Readings, agreements, conflicts and framing: the record.
