//! From folded words to the tokens of a name and the part each plays.

use super::fold::{self, Script, Word};
use super::sounds;
use super::tables::{Minor, Tables, tables};

/// Most content tokens compared.
pub(super) const MAX_TOKENS: usize = 12;

/// What a name is the name of, where that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Not known: guessed from the words.
    #[default]
    Unknown,
    /// A person: titles, fathers' names and initials are looked for.
    Person,
    /// An organisation, armed group or other body.
    Organization,
}

/// The part a token plays in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A given name, family name or any other content word.
    Name,
    /// A single letter that stands for a name.
    Initial,
    /// A father's name between given and family name, by its ending.
    Patronymic,
    /// "Father of", "mother of".
    Kunya,
    /// A religious or clan title that many bear as a name, or a generic word of an organisation's name: often left out.
    Light,
}

/// One content word of a name.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) sounds: Vec<u8>,
    pub(super) bones: Vec<u8>,
    pub(super) script: Script,
    pub(super) han: u32,
    pub(super) role: Role,
    /// How much the word tells, in (0, 1]: frequent names tell less.
    pub(super) weight: f32,
    pub(super) groups: &'static [u16],
    /// Follows "son of".
    pub(super) son: bool,
    /// The sounds together with the particle before the word: "benmoussa" of "Ben Moussa".
    pub(super) prefixed: Option<Vec<u8>>,
}

/// A name taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) tokens: Vec<Token>,
    pub(super) titled: bool,
    pub(super) article: bool,
    pub(super) comma: bool,
    /// "Junior", "the third" or another word that tells namesakes apart.
    pub(super) generation: Option<String>,
    pub(super) organization: bool,
    /// The letters of a short word that is the whole name, or of a name of single letters.
    pub(super) acronym: Option<String>,
    /// All words are in capitals.
    pub(super) capitals: bool,
    /// All words with their particles, for acronyms.
    pub(super) initials: String,
    pub(super) content_initials: String,
    /// The letters of the words of a body without those that only join them: "SCRF" of "Security Council of the Russian Federation".
    pub(super) core_initials: String,
    key: String,
}

impl Parts {
    /// All content words, as one string: equal keys mean equal names.
    pub(super) fn key(&self) -> &str {
        &self.key
    }
}

const COMMON_ROLE_WEIGHT: f32 = 0.35;

impl Token {
    pub(super) fn new(text: String, script: Script, han: u32, role: Role) -> Self {
        let t = tables();
        let sounds = sounds::of(&text);
        let bones = sounds::skeleton(&sounds);
        let weight = match role {
            Role::Name | Role::Patronymic => t.weights.get(text.as_str()).copied().unwrap_or(1.0),
            Role::Initial | Role::Kunya | Role::Light => COMMON_ROLE_WEIGHT,
        };
        let groups = t.groups.get(text.as_str()).map_or(&[][..], Vec::as_slice);
        Self { text, sounds, bones, script, han, role, weight, groups, son: false, prefixed: None }
    }

    /// Two neighbouring words written as one.
    pub(super) fn joined(a: &Self, b: &Self) -> Self {
        let mut token = Self::new(format!("{}{}", a.text, b.text), a.script, 0, Role::Name);
        token.weight = a.weight.max(b.weight);
        token.son = a.son;
        token
    }
}

/// Takes a written name apart.
pub(super) fn parse(name: &str, kind: Kind) -> Parts {
    let t = tables();
    let words = fold::words(name);
    let mut parts = Parts {
        acronym: acronym(&words),
        capitals: words.iter().all(|w| w.capitals || w.text.len() == 1),
        initials: words.iter().filter_map(|w| w.text.chars().next()).collect(),
        comma: words.iter().any(|w| w.breaks),
        ..Parts::default()
    };
    let office = words.iter().position(|w| minor(t, w) == Some(Minor::Office));
    parts.organization = words
        .iter()
        .position(|w| t.organization.contains_key(w.text.as_str()))
        .is_some_and(|o| office.is_none_or(|f| o < f));
    match kind {
        Kind::Person => parts.organization = false,
        Kind::Organization => parts.organization = true,
        Kind::Unknown => {}
    }
    let titles = title_words(t, &words, parts.organization);
    parts.titled = words.iter().zip(&titles).any(|(w, &x)| {
        x && matches!(minor(t, w), Some(Minor::Office | Minor::Honorific | Minor::After))
    });
    parts.generation = words
        .iter()
        .zip(&titles)
        .find(|(w, x)| **x && minor(t, w) == Some(Minor::Suffix))
        .map(|(w, _)| w.text.clone());
    fill(t, &words, &titles, &mut parts);
    if parts.tokens.is_empty() {
        parts.tokens =
            words.iter().map(|w| Token::new(w.text.clone(), w.script, w.han, Role::Name)).collect();
    }
    surname_first(&words, &titles, &mut parts);
    parts.tokens.truncate(MAX_TOKENS);
    mark_patronymics(&mut parts);
    let letter = |w: &Token| w.text.chars().next();
    parts.content_initials = parts.tokens.iter().filter_map(letter).collect();
    let core = parts.tokens.iter().filter(|w| !t.connectors.contains(w.text.as_str()));
    parts.core_initials = core.filter_map(letter).collect();
    parts.key = key(&words);
    parts
}

