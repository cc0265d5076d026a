//! ZIP and tar archives: their members one at a time, in memory. Nothing is unpacked to disk, so no name in an archive
//! leads anywhere.

use crate::document::never_ends;
use crate::limits::Limits;
use crate::refusal::Refusal;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use tar::EntryType;
use variorum_model::Rejection;
use zip::ZipArchive;
use zip::result::ZipError;

/// A file in an archive.
pub(crate) struct Member {
    /// `archive!name`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// The files of one archive, in its order. Folders and names that begin with a dot are passed over.
pub(crate) struct Members {
    path: String,
    archive: Archive,
    limits: Limits,
    /// Members begun.
    count: usize,
    /// Whether anything was given.
    given: bool,
    ended: bool,
}

enum Archive {
    Zip {
        archive: ZipArchive<Box<dyn ReadSeek>>,
        /// Bytes of the archive, and bytes its members gave.
        size: u64,
        unpacked: u64,
    },
    Tar {
        reader: Box<dyn Read + Send>,
    },
}

/// A place that can be read from anywhere.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<R: Read + Seek + Send> ReadSeek for R {}

/// How every ZIP archive begins that holds something.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";

impl Members {
    /// The members of the ZIP archive in `file`, or, where it is none, in the whole of `reader`.
    pub(crate) fn zip(
        path: &str,
        file: Option<File>,
        reader: &mut dyn Read,
        limits: &Limits,
    ) -> Result<Members, Refusal> {
        let mut reader: Box<dyn ReadSeek> = match file {
            Some(file) => Box::new(BufReader::new(file)),
            None => Box::new(Cursor::new(whole(reader, limits)?)),
        };
        let size = reader.seek(SeekFrom::End(0))?;
        if stated_members(&mut reader, size)? > limits.archive_members {
            return Err(too_many(limits.archive_members));
        }
        reader.rewind()?;
        let archive = ZipArchive::new(reader).map_err(|error| {
            let message = format!("the ZIP archive cannot be read ({error}): fetch it again");
            Refusal::new("corrupt_archive", message, 0)
        })?;
        if let Some(what) = office_document(&archive) {
            let message = format!("the input is {what}: save it as plain text or as a web page");
            return Err(Refusal::new("unsupported_format", message, 0));
        }
        let archive = Archive::Zip { archive, size, unpacked: 0 };
        Ok(Members::of(path, archive, limits))
    }

    /// The members of the tar archive in `reader`.
    pub(crate) fn tar(path: &str, reader: Box<dyn Read + Send>, limits: &Limits) -> Members {
        Members::of(path, Archive::Tar { reader }, limits)
    }

    fn of(path: &str, archive: Archive, limits: &Limits) -> Members {
        let (path, limits) = (path.to_owned(), limits.clone());
        Members { path, archive, limits, count: 0, given: false, ended: false }
    }

    /// The next member; `None` at the end.
    fn step(&mut self) -> Option<Step> {
        if self.count == self.limits.archive_members {
            // One more would be too many; that there is one is known only of a ZIP archive.
            self.ended = true;
            return Some(Step::Refused(String::new(), too_many(self.limits.archive_members)));
        }
        self.count += 1;
        match &mut self.archive {
            Archive::Zip { archive, size, unpacked } => {
                if self.count > archive.len() {
                    return None;
                }
                let step = zip_step(archive, self.count - 1, &self.limits, unpacked);
                if *unpacked > (1 << 20)
                    && *unpacked / (*size).max(1) > self.limits.decompression_ratio
                {
                    self.ended = true;
                    let message = format!(
                        "decompression gives more than {} bytes for each byte (limit \
                         decompression_ratio): unpack the archive yourself if you trust it",
                        self.limits.decompression_ratio
                    );
                    let refusal = Refusal::new("decompression_limit", message, 0);
                    return Some(Step::Refused(String::new(), refusal));
                }
                Some(step)
            }
            Archive::Tar { reader } => match tar_step(reader, &self.limits) {
                Ok(step) => step,
                Err(refusal) => {
                    // Where the next member would begin is not known any more.
                    self.ended = true;
                    Some(Step::Refused(String::new(), refusal))
                }
            },
        }
    }
}

/// What a member is.
enum Step {
    File(String, Vec<u8>),
    Passed,
    Refused(String, Refusal),
}

impl Iterator for Members {
    type Item = Result<Member, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let item = match self.step() {
                None => {
                    self.ended = true;
                    let message = "there is no file to read in the archive: give one with reports";
                    let refusal = Refusal::new("empty", message, 0);
                    (!self.given).then(|| Err(refusal.of(&*self.path)))
                }
                Some(Step::Passed) => None,
                Some(Step::File(name, bytes)) => {
                    Some(Ok(Member { path: format!("{}!{}", self.path, shown(&name)), bytes }))
                }
                Some(Step::Refused(name, refusal)) => {
                    let path = match &*name {
                        "" => self.path.clone(),
                        name => format!("{}!{}", self.path, shown(name)),
                    };
                    Some(Err(refusal.of(path)))
                }
            };
            if item.is_some() {
                self.given = true;
                return item;
            }
        }
        None
    }
}

