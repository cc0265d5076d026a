//! The stages in order, over batches, on all cores.