/// The folded words, with Han characters as themselves: two readings of one syllable stay apart.
fn key(words: &[Word]) -> String {
    let mut key = String::new();
    for w in words {
        match char::from_u32(w.han).filter(|_| w.han > 0) {
            Some(c) => key.push(c),
            None => key.push_str(&w.text),
        }
        key.push(' ');
    }
    key
}

fn minor(t: &Tables, w: &Word) -> Option<Minor> {
    t.minor.get(w.text.as_str()).copied()
}

/// Most letters behind the hyphen of an acronym.
const WING: usize = 2;

/// A word in capitals that is the whole name: "NATO", "P.K.K.", "PFLP-GC" with the letters of its wing.
fn acronym(words: &[Word]) -> Option<String> {
    match words {
        [w, wing]
            if w.capitals
                && w.script == Script::Full
                && (3..=6).contains(&w.text.len())
                && wing.text.len() <= WING
                && (wing.capitals || wing.text.len() == 1) =>
        {
            Some(format!("{}{}", w.text, wing.text))
        }
        [w] if w.script == Script::Full && (2..=7).contains(&w.text.len()) => Some(w.text.clone()),
        ws if ws.len() >= 2 && ws.len() <= 7 && ws.iter().all(|w| w.text.len() == 1) => {
            Some(ws.iter().map(|w| w.text.as_str()).collect())
        }
        _ => None,
    }
}

/// Which words belong to a title.
fn title_words(t: &Tables, words: &[Word], organization: bool) -> Vec<bool> {
    let mut is_title = vec![false; words.len()];
    if organization {
        return is_title;
    }
    let named = |w: &Word| {
        !matches!(
            minor(t, w),
            Some(
                Minor::Office
                    | Minor::Honorific
                    | Minor::Field
                    | Minor::Link
                    | Minor::Suffix
                    | Minor::After
            )
        )
    };
    // "Former Minister of Defence Jane Roe": everything up to the last office word that has a name after it.
    if let Some(k) = (0..words.len())
        .rev()
        .find(|&k| minor(t, &words[k]) == Some(Minor::Office) && words[k + 1..].iter().any(named))
    {
        let after_break = words[..k].iter().any(|w| w.breaks && named(w));
        if !after_break {
            is_title[..=k].fill(true);
            for (i, w) in words.iter().enumerate().skip(k + 1) {
                if named(w) || matches!(minor(t, w), Some(Minor::Suffix)) {
                    break;
                }
                is_title[i] = true;
            }
        }
    }
    for (i, w) in words.iter().enumerate() {
        is_title[i] |= match minor(t, w) {
            // Before a name, or set off by a comma; "Eng" at the end of a name is a name.
            Some(Minor::Honorific) => {
                words[i + 1..].iter().any(named) || i > 0 && words[i - 1].breaks
            }
            Some(Minor::Suffix | Minor::After) => i > 0 && words[..i].iter().any(named),
            _ => false,
        };
    }
    // "Jane Roe, Minister of Defence": an office behind a comma, to the end.
    if let Some(b) = words.iter().position(|w| w.breaks)
        && words[b + 1..].iter().any(|w| minor(t, w) == Some(Minor::Office))
        && words[..=b].iter().any(named)
    {
        is_title[b + 1..].fill(true);
    }
    is_title
}

/// "Servant of" and what it is joined to: the rest of the word behind "abd", or nothing if the word is another.
fn servant(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("abd").or_else(|| text.strip_prefix("abed"))?;
    let b = rest.as_bytes();
    match b {
        [] => Some(""),
        [v, ..] if matches!(v, b'a' | b'e' | b'i' | b'o' | b'u') => {
            let rest = if b.get(1) == Some(&b'u') && *v == b'o' { &rest[2..] } else { &rest[1..] };
            let b = rest.as_bytes();
            match b {
                [] => None,
                [b'l', ..] => Some(&rest[1..]),
                [x, y, ..] if x == y => Some(&rest[1..]),
                [b'r' | b's'] => Some(""),
                [_, _, _, ..] => Some(rest),
                _ => None,
            }
        }
        _ => None,
    }
}

