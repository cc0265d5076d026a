//! Views of a record: terminal, self-contained page, JSON.
