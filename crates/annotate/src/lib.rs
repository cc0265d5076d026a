//! Times, quantities, quotations and offices, with who says so.