/// A name as it may stand in output: no control characters, of bounded length.
fn shown(name: &str) -> String {
    name.chars().take(1_000).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// Whether a name or a folder in it begins with a dot; `..` and `.` alone lead nowhere here.
fn is_hidden(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    parts.any(|part| part.starts_with('.') && !matches!(part, "." | "..") || part == "__MACOSX")
}

fn too_many(most: usize) -> Refusal {
    let message = format!(
        "the archive has more than {most} members (limit archive_members): unpack it and give the \
         folder"
    );
    Refusal::new("too_many_members", message, 0)
}

fn not_a_file() -> Refusal {
    Refusal::new("not_a_file", "the member is a link or device: give the file itself", 0)
}

fn zip_step(
    archive: &mut ZipArchive<Box<dyn ReadSeek>>,
    index: usize,
    limits: &Limits,
    unpacked: &mut u64,
) -> Step {
    let damaged = |name: &str, error: &dyn std::fmt::Display| {
        let message = format!("the member cannot be read ({error}): fetch the archive again");
        Step::Refused(name.to_owned(), Refusal::new("corrupt_archive", message, 0))
    };
    let name = name_of(archive, index);
    if name.ends_with('/') || name.ends_with('\\') || is_hidden(&name) {
        return Step::Passed;
    }
    let mut file = match archive.by_index(index) {
        Ok(file) => file,
        Err(ZipError::UnsupportedArchive(what)) => {
            let message = format!("the member is not read ({what}): unpack the archive yourself");
            return Step::Refused(name, Refusal::new("unsupported_container", message, 0));
        }
        Err(error) => return damaged(&name, &error),
    };
    if file.is_symlink() {
        return Step::Refused(name, not_a_file());
    }
    let mut bytes = Vec::new();
    let read = (&mut file).take(limits.decompressed_bytes + 1).read_to_end(&mut bytes);
    *unpacked += bytes.len() as u64;
    match read {
        Ok(read) if read as u64 > limits.decompressed_bytes => {
            Step::Refused(name, never_ends(limits.decompressed_bytes))
        }
        Ok(_) => Step::File(name, bytes),
        Err(error) => damaged(&name, &error),
    }
}

fn name_of(archive: &ZipArchive<Box<dyn ReadSeek>>, index: usize) -> String {
    let name = archive.name_for_index(index).and_then(Result::ok);
    name.unwrap_or_default().into_owned()
}

/// What a document of an office program is, which is a ZIP archive of its parts.
fn office_document(archive: &ZipArchive<Box<dyn ReadSeek>>) -> Option<&'static str> {
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Some("an Office document (.docx, .xlsx, .pptx)");
    }
    (name_of(archive, 0) == "mimetype").then_some("an OpenDocument or EPUB document")
}

/// Number of members that the end of a ZIP archive states; what reads the archive believes it.
fn stated_members(reader: &mut dyn ReadSeek, size: u64) -> io::Result<usize> {
    let tail = size.min(22 + u64::from(u16::MAX));
    reader.seek(SeekFrom::Start(size - tail))?;
    let mut bytes = Vec::new();
    reader.take(tail).read_to_end(&mut bytes)?;
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06");
    let count = end.and_then(|end| bytes.get(end + 10..end + 12));
    Ok(count.map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]]))))
}

/// All of `reader`, in memory.
fn whole(reader: &mut dyn Read, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    reader.take(limits.decompressed_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.decompressed_bytes {
        return Err(never_ends(limits.decompressed_bytes));
    }
    Ok(bytes)
}

/// Takes the next member of a tar archive.
fn tar_step(reader: &mut dyn Read, limits: &Limits) -> Result<Option<Step>, Refusal> {
    // A new archive for each member: what follows a member is none of the one before.
    let mut archive = tar::Archive::new(&mut *reader);
    let mut entries = archive.entries().map_err(tar_fault)?;
    let Some(entry) = entries.next() else { return Ok(None) };
    let mut entry = entry.map_err(tar_fault)?;
    let kind = entry.header().entry_type();
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let sparse = kind == EntryType::GNUSparse;
    let size = if sparse { entry.header().entry_size().map_err(tar_fault)? } else { entry.size() };
    let wanted = matches!(kind, EntryType::Regular | EntryType::Continuous) && !is_hidden(&name);
    let mut bytes = Vec::new();
    if wanted && size <= limits.decompressed_bytes {
        entry.read_to_end(&mut bytes).map_err(tar_fault)?;
        if (bytes.len() as u64) < size {
            let error = io::Error::from(io::ErrorKind::UnexpectedEof);
            return Err(tar_fault(error));
        }
    }
    let left = size - bytes.len() as u64 + (512 - size % 512) % 512;
    io::copy(&mut reader.take(left), &mut io::sink()).map_err(tar_fault)?;
    Ok(Some(match kind {
        EntryType::Directory => Step::Passed,
        _ if is_hidden(&name) => Step::Passed,
        _ if !wanted => Step::Refused(name, not_a_file()),
        _ if size > limits.decompressed_bytes => {
            Step::Refused(name, never_ends(limits.decompressed_bytes))
        }
        _ => Step::File(name, bytes),
    }))
}

fn tar_fault(error: io::Error) -> Refusal {
    if error.get_ref().is_some_and(|inner| inner.is::<crate::gunzip::Fault>()) {
        return error.into();
    }
    let message = format!("the tar archive cannot be read further ({error}): fetch it again");
    Refusal::new("corrupt_archive", message, 0)
}
