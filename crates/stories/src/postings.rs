//! Who holds which key, as bytes: sorted rows of key and holder, told by their distances.
//!
//! The keys are hashes or numbers of reports, the holders numbers of reports. Rows of one key stand together, so that
//! the key is told once; distances are in the code of Rice, each sort of distance with as many low bits as suit its
//! mean.

use crate::bits::{Reader, Writer};

/// A key and who holds it.
pub type Posting = (u64, u32);

/// Bits of what a block says of itself: how many keys, and of the low bits of distances.
const COUNT: u32 = 20;
const LOW: u32 = 6;

/// Sorted rows, each once, as bytes; their first key is kept elsewhere. All keys lie within 2^32, and rows are fewer
/// than 2^20.
pub fn pack_postings(rows: &[Posting]) -> Vec<u8> {
    let groups = || rows.chunk_by(|a, b| a.0 == b.0);
    let least = rows.iter().map(|row| row.1).min().unwrap_or_default();
    let count = groups().count();
    let keys: u64 = rows.last().map_or(0, |last| last.0 - rows[0].0);
    let within: u64 = groups().map(|g| u64::from(g[g.len() - 1].1 - g[0].1)).sum();
    let key_low = low_of(keys, count);
    let more_low = low_of((rows.len() - count) as u64, count);
    let gap_low = low_of(within, rows.len() - count);
    let widest = groups().map(|g| g[0].1 - least).max().unwrap_or_default();
    let width = u32::BITS - widest.leading_zeros();
    let mut to = Writer::default();
    to.put(count as u32, COUNT);
    to.put(least, u32::BITS);
    for bits in [key_low, more_low, gap_low, width] {
        to.put(bits, LOW);
    }
    let mut before = rows.first().map_or(0, |row| row.0);
    for group in groups() {
        to.rice((group[0].0 - before) as u32, key_low);
        before = group[0].0;
        to.rice(group.len() as u32 - 1, more_low);
        to.put(group[0].1 - least, width);
        for pair in group.windows(2) {
            to.rice(pair[1].1 - pair[0].1, gap_low);
        }
    }
    to.bytes()
}

/// Low bits that suit `count` distances of that sum.
fn low_of(sum: u64, count: usize) -> u32 {
    let mean = sum / (count as u64).max(1);
    (u64::BITS - mean.leading_zeros()).saturating_sub(1).min(31)
}

/// What [`pack_postings`] packed, whose first key is `first`; `None` for other bytes.
pub fn unpack_postings(bytes: &[u8], first: u64) -> Option<Vec<Posting>> {
    let mut from = Reader::of(bytes, 0);
    let (count, least) = (from.get(COUNT)?, from.get(u32::BITS)?);
    let lows = [from.get(LOW)?, from.get(LOW)?, from.get(LOW)?, from.get(LOW)?];
    let [key_low, more_low, gap_low, width] = lows;
    if lows.iter().any(|&bits| bits > u32::BITS) {
        return None;
    }
    let mut rows = Vec::new();
    let mut key = first;
    for _ in 0..count {
        key += from.rice(key_low)?;
        let more = from.rice(more_low)?;
        let mut holder = least.checked_add(from.get(width)?)?;
        rows.push((key, holder));
        for _ in 0..more {
            holder = u32::try_from(u64::from(holder) + from.rice(gap_low)?).ok()?;
            rows.push((key, holder));
        }
    }
    from.is_at_end().then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_and_back() {
        let scattered = |n: u64| (n * 97_003 % (1 << 25), (n * 7_919 % 10_000) as u32 + 40_000);
        let lists = |n: u64| (5_000 + n / 9, (5_000 + n * 31) as u32);
        for (name, rows) in [
            ("none", vec![]),
            ("one", vec![(1 << 40, 7)]),
            ("one that many hold", (0..900).map(|n| (3, n * n)).collect()),
            ("many keys", (0..400).map(scattered).collect()),
            ("lists", (0..400).map(lists).collect()),
            ("far apart", vec![(0, u32::MAX), (u64::from(u32::MAX), 0)]),
        ] {
            let mut rows: Vec<Posting> = rows;
            rows.sort_unstable();
            let bytes = pack_postings(&rows);
            let first = rows.first().map_or(0, |row| row.0);
            assert_eq!(unpack_postings(&bytes, first).as_ref(), Some(&rows), "{name}");
            for cut in 0..bytes.len() {
                assert_eq!(unpack_postings(&bytes[..cut], first), None, "{name}");
            }
        }
        assert_eq!(unpack_postings(&[0xff; 60], 0), None);
    }

    #[test]
    fn a_row_takes_little_more_than_what_it_tells() {
        let rows: Vec<Posting> = (0..256).map(|n| (n * 100, (n * 7_919 % 10_000) as u32)).collect();
        // A distance of 100 takes eight bits or nine, one holder of ten thousand fourteen.
        assert!(pack_postings(&rows).len() < 256 * 25 / 8, "{}", pack_postings(&rows).len());
    }
}
