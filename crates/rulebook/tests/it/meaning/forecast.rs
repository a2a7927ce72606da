//! The columns of a page that tell how a verdict goes on.

use enterprise::{Catalogue, FactKey, Facts};
use jiff::civil::Date;
use rules::forecast::{Ends, Forecast, Outlook, Period, forecast};
use rules::{Carry, Question, Rulebook};

use super::law::PROGRAMME;
use super::words;

/// A forecast for one row.
pub(crate) struct Told<'r>(Forecast<'r>);

impl<'r> Told<'r> {
    pub(crate) fn of(
        rulebook: &'r Rulebook,
        facts: &Facts,
        question: &Question,
        until: Date,
    ) -> Self {
        let programme = rulebook.programme(PROGRAMME).unwrap();
        let purpose = question.purpose;
        let outlook = Outlook { today: question.as_of, until: Some(until), purpose };
        Self(forecast(rulebook, programme, facts, &outlook))
    }

    /// What came out in a column; `None` for columns that are not about the forecast.
    pub(crate) fn found(&self, rulebook: &Rulebook, column: &str) -> Option<String> {
        let told = &self.0;
        let first = |period: Option<&Period<'_>>| match period {
            Some(period) => period.from.to_string(),
            None => "—".to_owned(),
        };
        Some(match column {
            "时段" => told.periods.iter().map(period).collect::<Vec<_>>().join("；"),
            "沿用" => carried(&rulebook.catalogue, &told.assumed),
            "转好" => first(told.turns()),
            "失去" => first(told.lost()),
            "待新判断" => first(told.waits()),
            "止于" => {
                let ends = matches!(told.ends, Ends::NoVersion(_));
                format!("{}{}", told.until, if ends { "（无后续版本）" } else { "" })
            }
            _ => return None,
        })
    }
}

fn period(period: &Period<'_>) -> String {
    let verdict = period.answer.verdict().map_or("无版本".to_owned(), words::verdict);
    format!("{} {verdict}", period.from)
}

fn carried(catalogue: &Catalogue, assumed: &[Carry]) -> String {
    if assumed.is_empty() {
        return "—".to_owned();
    }
    let fact = |key: &FactKey| {
        let label = &catalogue.indicator(&key.indicator).unwrap().label.zh;
        format!("{label} {}", key.year.unwrap())
    };
    let said = assumed.iter().map(|step| match step {
        Carry::Same { key, from } => format!("{} 同 {from}", fact(key)),
        Carry::Grown { key, from } => format!("{} 由 {from} 累加", fact(key)),
        Carry::Nothing { key } => format!("{} 无", fact(key)),
        Carry::NoEvents { kind, after } if kind == "*" => format!("{after} 后无事件"),
        Carry::NoEvents { kind, after } => {
            format!("{after} 后无{}", catalogue.event(kind).unwrap().label.zh)
        }
    });
    said.collect::<Vec<_>>().join("；")
}
