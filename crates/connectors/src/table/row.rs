//! Rows one after another: which of them are subjects, and what each says. Notes and blank rows
//! are passed over; a row with data but without a code is refused, never dropped.

use std::ops::ControlFlow;
use std::sync::Arc;

use enterprise::{Catalogue, Judgement, Place, Problem, ProblemKind, Source, Uscc};
use unicode_normalization::UnicodeNormalization as _;

use super::cell::Cell;
use super::columns::{Column, Target};
use super::lists;
use super::names::Names;
use super::values::{unusable, value, yes_or_no};
use crate::read::Intake;
use crate::says::{refused, shown, warning};
use crate::seen::Seen;
use crate::subject::Draft;

/// More passed-over rows than anybody wants to read about.
const MOST_PASSED_OVER: u32 = 20;

/// What the rows of one table share.
pub(crate) struct Rows<'a, 'i> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) names: &'a Names,
    pub(crate) columns: &'a [Column],
    /// File and sheet.
    pub(crate) place: Place,
    pub(crate) intake: &'a mut Intake<'i>,
    pub(crate) seen: Seen,
    pub(crate) passed_over: u32,
}

static BLANK: Cell = Cell::Blank;

impl Rows<'_, '_> {
    /// Takes the row `number`, whose cells come by column from left to right. `damage` is what the
    /// format has against the row as a whole.
    pub(crate) fn take(
        &mut self,
        number: u64,
        cells: &[(u32, Cell)],
        damage: Option<Problem>,
    ) -> ControlFlow<()> {
        let cell_at = |index: u32| {
            let found = cells.binary_search_by_key(&index, |(place, _)| *place).ok();
            found.and_then(|found| cells.get(found)).map_or(&BLANK, |(_, cell)| cell)
        };
        let cells: Vec<(&Column, &Cell)> =
            self.columns.iter().map(|column| (column, cell_at(column.index))).collect();
        let of = |wanted: &Target| cells.iter().find(|(column, _)| column.target == *wanted);
        let code = of(&Target::Uscc).map_or(&BLANK, |(_, cell)| *cell);
        let name = of(&Target::Name).map_or(&BLANK, |(_, cell)| *cell);
        let no_data = cells
            .iter()
            .filter(|(column, _)| !matches!(column.target, Target::Uscc | Target::Name))
            .all(|(_, cell)| cell.is_blank());
        if self.repeats_header(code) || (no_data && self.passes_over(number, code, name)) {
            return ControlFlow::Continue(());
        }
        let place = Place { row: Some(number), ..self.place.clone() };
        let source: Arc<str> = Arc::from(place.to_string());
        let mut draft = Draft::new(self.catalogue, place);
        for (column, cell) in &cells {
            take_cell(&mut draft, column, cell, &source, self.intake);
        }
        lists::titles(&mut draft, &cells);
        lists::events(&mut draft, &cells);
        let code_field =
            of(&Target::Uscc).map(|(column, _)| column.field.clone()).unwrap_or_default();
        if let Some(damage) = damage {
            draft.problem("", damage);
        }
        self.intake.take(draft.finish(&code_field, &mut self.seen))
    }

    /// Whether the header is printed again, as on every page.
    fn repeats_header(&self, code: &Cell) -> bool {
        match code {
            Cell::Text(text) if text.len() != 18 => self.names.is_code(text),
            _ => false,
        }
    }

    /// Whether a row without data is no subject: a blank one or a note.
    fn passes_over(&mut self, number: u64, code: &Cell, name: &Cell) -> bool {
        let code_words = code.words();
        if code.is_blank() && name.is_blank() {
            return true;
        }
        let looks_like_code = code_words.chars().any(|character| character.is_ascii_alphanumeric())
            && !code_words.chars().any(|character| character > '\u{2E80}');
        if looks_like_code || !matches!(code, Cell::Blank | Cell::Text(_)) {
            return false;
        }
        let words = if code.is_blank() { name.words() } else { code_words };
        let note = words.contains([':', '：'])
            || ["注", "说明", "备注"].iter().any(|word| words.starts_with(word));
        if !note && self.passed_over < MOST_PASSED_OVER {
            self.passed_over += 1;
            let words = shown(&words);
            let problem = warning(
                ProblemKind::Uscc,
                (
                    format!("“{words}”一行没有统一社会信用代码，也没有数据，已跳过"),
                    format!("the row of `{words}` has neither a code nor data and was passed over"),
                ),
                ("如果是一户企业，请补上代码", "if it is a subject, add its code"),
            );
            let place = Place { row: Some(number), ..self.place.clone() };
            self.intake.summary.problems.push(problem.at(place));
        }
        true
    }
}

