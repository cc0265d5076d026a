//! What is seen of a word, as hashed names: a template and the words that fill it.

/// A list of features, as hashes.
#[derive(Debug, Default)]
pub(crate) struct Features {
    /// Hash of each feature.
    pub(crate) hashes: Vec<u32>,
    /// Hash and words of each feature, kept only where somebody wants to read them.
    pub(crate) named: Option<Vec<(u32, String)>>,
}

impl Features {
    /// A list that keeps what its features say.
    pub(crate) fn told() -> Features {
        Features { hashes: Vec::new(), named: Some(Vec::new()) }
    }

    /// Empties the list and keeps its room.
    pub(crate) fn clear(&mut self) {
        self.hashes.clear();
        if let Some(named) = &mut self.named {
            named.clear();
        }
    }

    /// Adds the feature that `template` and `parts` make.
    pub(crate) fn add(&mut self, template: &str, parts: &[&str]) {
        let mut hash = fold(0x811c_9dc5, template);
        for part in parts {
            hash = fold(hash, part);
        }
        let hash = finish(hash);
        self.hashes.push(hash);
        if let Some(named) = &mut self.named {
            named.push((hash, format!("{template} = {}", parts.join(" "))));
        }
    }
}

/// FNV-1a over the bytes of a part and a byte that ends it.
fn fold(mut hash: u32, part: &str) -> u32 {
    for byte in part.bytes().chain([0x1f]) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// The feature `hash` seen together with class `class`; `train/events.py` does the same.
pub(crate) fn crossed(hash: u32, class: usize) -> u32 {
    let key = (class as u32 + 1).wrapping_mul(0x9e37_79b1);
    let hash = (hash ^ key).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_its_template_and_its_parts_in_order() {
        let hash = |template: &str, parts: &[&str]| {
            let mut made = Features::default();
            made.add(template, parts);
            made.hashes[0]
        };
        assert_eq!(hash("a", &["b", "c"]), hash("a", &["b", "c"]));
        assert_ne!(hash("a", &["b", "c"]), hash("a", &["bc"]));
        assert_ne!(hash("a", &["b", "c"]), hash("a", &["c", "b"]));
        assert_ne!(crossed(7, 0), crossed(7, 1));
    }
}
