//! How a report is like those that came before it, as bytes.

use variorum_stories::Likeness;

/// Likenesses kept for one report, the strongest.
const MOST: usize = 256;
const ROW: usize = 10;
const ONE: f32 = 65_535.0;

/// Rows of report, event, story, carried: the report as its distance from the one before, with two bits that say
/// whether a story other than the event and a share carried follow, in bytes of seven bits, the lowest first; then
/// the shares, little endian. Before them a byte, and behind them as many as it says, so that ten does not divide the
/// whole: lists of form 4 have rows of ten bytes.
pub(crate) fn to_bytes(mut rows: Vec<(i64, Likeness)>) -> Vec<u8> {
    rows.sort_by(|a, b| {
        let strength = |l: &Likeness| l.event.max(l.story);
        strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0))
    });
    rows.truncate(MOST);
    rows.sort_by_key(|row| row.0);
    if rows.is_empty() {
        return Vec::new();
    }
    let part = |share: f32| (share.clamp(0.0, 1.0) * ONE).round() as u16;
    let mut bytes = vec![0];
    let mut before = 0;
    for (report, likeness) in rows {
        let (event, story) = (part(likeness.event), part(likeness.story));
        let carried = part(likeness.carried);
        let mut head = ((report - before) as u64) << 2
            | u64::from(story != event) << 1
            | u64::from(carried != 0);
        before = report;
        while head >= 1 << 7 {
            bytes.push(head as u8 | 1 << 7);
            head >>= 7;
        }
        bytes.push(head as u8);
        bytes.extend(event.to_le_bytes());
        if story != event {
            bytes.extend(story.to_le_bytes());
        }
        if carried != 0 {
            bytes.extend(carried.to_le_bytes());
        }
    }
    if bytes.len().is_multiple_of(ROW) {
        bytes[0] = 1;
        bytes.push(0);
    }
    bytes
}

/// What [`to_bytes`] wrote, now or in form 4; what is damaged ends the list.
pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<(i64, Likeness)> {
    let share = |part: u16| f32::from(part) / ONE;
    if bytes.len().is_multiple_of(ROW) {
        let rows = bytes.chunks_exact(ROW).map(|row| {
            let part = |at: usize| share(u16::from_le_bytes([row[at], row[at + 1]]));
            let report = u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
            let likeness = Likeness { event: part(4), story: part(6), carried: part(8) };
            (i64::from(report), likeness)
        });
        return rows.collect();
    }
    let end = bytes.len() - usize::from(bytes[0]).min(bytes.len() - 1);
    let mut rest = bytes[1..end.max(1)].iter().copied();
    let mut rows = Vec::new();
    let mut before = 0;
    while rest.len() > 0 {
        let Some((report, likeness)) = next(&mut rest, before) else { break };
        before = report;
        let [event, story, carried] = likeness.map(share);
        rows.push((report, Likeness { event, story, carried }));
    }
    rows
}

fn next(bytes: &mut impl Iterator<Item = u8>, before: i64) -> Option<(i64, [u16; 3])> {
    let (mut head, mut shift) = (0u64, 0);
    loop {
        let byte = bytes.next()?;
        head |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 1 << 7 {
            break;
        }
        if shift > 35 {
            return None;
        }
    }
    let mut part = || Some(u16::from_le_bytes([bytes.next()?, bytes.next()?]));
    let event = part()?;
    let story = if head & 2 != 0 { part()? } else { event };
    let carried = if head & 1 != 0 { part()? } else { 0 };
    Some((before + (head >> 2) as i64, [event, story, carried]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_back() {
        let likeness = |event, story, carried| Likeness { event, story, carried };
        for count in 0..40 {
            let rows: Vec<(i64, Likeness)> = (0..count)
                .map(|n: i64| {
                    let event = n as f32 / 64.0;
                    let story = if n % 3 == 0 { event } else { 1.0 - event };
                    (7 + n * n * n * 900, likeness(event, story, (n % 2) as f32))
                })
                .collect();
            let bytes = to_bytes(rows.iter().rev().copied().collect());
            assert!(count == 0 || !bytes.len().is_multiple_of(ROW));
            let back = from_bytes(&bytes);
            assert_eq!(back.len(), rows.len());
            for (a, b) in back.iter().zip(&rows) {
                assert_eq!(a.0, b.0);
                assert!((a.1.event - b.1.event).abs() < 1e-4);
                assert!((a.1.story - b.1.story).abs() < 1e-4);
                assert!((a.1.carried - b.1.carried).abs() < 1e-4);
            }
            for cut in 0..bytes.len() {
                from_bytes(&bytes[..cut]);
            }
        }
    }

    #[test]
    fn lists_of_form_4_are_read() {
        let bytes = [3, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0x80, 4, 1, 0, 0, 0, 0, 0xff, 0xff, 0, 0];
        let rows: Vec<(i64, f32, f32)> =
            from_bytes(&bytes).into_iter().map(|(r, l)| (r, l.event, l.story)).collect();
        assert_eq!(rows, [(3, 1.0, 0.0), (260, 0.0, 1.0)]);
    }
}
