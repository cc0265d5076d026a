//! From bytes on disk to raw reports, under named limits.
