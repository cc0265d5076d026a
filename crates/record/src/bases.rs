//! Texts packed by the text of an earlier report that they are like: copies, and tellings of one event.
//!
//! The text of a base has no base itself, so that two texts at most are unpacked to read one.

use crate::pack::{pack, unpack, unpack_text};
use rusqlite::Connection;
use std::io;
use variorum_stories::Likeness;

/// Likeness from which a base is tried.
const ALIKE: f32 = 0.3;

/// A packed text, and the number of the report whose text it is packed by.
pub(crate) type Packed = (Vec<u8>, Option<i64>);

/// Packs a text by that of the report that it is likest, where that takes less than three quarters of `packed`.
pub(crate) fn pack_by_likest(
    db: &Connection,
    text: &str,
    packed: Vec<u8>,
    like: &[(i64, Likeness)],
) -> rusqlite::Result<Packed> {
    let strength = |l: &Likeness| l.carried.max(l.event);
    let alike = like.iter().filter(|(_, l)| strength(l) >= ALIKE);
    let best = alike.max_by(|a, b| strength(&a.1).total_cmp(&strength(&b.1)).then(b.0.cmp(&a.0)));
    let Some(&(number, _)) = best else { return Ok((packed, None)) };
    let sql = "SELECT report, text FROM content
               WHERE report = (SELECT coalesce(base, report) FROM content WHERE report = ?1)";
    let (base, base_text): (i64, Vec<u8>) =
        db.prepare_cached(sql)?.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let by_base = unpack_text(&base_text).and_then(|like| pack(text.as_bytes(), &like));
    Ok(match by_base {
        Ok(by_base) if by_base.len() * 4 < packed.len() * 3 => (by_base, Some(base)),
        // A base that is damaged is no base; what is wrong with it `verify` tells.
        _ => (packed, None),
    })
}

/// A text, packed by the text of `base` where there is one.
///
/// # Errors
/// When either is damaged.
pub(crate) fn unpack_by(packed: &[u8], base: Option<&[u8]>) -> io::Result<Vec<u8>> {
    match base {
        None => unpack_text(packed),
        Some(base) => unpack(packed, &unpack_text(base)?),
    }
}
