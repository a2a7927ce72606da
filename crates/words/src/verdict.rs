//! Verdicts and the states of programmes in words and as stable codes.

use crate::programme::qualified;
use enterprise::Text;
use rules::{
    Answer, Outcome, Path, Population, Purpose, PurposeBecause, Standing, Truth, Verdict, Why,
};

/// The stable word of a verdict.
pub fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined(_) => "undetermined",
    }
}

/// The verdict with its reasons: `待定·缺数据、待判断`.
pub fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Eligible => Text::new("符合", "eligible"),
        Verdict::Ineligible => Text::new("不符合", "ineligible"),
        Verdict::Undetermined(reasons) => {
            let reasons = crate::join(&why(reasons), "、", ", ");
            Text::new(format!("待定·{}", reasons.zh), format!("undetermined: {}", reasons.en))
        }
    }
}

/// The conclusion of a whole answer, with what its standing makes of it.
pub fn conclusion(answer: &Answer<'_>) -> Text {
    let Outcome::Assessed(assessment) = &answer.outcome else {
        return Text::new("无现行版本", "no version in force");
    };
    let words = verdict(assessment.verdict);
    let conditional = |words: Text| {
        if assessment.assumptions.is_empty() {
            words
        } else {
            Text::new(format!("{}（有假定）", words.zh), format!("{} (assumed)", words.en))
        }
    };
    match assessment.version.standing {
        Standing::Indicative => conditional(qualified(words, Standing::Indicative)),
        _ => conditional(words),
    }
}

/// The reasons of an undetermined verdict as stable words.
pub fn why_codes(why: Why) -> Vec<&'static str> {
    let named = [(why.data, "data"), (why.judgement, "judgement"), (why.open, "open")];
    named.into_iter().filter(|(there, _)| *there).map(|(_, code)| code).collect()
}

/// Why there is no verdict yet, as stable words; none if there is one, or no text of the law.
pub fn undetermined_codes(verdict: Option<Verdict>) -> Vec<&'static str> {
    match verdict {
        Some(Verdict::Undetermined(why)) => why_codes(why),
        _ => Vec::new(),
    }
}

fn why(why: Why) -> Vec<Text> {
    let named = [
        (why.data, Text::new("缺数据", "data missing")),
        (why.judgement, Text::new("待判断", "judgement pending")),
        (why.open, crate::programme::worth(Standing::Open).unwrap_or_default()),
    ];
    named.into_iter().filter(|(there, _)| *there).map(|(_, text)| text).collect()
}

/// The stable word of a status.
pub fn truth_code(truth: Truth) -> &'static str {
    match truth {
        Truth::Met => "met",
        Truth::NotMet => "not_met",
        Truth::Unknown(_) => "unknown",
        Truth::NotApplicable => "not_applicable",
    }
}

/// The status in a word.
pub fn truth(truth: Truth) -> Text {
    match truth {
        Truth::Met => Text::new("符合", "met"),
        Truth::NotMet => Text::new("不符合", "not met"),
        Truth::Unknown(reasons) => {
            let reasons = crate::join(&why(reasons), "、", ", ");
            Text::new(format!("待定·{}", reasons.zh), format!("undetermined: {}", reasons.en))
        }
        Truth::NotApplicable => Text::new("不适用", "not applicable"),
    }
}

/// The purpose.
pub fn purpose(purpose: Purpose) -> Text {
    match purpose {
        Purpose::New => Text::new("新申报", "new"),
        Purpose::ReReview => Text::new("复核", "re-review"),
        Purpose::Yearly => Text::new("年度评价", "yearly"),
    }
}

/// The stable word of how the purpose was chosen.
pub fn because_code(because: PurposeBecause) -> &'static str {
    match because {
        PurposeBecause::Asked => "asked",
        PurposeBecause::TitleHeld => "title_held",
        PurposeBecause::NotHeld => "title_not_held",
        PurposeBecause::TitlesUnknown => "titles_unknown",
    }
}

/// The stable word of a population.
pub fn population_code(population: Population) -> &'static str {
    match population {
        Population::Eligible => "eligible",
        Population::JudgementPending => "judgement-pending",
        Population::OneShort => "one-short",
        Population::LackOfData => "lack-of-data",
        Population::No => "no",
    }
}

