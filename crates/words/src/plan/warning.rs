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

#[cfg(test)]
mod tests {
    use enterprise::Kind;
    use jiff::civil::date;
    use rules::Operator;

    use super::super::step::tests::step;
    use super::*;

    fn said(from: i64, to: i64, today: Date) -> Vec<String> {
        let bound = if from < to { Operator::AtLeast } else { Operator::AtMost };
        let step = step(Kind::Money, Value::Number(from), Value::Number(to), bound);
        warnings(&step, today).into_iter().map(|warning| warning.zh).collect()
    }

    #[test]
    fn little_time_is_less_than_ninety_days() {
        assert_eq!(said(10, 11, date(2026, 11, 23)), ["距最后期限只有 38 天"]);
        assert_eq!(said(10, 11, date(2026, 10, 2)).len(), 0, "ninety days are left");
        assert_eq!(said(10, 11, date(2026, 10, 3)), ["距最后期限只有 89 天"]);
    }

    #[test]
    fn a_large_rise_is_more_than_half_of_the_value_and_a_fall_is_none() {
        let early = date(2026, 1, 1);
        assert_eq!(said(100, 588, early), ["增幅 488 %，须核实是否可行"]);
        assert_eq!(said(100, 150, early).len(), 0);
        assert_eq!(said(100, 10, early).len(), 0);
        assert_eq!(said(0, 10, early).len(), 0, "from nothing there is no rate");
    }
}
