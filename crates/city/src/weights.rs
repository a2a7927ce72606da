//! One of several by shares that differ between classes.

use crate::draw::Dice;
use crate::profile::PerClass;

/// Running totals of shares, for each class.
#[derive(Debug, Clone)]
pub(crate) struct Weights(Vec<Vec<u64>>);

impl Weights {
    /// Shares for so many classes.
    pub(crate) fn new<'p>(shares: impl Iterator<Item = &'p PerClass> + Clone, classes: u8) -> Self {
        let totals = |class| {
            let mut total = 0_u64;
            let running = shares.clone().map(|share| {
                total = total.saturating_add(u64::try_from(share.of(class)).unwrap_or(0));
                total
            });
            running.collect()
        };
        Self((0..classes).map(totals).collect())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    /// The number of the one that is drawn; the first if no share is given.
    pub(crate) fn draw(&self, class: u8, dice: &mut Dice) -> usize {
        let Some(totals) = self.0.get(usize::from(class)) else { return 0 };
        let all = totals.last().copied().unwrap_or(0);
        let drawn = dice.below(all.max(1));
        totals.partition_point(|total| *total <= drawn).min(totals.len().saturating_sub(1))
    }
}
