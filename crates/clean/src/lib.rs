//! From raw report to title, outlet, dates, body and removed debris.
