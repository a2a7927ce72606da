//! Parquet's hybrid of run lengths and bit packing: small numbers in as few bits as they need, long
//! runs of one number in a few bytes.

/// Groups of eight that one run of packed numbers may have, so that its head is one byte.
const MOST_GROUPS: usize = 63;
/// Equal numbers that are worth a run of their own.
const WORTH: usize = 24;

/// How many bits the numbers up to `largest` need.
pub(super) fn width(largest: usize) -> u8 {
    let bits = usize::BITS - largest.leading_zeros();
    u8::try_from(bits).unwrap_or(u8::MAX)
}

/// Appends `numbers`, each below 2 to the power of `width`, which is at most 16.
pub(super) fn append<T: Copy + Eq + Into<u64>>(numbers: &[T], width: u8, to: &mut Vec<u8>) {
    let mut packed = Packed { head: None, groups: 0, width: usize::from(width) };
    let mut rest = numbers;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|number| *number == first).count();
        if run >= WORTH || run == rest.len() {
            packed.close();
            repeated((*first).into(), run, width, to);
            rest = rest.get(run..).unwrap_or_default();
            continue;
        }
        // A group is begun with what is known to differ soon.
        let (group, after) = rest.split_at(rest.len().min(8));
        packed.push(group, to);
        rest = after;
    }
    packed.close();
}

/// Appends one number so many times.
pub(super) fn repeated(number: u64, times: usize, width: u8, to: &mut Vec<u8>) {
    head((times as u64) << 1, to);
    to.extend(number.to_le_bytes().iter().take(usize::from(width.div_ceil(8))));
}

/// Appends bits that are packed already, eight to a byte.
pub(super) fn bits(packed: &[u8], to: &mut Vec<u8>) {
    head((packed.len() as u64) << 1 | 1, to);
    to.extend_from_slice(packed);
}

/// A run of packed numbers, whose head is written when its length is known.
struct Packed {
    head: Option<usize>,
    groups: usize,
    width: usize,
}

impl Packed {
    fn push<T: Copy + Into<u64>>(&mut self, group: &[T], to: &mut Vec<u8>) {
        if self.groups == MOST_GROUPS {
            self.close();
        }
        let head = *self.head.get_or_insert_with(|| {
            to.push(0);
            to.len() - 1
        });
        // Eight numbers of at most 16 bits.
        let mut bits = 0u128;
        for (place, number) in group.iter().enumerate() {
            bits |= u128::from((*number).into()) << (place * self.width);
        }
        let bytes = bits.to_le_bytes();
        to.extend_from_slice(bytes.get(..self.width).unwrap_or_default());
        self.groups += 1;
        if let (Some(head), Ok(groups)) = (to.get_mut(head), u8::try_from(self.groups)) {
            *head = groups << 1 | 1;
        }
    }

    fn close(&mut self) {
        (self.head, self.groups) = (None, 0);
    }
}

fn head(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}
