//! Text that nobody wrote, read whole: no panic, whole spans, work in proportion to length.

use std::sync::LazyLock;
use variorum_language::Language;
use variorum_model::{Parse, Span};

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::load);

/// Nanoseconds that measure nothing: some steps of the clock of [`cpu_time`].
const STEPS: u64 = 20_000_000;

/// Makes a text of about as many bytes.
type Maker = fn(usize) -> String;

fn repeated(part: &str, bytes: usize) -> String {
    part.repeat(bytes.div_ceil(part.len()))
}

/// Bytes of a fixed pseudo-random sequence, read as UTF-8 with replacement characters.
fn noise(bytes: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
    .take(bytes)
    .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is read, and the bytes that are read of it: those that make many tokens less, for the time.
const TEXTS: &[(&str, usize, Maker)] = &[
    ("one letter without a space", 1 << 20, |n| repeated("a", n)),
    ("one capital without a space", 1 << 20, |n| repeated("Q", n)),
    ("one digit without a space", 1 << 20, |n| repeated("7", n)),
    ("letters and stops without a space", 1 << 18, |n| repeated("ab.cd", n)),
    ("words and hyphens without a space", 1 << 14, |n| repeated("one-Two/three,", n)),
    ("one word", 1 << 15, |n| repeated("word ", n)),
    ("one name", 1 << 14, |n| repeated("Orlo ", n)),
    ("one title", 1 << 14, |n| repeated("Gen. ", n)),
    ("a sentence that does not end", 1 << 14, |n| {
        repeated("and the envoys of Nairobi who met them then left for Quito ", n)
    }),
    ("a list of names", 1 << 14, |n| repeated("Zoë Orlo, Ben Tamm, the Ministry of Roads, ", n)),
    ("capitals", 1 << 14, |n| repeated("ENVOYS LEAVE NAIROBI AS TALKS FAIL ", n)),
    ("noise", 1 << 14, noise),
    ("emoji", 1 << 14, |n| repeated("👩‍👩‍👧🏽🇰🇪 🎉😀", n)),
    ("Arabic", 1 << 14, |n| repeated("اجتمع الوزراء في نيروبي، ثم غادروا. ", n)),
    ("Chinese", 1 << 18, |n| repeated("部长们在内罗毕会面，随后离开。", n)),
    ("Devanagari", 1 << 14, |n| repeated("मंत्री नैरोबी में मिले और फिर चले गए। ", n)),
    ("scripts within a word", 1 << 14, |n| repeated("Naиroбi部मعa ", n)),
    ("zero widths", 1 << 16, |n| repeated("en\u{200b}voy\u{feff}s \u{200d}\u{2060}\u{ad}", n)),
    ("combining characters", 1 << 18, |n| format!("e{} met ", repeated("\u{301}\u{323}", n))),
    ("direction marks", 1 << 14, |n| repeated("\u{202e}syovne\u{202c} met \u{2067}", n)),
    ("open brackets", 1 << 13, |n| repeated("([{", n)),
    ("nested brackets", 1 << 13, |n| repeated("(", n / 2) + &repeated(")", n / 2)),
    ("nested brackets with words", 1 << 14, |n| {
        repeated("(he [said ", n / 2) + &repeated("]) ", n / 2)
    }),
    ("quotation marks", 1 << 13, |n| repeated("“\"'‘", n)),
    ("punctuation", 1 << 13, |n| repeated(".,;:!?…-–—", n)),
    ("stops", 1 << 13, |n| repeated(". ", n)),
    ("spaces", 1 << 18, |n| repeated(" \t\u{a0}\u{3000}", n)),
    ("line breaks", 1 << 18, |n| repeated("\n\r\n\u{2028}", n)),
    ("controls", 1 << 18, |n| repeated("\0\u{1b}[0m\u{7f}", n)),
    ("a URL", 1 << 15, |n| format!("see http://{} now", repeated("a.b/", n))),
    ("at signs", 1 << 18, |n| repeated("a@", n)),
    ("contractions", 1 << 14, |n| repeated("couldn't've'll ", n)),
    ("apostrophes", 1 << 13, |n| repeated("'s", n)),
];

fn read(text: &str) -> Parse {
    LANGUAGE.read_blocks(text, &[(Some(0), Span::new(0, text.len()))])
}

fn whole(text: &str, span: Span) -> bool {
    span.start < span.end && text.get(span.from()..span.to()).is_some()
}

/// What is wrong with a parse, if anything.
fn fault(text: &str, parse: &Parse) -> Option<String> {
    let mut end = 0;
    for token in &parse.tokens {
        if !whole(text, token.span) || token.span.start < end {
            return Some(format!("token {:?} after {end}", token.span));
        }
        end = token.span.end;
    }
    let (mut next, mut end) = (0, 0);
    for s in &parse.sentences {
        if !whole(text, s.span) || s.span.start < end || s.first != next || s.last <= s.first {
            return Some(format!("sentence {s:?} after token {next}"));
        }
        let own = s.first..s.last;
        for token in parse.tokens_of(s) {
            let inside = s.span.start <= token.span.start && token.span.end <= s.span.end;
            if !inside || !own.contains(&token.head) {
                return Some(format!("{token:?} in {s:?}"));
            }
        }
        (next, end) = (s.last, s.span.end);
    }
    if next as usize != parse.tokens.len() {
        return Some("tokens outside of sentences".to_owned());
    }
    let bad = parse.names.iter().find(|n| {
        !whole(text, n.span)
            || n.title.is_some_and(|t| !whole(text, t))
            || !(0.0..=1.0).contains(&n.confidence)
    });
    bad.map(|name| format!("{name:?}"))
}

#[test]
fn a_sentence_of_ten_thousand_tokens_is_read() {
    let text = repeated("and they left ", 10_000 / 3 * 14);
    let parse = read(&text);
    assert!(parse.tokens.len() > 9_000);
    assert_eq!(fault(&text, &parse), None);
}

#[test]
fn every_cut_of_odd_text_is_read() {
    let text = "“Zoë (Orlo)\u{301}” 👩‍👧 met—the… envoys’ U.N. Gen. 部长 1,000.5km\u{200b}. \n\n'S";
    let ends: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
    for (i, &start) in ends.iter().enumerate() {
        for &end in &ends[i..] {
            let part = &text[start..end];
            assert_eq!(fault(part, &read(part)), None, "{part:?}");
        }
    }
}

/// CPU time of this thread in nanoseconds, where Linux tells it: what others do does not show in it.
/// It moves in steps of some milliseconds.
fn cpu_time() -> Option<u64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split_whitespace().next()?.parse().ok()
}

