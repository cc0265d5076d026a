//! The stream of raw reports.

use crate::archive::Members;
use crate::document;
use crate::feed::FeedReports;
use crate::gunzip::{Gunzip, MAGIC, first_bytes};
use crate::inputs::{Found, Inputs};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::rows::Rows;
use crate::sniff::{Container, HEAD, Sniffed, sniff};
use crate::warc::{self, Warc};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use variorum_model::{RawReport, Rejection};

/// How inputs are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What an input may weigh.
    pub limits: Limits,
}

/// A raw report with the bytes that it was made of.
#[derive(Debug, Clone)]
pub struct Captured {
    /// The report.
    pub report: RawReport,
    /// Bytes of the document without layers of compression, or of the row without its line end. Of an entry of a
    /// feed, the row that says the same.
    pub bytes: Vec<u8>,
    /// Whether the bytes are a row of JSON Lines, whose fields hold the report.
    pub row: bool,
    /// When it was fetched from the web, as ISO 8601, where that is known. Says nothing of publication.
    pub retrieved: Option<String>,
}

/// Raw reports and rejections in the order of the inputs.
pub struct Reports {
    captures: Captures,
}

/// As [`Reports`], each with its bytes.
pub struct Captures {
    inputs: Inputs,
    options: Options,
    /// Containers being read, the innermost last.
    open: Vec<Open>,
}

/// A container being read.
enum Open {
    /// Reports one after the other.
    Reports(Box<dyn Iterator<Item = Result<Captured, Rejection>> + Send>),
    /// Files, each an input of its own, within so many layers.
    Members(Box<Members>, Layers),
}

/// How deep inside others an input lies.
#[derive(Debug, Clone, Copy, Default)]
struct Layers {
    compressed: usize,
    archived: usize,
}

/// An input that was opened.
struct Input {
    path: String,
    reader: Box<dyn Read + Send>,
    /// The file, where it is one: it can be read from anywhere.
    file: Option<File>,
    layers: Layers,
}

/// Reads `inputs`: paths of files and folders, patterns (`*`, `?`, `[…]`, `{…}`, `**`) that name no
/// file as they stand, and `-` for standard input.
///
/// Inputs come in the order given; files of a folder, and of the folders in it, sorted by name. Names
/// that start with a dot are skipped and links to folders are not followed when a folder is walked.
/// Every file gives one item; a JSON Lines file gives one for each row, a web archive one for each page, a feed one for
/// each entry, a ZIP or tar archive what its members give. Files are opened one at a time as the stream is drawn.
pub fn read_all(inputs: &[String], options: &Options) -> Reports {
    Reports { captures: capture_all(inputs, options) }
}

/// As [`read_all`], but keeps the bytes of every report.
pub fn capture_all(inputs: &[String], options: &Options) -> Captures {
    Captures { inputs: Inputs::new(inputs), options: options.clone(), open: Vec::new() }
}

/// Reads one input that is already open, under the name `path`: an upload, a test.
pub fn read_from(
    path: &str,
    reader: impl Read + Send + 'static,
    options: &Options,
) -> impl Iterator<Item = Result<RawReport, Rejection>> + Send {
    let mut captures = capture_all(&[], options);
    let first = captures.open(Input::stream(path.to_owned(), Box::new(reader)));
    first.into_iter().chain(captures).map(|captured| captured.map(|c| c.report))
}

impl Iterator for Reports {
    type Item = Result<RawReport, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        self.captures.next().map(|captured| captured.map(|c| c.report))
    }
}

