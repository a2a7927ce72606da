//! How much of a what-if somebody may know who sees no figures of firms. Whoever chooses a threshold reads figures off
//! exact counts: a firm that is counted at one value and not at the next has its figure in between.

use simulation::{Effect, Flows, Gate};

use crate::enterprises::Figures;

/// Fewer firms than this are not told apart from none, and no count is told more exactly than in steps of it.
const STEP: u64 = 5;
/// Where fewer firms come in and go out, nobody is told where they are.
const MANY: u64 = 50;

/// What may be known of counts of firms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// Everything.
    Exact,
    /// In steps, and where only of many.
    Rounded,
}

impl Disclosure {
    /// What goes with what is seen of the figures.
    pub fn of(figures: Figures) -> Self {
        match figures {
            Figures::Shown => Self::Exact,
            Figures::WithoutTax | Figures::Hidden => Self::Rounded,
        }
    }

    /// A number of firms; none if they are too few to be told.
    pub fn count(self, count: u64) -> Option<u64> {
        match self {
            Self::Exact => Some(count),
            Self::Rounded => (count == 0 || count >= STEP).then_some(in_steps(count)),
        }
    }

    /// What a benefit comes to, in fen; none if it is about too few. Rounded as the number of amounts is that it is
    /// made of, since of equal amounts the sum tells the number.
    pub fn money(self, flows: &Flows) -> Option<i128> {
        let net = flows.net();
        let all = [&flows.entering, &flows.leaving, &flows.after];
        let amounts: u64 = all.iter().map(|money| money.known).sum();
        match (self, self.count(amounts)?) {
            (Self::Exact, _) | (_, 0) => Some(net),
            (Self::Rounded, told) => {
                Some(net.saturating_mul(i128::from(told)) / i128::from(amounts))
            }
        }
    }

    /// Whether it may be told in which districts, industries and size classes they are.
    pub fn tells_where(self, effect: &Effect) -> bool {
        let (came, went) = effect.moves.through(Gate::Measurable);
        self == Self::Exact || came + went >= MANY
    }
}

fn in_steps(count: u64) -> u64 {
    count.saturating_add(STEP / 2) / STEP * STEP
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulation::Money;

    #[test]
    fn counts_are_told_in_steps_of_five_and_few_not_at_all() {
        let told = [0, 1, 4, 5, 7, 8, 12, 13, 72, 73].map(|count| Disclosure::Rounded.count(count));
        let step = |count| Some(count);
        let expected = [
            step(0),
            None,
            None,
            step(5),
            step(5),
            step(10),
            step(10),
            step(15),
            step(70),
            step(75),
        ];
        assert_eq!(told, expected);
        assert_eq!(Disclosure::Exact.count(3), Some(3));
        assert_eq!(Disclosure::Rounded.count(u64::MAX), Some(u64::MAX / 5 * 5));
    }

    /// 73 grants of 100,000 yuan: the sum must not say that it is 73.
    #[test]
    fn a_sum_says_no_more_than_the_number_of_its_amounts() {
        let each = 10_000_000;
        let money = |known: u64| Money { fen: i128::from(known) * each, known, ..Money::default() };
        let flows = Flows { entering: money(73), ..Flows::default() };
        assert_eq!(Disclosure::Exact.money(&flows), Some(73 * each));
        assert_eq!(Disclosure::Rounded.money(&flows), Some(75 * each));
        let few = Flows { leaving: money(3), ..Flows::default() };
        assert_eq!(Disclosure::Rounded.money(&few), None);
        assert_eq!(Disclosure::Rounded.money(&Flows::default()), Some(0));
    }
}
