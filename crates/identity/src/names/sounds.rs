//! The sounds of a romanised word, and its consonant skeleton.

use std::sync::OnceLock;

/// Where in a word a spelling applies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    Start,
    End,
    Front,
    Vowel,
}

struct Spelling {
    letters: &'static [u8],
    sounds: &'static [u8],
    place: Place,
}

/// The spellings by first letter, longest first; the more special place first among equals.
fn spellings() -> &'static [Vec<Spelling>; 26] {
    static TABLE: OnceLock<[Vec<Spelling>; 26]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: [Vec<Spelling>; 26] = std::array::from_fn(|_| Vec::new());
        for row in super::tables::rows(include_str!("../../../../data/names_sounds.tsv")) {
            let place = match row.get(2).copied() {
                Some("start") => Place::Start,
                Some("end") => Place::End,
                Some("front") => Place::Front,
                Some("vowel") => Place::Vowel,
                _ => Place::Any,
            };
            let (letters, sounds) =
                (row[0].as_bytes(), row.get(1).map_or(&[][..], |s| s.as_bytes()));
            if let Some(first) = letters.first().filter(|b| b.is_ascii_lowercase()) {
                table[usize::from(first - b'a')].push(Spelling { letters, sounds, place });
            }
        }
        for list in &mut table {
            list.sort_by_key(|s| (std::cmp::Reverse(s.letters.len()), s.place == Place::Any));
        }
        table
    })
}

fn is_vowel_letter(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

impl Spelling {
    fn applies(&self, word: &[u8], at: usize) -> bool {
        let end = at + self.letters.len();
        word[at..].starts_with(self.letters)
            && match self.place {
                Place::Any => true,
                Place::Start => at == 0 && end < word.len(),
                Place::End => at > 0 && end == word.len(),
                Place::Front => word.get(end).is_some_and(|b| matches!(b, b'e' | b'i' | b'y')),
                Place::Vowel => word.get(end).is_some_and(|b| is_vowel_letter(*b)),
            }
    }
}

/// Whether a sound is a vowel or a diphthong.
pub(super) fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'A' | b'O')
}

/// The sounds of a folded word; a sound written twice counts once.
pub(super) fn of(word: &str) -> Vec<u8> {
    let (bytes, table) = (word.as_bytes(), spellings());
    let mut sounds: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let b = bytes[at];
        let found = b
            .is_ascii_lowercase()
            .then(|| table[usize::from(b - b'a')].iter().find(|s| s.applies(bytes, at)))
            .flatten();
        let (heard, letters) = match found {
            Some(s) => (s.sounds, s.letters.len()),
            None => (&bytes[at..=at], 1),
        };
        for &s in heard {
            if sounds.last() != Some(&s) {
                sounds.push(s);
            }
        }
        at += letters;
    }
    sounds
}

/// The skeleton of a word: its consonants in classes that romanisations do not keep apart.
pub(super) fn skeleton(sounds: &[u8]) -> Vec<u8> {
    let mut bones: Vec<u8> = Vec::with_capacity(sounds.len());
    for (i, &s) in sounds.iter().enumerate() {
        let class = match s {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'A' | b'O' | b'y' => continue,
            b'h' | b'w' if i > 0 => continue,
            b'g' | b'G' | b'q' | b'x' | b'k' => b'k',
            b'p' => b'b',
            b'w' | b'f' => b'v',
            b'S' | b'C' | b'Z' | b'j' => b'S',
            b'z' | b'c' | b'D' | b's' => b's',
            b'T' | b'd' => b't',
            other => other,
        };
        if bones.last() != Some(&class) {
            bones.push(class);
        }
    }
    bones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_sound_meet() {
        for (a, b) in [
            ("choura", "chura"),
            ("yousef", "yusef"),
            ("hassan", "hasan"),
            ("tsvetkov", "tzvetkov"),
            ("philip", "filip"),
            ("jackson", "jaxon"),
        ] {
            assert_eq!(of(a), of(b), "{a} {b}");
        }
    }

    #[test]
    fn skeletons_ignore_vowels_and_confusable_consonants() {
        for (a, b) in [
            ("qaddafi", "gadafi"),
            ("zakaria", "zakariya"),
            ("mehmed", "mohamad"),
            ("jabir", "djaber"),
        ] {
            assert_eq!(skeleton(&of(a)), skeleton(&of(b)), "{a} {b}");
        }
        assert_ne!(skeleton(&of("karim")), skeleton(&of("kadim")));
    }
}
