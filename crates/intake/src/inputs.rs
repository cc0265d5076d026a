//! From command-line arguments to files, in an order that depends on nothing but names.

use crate::refusal::Refusal;
use globset::{GlobBuilder, GlobMatcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::vec;
use variorum_model::Rejection;

/// Something to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Standard input.
    Stdin,
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// How it is called in output: as given, or the folder as given and the path in it.
        shown: String,
    },
}

/// What the arguments name, one thing at a time. Folders are read only when their turn comes.
#[derive(Debug)]
pub struct Inputs {
    arguments: vec::IntoIter<String>,
    /// What is left of the current argument, the next on top.
    pending: Vec<Pending>,
    /// The folder argument being walked, and whether anything was found in it.
    folder: Option<(String, bool)>,
}

#[derive(Debug)]
struct Pending {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    /// A socket, a pipe or a device inside a folder.
    Special,
}

impl Inputs {
    /// The inputs that `arguments` name.
    pub fn new(arguments: &[String]) -> Inputs {
        let arguments = arguments.to_vec();
        Inputs { arguments: arguments.into_iter(), pending: Vec::new(), folder: None }
    }

    fn start(&mut self, argument: String) -> Option<Result<Found, Rejection>> {
        if argument == "-" {
            return Some(Ok(Found::Stdin));
        }
        let path = PathBuf::from(&argument);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                self.folder = Some((argument, false));
                self.pending.push(Pending { path, kind: Kind::Folder });
                None
            }
            // A pipe or device named outright (`<(…)` in a shell) is read like a file.
            Ok(_) => Some(Ok(Found::File { path, shown: argument })),
            Err(_) if is_pattern(&argument) => match expand(&argument) {
                Ok(found) => {
                    self.pending = found;
                    self.pending.reverse();
                    None
                }
                Err(refusal) => Some(Err(refusal.of(argument))),
            },
            Err(error) => Some(Err(Refusal::from(error).of(argument))),
        }
    }

    fn take(&mut self, next: Pending) -> Option<Result<Found, Rejection>> {
        let shown = next.path.display().to_string();
        match next.kind {
            Kind::File => Some(Ok(Found::File { path: next.path, shown })),
            Kind::Special => {
                let message = "this is no ordinary file: give pipes and devices by name";
                Some(Err(Refusal::new("not_a_file", message, 0).of(shown)))
            }
            Kind::Folder => match list(&next.path, false) {
                Ok(mut entries) => {
                    entries.reverse();
                    self.pending.append(&mut entries);
                    None
                }
                Err(error) => Some(Err(Refusal::from(error).of(shown))),
            },
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Found, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = if let Some(next) = self.pending.pop() {
                self.take(next)
            } else if let Some((folder, found)) = self.folder.take() {
                (!found).then(|| {
                    let message = "there is no file to read in the folder: give a folder with \
                                   reports in it (names that start with a dot are skipped)";
                    Err(Refusal::new("empty_folder", message, 0).of(folder))
                })
            } else {
                let argument = self.arguments.next()?;
                self.start(argument)
            };
            if item.is_some() {
                if let Some((_, found)) = &mut self.folder {
                    *found = true;
                }
                return item;
            }
        }
    }
}

/// Entries of a folder by name. Links to files count as files, links to folders are left out: that
/// way no loop of links is ever entered.
fn list(folder: &Path, hidden: bool) -> std::io::Result<Vec<Pending>> {
    let at = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut entries = fs::read_dir(at)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = entry.file_name();
        if !hidden && name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = entry.file_type()?;
        let path = folder.join(&name);
        let kind = if kind.is_symlink() {
            match fs::metadata(&path) {
                Ok(target) if target.is_dir() => continue,
                Ok(target) if !target.is_file() => Kind::Special,
                // A dangling link is told when it is opened.
                _ => Kind::File,
            }
        } else if kind.is_dir() {
            Kind::Folder
        } else if kind.is_file() {
            Kind::File
        } else {
            Kind::Special
        };
        found.push(Pending { path, kind });
    }
    Ok(found)
}

const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];

fn is_pattern(argument: &str) -> bool {
    argument.contains(WILDCARDS)
}

/// What matches a pattern, sorted component by component. A folder that matches stands for its files.
fn expand(pattern: &str) -> Result<Vec<Pending>, Refusal> {
    let matcher = GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| no_match(&format!("the pattern cannot be read ({})", error.kind())))?
        .compile_matcher();
    let (base, rest) = split_base(pattern);
    let base = PathBuf::from(base);
    let depth = if rest.contains("**") {
        usize::MAX
    } else {
        base.components().count() + rest.split('/').count()
    };
    let hidden = rest.split('/').any(|part| part.starts_with('.'));
    let found = matches(&base, &matcher, depth, hidden);
    if found.is_empty() {
        return Err(no_match("no file matches the pattern"));
    }
    Ok(found)
}

/// A pattern parted at its first component with a wildcard; the base may be empty.
fn split_base(pattern: &str) -> (&str, &str) {
    let wild = pattern.find(WILDCARDS).unwrap_or(pattern.len());
    match pattern[..wild].rfind('/') {
        Some(0) => ("/", &pattern[1..]),
        Some(end) => (&pattern[..end], &pattern[end + 1..]),
        None => ("", pattern),
    }
}

fn no_match(what: &str) -> Refusal {
    let message = format!("{what}: check the pattern, and quote it or not as your shell needs");
    Refusal { unreadable: true, ..Refusal::new("not_found", message, 0) }
}

fn matches(base: &Path, matcher: &GlobMatcher, depth: usize, hidden: bool) -> Vec<Pending> {
    let mut found = Vec::new();
    let mut pending = vec![Pending { path: base.to_owned(), kind: Kind::Folder }];
    while let Some(next) = pending.pop() {
        if matcher.is_match(&next.path) {
            found.push(next);
        } else if next.kind == Kind::Folder && next.path.components().count() < depth {
            // A folder that cannot be listed holds nothing that could match.
            let mut entries = list(&next.path, hidden).unwrap_or_default();
            entries.reverse();
            pending.append(&mut entries);
        }
    }
    found
}
