//! Text that knows from which bytes of the page it was copied.

use html5ever::data::NAMED_ENTITIES;

/// `(byte in text, byte in page, length)`: a run of bytes equal on both sides.
pub(super) type Piece = (u32, u32, u32);

/// Text copied from a page, with the pieces that lead back to it.
///
/// What is not equal on both sides (a character written as an entity, a run of white space written
/// as one space) lies between two pieces; its source is the gap between them in the page.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

impl Stream {
    /// Appends `run`, which stands at byte `at` of the page.
    pub(super) fn copy(&mut self, run: &str, at: usize) {
        if run.is_empty() {
            return;
        }
        let (text, at, len) = (self.text.len() as u32, at as u32, run.len() as u32);
        self.text.push_str(run);
        match self.pieces.last_mut() {
            Some(last) if last.0 + last.2 == text && last.1 + last.2 == at => last.2 += len,
            _ => self.pieces.push((text, at, len)),
        }
    }

    /// Appends the raw markup text `raw`, which stands at byte `at` of the page: entities decoded,
    /// white space collapsed, invisible characters dropped. A space goes before it if `gap` and the
    /// text after `floor` is not empty. Returns whether it ended in white space.
    pub(super) fn write_markup(
        &mut self,
        raw: &str,
        at: usize,
        floor: usize,
        gap: bool,
        source: &str,
    ) -> bool {
        let mut gap = gap;
        let mut i = 0;
        let bytes = raw.as_bytes();
        while i < bytes.len() {
            let run = plain_run(&raw[i..]);
            if run > 0 {
                self.space(gap, floor, at + i, source);
                gap = false;
                self.copy(&raw[i..i + run], at + i);
                i += run;
                continue;
            }
            if bytes[i].is_ascii_whitespace() {
                gap = true;
                i += 1;
            } else if bytes[i] == b'&' {
                let (decoded, len) = entity(&raw[i..]);
                for c in decoded.into_iter().flatten().filter(|&c| !invisible(c)) {
                    if c.is_ascii_whitespace() {
                        gap = true;
                        continue;
                    }
                    self.space(gap, floor, at + i, source);
                    gap = false;
                    if c == '&' {
                        self.copy("&", at + i);
                    } else {
                        self.text.push(c);
                    }
                }
                i += len;
            } else {
                i += raw[i..].chars().next().map_or(1, char::len_utf8);
            }
        }
        gap
    }

    /// Appends the space that is due before what stands at byte `next` of the page.
    fn space(&mut self, due: bool, floor: usize, next: usize, source: &str) {
        if !due || self.text.len() <= floor {
            return;
        }
        if next > 0 && source.as_bytes()[next - 1] == b' ' {
            self.copy(" ", next - 1);
        } else {
            self.text.push(' ');
        }
    }

    /// From which byte of the page to which a stretch was copied; `None` if none of it was copied byte by
    /// byte.
    pub(super) fn source_of(&self, start: usize, end: usize) -> Option<(u32, u32)> {
        let first = self.pieces.partition_point(|p| (p.0 + p.2) as usize <= start);
        let after = self.pieces.partition_point(|p| (p.0 as usize) < end);
        let pieces = self.pieces.get(first..after).filter(|p| !p.is_empty())?;
        let (a, b) = (pieces[0], pieces[pieces.len() - 1]);
        let from = a.1 + (start as u32).saturating_sub(a.0);
        Some((from, b.1 + b.2.min(end as u32 - b.0)))
    }

    /// Appends a stretch of another stream with its pieces, and returns where it begins here.
    pub(super) fn append(&mut self, from: &Stream, start: usize, end: usize) -> usize {
        let begin = self.text.len();
        self.text.push_str(&from.text[start..end]);
        let first = from.pieces.partition_point(|p| (p.0 + p.2) as usize <= start);
        for &(text, page, len) in &from.pieces[first..] {
            let (a, b) = ((text as usize).max(start), ((text + len) as usize).min(end));
            if a >= b {
                break;
            }
            let to = (begin + a - start) as u32;
            self.pieces.push((to, page + (a as u32 - text), (b - a) as u32));
        }
        begin
    }
}

