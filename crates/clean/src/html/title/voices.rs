//! The voices that name a page's headline, and what most of them agree on.

use super::super::overlap::folded;

/// Where a page names its headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The first-level heading.
    Heading,
    /// The page's own record of the article.
    Record,
    /// What is shown where the page is shared.
    OpenGraph,
    /// The document's title, which search engines show.
    Document,
    /// The same for another network.
    Twitter,
}

impl Kind {
    /// How far the voice is trusted alone, from how often it is right on news pages.
    fn trust(self) -> f32 {
        match self {
            Kind::Heading => 1.0,
            Kind::Record => 0.95,
            Kind::OpenGraph => 0.9,
            Kind::Document => 0.5,
            Kind::Twitter => 0.4,
        }
    }

    /// Whether what it says is often a copy of the document's title.
    fn copies_document(self) -> bool {
        matches!(self, Kind::OpenGraph | Kind::Document | Kind::Twitter)
    }
}

/// One voice.
#[derive(Debug)]
struct Voice {
    kind: Kind,
    title: String,
    /// Its letters and digits, for comparing.
    key: String,
}

/// What each voice says, the more trusted first.
#[derive(Debug, Default)]
pub(super) struct Voices(Vec<Voice>);

impl Voices {
    /// Adds a voice.
    pub(super) fn add(&mut self, kind: Kind, title: String) {
        let key = folded(&title);
        self.0.push(Voice { kind, title, key });
    }

    /// What a voice says, and its letters and digits.
    pub(super) fn of(&self, kind: Kind) -> Option<(&str, &str)> {
        self.0.iter().find(|v| v.kind == kind).map(|v| (v.title.as_str(), v.key.as_str()))
    }

    /// The letters and digits of what a voice says.
    pub(super) fn key(&self, kind: Kind) -> Option<&str> {
        self.of(kind).map(|v| v.1)
    }

    /// The title with most trust. What is written for search engines is copied from one field of the page
    /// to others, so those count once where they say something else than the heading.
    pub(super) fn agreed(&self) -> Option<&str> {
        let once = self.heading_can_be_headline();
        let mut best: Option<(f32, &Voice)> = None;
        for voice in &self.0 {
            let trust = self.trust(&voice.key, once);
            if best.is_none_or(|(most, _)| trust > most) {
                best = Some((trust, voice));
            }
        }
        best.map(|(_, v)| v.title.as_str())
    }

    fn trust(&self, key: &str, once: bool) -> f32 {
        let saying = || self.0.iter().filter(|v| v.key == key);
        let says = |kind| saying().any(|v| v.kind == kind);
        if !once || says(Kind::Heading) || !says(Kind::Document) {
            return saying().map(|v| v.kind.trust()).sum();
        }
        let copies = saying().filter(|v| v.kind.copies_document()).map(|v| v.kind.trust());
        let own = saying().filter(|v| !v.kind.copies_document()).map(|v| v.kind.trust());
        own.sum::<f32>() + copies.fold(0.0, f32::max)
    }

    /// A heading of less than half the length of the title on which document and sharing agree is that of
    /// a section or of a site.
    fn heading_can_be_headline(&self) -> bool {
        let Some(document) = self.key(Kind::Document) else { return true };
        let Some(heading) = self.key(Kind::Heading) else { return false };
        self.key(Kind::OpenGraph) != Some(document)
            || 2 * heading.chars().count() >= document.chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_the_documents_title_count_once() {
        let search = "Ferry timetable: all you must know";
        let cases = [
            (
                &[
                    (Kind::Heading, "The ferry runs again"),
                    (Kind::OpenGraph, search),
                    (Kind::Document, search),
                    (Kind::Twitter, search),
                ][..],
                "The ferry runs again",
            ),
            // The page's record makes two voices of them.
            (
                &[
                    (Kind::Heading, "The ferry runs again"),
                    (Kind::Record, search),
                    (Kind::OpenGraph, search),
                    (Kind::Document, search),
                ],
                search,
            ),
            // A heading far shorter is a section's.
            (
                &[(Kind::Heading, "At sea"), (Kind::OpenGraph, search), (Kind::Document, search)],
                search,
            ),
            (&[(Kind::OpenGraph, search), (Kind::Document, "Ferries")], search),
        ];
        for (said, expected) in cases {
            let mut voices = Voices::default();
            said.iter().for_each(|(kind, title)| voices.add(*kind, (*title).to_owned()));
            assert_eq!(voices.agreed(), Some(expected), "{said:?}");
        }
        assert_eq!(Voices::default().agreed(), None);
    }
}