/// What `work` returns, and the CPU time it took.
fn timed<T>(work: impl FnOnce() -> T) -> Option<(T, u64)> {
    let begin = cpu_time()?;
    let done = work();
    Some((done, cpu_time()? - begin))
}

/// A text may cost twice what its quarter costs when read four times: a quadratic step makes that
/// four times. A disturbed measurement may be taken again.
fn in_proportion(text: &str, quarter: &str) -> Result<(), String> {
    let mut last = String::new();
    for _ in 0..3 {
        let quarters = timed(|| (0..4).for_each(|_| drop(read(quarter))));
        let (Some(((), quarters)), Some((_, whole))) = (quarters, timed(|| read(text))) else {
            return Ok(());
        };
        if whole < 2 * quarters + STEPS {
            return Ok(());
        }
        last = format!("{whole} ns at once, {quarters} ns in quarters");
    }
    Err(last)
}

#[test]
fn what_is_read_is_whole() {
    for (name, bytes, make) in TEXTS {
        let text = make(*bytes);
        assert_eq!(fault(&text, &read(&text)), None, "{name}");
    }
}

#[test]
fn work_grows_with_length() {
    for (name, bytes, make) in TEXTS {
        assert_eq!(in_proportion(&make(*bytes), &make(bytes / 4)), Ok(()), "{name}");
    }
}