/// Length of the leading run of `text` that is copied as it is.
fn plain_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            // Signs without width begin with one of these bytes.
            0xc2 | 0xe2 | 0xef => match text[i..].chars().next() {
                Some(c) if !invisible(c) => i += c.len_utf8(),
                _ => return i,
            },
            b'&' | b' ' | 0..=0x1f | 0x7f => return i,
            _ => i += 1,
        }
    }
    bytes.len()
}

/// Controls and characters without width that would part a word from itself.
fn invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{ad}' | '\u{200b}'
        | '\u{2060}' | '\u{feff}')
}

const LONGEST_NAME: usize = 32;

/// Decodes the character reference at the start of `text`: its characters and its length in bytes.
/// An ampersand that begins none is itself.
pub(super) fn entity(text: &str) -> ([Option<char>; 2], usize) {
    let bytes = text.as_bytes();
    let plain = ([Some('&'), None], 1);
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes).unwrap_or(plain);
    }
    let mut n = 1;
    while n < bytes.len() && n <= LONGEST_NAME && bytes[n].is_ascii_alphanumeric() {
        n += 1;
    }
    let closed = bytes.get(n) == Some(&b';');
    let longest = if closed { n + 1 } else { n };
    for end in (2..=longest).rev() {
        if let Some(&(a, b)) = NAMED_ENTITIES.get(&text[1..end])
            && a != 0
        {
            let second = if b == 0 { None } else { char::from_u32(b) };
            return ([char::from_u32(a), second], end);
        }
    }
    plain
}

fn numeric(bytes: &[u8]) -> Option<([Option<char>; 2], usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let radix = if hex { 16 } else { 10 };
    let mut value = 0u32;
    let mut i = start;
    while let Some(d) = bytes.get(i).and_then(|b| (*b as char).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(d);
        i += 1;
    }
    if i == start {
        return None;
    }
    if bytes.get(i) == Some(&b';') {
        i += 1;
    }
    let known = (0x80..0xa0)
        .contains(&value)
        .then(|| html5ever::data::C1_REPLACEMENTS[value as usize - 0x80])
        .flatten();
    Some(([known.or(char::from_u32(value)), None], i))
}

/// Decodes the entities of an attribute or of a title, and collapses white space.
pub(super) fn decoded(raw: &str) -> String {
    let mut out = Stream::default();
    out.write_markup(raw, 0, 0, false, raw);
    out.text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_text_is_decoded_and_maps_back() {
        let cases = [
            ("Rain  on\nSunday", "Rain on Sunday"),
            ("Tom &amp; Ann", "Tom & Ann"),
            ("caf&eacute; &#8212; &#x41;&#150;", "café — A–"),
            ("AT&T &unknown; &", "AT&T &unknown; &"),
            ("so\u{ad}ft\u{200b} \u{0}end", "soft end"),
            ("a&nbsp;b", "a\u{a0}b"),
            ("&notit", "¬it"),
        ];
        for (raw, text) in cases {
            let mut s = Stream::default();
            s.write_markup(raw, 0, 0, false, raw);
            assert_eq!(s.text, text, "{raw:?}");
            for (a, b, n) in s.pieces {
                let (a, b, n) = (a as usize, b as usize, n as usize);
                assert_eq!(s.text.as_bytes()[a..a + n], raw.as_bytes()[b..b + n], "{raw:?}");
            }
        }
    }

    #[test]
    fn a_stretch_takes_its_pieces_along() {
        let raw = "one &lt;two&gt; three";
        let mut s = Stream::default();
        s.write_markup(raw, 0, 0, false, raw);
        let mut t = Stream::default();
        t.text.push_str("..");
        assert_eq!(t.append(&s, 4, 9), 2);
        assert_eq!(t.text, "..<two>");
        assert_eq!(t.pieces, vec![(3, 8, 3)]);
    }
}
