//! The stream of raw reports.

use crate::document;
use crate::gunzip::{Gunzip, MAGIC};
use crate::inputs::{Found, Inputs};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::rows::Rows;
use crate::sniff::{HEAD, Sniffed, sniff};
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
    /// Bytes of the document without layers of compression, or of the row without its line end.
    pub bytes: Vec<u8>,
    /// Whether the bytes are a row of JSON Lines, whose fields hold the report.
    pub row: bool,
}

/// Raw reports and rejections in the order of the inputs.
pub struct Reports {
    captures: Captures,
}

/// As [`Reports`], each with its bytes.
pub struct Captures {
    inputs: Inputs,
    options: Options,
    rows: Option<Rows>,
}

/// Reads `inputs`: paths of files and folders, patterns (`*`, `?`, `[…]`, `{…}`, `**`) that name no
/// file as they stand, and `-` for standard input.
///
/// Inputs come in the order given; files of a folder, and of the folders in it, sorted by name. Names
/// that start with a dot are skipped and links to folders are not followed when a folder is walked.
/// Every file gives one item; a JSON Lines file gives one for each row. Files are opened one at a
/// time as the stream is drawn.
pub fn read_all(inputs: &[String], options: &Options) -> Reports {
    Reports { captures: capture_all(inputs, options) }
}

/// As [`read_all`], but keeps the bytes of every report.
pub fn capture_all(inputs: &[String], options: &Options) -> Captures {
    Captures { inputs: Inputs::new(inputs), options: options.clone(), rows: None }
}

/// Reads one input that is already open, under the name `path`: an upload, a test.
pub fn read_from(
    path: &str,
    reader: impl Read + Send + 'static,
    options: &Options,
) -> impl Iterator<Item = Result<RawReport, Rejection>> + Send {
    let mut captures = capture_all(&[], options);
    let first = captures.open(path.to_owned(), Box::new(reader));
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
            if let Some(rows) = &mut self.rows {
                if let Some(item) = rows.next() {
                    return Some(item);
                }
                self.rows = None;
            }
            let item = match self.inputs.next()? {
                Err(rejection) => Some(Err(rejection)),
                Ok(Found::Stdin) => self.open("-".to_owned(), Box::new(io::stdin())),
                Ok(Found::File { path, shown }) => match File::open(path) {
                    Ok(file) => self.open(shown, Box::new(file)),
                    Err(error) => Some(Err(Refusal::from(error).of(shown))),
                },
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

impl Captures {
    /// The report of a document, or `None` after setting the rows of a container.
    fn open(
        &mut self,
        path: String,
        reader: Box<dyn Read + Send>,
    ) -> Option<Result<Captured, Rejection>> {
        match self.open_input(&path, reader) {
            Ok(report) => report.map(Ok),
            Err(refusal) => Some(Err(refusal.of(path))),
        }
    }

    fn open_input(
        &mut self,
        path: &str,
        reader: Box<dyn Read + Send>,
    ) -> Result<Option<Captured>, Refusal> {
        let limits = &self.options.limits;
        let Unpacked { mut reader, head, layers, trailing } = unpack(reader, limits)?;
        let whole = head.len() < HEAD;
        match sniff(&head, whole, path) {
            // Zeros without end are a bomb before they are no text.
            Sniffed::Refused(refusal) if layers > 0 => {
                let rest = limits.decompressed_bytes;
                let given = io::copy(&mut reader.take(rest), &mut io::sink())?;
                Err(if given < rest { refusal } else { document::never_ends(rest) })
            }
            Sniffed::Refused(refusal) => Err(refusal),
            Sniffed::Rows => {
                let reader = BufReader::with_capacity(HEAD, Cursor::new(head).chain(reader));
                self.rows = Some(Rows::new(path.to_owned(), Box::new(reader), limits.clone()));
                Ok(None)
            }
            Sniffed::Document(form) => {
                let mut all = Cursor::new(head).chain(&mut reader);
                let mut captured = document::read(path, form, &mut all, layers > 0, limits)?;
                if trailing.load(Ordering::Relaxed) {
                    captured.report.warnings.push("trailing_garbage".to_owned());
                }
                Ok(Some(captured))
            }
        }
    }
}

/// An input without its layers of compression.
struct Unpacked {
    reader: Box<dyn Read + Send>,
    /// The first bytes, already taken from `reader`.
    head: Vec<u8>,
    layers: usize,
    trailing: Arc<AtomicBool>,
}

fn unpack(mut reader: Box<dyn Read + Send>, limits: &Limits) -> Result<Unpacked, Refusal> {
    let trailing = Arc::new(AtomicBool::new(false));
    let mut layers = 0;
    loop {
        let head = read_head(&mut reader)?;
        if !head.starts_with(MAGIC) {
            return Ok(Unpacked { reader, head, layers, trailing });
        }
        if layers == limits.nested_archives {
            let message = format!(
                "the input is compressed more than {layers} times over (limit nested_archives): \
                 decompress it yourself if you trust it"
            );
            return Err(Refusal::new("nested_archives", message, 0));
        }
        layers += 1;
        let compressed = BufReader::new(Cursor::new(head).chain(reader));
        reader = Box::new(Gunzip::new(compressed, limits, trailing.clone()));
    }
}

/// The first [`HEAD`] bytes, or all if there are fewer.
fn read_head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
