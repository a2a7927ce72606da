//! Every output of an answer in codes, so that two answers can be held side by side.

use rules::Verdict;
use screening::{Field, RowAnswer, Screened};
use words::verdict::{path_code, population_code, purpose_code, verdict_code, why_codes};

/// The outputs by name, in the order of a result file.
const NAMES: [&str; 10] = [
    "case",
    "verdict",
    "why",
    "population",
    "score",
    "path",
    "not_met",
    "unknown",
    "shortfall",
    "missing",
];

/// An output that the columns and the simple evaluator tell differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unlike {
    /// Which.
    pub output: &'static str,
    /// What the columns say.
    pub columns: String,
    /// What the simple evaluator says.
    pub simple: String,
}

/// The outputs in which two answers differ.
pub(super) fn unlike(
    columns: Option<&RowAnswer>,
    simple: Option<&RowAnswer>,
    screened: &Screened,
    fields: &[Field],
) -> Vec<Unlike> {
    if columns == simple {
        return Vec::new();
    }
    let said = |answer: Option<&RowAnswer>| match answer {
        Some(answer) => outputs(answer, screened, fields),
        None => [const { String::new() }; NAMES.len()],
    };
    let pairs = NAMES.into_iter().zip(said(columns).into_iter().zip(said(simple)));
    pairs
        .filter(|(_, (columns, simple))| columns != simple)
        .map(|(output, (columns, simple))| Unlike { output, columns, simple })
        .collect()
}

fn outputs(answer: &RowAnswer, screened: &Screened, fields: &[Field]) -> [String; NAMES.len()] {
    let known = screened.cases.get(answer.case);
    let case = known
        .map(|case| format!("{}/{}/{}", purpose_code(case.purpose), case.version, case.base_year));
    let why = match answer.verdict {
        Verdict::Undetermined(why) => why_codes(why).join("+"),
        _ => String::new(),
    };
    let leaves = |bits: &[u64]| {
        let leaves = known.map(|case| case.leaves.as_slice()).unwrap_or_default();
        let named = leaves.iter().enumerate().filter(|(leaf, _)| is_set(bits, *leaf));
        named.map(|(_, leaf)| leaf.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let nearest = |place: usize| {
        let id = known.and_then(|case| case.criteria.get(place)).map_or("?", String::as_str);
        answer.shortfall.map_or_else(|| id.to_owned(), |ppm| format!("{id} {ppm}"))
    };
    let points = |points: i64| enterprise::format_decimal(points, 100);
    let score = answer.score.map(|(low, high)| format!("{}..{}", points(low), points(high)));
    let named = |field: &usize| fields.get(*field).map_or_else(|| "?".to_owned(), Field::name);
    [
        case.unwrap_or_else(|| "?".to_owned()),
        verdict_code(answer.verdict).to_owned(),
        why,
        population_code(answer.population).to_owned(),
        score.unwrap_or_default(),
        answer.path.map(path_code).unwrap_or_default().to_owned(),
        leaves(&answer.not_met),
        leaves(&answer.unknown),
        answer.nearest.map(nearest).unwrap_or_default(),
        answer.missing.iter().map(named).collect::<Vec<_>>().join(" "),
    ]
}

fn is_set(bits: &[u64], leaf: usize) -> bool {
    bits.get(leaf / 64).is_some_and(|word| word & (1 << (leaf % 64)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::{Population, Purpose, Standing, Why};
    use screening::{Case, Leaf};

    fn screened() -> Screened {
        let leaf = |id: &str| Leaf { id: id.to_owned(), label: Default::default() };
        Screened {
            id: "pilot".to_owned(),
            title: Default::default(),
            subject: "enterprise".to_owned(),
            cases: vec![Case {
                purpose: Purpose::New,
                version: "2026".to_owned(),
                base_year: 2025,
                standing: Standing::Binding,
                criteria: vec!["rd".to_owned(), "staff".to_owned()],
                leaves: vec![leaf("rd"), leaf("staff")],
                scored: false,
            }],
        }
    }

    fn answer() -> RowAnswer {
        RowAnswer {
            case: 0,
            verdict: Verdict::Ineligible,
            population: Population::OneShort,
            score: None,
            path: None,
            not_met: vec![0b01],
            unknown: vec![0],
            shortfall: Some(50_000),
            nearest: Some(0),
            missing: Vec::new(),
        }
    }

    #[test]
    fn equal_answers_have_nothing_unlike() {
        assert!(unlike(Some(&answer()), Some(&answer()), &screened(), &[]).is_empty());
        assert!(unlike(None, None, &screened(), &[]).is_empty());
    }

    #[test]
    fn each_output_that_differs_is_named_with_both_values() {
        let other = RowAnswer {
            verdict: Verdict::Undetermined(Why::DATA),
            not_met: vec![0b10],
            nearest: Some(1),
            ..answer()
        };
        let found = unlike(Some(&answer()), Some(&other), &screened(), &[]);
        let shown: Vec<_> = found
            .iter()
            .map(|one| [one.output, one.columns.as_str(), one.simple.as_str()])
            .collect();
        assert_eq!(
            shown,
            [
                ["verdict", "ineligible", "undetermined"],
                ["why", "", "data"],
                ["not_met", "rd", "staff"],
                ["shortfall", "rd 50000", "staff 50000"],
            ]
        );
    }

    #[test]
    fn an_answer_that_only_one_side_has_differs_in_all_it_says() {
        let found = unlike(Some(&answer()), None, &screened(), &[]);
        let first =
            found.first().map(|one| (one.output, one.columns.as_str(), one.simple.as_str()));
        assert_eq!(first, Some(("case", "new/2026/2025", "")));
        assert_eq!(found.len(), 5);
    }
}
