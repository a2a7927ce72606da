//! Figures that contradict each other, as problems with the given data.

use enterprise::{Place, Problem, ProblemKind, Text};
use rules::{Discrepancy, Measure};

use crate::amounts::readable;

/// The discrepancy as a warning about the subject that stands at `place`.
pub fn problem(discrepancy: &Discrepancy, place: &Place) -> Problem {
    let indicator = &discrepancy.indicator;
    let measure = Measure::of(&indicator.kind);
    let computed = readable(discrepancy.computed, &measure);
    let year = discrepancy.year.map(|year| format!(" {year}")).unwrap_or_default();
    let label = &indicator.label;
    let (kind, message) = match discrepancy.given {
        Some(given) => {
            let given = readable(given, &measure);
            let zh =
                format!("“{}”{year} 填报为 {}，按明细计算为 {}", label.zh, given.zh, computed.zh);
            let en =
                format!("{}{year} is given as {}, computed as {}", label.en, given.en, computed.en);
            (ProblemKind::Conflict, Text::new(zh, en))
        }
        None => {
            let zh = format!("“{}”{year} 按明细计算为 {}，超出可能的范围", label.zh, computed.zh);
            let en = format!(
                "{}{year} is computed as {}, which no firm can have",
                label.en, computed.en
            );
            (ProblemKind::OutOfRange, Text::new(zh, en))
        }
    };
    let help = match discrepancy.given {
        Some(_) => Text::new("结论采用填报数；请核对", "the given figure was used; check both"),
        None => {
            Text::new("结论采用计算数；请核对明细", "the computed figure was used; check its parts")
        }
    };
    let field = Some(indicator.id.clone());
    Problem::warning(kind, message, help).at(Place { field, ..place.clone() })
}
