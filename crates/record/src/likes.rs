//! How a report is like those that came before it, as bytes.

use variorum_stories::Likeness;

/// Likenesses kept for one report, the strongest.
const MOST: usize = 256;
const ROW: usize = 10;
const ONE: f32 = 65_535.0;

/// Rows of report, event, story, carried; little endian.
pub(crate) fn to_bytes(mut rows: Vec<(i64, Likeness)>) -> Vec<u8> {
    rows.sort_by(|a, b| {
        let strength = |l: &Likeness| l.event.max(l.story);
        strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0))
    });
    rows.truncate(MOST);
    rows.sort_by_key(|row| row.0);
    let part = |share: f32| (share.clamp(0.0, 1.0) * ONE).round() as u16;
    let mut bytes = Vec::with_capacity(rows.len() * ROW);
    for (report, likeness) in rows {
        bytes.extend((report as u32).to_le_bytes());
        bytes.extend(part(likeness.event).to_le_bytes());
        bytes.extend(part(likeness.story).to_le_bytes());
        bytes.extend(part(likeness.carried).to_le_bytes());
    }
    bytes
}

/// What [`to_bytes`] wrote.
pub(crate) fn from_bytes(bytes: &[u8]) -> impl Iterator<Item = (i64, Likeness)> + '_ {
    bytes.chunks_exact(ROW).map(|row| {
        let share = |at: usize| f32::from(u16::from_le_bytes([row[at], row[at + 1]])) / ONE;
        let report = u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
        let likeness = Likeness { event: share(4), story: share(6), carried: share(8) };
        (i64::from(report), likeness)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_back() {
        let likeness = |event| Likeness { event, story: 1.0, carried: 0.0 };
        let rows = vec![(7, likeness(0.25)), (3, likeness(0.5))];
        let back: Vec<_> = from_bytes(&to_bytes(rows)).collect();
        assert_eq!(back.iter().map(|r| r.0).collect::<Vec<_>>(), [3, 7]);
        assert!((back[0].1.event - 0.5).abs() < 1e-4 && back[0].1.story == 1.0);
    }
}