impl Iterator for Captures {
    type Item = Result<Captured, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = match self.open.last_mut() {
                Some(Open::Reports(reports)) => match reports.next() {
                    None => {
                        self.open.pop();
                        None
                    }
                    item => item,
                },
                Some(Open::Members(members, layers)) => {
                    let layers = *layers;
                    match members.next() {
                        None => {
                            self.open.pop();
                            None
                        }
                        Some(Err(rejection)) => Some(Err(rejection)),
                        Some(Ok(member)) => {
                            let reader = Box::new(Cursor::new(member.bytes));
                            self.open(Input { path: member.path, reader, file: None, layers })
                        }
                    }
                }
                None => match self.inputs.next()? {
                    Err(rejection) => Some(Err(rejection)),
                    Ok(Found::Stdin) => {
                        self.open(Input::stream("-".to_owned(), Box::new(io::stdin())))
                    }
                    Ok(Found::File { path, shown }) => match File::open(path) {
                        Ok(file) => self.open(Input::file(shown, file)),
                        Err(error) => Some(Err(Refusal::from(error).of(shown))),
                    },
                },
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

impl Input {
    fn stream(path: String, reader: Box<dyn Read + Send>) -> Input {
        Input { path, reader, file: None, layers: Layers::default() }
    }

    fn file(path: String, file: File) -> Input {
        // What cannot be sought in (a pipe by name) is read as a stream.
        let ordinary = file.metadata().is_ok_and(|m| m.is_file());
        let again = ordinary.then(|| file.try_clone().ok()).flatten();
        Input { path, reader: Box::new(file), file: again, layers: Layers::default() }
    }
}

impl Captures {
    /// The report of a document, or `None` after opening a container.
    fn open(&mut self, input: Input) -> Option<Result<Captured, Rejection>> {
        let path = input.path.clone();
        match self.open_input(input) {
            Ok(report) => report.map(Ok),
            Err(refusal) => Some(Err(refusal.of(path))),
        }
    }

    fn open_input(&mut self, input: Input) -> Result<Option<Captured>, Refusal> {
        let limits = &self.options.limits;
        let Input { path, reader, file, layers } = input;
        let Unpacked { mut reader, head, layers, trailing } = unpack(reader, layers, limits)?;
        let whole = head.len() < HEAD;
        let bare = layers.compressed == 0;
        let compressed = !bare;
        let container = match sniff(&head, whole, &path) {
            // Zeros without end are a bomb before they are no text.
            Sniffed::Refused(refusal) if compressed => {
                let rest = limits.decompressed_bytes;
                let given = io::copy(&mut reader.take(rest), &mut io::sink())?;
                return Err(if given < rest { refusal } else { document::never_ends(rest) });
            }
            Sniffed::Refused(refusal) => return Err(refusal),
            Sniffed::Document(form) => {
                let mut all = Cursor::new(head).chain(&mut reader);
                let mut captured = document::read(&path, form, &mut all, compressed, limits)?;
                if trailing.load(Ordering::Relaxed) {
                    captured.report.warnings.push("trailing_garbage".to_owned());
                }
                return Ok(Some(captured));
            }
            Sniffed::Container(container) => container,
        };
        let mut all: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(reader));
        let limits = limits.clone();
        let deeper = || archive_layer(layers, &limits);
        self.open.push(match container {
            Container::Rows => {
                let reader = Box::new(BufReader::with_capacity(HEAD, all));
                Open::Reports(Box::new(Rows::new(path, reader, limits)))
            }
            Container::Warc => Open::Reports(Box::new(Warc::new(path, all, limits))),
            Container::Feed => {
                Open::Reports(Box::new(FeedReports::read(&path, &mut all, compressed, &limits)?))
            }
            Container::Tar => {
                let layers = deeper()?;
                Open::Members(Box::new(Members::tar(&path, all, &limits)), layers)
            }
            Container::Zip => {
                let layers = deeper()?;
                let file = file.filter(|_| bare);
                Open::Members(Box::new(Members::zip(&path, file, &mut all, &limits)?), layers)
            }
        });
        Ok(None)
    }
}

/// One layer of archives more.
fn archive_layer(layers: Layers, limits: &Limits) -> Result<Layers, Refusal> {
    if layers.archived == limits.nested_archives {
        let message = format!(
            "the archive lies within {} others (limit nested_archives): unpack it yourself if you \
             trust it",
            layers.archived
        );
        return Err(Refusal::new("nested_archives", message, 0));
    }
    Ok(Layers { archived: layers.archived + 1, ..layers })
}

/// An input without its layers of compression.
struct Unpacked {
    reader: Box<dyn Read + Send>,
    /// The first bytes, already taken from `reader`.
    head: Vec<u8>,
    layers: Layers,
    trailing: Arc<AtomicBool>,
}

fn unpack(
    mut reader: Box<dyn Read + Send>,
    mut layers: Layers,
    limits: &Limits,
) -> Result<Unpacked, Refusal> {
    let trailing = Arc::new(AtomicBool::new(false));
    loop {
        let head = read_head(&mut reader)?;
        if !head.starts_with(MAGIC) {
            return Ok(Unpacked { reader, head, layers, trailing });
        }
        if layers.compressed == limits.nested_archives {
            let message = format!(
                "the input is compressed more than {} times over (limit nested_archives): \
                 decompress it yourself if you trust it",
                layers.compressed
            );
            return Err(Refusal::new("nested_archives", message, 0));
        }
        layers.compressed += 1;
        let first = first_bytes(&head, warc::VERSION);
        let compressed = BufReader::with_capacity(HEAD, Cursor::new(head).chain(reader));
        if first.starts_with(warc::START) {
            // Its members are records: one that is damaged is lost alone.
            let records = Gunzip::resuming(compressed, limits, trailing.clone(), warc::START);
            let rest = Box::new(Skipping { reader: records, left: first.len() });
            return Ok(Unpacked { reader: rest, head: first, layers, trailing });
        }
        reader = Box::new(Gunzip::new(compressed, limits, trailing.clone()));
    }
}

/// A reader without its first bytes, which are known.
struct Skipping<R> {
    reader: R,
    left: usize,
}

impl<R: Read> Read for Skipping<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.left > 0 {
            let mut known = [0; 16];
            let most = self.left.min(known.len());
            match self.reader.read(&mut known[..most])? {
                0 => return Ok(0),
                read => self.left -= read,
            }
        }
        self.reader.read(out)
    }
}

/// The first [`HEAD`] bytes, or all if there are fewer.
fn read_head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
