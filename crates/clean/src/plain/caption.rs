//! Captions: what a line says of itself when it stands under a picture.

use crate::shape;
use regex::Regex;
use std::sync::LazyLock;

/// The line begins as captions do ("A handout picture released on …", "In this file photo …").
pub(super) fn has_opening(line: &str) -> bool {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:
              (?:(?:an?|the|this|these|in\sthis|in\san?)\s)?(?:[\w-]+\s){0,3}?(?:file|handout|undated|archive|combination|combo|video|satellite|image|frame|screen|still|tv|television|social\smedia|aerial|general|grab)?\s?
                (?:photo|picture|image|photograph|screenshot|screengrab|screen\sgrab|frame\sgrab|video\sgrab|still|footage|grab|handout|pictures|photos|images|photographs|view)\b
                [^.]*?\b(?:shows?|showing|taken|released|provided|obtained|dated|made\savailable|purports|purportedly|posted)\b
              | (?:file|handout|archive|undated)\s?(?:photo|picture|image|photograph)?\s?(?:[-:]|of\s|shows?\s|taken\s)
              | (?:file|photo|image|picture|caption|pictured|above|below|illustration|infographic|photo\scaption)\s?(?::|-\s)
              | (?:pictured|seen\shere|shown\shere)\b )",
        )
        .expect("the opening pattern is well formed")
    });
    let mut cut = line.len().min(240);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    OPENING.is_match(&shape::key(&line[..cut]))
}

/// The line speaks of the picture it stands under ("… are seen in this picture released on …").
pub(super) fn tells_of_picture(line: &str) -> bool {
    static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\bin (?:this|an?) (?:[a-z]+ ){0,2}?(?:photo|picture|image|photograph|screengrab|frame grab|still)\b,? (?:released|taken|provided|obtained|made available|dated|posted|from)\b",
        )
        .expect("the picture pattern is well formed")
    });
    line.len() <= 600 && PICTURE.is_match(&shape::key(line))
}

/// The line ends with a picture credit ("(AFP photo)", "[Photo: Anna Holt/Reuters]", "File photo.").
pub(super) fn has_credit(line: &str) -> bool {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)(?: [\[(]\s*(?:[^\[\]()]*\b)?(?:photo|photos|file|image|picture|getty|reuters|afp|epa|ap|handout|pool|archive|courtesy|via|credit|twitter|screengrab|anadolu|xinhua|sana|tasnim|irna)\b[^\[\]()]*[\])]
              | (?:^|[.\s])(?:file\s)?photo(?:\scredit)?\s?[:/]\s?[\w\s./-]+ | [.\s]file\sphoto | [.\s/](?:ap|afp|reuters|epa|getty)\s?(?:photo|images?|pictures) | photo\sby\s[\w\s./-]+
              | \sphotograph:\s?.+ )\.?$",
        )
        .expect("the credit pattern is well formed")
    });
    // A credit is short; a long bracket is a remark.
    line.len() <= 600 && CREDIT.find(&shape::key(line)).is_some_and(|m| m.len() <= 70)
}

/// A phrase without a finite verb: a caption when it stands between headline and lead.
pub(super) fn is_noun_phrase(line: &str) -> bool {
    line.len() <= 400 && shape::words(line, 4) >= 4 && !shape::has_finite_verb(line, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        for (line, expected) in [
            ("A handout picture released on March 2, 2014 shows fishermen on the quay.", true),
            ("In this file photo taken in March, ships wait off the coast.", true),
            ("This satellite image shows the flooded port.", true),
            ("File photo: the harbour master", true),
            ("FILE - Ships wait off the coast.", true),
            ("Undated photo of the harbour master", true),
            ("The picture is bleak, the mayor said.", false),
            ("The harbour master showed pictures of the wreck.", false),
            ("Images of the wreck shocked the town.", false),
            ("The port was opened on Monday.", false),
        ] {
            assert_eq!(has_opening(line), expected, "{line}");
        }
    }

    #[test]
    fn lines_that_tell_of_their_picture() {
        for (line, expected) in [
            (
                "Fishermen are seen on the quay in this picture released by the port on May 2, 2014.",
                true,
            ),
            ("Ships wait off the coast in a handout photo taken in March.", true),
            ("He saw himself in the picture on Monday.", false),
            ("In this he was right, the mayor said.", false),
        ] {
            assert_eq!(tells_of_picture(line), expected, "{line}");
        }
    }

    #[test]
    fn credits() {
        for (line, expected) in [
            ("Fishermen on the quay. (AFP photo)", true),
            ("Fishermen on the quay [Anna Holt/Reuters]", true),
            ("Fishermen on the quay. Photo: Anna Holt", true),
            ("Fishermen on the quay (File)", true),
            ("The port opened (on Monday).", false),
            ("The army (SDF) took the hill.", false),
            ("He held up a photo.", false),
            (
                "The mayor left (his brother, who had told Reuters of the loss of the two barges in a long talk, was ill).",
                false,
            ),
        ] {
            assert_eq!(has_credit(line), expected, "{line}");
        }
    }

    #[test]
    fn noun_phrases() {
        for (line, expected) in [
            ("Harbour master Anna Holt meeting with bishop Karl Lund", true),
            ("Fishermen waiting on the quay at dawn.", true),
            ("The port was opened on Monday", false),
            ("Fishermen say they will wait", false),
            ("Anna Holt", false),
        ] {
            assert_eq!(is_noun_phrase(line), expected, "{line}");
        }
    }
}
