//! From bytes of a text to bytes of what it was taken from, and back.

use variorum_model::Span;

/// A run of equal bytes: `length` bytes at `text` in the text are those at `source` in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    text: u32,
    source: u32,
    length: u32,
}

/// Which bytes of a text stand where in the source it was taken from.
///
/// Bytes in no piece have no equal in the source (a decoded `&amp;`, a space put between blocks).
/// The order of pieces in the source is free.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// In order of `text`, apart from one another there.
    pieces: Vec<Piece>,
    /// Indices of `pieces` in order of `source`, apart from one another there.
    by_source: Vec<u32>,
}

impl OffsetMap {
    /// A map from pieces `(byte in text, byte in source, length)`, as `Report::source_map` keeps
    /// them. Empty pieces are left out, adjoining ones made one. `None` if two pieces share a byte
    /// of the text or of the source, or a piece runs past 4 GB.
    pub fn from_pieces(pieces: impl IntoIterator<Item = (u32, u32, u32)>) -> Option<OffsetMap> {
        let mut sorted: Vec<Piece> = pieces
            .into_iter()
            .filter(|&(_, _, length)| length > 0)
            .map(|(text, source, length)| Piece { text, source, length })
            .collect();
        sorted.sort_unstable_by_key(|p| p.text);
        let mut map = OffsetMap::default();
        for piece in sorted {
            piece.text.checked_add(piece.length)?;
            piece.source.checked_add(piece.length)?;
            match map.pieces.last_mut() {
                Some(last) if last.text + last.length > piece.text => return None,
                Some(last)
                    if last.text + last.length == piece.text
                        && last.source + last.length == piece.source =>
                {
                    last.length += piece.length
                }
                _ => map.pieces.push(piece),
            }
        }
        map.index_source()?;
        Some(map)
    }

    /// The map of a text that is its source, `length` bytes long.
    pub fn identity(length: u32) -> OffsetMap {
        OffsetMap::from_pieces([(0, 0, length)]).unwrap_or_default()
    }

    fn index_source(&mut self) -> Option<()> {
        self.by_source = (0..self.pieces.len() as u32).collect();
        self.by_source.sort_unstable_by_key(|&i| self.pieces[i as usize].source);
        let ordered = self.by_source.windows(2).all(|pair| {
            let (a, b) = (self.pieces[pair[0] as usize], self.pieces[pair[1] as usize]);
            a.source + a.length <= b.source
        });
        ordered.then_some(())
    }

    /// The pieces `(byte in text, byte in source, length)` in order of the text.
    pub fn pieces(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        self.pieces.iter().map(|p| (p.text, p.source, p.length))
    }

    /// Where byte `at` of the text stands in the source.
    pub fn to_source(&self, at: usize) -> Option<usize> {
        let after = self.pieces.partition_point(|p| p.text as usize <= at);
        let piece = self.pieces[after.checked_sub(1)?];
        let into = at - piece.text as usize;
        (into < piece.length as usize).then_some(piece.source as usize + into)
    }

    /// Where byte `at` of the source stands in the text.
    pub fn to_text(&self, at: usize) -> Option<usize> {
        let source_of = |i: u32| self.pieces[i as usize].source as usize;
        let after = self.by_source.partition_point(|&i| source_of(i) <= at);
        let piece = self.pieces[self.by_source[after.checked_sub(1)?] as usize];
        let into = at - piece.source as usize;
        (into < piece.length as usize).then_some(piece.text as usize + into)
    }

    /// The stretch of the source that holds all of `span`: from its first byte, or what follows the
    /// last mapped byte before it, to its last byte, or the first mapped byte after it. So the span of
    /// a decoded `&` covers `&amp;`. `None` when nothing near is mapped, or the source has the ends
    /// in the other order.
    pub fn span_to_source(&self, span: Span) -> Option<Span> {
        if span.is_empty() {
            let at = self.to_source(span.from())?;
            return Some(Span::new(at, at));
        }
        let start = self.to_source(span.from()).or_else(|| self.end_before(span.from()))?;
        let last = self.to_source(span.to() - 1).map(|at| at + 1);
        let end = last.or_else(|| self.start_after(span.to()))?;
        (start <= end).then(|| Span::new(start, end))
    }

    /// End in the source of the last piece that ends by byte `at` of the text.
    fn end_before(&self, at: usize) -> Option<usize> {
        let after = self.pieces.partition_point(|p| p.text as usize <= at);
        let piece = self.pieces[after.checked_sub(1)?];
        Some((piece.source + piece.length) as usize)
    }

    /// Start in the source of the first piece that starts at or after byte `at` of the text.
    fn start_after(&self, at: usize) -> Option<usize> {
        let next = self.pieces.partition_point(|p| (p.text as usize) < at);
        self.pieces.get(next).map(|p| p.source as usize)
    }

