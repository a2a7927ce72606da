//! What to look at twice before a step is begun: little time left, a large rise. Plain figures; no
//! judgement on whether it can be done.

use enterprise::{Text, Value};
use jiff::civil::Date;
use rules::plan::Step;

use super::step::relative;

/// A last day within so many days leaves little time.
const SHORT: i32 = 90;
/// A rise by more than this, in parts per million, is a large one.
const LARGE: i64 = 500_000;

/// The days from one to the other.
pub fn days_until(today: Date, day: Date) -> i32 {
    day.since(today).map_or(0, |span| span.get_days())
}

/// The warnings of a step: `距最后期限只有 38 天`, `增幅 488 %，须核实是否可行`.
pub fn warnings(step: &Step<'_>, today: Date) -> Vec<Text> {
    let mut warnings = Vec::new();
    let left = days_until(today, step.by);
    if left < SHORT {
        let days = if left == 1 { "day" } else { "days" };
        warnings.push(Text::new(
            format!("距最后期限只有 {left} 天"),
            format!("only {left} {days} to the last day"),
        ));
    }
    let rises =
        matches!((&step.from, &step.to), (Value::Number(from), Value::Number(to)) if from < to);
    if let Some(ppm) = relative(step).filter(|ppm| rises && *ppm > LARGE) {
        let percent = ppm.div_euclid(10_000) + i64::from(ppm.rem_euclid(10_000) >= 5_000);
        warnings.push(Text::new(
            format!("增幅 {percent} %，须核实是否可行"),
            format!("a rise of {percent} %: check whether it can be done"),
        ));
    }
    warnings
}
