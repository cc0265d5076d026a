//! Compression of what a record keeps.
//!
//! zstd rather than deflate: at the same ratio it unpacks three times as fast, a frame carries a
//! checksum of its own, and it takes a dictionary, so that raw bytes cost next to nothing beside the text
//! that was taken from them.

use serde_json::Value;
use std::cell::RefCell;
use std::io::{self, Read};
use std::sync::LazyLock;
use zstd::bulk::Compressor;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::stream::read::Decoder;
use zstd::zstd_safe::CParameter;

/// Past this level time grows faster than texts shrink.
const LEVEL: i32 = 9;
/// Bytes that one blob may unpack to: more than any limit of intake lets in.
const MOST: u64 = 256 << 20;
/// Bytes of a text that serve as a dictionary.
const DICTIONARY: usize = 1 << 20;

/// Stretches that texts have in common, trained on the sentences of `data/written_events` and
/// `data/written_names`. Part of form 1 of the file, which holds a copy: never changed.
pub(crate) const TEXT: &[u8] = include_bytes!("text_v1.dictionary");
/// The same for what was read in those sentences.
pub(crate) const READING: &[u8] = include_bytes!("reading_v1.dictionary");

/// The dictionary of texts, made ready once.
static TEXTS: LazyLock<(EncoderDictionary<'static>, DecoderDictionary<'static>)> =
    LazyLock::new(|| (EncoderDictionary::copy(TEXT, LEVEL), DecoderDictionary::copy(TEXT)));

thread_local! {
    static TEXT_PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Packs a text.
pub(crate) fn pack_text(text: &str) -> io::Result<Vec<u8>> {
    TEXT_PACKER.with_borrow_mut(|kept| {
        let packer = match kept {
            Some(packer) => packer,
            None => {
                let mut packer = Compressor::with_prepared_dictionary(&TEXTS.0)?;
                packer.set_parameter(CParameter::ChecksumFlag(true))?;
                kept.insert(packer)
            }
        };
        packer.compress(text.as_bytes())
    })
}

/// What [`pack_text`] packed.
///
/// # Errors
/// When the bytes are damaged; the checksum tells.
pub(crate) fn unpack_text(packed: &[u8]) -> io::Result<Vec<u8>> {
    drain(Decoder::with_prepared_dictionary(packed, &TEXTS.1)?)
}

/// Packs bytes; `like` is a dictionary or something they may repeat, or empty.
pub(crate) fn pack(bytes: &[u8], like: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = Compressor::with_dictionary(LEVEL, dictionary(like))?;
    packer.set_parameter(CParameter::ChecksumFlag(true))?;
    packer.compress(bytes)
}

/// What [`pack`] packed.
///
/// # Errors
/// When the bytes are damaged; the checksum tells.
pub(crate) fn unpack(packed: &[u8], like: &[u8]) -> io::Result<Vec<u8>> {
    drain(Decoder::with_dictionary(packed, dictionary(like))?)
}

fn drain(unpacker: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    unpacker.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(io::Error::other("more than it can hold"));
    }
    Ok(bytes)
}

/// First byte of the packed bytes of a row; a frame of zstd begins with another.
const ROW: u8 = 1;

/// Packs raw bytes, which the text was taken from; `row` says that they are a row of JSON Lines.
pub(crate) fn pack_raw(bytes: &[u8], text: &str, row: bool) -> io::Result<Vec<u8>> {
    if !row {
        return pack(bytes, text.as_bytes());
    }
    let mut packed = vec![ROW];
    packed.extend(pack(bytes, &as_in_row(text))?);
    Ok(packed)
}

/// What [`pack_raw`] packed.
///
/// # Errors
/// When the bytes are damaged.
pub(crate) fn unpack_raw(packed: &[u8], text: &str) -> io::Result<Vec<u8>> {
    match packed.split_first() {
        Some((&ROW, packed)) => unpack(packed, &as_in_row(text)),
        _ => unpack(packed, text.as_bytes()),
    }
}

/// A text as it stands in a row, behind what rows often hold.
fn as_in_row(text: &str) -> Vec<u8> {
    let text = Value::from(&text[..text.floor_char_boundary(DICTIONARY / 2)]);
    let usual = r#"{"id": "", "url": "https://www.", "title": "", "outlet": "", "published": "20", "language": "en", "text": "#;
    format!("{usual}{text}").into_bytes()
}

fn dictionary(like: &[u8]) -> &[u8] {
    &like[..like.len().min(DICTIONARY)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_and_back() {
        let text = "The port captain asked for mediation on Monday. ".repeat(20);
        let page = format!("<html><p>{text}</p></html>");
        for (bytes, like) in
            [("", ""), ("a", ""), (text.as_str(), ""), (page.as_str(), text.as_str())]
        {
            let packed = pack(bytes.as_bytes(), like.as_bytes()).unwrap();
            assert_eq!(unpack(&packed, like.as_bytes()).unwrap(), bytes.as_bytes());
        }
        assert!(pack(page.as_bytes(), text.as_bytes()).unwrap().len() < 60);
    }

    #[test]
    fn texts_are_packed_by_the_dictionary_that_the_file_holds() {
        let text = "The harbour pilots struck on Monday, officials said.";
        let packed = pack_text(text).unwrap();
        assert_eq!(unpack_text(&packed).unwrap(), text.as_bytes());
        assert_eq!(unpack(&packed, TEXT).unwrap(), text.as_bytes());
        assert_eq!(unpack_text(&pack(text.as_bytes(), TEXT).unwrap()).unwrap(), text.as_bytes());
    }

    #[test]
    fn rows_are_packed_by_their_text() {
        let text = "The \"port\" captain\n\nasked for mediation on Monday.\n".repeat(20);
        let row = serde_json::json!({"id": "a", "text": text, "title": "The port"}).to_string();
        let packed = pack_raw(row.as_bytes(), &text, true).unwrap();
        assert!(packed.len() < 70, "{}", packed.len());
        assert_eq!(unpack_raw(&packed, &text).unwrap(), row.as_bytes());
        let page = pack_raw(row.as_bytes(), &text, false).unwrap();
        assert_eq!(unpack_raw(&page, &text).unwrap(), row.as_bytes());
    }

    #[test]
    fn a_changed_bit_is_seen() {
        let packed =
            pack("The pilots' guild of Aktau met the port captain.".as_bytes(), b"").unwrap();
        for bit in 0..packed.len() * 8 {
            let mut changed = packed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let same = unpack(&changed, b"").is_ok_and(|bytes| {
                bytes != "The pilots' guild of Aktau met the port captain.".as_bytes()
            });
            assert!(!same, "bit {bit}");
        }
    }
}
