//! Who did what to whom, coded in PLOVER and CAMEO.
