//! Penn Treebank tags as small numbers.

/// A Penn Treebank tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Tag(pub(crate) u8);

macro_rules! tags {
    ($($name:ident = $text:literal),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name),* }
        /// The written form of every tag, by number.
        const NAMES: &[&str] = &[$($text),*];
        impl Tag {
            $(pub(crate) const $name: Tag = Tag(Number::$name as u8);)*
        }
    };
}

tags! {
    START = "<s>", END = "</s>",
    CC = "CC", CD = "CD", DT = "DT", EX = "EX", FW = "FW", IN = "IN", JJ = "JJ", JJR = "JJR",
    JJS = "JJS", MD = "MD", NN = "NN", NNS = "NNS", NNP = "NNP", NNPS = "NNPS",
    PDT = "PDT", POS = "POS", PRP = "PRP", PRPS = "PRP$", RB = "RB", RBR = "RBR", RBS = "RBS",
    RP = "RP", SYM = "SYM", TO = "TO", UH = "UH", VB = "VB", VBD = "VBD", VBG = "VBG",
    VBN = "VBN", VBP = "VBP", VBZ = "VBZ", WDT = "WDT", WP = "WP", WPS = "WP$", WRB = "WRB",
    HYPH = "HYPH", AFX = "AFX", ADD = "ADD", NFP = "NFP", XX = "XX", DOLLAR = "$",
    COMMA = ",", STOP = ".", COLON = ":", OPEN = "-LRB-", CLOSE = "-RRB-", QUOTE = "``",
    UNQUOTE = "''",
}

/// How many tags there are.
pub(crate) const COUNT: usize = NAMES.len();

impl Tag {
    /// The tag written `text`.
    pub(crate) fn parse(text: &str) -> Option<Tag> {
        NAMES.iter().position(|n| *n == text).map(|i| Tag(i as u8))
    }

    /// As the treebank writes it.
    pub(crate) fn name(self) -> &'static str {
        NAMES[self.0 as usize]
    }

    pub(crate) fn is_noun(self) -> bool {
        matches!(self, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS)
    }

    pub(crate) fn is_name(self) -> bool {
        matches!(self, Tag::NNP | Tag::NNPS)
    }

    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ)
    }

    pub(crate) fn is_adjective(self) -> bool {
        matches!(self, Tag::JJ | Tag::JJR | Tag::JJS)
    }

    pub(crate) fn is_adverb(self) -> bool {
        matches!(self, Tag::RB | Tag::RBR | Tag::RBS)
    }

    pub(crate) fn is_punctuation(self) -> bool {
        matches!(
            self,
            Tag::COMMA
                | Tag::STOP
                | Tag::COLON
                | Tag::OPEN
                | Tag::CLOSE
                | Tag::QUOTE
                | Tag::UNQUOTE
                | Tag::NFP
                | Tag::HYPH
        )
    }
}
