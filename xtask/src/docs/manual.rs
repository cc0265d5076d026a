//! The manual against the binary: every command and long flag named, none named that is not there.

use std::collections::BTreeSet;

use super::help::{COMMON, Invocation, flag_at_start};

/// What the manual leaves out and what it makes up, one line each.
pub(crate) fn differences(commands: &[Invocation], manual: &str) -> Vec<String> {
    let code = code(manual);
    let (named, flags) = (named_commands(&code), named_flags(manual));
    let mut lines = Vec::new();
    for command in commands {
        let name = command.name.as_str();
        if !name.is_empty() && !named.contains(name) {
            lines.push(format!("docs/commands.md does not name `variorum {name}`"));
        }
        for flag in command.flags.iter().filter(|flag| !flags.contains(flag.as_str())) {
            let call = format!("variorum {name} {flag}").replace("  ", " ");
            lines.push(format!("docs/commands.md does not name {flag} (`{call}`)"));
        }
    }
    let known: BTreeSet<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    for name in named.iter().filter(|name| !known.contains(**name) && **name != "help") {
        lines.push(format!("docs/commands.md names `variorum {name}`, which is no command"));
    }
    let taken: BTreeSet<&str> =
        commands.iter().flat_map(|command| &command.flags).map(String::as_str).collect();
    for flag in flags.iter().filter(|flag| !taken.contains(**flag) && !COMMON.contains(flag)) {
        lines.push(format!("docs/commands.md names {flag}, which no command takes"));
    }
    lines
}

/// The pieces of code in a Markdown text: lines of fenced blocks and spans between backticks.
fn code(manual: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut fenced = false;
    for line in manual.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            pieces.push(line);
        } else {
            pieces.extend(line.split('`').skip(1).step_by(2));
        }
    }
    pieces
}

/// Words after `variorum` in code, where they can be a command's name.
fn named_commands<'a>(code: &[&'a str]) -> BTreeSet<&'a str> {
    let after = |piece: &&'a str| -> Vec<&'a str> {
        let words: Vec<&str> = piece.split_whitespace().collect();
        words.windows(2).filter(|pair| pair[0] == "variorum").map(|pair| pair[1]).collect()
    };
    let is_name = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    code.iter().flat_map(after).filter(|word| is_name(word) && !word.starts_with('-')).collect()
}

/// Long flags anywhere in the text; a rule of dashes or a table's line is none.
fn named_flags(manual: &str) -> BTreeSet<&str> {
    let starts = manual.match_indices("--").map(|(at, _)| at);
    let free = |at: &usize| {
        let before = manual[..*at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && before != '-')
    };
    starts.filter(free).filter_map(|at| flag_at_start(&manual[at..])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands() -> Vec<Invocation> {
        [("", &["--quiet"][..]), ("clean", &["--format", "--quiet"]), ("match", &[])]
            .map(|(name, flags)| Invocation {
                name: name.into(),
                flags: flags.iter().map(|&flag| flag.to_owned()).collect(),
            })
            .into()
    }

    #[test]
    fn a_manual_that_names_everything_is_fine() {
        let manual = "# Commands\nAll take `--quiet`.\n\n## `variorum clean`\nvariorum reads much.\n\
            | flag |\n|------|\n| `--format F` |\n\n```sh\nvariorum match < in.tsv\nvariorum --help\n```\n";
        assert_eq!(differences(&commands(), manual), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_or_made_up_is_told() {
        let manual = "`variorum clean --loud` and `variorum tidy`, --quiet.";
        assert_eq!(
            differences(&commands(), manual),
            [
                "docs/commands.md does not name --format (`variorum clean --format`)",
                "docs/commands.md does not name `variorum match`",
                "docs/commands.md names `variorum tidy`, which is no command",
                "docs/commands.md names --loud, which no command takes",
            ]
        );
    }
}