/// The population in words.
pub fn population(population: Population) -> Text {
    match population {
        Population::Eligible => Text::new("符合", "eligible"),
        Population::JudgementPending => {
            Text::new("可量化条件全部满足，待判断", "all measurable met, judgement pending")
        }
        Population::OneShort => Text::new("只差一项可量化条件", "one measurable criterion short"),
        Population::LackOfData => Text::new("缺数据，不能判定", "cannot tell for lack of data"),
        Population::No => Text::new("不符合", "no"),
    }
}

/// Where somebody stands, with what the standing of the text makes of it: `参考：符合`. By a standard that is not public
/// nobody can be told to stand anywhere.
pub fn stand(population: Population, standing: Standing) -> Text {
    said_with(self::population(population), standing)
}

/// The same for one that is short of a criterion which is no distance to a threshold: a size class, a veto, a title.
pub fn short_of_no_figure(standing: Standing) -> Text {
    let words = Text::new("只差一项，但不是数值差距", "one criterion short, but not by a figure");
    said_with(words, standing)
}

/// The same in as few words as a table has room for.
pub fn stand_in_short(population: Population, standing: Standing) -> Text {
    said_with(population_in_short(Some(population)), standing)
}

fn said_with(words: Text, standing: Standing) -> Text {
    match (standing, crate::programme::worth(standing)) {
        (Standing::Open, Some(not_public)) => not_public,
        _ => qualified(words, standing),
    }
}

/// The population in as few words as a table has room for; `None` where nobody is judged.
pub fn population_in_short(population: Option<Population>) -> Text {
    match population {
        Some(Population::Eligible) => Text::new("符合", "eligible"),
        Some(Population::JudgementPending) => Text::new("待判断", "to be judged"),
        Some(Population::OneShort) => Text::new("差一项", "one short"),
        Some(Population::LackOfData) => Text::new("缺数据", "lack of data"),
        Some(Population::No) => Text::new("不符合", "no"),
        None => Text::new("不判定", "not judged"),
    }
}

/// The stable word of a path.
pub fn path_code(path: Path) -> &'static str {
    match path {
        Path::Direct => "direct",
        Path::Scored => "scored",
    }
}

/// The stable word of a purpose.
pub fn purpose_code(purpose: Purpose) -> &'static str {
    purpose.code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_conclusion_says_so() {
        for (standing, zh, en) in [
            (Standing::Binding, "差一项", "one short"),
            (Standing::Indicative, "参考：差一项", "indicative: one short"),
            (Standing::Historical, "历史：差一项", "historical: one short"),
            (Standing::Open, "标准未公开", "standard not public"),
        ] {
            assert_eq!(stand_in_short(Population::OneShort, standing), Text::new(zh, en));
        }
        let long = stand(Population::LackOfData, Standing::Indicative);
        assert_eq!(long.zh, "参考：缺数据，不能判定");
        let open = stand(Population::LackOfData, Standing::Open);
        assert_eq!(open, Text::new("标准未公开", "standard not public"));
    }

    #[test]
    fn verdicts_name_their_reasons() {
        let both = Why::DATA | Why::JUDGEMENT;
        for (given, zh, en, codes) in [
            (Verdict::Eligible, "符合", "eligible", &[][..]),
            (Verdict::Ineligible, "不符合", "ineligible", &[]),
            (
                Verdict::Undetermined(Why::DATA),
                "待定·缺数据",
                "undetermined: data missing",
                &["data"],
            ),
            (
                Verdict::Undetermined(both),
                "待定·缺数据、待判断",
                "undetermined: data missing, judgement pending",
                &["data", "judgement"],
            ),
            (
                Verdict::Undetermined(Why::OPEN),
                "待定·标准未公开",
                "undetermined: standard not public",
                &["open"],
            ),
        ] {
            assert_eq!(verdict(given), Text::new(zh, en));
            if let Verdict::Undetermined(why) = given {
                assert_eq!(why_codes(why), codes);
            }
        }
    }
}
