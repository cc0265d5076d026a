//! From the lead on: paragraphs, headings, captions, and what follows the last paragraph.

use super::caption;
use super::item::{Item, RELATED, Role, SEPARATOR};
use crate::word_lists::List;
use crate::{byline, outlet, shape};
use variorum_model::{BlockKind, Byline};

/// The longest line that can be a heading, in words.
const HEADING: usize = 12;

/// Decides every piece from `lead` on; a byline below the text is returned.
pub(super) fn read(text: &str, items: &mut [Item], lead: usize) -> Option<Byline> {
    let last = last_paragraph(items, lead)?;
    for i in lead..=last {
        if items[i].is_open() {
            items[i].role = inside(text, items, i, lead, last);
        }
    }
    related_lists(items, lead, last);
    comments(text, items, lead, last);
    tail(text, items, last)
}

/// The last piece of running text. A line without a full stop counts when it is as long as a
/// paragraph: the text was cut off.
fn last_paragraph(items: &[Item], lead: usize) -> Option<usize> {
    let cut_off = |i: &Item| i.is_open() && i.edge.is_none() && !i.caption && i.words >= 20;
    let found = (lead..items.len()).rev().find(|&i| items[i].is_paragraph() || cut_off(&items[i]));
    found.or((lead < items.len()).then_some(lead))
}

/// What an undecided piece between the first and the last paragraph is.
fn inside(text: &str, items: &[Item], i: usize, lead: usize, last: usize) -> Role {
    let item = &items[i];
    let line = item.span.of(text);
    if i == lead || i == last {
        return Role::Block(BlockKind::Paragraph);
    }
    if item.date.is_some() {
        return Role::Removed("date_line");
    }
    if caption::has_credit(line) || (caption::has_opening(line) && !item.sentence) {
        return Role::Block(BlockKind::Caption);
    }
    if is_fragment(line) {
        return Role::Block(BlockKind::Caption);
    }
    let quoted = line.starts_with(['"', '“', '‘', '«', '-', '–', '—', '•']);
    let open_ended = line.ends_with([',', ';', ':', '-', '–', '—']);
    let headed = items[i + 1..].iter().find(|n| n.is_open()).is_some_and(Item::is_paragraph);
    if !item.sentence && !quoted && !open_ended && headed && item.words <= HEADING {
        return Role::Block(BlockKind::Heading);
    }
    if shape::ends_with_question(line)
        && !quoted
        && item.words <= 8
        && headed
        && shape::is_title_case(line)
    {
        return Role::Block(BlockKind::Heading);
    }
    Role::Block(BlockKind::Paragraph)
}

/// "Fishermen waiting on the quay.": one phrase with a participle that says what people are seen
/// doing, and no finite verb: a caption even where it ends with a stop.
fn is_fragment(line: &str) -> bool {
    if line.len() > 240 || line.contains(['"', '“', '”', ':']) || shape::has_inner_stop(line) {
        return false;
    }
    let words: Vec<String> = line.split(shape::is_blank).map(shape::key).collect();
    let seen_doing = words.windows(2).any(|pair| {
        pair[1].len() > 5 && pair[1].ends_with("ing") && !List::BeforeNoun.has(&pair[0])
    });
    seen_doing && caption::is_noun_phrase(line)
}

/// Headlines of other stories under a label such as "Related": they run until a sentence comes.
fn related_lists(items: &mut [Item], lead: usize, last: usize) {
    let mut listing = false;
    for item in items[lead..=last].iter_mut() {
        match item.role {
            Role::Removed(RELATED) => listing = true,
            // A heading belongs to the list only directly under the label; an empty line after
            // the first entry ends it, since the next line may head the text that follows.
            Role::Block(BlockKind::Heading) if listing && item.words >= 4 => {
                item.role = Role::Removed(RELATED);
            }
            _ => listing = false,
        }
    }
}