fn fill(t: &Tables, words: &[Word], titles: &[bool], parts: &mut Parts) {
    let mut at = 0;
    let mut son = false;
    // The particles just before a word.
    let mut before = String::new();
    let all_capitals = words.iter().all(|w| w.capitals || w.text.len() == 1);
    while at < words.len() {
        let w = &words[at];
        let (last, class) = (at + 1 == words.len(), minor(t, w));
        at += 1;
        if titles[at - 1] {
            continue;
        }
        match class {
            Some(Minor::Article) if !last => {
                parts.article = true;
                before.push_str(&w.text);
            }
            Some(Minor::Link) if !last => before.push_str(&w.text),
            Some(Minor::Son) if !last && at > 1 => {
                son = true;
                before.push_str(&w.text);
            }
            Some(Minor::Kunya) if !last => {
                parts.tokens.push(Token::new("abu".into(), w.script, 0, Role::Kunya));
            }
            _ => {
                let mut token = match servant(&w.text) {
                    Some("") if !last => servant_of(t, words, titles, &mut at),
                    Some(rest) if rest.len() >= 2 => {
                        Token::new(format!("abd{rest}"), w.script, 0, Role::Name)
                    }
                    _ if w.text.len() == 1 && w.script == Script::Full => {
                        Token::new(w.text.clone(), w.script, 0, Role::Initial)
                    }
                    _ if w.capitals && !all_capitals && two_initials(&w.text) => {
                        let (a, b) = w.text.split_at(1);
                        parts.tokens.push(Token::new(a.into(), w.script, 0, Role::Initial));
                        Token::new(b.into(), w.script, 0, Role::Initial)
                    }
                    _ => Token::new(w.text.clone(), w.script, w.han, Role::Name),
                };
                token.son = std::mem::take(&mut son);
                if !before.is_empty() {
                    before.push_str(&token.text);
                    token.prefixed = Some(sounds::of(&before));
                    before.clear();
                }
                if token.role == Role::Name && is_light(t, w, parts.organization) {
                    token.role = Role::Light;
                }
                parts.tokens.push(token);
            }
        }
    }
}

fn is_light(t: &Tables, w: &Word, organization: bool) -> bool {
    minor(t, w) == Some(Minor::Light)
        || organization && t.organization.contains_key(w.text.as_str())
}

fn two_initials(text: &str) -> bool {
    text.len() == 2
        && text.bytes().all(|b| {
            b.is_ascii_alphabetic() && !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
        })
}

/// Joins "abd", the articles behind it and the word they lead to.
fn servant_of(t: &Tables, words: &[Word], titles: &[bool], at: &mut usize) -> Token {
    while *at + 1 < words.len() && minor(t, &words[*at]) == Some(Minor::Article) {
        *at += 1;
    }
    let w = &words[*at];
    if titles[*at] {
        return Token::new("abd".into(), w.script, 0, Role::Name);
    }
    *at += 1;
    Token::new(format!("abd{}", w.text), w.script, 0, Role::Name)
}

/// "Roe, Jane": the words before the only comma go to the end.
fn surname_first(words: &[Word], titles: &[bool], parts: &mut Parts) {
    let mut breaks = words.iter().enumerate().filter(|(i, w)| w.breaks && !titles[*i]);
    let (Some((at, _)), None) = (breaks.next(), breaks.next()) else { return };
    let leading = &words[..=at];
    let behind = titles[at + 1..].iter().filter(|t| !**t).count();
    if behind > 0 && leading.len() < parts.tokens.len() && leading.len() == 1 {
        parts.tokens.rotate_left(1);
    }
}

fn mark_patronymics(parts: &mut Parts) {
    let n = parts.tokens.len();
    if n < 3 || parts.organization {
        return;
    }
    for (i, token) in parts.tokens.iter_mut().enumerate().skip(1) {
        let ending = ["vich", "vych", "vitch", "ovna", "evna", "ivna", "ichna", "vic", "ovych"]
            .iter()
            .any(|e| token.text.ends_with(e));
        // The last word is a family name, unless the family name leads.
        if ending && token.role == Role::Name && (i + 1 < n || parts.comma) {
            token.role = Role::Patronymic;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(name: &str) -> String {
        parse(name, Kind::Unknown)
            .tokens
            .iter()
            .map(|t| t.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn names_are_taken_apart() {
        for (written, expected) in [
            ("Abd al-Rahman al-Masri", "abdrahman masri"),
            ("AbdulRahman Masri", "abdrahman masri"),
            ("Abderrahmane el-Masri", "abdrahmane masri"),
            ("Abdi Farah", "abdi farah"),
            ("former Minister of Defence Jane Roe", "jane roe"),
            ("Jane Roe, Minister of Defence", "jane roe"),
            ("Secretary of State Roe", "roe"),
            ("Gen. Karim bin Tariq", "karim tariq"),
            ("Ludwig van der Berg", "ludwig berg"),
            ("JC Moreau", "j c moreau"),
            ("the", "the"),
        ] {
            assert_eq!(content(written), expected, "{written}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let p = parse("Pavel Andreyevich Gorin", Kind::Unknown);
        assert_eq!(p.tokens[1].role, Role::Patronymic);
        assert!(parse("Lake Workers Party", Kind::Unknown).organization);
        assert_eq!(parse("L.W.P.", Kind::Unknown).acronym.as_deref(), Some("lwp"));
    }
}
