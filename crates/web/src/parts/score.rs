//! A score as a bar: what is certain, what is still possible, and the mark to pass.

use askama::Template;

use super::Tone;
use crate::lang::Say;

/// A score as a bar. Points are in hundredths.
#[derive(Template, Clone)]
#[template(path = "parts/score.html")]
pub(crate) struct ScoreBar {
    pub say: Say,
    /// What is scored.
    pub label: String,
    /// What is certain.
    pub low: i64,
    /// What is possible.
    pub high: i64,
    pub max: i64,
    /// The points to pass, if there is such a mark.
    pub pass: Option<i64>,
}

impl ScoreBar {
    /// A place on the bar in thousandths of its length.
    fn at(&self, points: &i64) -> i64 {
        let most = self.max.max(self.high).max(1);
        (*points).clamp(0, most) * 1000 / most
    }

    /// `62–78`, or `62` once it is certain.
    fn bounds(&self) -> String {
        if self.low == self.high {
            points(self.low)
        } else {
            format!("{}–{}", points(self.low), points(self.high))
        }
    }

    fn most(&self) -> String {
        points(self.max)
    }

    fn mark(&self) -> Option<String> {
        self.pass.map(points)
    }

    /// Whether it passes, fails, or cannot be told yet.
    pub fn tone(&self) -> Tone {
        match self.pass {
            None => Tone::Plain,
            Some(pass) if self.low >= pass => Tone::Good,
            Some(pass) if self.high < pass => Tone::Bad,
            Some(_) => Tone::Open,
        }
    }

    fn word(&self) -> String {
        match self.tone() {
            Tone::Good => self.say.t("score.passes"),
            Tone::Bad => self.say.t("score.fails"),
            Tone::Open => self.say.t("score.open"),
            _ => String::new(),
        }
    }
}

/// Points without zeros that say nothing.
pub(crate) fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "−" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn bounds_decide_as_soon_as_they_can() {
        let table = [
            (6000, 6000, Tone::Good, "60"),
            (5950, 5950, Tone::Bad, "59.5"),
            (5000, 7025, Tone::Open, "50–70.25"),
            (0, 5999, Tone::Bad, "0–59.99"),
        ];
        for (low, high, tone, bounds) in table {
            let say = Say(Lang::Zh);
            let bar =
                ScoreBar { say, label: String::new(), low, high, max: 10000, pass: Some(6000) };
            assert_eq!((bar.tone(), bar.bounds().as_str()), (tone, bounds));
            assert!(bar.at(&low) <= bar.at(&high) && bar.at(&high) <= 1000);
        }
    }
}
