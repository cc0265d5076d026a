//! Numbers as bits: as they are, in unary, or in the code of Rice (1979), which takes little for small ones.

/// A unary part is no longer than this.
const UNARY: u32 = 1 << 16;
/// Bits of a window that are there wherever it begins.
const WHOLE: u32 = 57;

/// Bits being written, the highest of each byte first.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    free: u32,
}

impl Writer {
    /// The low `bits` of a number.
    pub(crate) fn put(&mut self, value: u32, bits: u32) {
        for at in (0..bits).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> at & 1) as u8) << self.free;
            }
        }
    }

    /// So many ones and a zero.
    pub(crate) fn unary(&mut self, count: u64) {
        for _ in 0..count {
            self.put(1, 1);
        }
        self.put(0, 1);
    }

    /// A number: all but its `low` lowest bits in unary, and those as they are.
    pub(crate) fn rice(&mut self, value: u32, low: u32) {
        self.unary(u64::from(value) >> low);
        self.put(value, low);
    }

    /// All that was written, filled up with zeros.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Bits being read.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    /// Reads `bytes` from that bit on.
    pub(crate) fn of(bytes: &[u8], at: usize) -> Reader<'_> {
        Reader { bytes, at }
    }

    /// The next bits, and zeros behind the end; all but the last seven are there.
    fn window(&self) -> u64 {
        let from = self.at / 8;
        let next = match self.bytes.get(from..).and_then(<[u8]>::first_chunk) {
            Some(next) => *next,
            None => {
                let rest = self.bytes.get(from..).unwrap_or_default();
                let mut next = [0; 8];
                next[..rest.len()].copy_from_slice(rest);
                next
            }
        };
        u64::from_be_bytes(next) << (self.at % 8)
    }

    /// A number of up to 32 bits.
    pub(crate) fn get(&mut self, bits: u32) -> Option<u32> {
        let window = self.window();
        self.at += bits as usize;
        (self.at <= 8 * self.bytes.len()).then(|| (window >> 32 >> (32 - bits)) as u32)
    }

    /// What [`Writer::unary`] wrote.
    pub(crate) fn unary(&mut self) -> Option<u32> {
        let mut count = 0;
        loop {
            let ones = self.window().leading_ones().min(32);
            self.get(ones)?;
            count += ones;
            if count > UNARY {
                return None;
            }
            if ones < 32 {
                self.get(1)?;
                return Some(count);
            }
        }
    }

    /// What [`Writer::rice`] wrote, of up to 32 low bits.
    pub(crate) fn rice(&mut self, low: u32) -> Option<u64> {
        let window = self.window();
        let ones = window.leading_ones();
        if ones + 1 + low > WHOLE {
            let high = self.unary()?;
            return Some(u64::from(high) << low | u64::from(self.get(low)?));
        }
        // Nearly all are short enough to be read at once.
        self.at += (ones + 1 + low) as usize;
        let rest = window << (ones + 1) >> 32;
        let part = rest >> (32 - low);
        (self.at <= 8 * self.bytes.len()).then_some(u64::from(ones) << low | part)
    }

    /// Whether all whole bytes were read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at.div_ceil(8) == self.bytes.len()
    }
}
