//! Compression of what a record keeps.
//!
//! zstd rather than deflate: at the same ratio it unpacks three times as fast, a frame carries a
//! checksum of its own, and it takes a dictionary, so that raw bytes cost next to nothing beside the text
//! that was taken from them.

use std::io::{self, Read};
use zstd::bulk::Compressor;
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
    let mut bytes = Vec::new();
    let unpacker = Decoder::with_dictionary(packed, dictionary(like))?;
    unpacker.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(io::Error::other("more than it can hold"));
    }
    Ok(bytes)
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
