//! Dictionary forms.

use super::lexicon::Lexicon;
use super::tags::Tag;
use compact_str::CompactString;

/// The dictionary form of a word written `word` (`lower` in lower case) with this tag.
pub(crate) fn lemma(lexicon: &Lexicon, word: &str, lower: &str, tag: Tag) -> CompactString {
    if tag.is_name() {
        return CompactString::from(word);
    }
    if let Some(base) = lexicon.irregular("clitic", lower)
        && (tag == Tag::MD || tag == Tag::RB || tag.is_verb())
    {
        return CompactString::const_new(base);
    }
    if tag.is_verb() {
        return verb(lexicon, lower, tag);
    }
    match tag {
        Tag::NNS => noun(lexicon, lower),
        Tag::PRP => CompactString::from(lexicon.irregular("pronoun", lower).unwrap_or(lower)),
        Tag::JJR | Tag::RBR => adjective(lexicon, lower, "er"),
        Tag::JJS | Tag::RBS => adjective(lexicon, lower, "est"),
        _ => CompactString::from(lower),
    }
}

fn verb(lexicon: &Lexicon, lower: &str, tag: Tag) -> CompactString {
    if let Some(base) = lexicon.verb_base(lower) {
        return CompactString::const_new(base);
    }
    let stem = match tag {
        Tag::VBG => lower.strip_suffix("ing"),
        Tag::VBD | Tag::VBN => match lower.strip_suffix("ied") {
            Some(s) => return joined(s, "y"),
            None => lower.strip_suffix("ed"),
        },
        Tag::VBZ => return CompactString::from(singular(lower).as_str()),
        _ => None,
    };
    match stem {
        Some(s) if s.len() >= 2 => restored(s),
        _ => CompactString::from(lower),
    }
}

/// A verb stem with the letter that its ending swallowed: "escalat" is "escalate", "stopp" "stop".
fn restored(stem: &str) -> CompactString {
    let b = stem.as_bytes();
    let n = b.len();
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    if n >= 3
        && b[n - 1] == b[n - 2]
        && !matches!(b[n - 1], b'l' | b's' | b'z' | b'f' | b'e' | b'o')
    {
        return CompactString::from(&stem[..n - 1]);
    }
    let silent = [
        "at", "iz", "is", "iv", "uc", "ag", "us", "ur", "as", "ns", "rs", "rg", "dg", "nc", "rc",
        "lv", "rv", "u", "bl", "tl", "gl", "dl", "cl", "pl", "ut", "id", "ud", "uk", "ok", "ak",
        "av", "ov", "in", "ir", "or",
    ];
    let two = &stem[n.saturating_sub(2)..];
    let short = n >= 3 && !vowel(b[n - 1]) && vowel(b[n - 2]) && !vowel(b[n - 3]);
    let takes_e = silent.contains(&two) && (two.len() < 2 || !vowel(b[n - 2]) || short)
        || b[n - 1] == b'u'
        || b[n - 1] == b'v';
    if takes_e && stem.is_ascii() { joined(stem, "e") } else { CompactString::from(stem) }
}

fn joined(a: &str, b: &str) -> CompactString {
    let mut s = CompactString::from(a);
    s.push_str(b);
    s
}

fn noun(lexicon: &Lexicon, lower: &str) -> CompactString {
    match lexicon.irregular("noun", lower) {
        Some(base) => CompactString::const_new(base),
        None => singular(lower),
    }
}

fn singular(lower: &str) -> CompactString {
    if let Some(s) = lower.strip_suffix("ies").filter(|s| s.len() > 1) {
        return joined(s, "y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if lower.ends_with(ending) {
            return CompactString::from(&lower[..lower.len() - 2]);
        }
    }
    if let Some(stem) = lower.strip_suffix("men") {
        return joined(stem, "man");
    }
    match lower.strip_suffix('s') {
        Some(s) if s.len() > 1 && !s.ends_with('s') && !s.ends_with("'") => CompactString::from(s),
        _ => CompactString::from(lower),
    }
}

fn adjective(lexicon: &Lexicon, lower: &str, ending: &str) -> CompactString {
    if let Some(base) = lexicon.irregular("adjective", lower) {
        return CompactString::const_new(base);
    }
    let Some(stem) = lower.strip_suffix(ending) else { return CompactString::from(lower) };
    if let Some(s) = stem.strip_suffix('i') {
        return joined(s, "y");
    }
    let known = |s: &str| {
        lexicon.tags(s).is_some_and(|t| t.iter().any(|p| p.0 == Tag::JJ || p.0 == Tag::RB))
    };
    let b = stem.as_bytes();
    if known(stem) {
        return CompactString::from(stem);
    }
    if stem.is_ascii()
        && b.len() > 3
        && b[b.len() - 1] == b[b.len() - 2]
        && known(&stem[..b.len() - 1])
    {
        return CompactString::from(&stem[..b.len() - 1]);
    }
    let with_e = joined(stem, "e");
    if known(&with_e) { with_e } else { CompactString::from(stem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_go_back_to_their_dictionary_form() {
        let lexicon = Lexicon::load();
        for (word, tag, expected) in [
            ("met", Tag::VBD, "meet"),
            ("was", Tag::VBD, "be"),
            ("negotiating", Tag::VBG, "negotiate"),
            ("countries", Tag::NNS, "country"),
            ("gunmen", Tag::NNS, "gunman"),
            ("them", Tag::PRP, "they"),
            ("n't", Tag::RB, "not"),
            ("larger", Tag::JJR, "large"),
            ("heaviest", Tag::JJS, "heavy"),
            ("crisis", Tag::NN, "crisis"),
        ] {
            assert_eq!(lemma(&lexicon, word, word, tag), expected, "{word}");
        }
        assert_eq!(lemma(&lexicon, "Nations", "nations", Tag::NNPS), "Nations");
    }
}
