//! What the binary says of itself: commands and flags, from its `--help`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Flags every command line has; the manual may name them and need not.
pub(crate) const COMMON: [&str; 2] = ["--help", "--version"];

/// A way to call the binary and the long flags it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invocation {
    /// Name; empty for the binary itself.
    pub(crate) name: String,
    /// Long flags, with their dashes.
    pub(crate) flags: BTreeSet<String>,
}

/// The binary itself and each of its commands.
pub(crate) fn ask(binary: &Path) -> Result<Vec<Invocation>> {
    let top = help(binary, None)?;
    let mut commands = vec![Invocation { name: String::new(), flags: flags(&top) }];
    for name in subcommands(&top) {
        let flags = flags(&help(binary, Some(&name))?);
        commands.push(Invocation { name, flags });
    }
    Ok(commands)
}

fn help(binary: &Path, command: Option<&str>) -> Result<String> {
    let output = Command::new(binary)
        .args(command)
        .arg("--help")
        .output()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    ensure!(output.status.success(), "`variorum {} --help` fails", command.unwrap_or_default());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Names under `Commands:`, without the built-in `help`.
fn subcommands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| line.trim_end() != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  ") || line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Long flags at the head of an option's entry; flags that a description mentions are not meant.
fn flags(help: &str) -> BTreeSet<String> {
    help.lines().filter_map(entry_flag).filter(|flag| !COMMON.contains(&flag.as_str())).collect()
}

fn entry_flag(line: &str) -> Option<String> {
    let line = line.trim_start();
    let long = match line.strip_prefix('-') {
        Some(rest) if rest.starts_with('-') => line,
        // `-f, --format <FORMAT>`
        Some(rest) => rest.get(1..)?.strip_prefix(", ")?,
        None => return None,
    };
    flag_at_start(long).map(str::to_owned)
}

/// The long flag `text` begins with.
pub(crate) fn flag_at_start(text: &str) -> Option<&str> {
    let name = text.strip_prefix("--")?;
    let len = name
        .bytes()
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
        .count();
    let starts_well = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    starts_well.then(|| &text[..len + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: &str = "\
Reads things. Use --nothing here.

Usage: tool [OPTIONS] <COMMAND>

Commands:
  clean     Take the text
  annotate  Mark it up, which takes a
            longer line
  help      Print this message

Options:
  -f, --format <FORMAT>
          How to print; see also --mentioned

          [default: text]
      --width <N>    Columns
  -q                 Quiet
      --no-color
  -h, --help         Print help
  -V, --version      Print version
";

    #[test]
    fn commands_and_flags_are_read_from_help() {
        assert_eq!(subcommands(HELP), ["clean", "annotate"]);
        let flags = flags(HELP);
        assert_eq!(
            flags.iter().map(String::as_str).collect::<Vec<_>>(),
            ["--format", "--no-color", "--width"]
        );
    }

    #[test]
    fn a_flag_ends_where_its_name_ends() {
        for (text, flag) in [
            ("--format <F>", Some("--format")),
            ("--a1-b=c", Some("--a1-b")),
            ("--format`", Some("--format")),
            ("---", None),
            ("--", None),
            ("-x", None),
            ("--Wide", None),
        ] {
            assert_eq!(flag_at_start(text), flag, "{text}");
        }
    }
}