fn take_cell(
    draft: &mut Draft<'_>,
    column: &Column,
    cell: &Cell,
    source: &Arc<str>,
    intake: &mut Intake<'_>,
) {
    let field = column.field.as_str();
    match &column.target {
        Target::Uscc => take_code(draft, field, cell),
        Target::Name => match cell {
            Cell::Blank => {}
            Cell::Error(_) | Cell::Uncomputed | Cell::NoDate(_) | Cell::TooLong => {
                draft.problem(field, *unusable(cell));
            }
            _ => draft.facts.name = Some(cell.words()),
        },
        Target::Fact { indicator, year, unit } => match value(indicator, cell, unit.as_ref()) {
            Ok(None) => {}
            Ok(Some(value)) => {
                let source = Source { name: Some(Arc::clone(source)), known: None };
                draft.set(field, &indicator.id, *year, value, source);
            }
            Err(_) if is_declared_blank(cell, intake) => intake.summary.blanked += 1,
            Err(problem) => draft.problem(field, with_blank_hint(*problem, cell)),
        },
        Target::Judged(owner, criterion) => {
            if cell.is_blank() {
                return;
            }
            match yes_or_no(cell) {
                Some(met) => draft.facts.judgements.push(Judgement {
                    owner: owner.clone(),
                    criterion: criterion.clone(),
                    met,
                    by: None,
                    on: None,
                    note: None,
                }),
                None => draft.problem(
                    field,
                    refused(
                        ProblemKind::WrongType,
                        (
                            format!("“{}”不是判断结论", shown(&cell.words())),
                            format!("`{}` is not a judgement", shown(&cell.words())),
                        ),
                        (
                            "请填“是”或“否”，未判断的留空",
                            "write 是 (yes) or 否 (no); leave it empty if it is not judged",
                        ),
                    ),
                ),
            }
        }
        Target::TitleFrom(_)
        | Target::TitleTo(_)
        | Target::EventDates(_)
        | Target::EventAttribute(..)
        | Target::EventsUntil(_) => {}
    }
}

/// Whether the cell holds a word that was declared to mean that nothing is known.
fn is_declared_blank(cell: &Cell, intake: &Intake<'_>) -> bool {
    matches!(cell, Cell::Text(text) if intake.blanks.has(text))
}

/// What to do about a word that may mean that nothing is known, or that there is nothing: nobody guesses.
fn with_blank_hint(mut problem: Problem, cell: &Cell) -> Problem {
    const WORDS: [&str; 6] = ["无", "暂无", "没有", "未填", "none", "nil"];
    if let Cell::Text(text) = cell
        && WORDS.contains(&text.to_lowercase().as_str())
    {
        problem
            .help
            .zh
            .push_str(&format!("；如整个文件中“{text}”都表示不知道，转换时用 --blank {text}"));
        problem.help.en.push_str(&format!(
            "; if `{text}` means \"not known\" all over the file, convert it with --blank {text}"
        ));
    }
    problem
}

/// A code must be text: Excel keeps 15 digits of a number and drops the rest.
fn take_code(draft: &mut Draft<'_>, field: &str, cell: &Cell) {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) if scientific(text) => draft.uscc_refused(field, damaged(text)),
        Cell::Text(text) => draft.uscc(field, &text.nfkc().collect::<String>()),
        Cell::Number { text, .. } | Cell::NoDate(text) => draft.uscc_refused(field, damaged(text)),
        Cell::Error(_) | Cell::Uncomputed | Cell::TooLong => {
            draft.uscc_refused(field, *unusable(cell));
        }
        Cell::Date(_) | Cell::Flag(_) => draft.uscc(field, &cell.words()),
    }
}

/// `9.13702E+17`
fn scientific(text: &str) -> bool {
    text.parse::<Uscc>().is_err()
        && text.contains(['e', 'E'])
        && text.contains(['+', '.'])
        && text.parse::<f64>().is_ok()
}

fn damaged(text: &str) -> Problem {
    let text = shown(text);
    refused(
        ProblemKind::Uscc,
        (
            format!("统一社会信用代码存成了数字（{text}），Excel 只保留 15 位，末尾几位已经丢失"),
            format!(
                "the credit code is stored as a number ({text}); Excel keeps 15 digits, the last ones are lost"
            ),
        ),
        (
            "请先把这一列的格式设为“文本”，再重新填写代码",
            "format the column as text, then enter the code again",
        ),
    )
}
