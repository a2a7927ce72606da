//! One subject under construction: collects facts and problems, and in the end either admits the
//! whole subject or refuses the whole subject. Does not know the format of the file.

use enterprise::{
    Catalogue, Fact, Facts, Place, Problem, ProblemKind, Severity, Source, Uscc, Value,
    check_facts, uscc_problem,
};

use crate::read::Reading;
use crate::says::{refused, shown, warning};
use crate::seen::Seen;

/// More problems of one subject than anybody reads.
const MOST_PROBLEMS: usize = 200;

/// The fiscal years that can be meant.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// A subject under construction.
pub(crate) struct Draft<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) facts: Facts,
    place: Place,
    problems: Vec<Problem>,
    unsaid: usize,
    refused: bool,
    /// Whether a code was given, be it a right one or not.
    uscc_given: bool,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, place: Place) -> Self {
        Self {
            catalogue,
            facts: Facts::default(),
            place,
            problems: Vec::new(),
            unsaid: 0,
            refused: false,
            uscc_given: false,
        }
    }

    /// Adds a problem that concerns `field`.
    pub(crate) fn problem(&mut self, field: &str, problem: Problem) {
        self.refused |= problem.severity == Severity::Refused;
        if self.problems.len() >= MOST_PROBLEMS {
            self.unsaid += 1;
            return;
        }
        let field = (!field.is_empty()).then(|| field.to_owned());
        self.problems.push(problem.at(Place { field, ..self.place.clone() }));
    }

    /// Sets a fact that nothing else has set.
    pub(crate) fn set(
        &mut self,
        field: &str,
        indicator: &str,
        year: Option<i16>,
        value: Value,
        source: Source,
    ) {
        if self.facts.set(indicator, year, Fact { value, source }).is_some() {
            self.problem(
                field,
                refused(
                    ProblemKind::Conflict,
                    ("同一项事实给出了两次", "the same fact is given twice"),
                    ("请只保留一个", "keep only one of them"),
                ),
            );
        }
    }

    /// Sets the unified social credit code from text.
    pub(crate) fn uscc(&mut self, field: &str, text: &str) {
        self.uscc_given = true;
        match text.parse::<Uscc>() {
            Ok(uscc) => {
                if !uscc.organisation_code_checks() {
                    self.problem(field, embedded_code_warning(&uscc));
                }
                self.facts.uscc = Some(uscc);
            }
            Err(error) => self.problem(field, uscc_problem(text, &error)),
        }
    }

    /// Refuses a code that cannot even be tried.
    pub(crate) fn uscc_refused(&mut self, field: &str, problem: Problem) {
        self.uscc_given = true;
        self.problem(field, problem);
    }

    /// Admits or refuses the subject. `field` is where its code stands or should stand.
    pub(crate) fn finish(mut self, field: &str, seen: &mut Seen) -> Reading {
        if !self.uscc_given {
            self.problem(
                field,
                refused(
                    ProblemKind::Uscc,
                    ("缺少统一社会信用代码", "the unified social credit code is missing"),
                    ("请填写 18 位统一社会信用代码", "write the code of 18 characters"),
                ),
            );
        }
        if let Some(uscc) = &self.facts.uscc
            && let Some((sheet, first)) = seen.note(uscc, self.place.row.unwrap_or_default())
        {
            let (place, place_en) = match (&self.place.sheet, sheet) {
                (None, _) if field == "uscc" => {
                    (format!("第 {first} 个文档"), format!("document {first}"))
                }
                (_, Some(sheet)) => {
                    let sheet = shown(sheet);
                    (
                        format!("工作表“{sheet}”第 {first} 行"),
                        format!("row {first} of the sheet `{sheet}`"),
                    )
                }
                _ => (format!("第 {first} 行"), format!("row {first}")),
            };
            let problem = refused(
                ProblemKind::Duplicate,
                (
                    format!("“{uscc}”在{place}已经出现过"),
                    format!("`{uscc}` already stands in {place_en}"),
                ),
                ("请合并成一条", "merge the two into one"),
            );
            self.problem(field, problem);
        }
        for problem in check_facts(self.catalogue, &self.facts) {
            self.problem("", problem);
        }
        if self.unsaid > 0 {
            let more = self.unsaid;
            self.problems.push(
                warning(
                    ProblemKind::TooLarge,
                    (
                        format!("另有 {more} 个问题未列出"),
                        format!("{more} more problems are not listed"),
                    ),
                    ("请先改正已列出的", "correct those listed first"),
                )
                .at(self.place.clone()),
            );
        }
        let (name, code) = (self.facts.name.clone(), self.facts.uscc.clone());
        let facts = (!self.refused).then_some(self.facts);
        Reading { place: self.place, name, code, facts, problems: self.problems }
    }
}

fn embedded_code_warning(uscc: &Uscc) -> Problem {
    warning(
        ProblemKind::Uscc,
        (
            format!("“{uscc}”中的组织机构代码（第 9–17 位）不符合 GB 11714 校验"),
            format!(
                "the organisation code inside `{uscc}` (places 9 to 17) fails the check of GB 11714"
            ),
        ),
        (
            "整个代码的校验位是对的，已采用；请顺便核对",
            "the code as a whole is right and was taken; check it when convenient",
        ),
    )
}