    /// The map from this text to the source of its source: `self` leads to what `deeper` starts from.
    /// Linear in the number of pieces made, with a binary search for each piece of `self`.
    pub fn then(&self, deeper: &OffsetMap) -> OffsetMap {
        let mut pieces = Vec::new();
        for piece in &self.pieces {
            let (from, to) = (piece.source, piece.source + piece.length);
            let first = deeper.pieces.partition_point(|d| d.text + d.length <= from);
            for below in deeper.pieces[first..].iter().take_while(|d| d.text < to) {
                let start = from.max(below.text);
                let end = to.min(below.text + below.length);
                let text = piece.text + (start - from);
                let source = below.source + (start - below.text);
                pieces.push((text, source, end - start));
            }
        }
        // Parts of disjoint pieces of two maps are disjoint.
        OffsetMap::from_pieces(pieces).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::OffsetMap;
    use proptest::prelude::*;
    use variorum_model::Span;

    /// Text `Fish & chips` from source `<p>Fish &amp; chips</p>`.
    fn entity() -> OffsetMap {
        OffsetMap::from_pieces([(0, 3, 5), (6, 13, 6)]).unwrap()
    }

    #[test]
    fn look_up() {
        let map = entity();
        let table =
            [(0, Some(3)), (4, Some(7)), (5, None), (6, Some(13)), (11, Some(18)), (12, None)];
        for (text, source) in table {
            assert_eq!(map.to_source(text), source, "{text}");
            if let Some(source) = source {
                assert_eq!(map.to_text(source), Some(text));
            }
        }
        assert_eq!(map.to_text(0), None);
        assert_eq!(map.to_text(9), None);
    }

    #[test]
    fn spans() {
        let table = [
            ((0, 4), Some((3, 7))),
            ((5, 6), Some((8, 13))),
            ((0, 12), Some((3, 19))),
            ((6, 6), Some((13, 13))),
            ((5, 5), None),
            ((12, 13), None),
        ];
        for ((start, end), expected) in table {
            let span = entity().span_to_source(Span::new(start, end));
            assert_eq!(span, expected.map(|(a, b)| Span::new(a, b)), "{start}..{end}");
        }
    }

    #[test]
    fn pieces_may_not_share_bytes() {
        type Pieces = &'static [(u32, u32, u32)];
        let table: &[(Pieces, bool)] = &[
            (&[], true),
            (&[(0, 0, 3), (3, 9, 2)], true),
            (&[(3, 9, 2), (0, 20, 3)], true),
            (&[(0, 0, 3), (2, 9, 2)], false),
            (&[(0, 0, 3), (3, 2, 2)], false),
            (&[(u32::MAX, 0, 2)], false),
        ];
        for (pieces, sound) in table {
            assert_eq!(OffsetMap::from_pieces(pieces.iter().copied()).is_some(), *sound);
        }
        let merged = OffsetMap::from_pieces([(2, 7, 3), (0, 5, 2), (9, 9, 0)]).unwrap();
        assert_eq!(merged.pieces().collect::<Vec<_>>(), [(0, 5, 5)]);
    }

    /// A map that keeps some bytes of a source, in pieces that may be out of order.
    fn any_map(source_length: usize) -> impl Strategy<Value = OffsetMap> {
        proptest::collection::vec((1u32..6, 0u32..3, any::<bool>()), 0..12).prop_map(move |runs| {
            let (mut text, mut source, mut pieces) = (0u32, 0u32, Vec::new());
            for (length, gap, _) in &runs {
                source += gap;
                if source + length > source_length as u32 {
                    break;
                }
                pieces.push((source, *length));
                source += length;
            }
            if runs.first().is_some_and(|r| r.2) {
                pieces.reverse();
            }
            let mut placed = Vec::new();
            for (i, (source, length)) in pieces.into_iter().enumerate() {
                text += u32::from(runs[i].2);
                placed.push((text, source, length));
                text += length;
            }
            OffsetMap::from_pieces(placed).unwrap()
        })
    }

    proptest! {
        #[test]
        fn there_and_back(map in any_map(60)) {
            for at in 0..80 {
                if let Some(source) = map.to_source(at) {
                    prop_assert_eq!(map.to_text(source), Some(at));
                }
                if let Some(text) = map.to_text(at) {
                    prop_assert_eq!(map.to_source(text), Some(at));
                }
            }
        }

        #[test]
        fn composition_is_look_up_twice(outer in any_map(40), inner in any_map(60)) {
            let both = outer.then(&inner);
            for at in 0..80 {
                let twice = outer.to_source(at).and_then(|m| inner.to_source(m));
                prop_assert_eq!(both.to_source(at), twice);
            }
            prop_assert_eq!(&OffsetMap::identity(60).then(&inner).then(&OffsetMap::identity(60)), &inner);
        }
    }
}
