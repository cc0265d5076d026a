//! An event while it is made: tokens instead of characters.

use crate::lexicon::{Code, Side, Slot};
use crate::syntax::Frame;
use variorum_model::{EventType, Modality};

/// An event of one sentence, participants as tokens.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The verb or noun that tells it.
    pub(crate) head: usize,
    /// First and last token of the trigger.
    pub(crate) trigger: (usize, usize),
    /// Told by a noun.
    pub(crate) nominal: bool,
    /// PLOVER category.
    pub(crate) kind: EventType,
    /// PLOVER mode.
    pub(crate) mode: &'static str,
    /// CAMEO code.
    pub(crate) cameo: &'static str,
    /// PLOVER contexts.
    pub(crate) contexts: Vec<&'static str>,
    /// Heads of the actors.
    pub(crate) actors: Vec<usize>,
    /// Heads of the recipients.
    pub(crate) recipients: Vec<usize>,
    /// The frame it was read from.
    pub(crate) frame: Frame,
    /// Verbs and nouns whose acts this one takes in.
    pub(crate) consumed: Vec<usize>,
    /// The noun that names the act, where a verb only tells that it happened.
    pub(crate) named: Option<usize>,
    /// First and last token of noun and verb together, where the two stand too far apart to be one trigger:
    /// "ceasefire, brokered by Oman, came into force".
    pub(crate) reach: Option<(usize, usize)>,
    /// Whether it happened, once known.
    pub(crate) modality: Option<Modality>,
    /// The modality takes in what the words around say of it.
    pub(crate) settled: bool,
    /// The lexicon entry and the frame.
    pub(crate) rule: String,
    /// Chance that it is right.
    pub(crate) confidence: f32,
}

impl Draft {
    /// A draft of the act `code` told by `head`.
    pub(crate) fn new(code: &Code, head: usize, frame: Frame) -> Draft {
        let mut made = Draft::blank(head, frame);
        made.kind = code.kind;
        made.mode = code.mode;
        made.cameo = code.cameo;
        made.contexts.clone_from(&code.contexts);
        made
    }

    /// A draft that says nothing yet of the word at `head`.
    pub(crate) fn blank(head: usize, frame: Frame) -> Draft {
        Draft {
            head,
            trigger: (head, head),
            nominal: false,
            kind: EventType::Statement,
            mode: "",
            cameo: "",
            contexts: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            frame,
            consumed: Vec::new(),
            named: None,
            reach: None,
            modality: None,
            settled: false,
            rule: String::new(),
            confidence: 0.0,
        }
    }

    /// Whether a reading that the manual prescribes made it what it is.
    pub(crate) fn is_converted(&self) -> bool {
        ["/must", "/unwilling", "/willing", "/will"]
            .iter()
            .any(|end| self.rule.strip_suffix("/learned").unwrap_or(&self.rule).ends_with(end))
    }

    /// Takes over category, mode, code and contexts.
    pub(crate) fn recode(&mut self, code: &Code) {
        self.kind = code.kind;
        if !code.mode.is_empty() || code.kind != self.kind {
            self.mode = code.mode;
        }
        self.cameo = code.cameo;
        if !code.contexts.is_empty() {
            self.contexts = code.contexts.clone();
        }
    }
}

/// Takes the first alternative of `side` that `find` fills.
pub(crate) fn first_filled(side: &Side, mut find: impl FnMut(Slot) -> Vec<usize>) -> Vec<usize> {
    for alternative in side {
        let mut found: Vec<usize> = Vec::new();
        for slot in alternative {
            for head in find(*slot) {
                if !found.contains(&head) {
                    found.push(head);
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether an act of this category is hostile in deed.
pub(crate) fn is_hostile(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Protest | Sanction | Mobilize | Coerce | Assault)
}

/// Whether an act of this category is cooperative.
pub(crate) fn is_cooperative(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat)
}