/// Readers' comments: after a label of the comment form, once most of the text has been read, what
/// looks like signed or timed remarks is no part of the article.
fn comments(text: &str, items: &mut [Item], lead: usize, last: usize) {
    let Some(label) = (lead..=last).find(|&i| items[i].role == Role::Removed("comments")) else {
        return;
    };
    let before: usize = items[lead..label].iter().map(|i| i.span.len()).sum();
    let after = items[label + 1..=last].len();
    let marks = items[label + 1..].iter().filter(|i| is_comment_mark(i.span.of(text))).count();
    if before >= 300 && marks > 0 && marks * 6 >= after {
        for item in &mut items[label + 1..] {
            if !matches!(item.role, Role::Removed(_)) {
                item.role = Role::Removed("comments");
            }
        }
    }
}

/// "anna44 says:", "3 hours ago", "Reply", "Posted by anna44".
fn is_comment_mark(line: &str) -> bool {
    let key = shape::key(line);
    key.len() <= 80
        && (key.ends_with(" says:")
            || key.ends_with(" says")
            || key.ends_with(" ago")
            || key == "reply"
            || key.starts_with("posted by ")
            || key.starts_with("reply to ")
            || (key.ends_with(" wrote:") && !key.contains(',')))
}

/// Everything after the last paragraph: labels, promotions, sign-offs, lists of other stories.
fn tail(text: &str, items: &mut [Item], last: usize) -> Option<Byline> {
    let mut byline = None;
    let mut listing = false;
    let debris = items[last + 1..]
        .iter()
        .any(|i| matches!(i.role, Role::Removed(k) if k != SEPARATOR) || i.edge.is_some());
    for i in last + 1..items.len() {
        let line = items[i].span.of(text);
        if let Role::Removed(kind) = items[i].role {
            listing = kind == RELATED || (listing && kind == SEPARATOR);
        } else if let Some(credit) = signature(text, items, i, last) {
            byline.get_or_insert(Byline { authors: credit.authors, span: Some(items[i].span) });
            items[i].role = Role::Removed("byline");
        } else if items[i].is_open() {
            items[i].role = after_text(&items[i], line, listing, debris);
        }
    }
    byline
}

/// "By Anna Holt" anywhere below the text; names alone only directly below it and with nothing
/// like them after, for a list of names is a list of topics.
fn signature(text: &str, items: &[Item], i: usize, last: usize) -> Option<byline::Credit> {
    let line = items[i].span.of(text);
    if !items[i].is_open() || outlet::mentioned(line).is_some() {
        return None;
    }
    let alone = i == last + 1 && items.get(i + 1).is_none_or(|n| !n.is_open() || n.date.is_some());
    byline::line(line).or_else(|| alone.then(|| byline::bare(line)).flatten())
}

/// What an undecided piece below the text is.
fn after_text(item: &Item, line: &str, listing: bool, debris: bool) -> Role {
    if let Some(kind) = item.edge {
        Role::Removed(kind)
    } else if item.date.is_some() {
        Role::Removed("date_line")
    } else if item.caption {
        Role::Block(BlockKind::Caption)
    } else if outlet::mentioned(line).is_some() && item.words <= 10 {
        Role::Removed("promo")
    } else if listing && item.words >= 3 {
        Role::Removed(RELATED)
    } else if item.words <= 2 || (debris && item.words <= 15) {
        Role::Removed("leftover")
    } else {
        Role::Block(BlockKind::Paragraph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments() {
        for (line, expected) in [
            ("Fishermen waiting on the quay for the storm to pass.", true),
            ("A gunman blew up a tanker on the quay, killing four fishermen.", false),
            ("A boiler exploded in the harbour, wounding four fishermen.", false),
            ("A family looking through the fence of the harbour.", true),
            ("Fishermen waited on the quay.", false),
            ("The fishermen are waiting on the quay.", false),
            ("Three people dead in the bombing of the quay.", false),
            ("“Waiting, always waiting,” he said.", false),
            ("Not this time.", false),
        ] {
            assert_eq!(is_fragment(line), expected, "{line}");
        }
    }

    #[test]
    fn marks_of_readers_comments() {
        for (line, expected) in [
            ("anna44 says:", true),
            ("3 hours ago", true),
            ("Reply", true),
            ("The mayor says the port will open in a few days.", false),
            ("It closed three weeks ago.", false),
        ] {
            assert_eq!(is_comment_mark(line), expected, "{line}");
        }
    }
}
