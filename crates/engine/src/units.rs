//! A table cut into units of work: runs of rows within one row group, in the order of the rows.
//! Results are written unit by unit, so that the cut depends on the files alone and not on how many
//! threads work: the same population gives the same file everywhere.

use std::ops::Range;

use crate::source::Source;

/// Enough to keep what a unit costs by itself small, little enough to keep every core busy.
pub(crate) const LARGEST: u64 = 65_536;

/// A run of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Index of the file.
    pub part: usize,
    /// Index of the row group in it.
    pub group: usize,
    /// Rows of that group.
    pub group_rows: u64,
    /// Rows within the group.
    pub rows: Range<u64>,
    /// The first of its rows, counted over the whole table.
    pub first: u64,
}

/// The units of a table.
pub(crate) fn units(source: &Source) -> Vec<Unit> {
    let groups = source.parts.iter().enumerate().flat_map(|(part, file)| {
        let groups = file.metadata.row_groups().iter().enumerate();
        groups
            .map(move |(group, known)| (part, group, u64::try_from(known.num_rows()).unwrap_or(0)))
    });
    cut(groups)
}

fn cut(groups: impl Iterator<Item = (usize, usize, u64)>) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut before = 0;
    for (part, group, group_rows) in groups {
        // Of much the same length: a rest of a few rows would be a unit of its own.
        let pieces = group_rows.div_ceil(LARGEST).max(1);
        for piece in 0..pieces {
            let (start, end) = (group_rows * piece / pieces, group_rows * (piece + 1) / pieces);
            if start < end {
                units.push(Unit {
                    part,
                    group,
                    group_rows,
                    rows: start..end,
                    first: before + start,
                });
            }
        }
        before += group_rows;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_follow_each_other_and_leave_no_row_out() {
        let groups = [(0, 0, 100), (0, 1, 0), (1, 0, 3 * LARGEST + 1), (1, 1, LARGEST)];
        let units = cut(groups.into_iter());
        let mut next = 0;
        for unit in &units {
            assert_eq!(unit.first, next);
            assert!(unit.rows.end - unit.rows.start <= LARGEST);
            next += unit.rows.end - unit.rows.start;
        }
        assert_eq!(next, groups.iter().map(|(_, _, rows)| rows).sum::<u64>());
        assert_eq!(units.len(), 1 + 4 + 1);
    }
}
