//! The two hash functions that the weights were trained with.

/// MurmurHash64A with seed 1: the 64-bit id that spaCy's string store gives a string.
pub(crate) fn string_hash(text: &str) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let bytes = text.as_bytes();
    let mut h = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        for (i, &byte) in tail.iter().enumerate() {
            h ^= u64::from(byte) << (8 * i);
        }
        h = h.wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

/// The four table keys that thinc's hash embedding derives from a feature id: MurmurHash3 (x64,
/// 128 bits) of the eight bytes of `id`, read as four 32-bit numbers.
pub(crate) fn embedding_keys(id: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31);
    h1 = h1.wrapping_mul(0x4cf5_ad43_2745_937f) ^ seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

/// The finaliser of MurmurHash3.
fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_those_of_the_string_store() {
        for (text, id) in [
            ("apple", 8566208034543834098),
            ("a", 11901859001352538922),
            ("Tehran’s", 5271930180447686143),
            ("internationally", 11070640195767574431),
        ] {
            assert_eq!(string_hash(text), id, "{text}");
        }
    }

    #[test]
    fn embedding_keys_are_those_of_thinc() {
        for (id, keys) in [
            (0, [0, 0, 0, 0]),
            (1, [1161550108, 2247783286, 1742325162, 1224191281]),
            (8566208034543834098, [2653853934, 3922826080, 3980780901, 3736755472]),
            (u64::MAX, [2488739950, 2974852181, 1585626277, 2314794624]),
        ] {
            assert_eq!(embedding_keys(id, 8), keys, "{id}");
        }
    }
}
