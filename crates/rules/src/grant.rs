//! What a benefit comes to for one subject. Knows nothing of earlier payments and budgets.

use crate::amount::{Amount, Number};
use crate::context::Context;
use crate::exact::Exact;
use crate::programme::Benefit;
use crate::verdict::BenefitResult;

impl<'r> Context<'r, '_> {
    /// The amount, at most the cap and every ceiling: one grant alone can exceed none of them.
    pub(crate) fn benefit(&self, benefit: &'r Benefit) -> BenefitResult<'r> {
        let ceilings = benefit.ceilings.iter().map(|(_, limit)| limit.value);
        let most = ceilings.chain(benefit.cap.as_ref().map(|cap| cap.value)).reduce(smaller);
        let Some(quantity) = &benefit.amount else {
            return BenefitResult { benefit, amount: None, most, operands: Vec::new() };
        };
        let amount = match (self.amount(quantity), most) {
            (Amount::Known(Number::Exact(amount)), Some(most)) => {
                Amount::exact(Some(smaller(amount, most)))
            }
            (amount, _) => amount,
        };
        BenefitResult { benefit, amount: Some(amount), most, operands: self.operands(quantity) }
    }
}

fn smaller(left: Exact, right: Exact) -> Exact {
    if left.compare(right).is_some_and(std::cmp::Ordering::is_gt) { right } else { left }
}
