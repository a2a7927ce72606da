//! A simulation as a workbook: where subjects stand before and after, groups, money, and everybody
//! who moves.

use std::path::Path;

use enterprise::{Lang, Text};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::sheet::{Cell, Column, Look, Name, Sheet};
use super::{about, dated};
use crate::commands::simulate::{
    Effect, Gate, Industry, Money, Pair, STANDS, Simulated, Through, What, option_name,
    section_name,
};
use crate::text::simulation::{not_simulated, stand};

static SUMMARY: Name = Name { zh: "汇总", en: "Summary" };
static GROUPS: Name = Name { zh: "分组", en: "Groups" };
static COSTS: Name = Name { zh: "奖补", en: "Benefits" };
static NAMES: Name = Name { zh: "名单", en: "Firms" };
static SETTINGS: Name = Name { zh: "改动", en: "Changes" };

const VARIANT: Column = Column { zh: "方案", en: "Variant", width: 16 };
const PROGRAMME: Column = Column { zh: "项目", en: "Programme", width: 28 };
/// No cell of the row is coloured.
const PLAIN: (usize, Look) = (usize::MAX, Look::Plain);

static SETTINGS_COLUMNS: &[Column] = &[
    VARIANT,
    Column { zh: "地址", en: "Address", width: 52 },
    Column { zh: "名称", en: "Name", width: 30 },
    Column { zh: "条款", en: "Clause", width: 16 },
    Column { zh: "边界", en: "Edge", width: 6 },
    Column { zh: "现在", en: "Now", width: 14 },
    Column { zh: "改为", en: "Then", width: 14 },
];

static SUMMARY_COLUMNS: &[Column] = &[
    VARIANT,
    PROGRAMME,
    Column { zh: "分类", en: "Standing", width: 14 },
    Column { zh: "现在", en: "Now", width: 10 },
    Column { zh: "之后", en: "Then", width: 10 },
    Column { zh: "进入", en: "In", width: 10 },
    Column { zh: "退出", en: "Out", width: 10 },
];

static GROUPS_COLUMNS: &[Column] = &[
    VARIANT,
    PROGRAMME,
    Column { zh: "分组方式", en: "Grouped by", width: 12 },
    Column { zh: "代码", en: "Code", width: 10 },
    Column { zh: "组", en: "Group", width: 28 },
    Column { zh: "进入符合", en: "Eligible, in", width: 12 },
    Column { zh: "退出符合", en: "Eligible, out", width: 12 },
    Column { zh: "进入可量化全满足", en: "All met, in", width: 18 },
    Column { zh: "退出可量化全满足", en: "All met, out", width: 18 },
];

static COSTS_COLUMNS: &[Column] = &[
    VARIANT,
    PROGRAMME,
    Column { zh: "奖补", en: "Benefit", width: 28 },
    Column { zh: "范围", en: "For", width: 24 },
    Column { zh: "对象", en: "Who", width: 14 },
    Column { zh: "金额已知户数", en: "Known", width: 13 },
    Column { zh: "合计（元）", en: "Sum (CNY)", width: 18 },
    Column { zh: "金额未知户数", en: "Unknown", width: 13 },
    Column { zh: "未知的至多（元）", en: "Unknown, at most (CNY)", width: 22 },
];

static NAMES_COLUMNS: &[Column] = &[
    VARIANT,
    PROGRAMME,
    Column { zh: "企业", en: "Firm", width: 32 },
    Column { zh: "统一社会信用代码", en: "Code", width: 21 },
    Column { zh: "区县", en: "District", width: 12 },
    Column { zh: "行业", en: "Industry", width: 24 },
    Column { zh: "规模", en: "Size class", width: 10 },
    Column { zh: "营业收入（元）", en: "Revenue (CNY)", width: 18 },
    Column { zh: "现在", en: "Now", width: 10 },
    Column { zh: "之后", en: "Then", width: 10 },
];

/// Writes the workbook; with names only, everything else is left out.
pub(crate) fn simulation(
    simulated: &Simulated<'_>,
    path: &Path,
    names_only: bool,
    lang: Lang,
) -> Result<(), String> {
    let mut book = Book { workbook: Workbook::new(), simulated, lang };
    let done = book.fill(names_only);
    done.map_err(|error| error.to_string())?;
    let mut workbook = book.workbook;
    crate::file::replace(path, |unfinished| {
        workbook.save(unfinished).map_err(|error| error.to_string())
    })
}

struct Book<'a> {
    workbook: Workbook,
    simulated: &'a Simulated<'a>,
    lang: Lang,
}

impl Book<'_> {
    fn fill(&mut self, names_only: bool) -> Result<(), XlsxError> {
        let ask = self.simulated.ask;
        if let Ok(properties) = dated(ask.question.as_of) {
            self.workbook.set_properties(&properties);
        }
        if !names_only {
            self.sheet(&SUMMARY, SUMMARY_COLUMNS, Self::summary)?;
            self.sheet(&GROUPS, GROUPS_COLUMNS, Self::groups)?;
            self.sheet(&COSTS, COSTS_COLUMNS, Self::costs)?;
        }
        self.sheet(&NAMES, NAMES_COLUMNS, Self::names)?;
        let mut settings = Sheet::new(&mut self.workbook, SETTINGS_COLUMNS, &SETTINGS, self.lang)?;
        for cells in self.settings() {
            settings.row(&mut self.workbook, &cells, PLAIN)?;
        }
        settings.finish(&mut self.workbook)?;
        let counts = (self.simulated.effects.subjects, self.simulated.refused);
        let more = [not_simulated()];
        about::write(
            &mut self.workbook,
            ask.rulebook(),
            &ask.question,
            ask.base_year(),
            counts,
            &more,
            self.lang,
        )
    }

    /// A sheet with the rows that each pair gives.
    fn sheet(
        &mut self,
        name: &'static Name,
        columns: &'static [Column],
        rows: fn(&Self, Pair, &Effect) -> Vec<Vec<Cell>>,
    ) -> Result<(), XlsxError> {
        let mut sheet = Sheet::new(&mut self.workbook, columns, name, self.lang)?;
        let simulated = self.simulated;
        for (pair, effect) in simulated.ask.pairs.iter().zip(&simulated.effects.effects) {
            for cells in rows(self, *pair, effect) {
                let mut all = self.whose(*pair);
                all.extend(cells);
                sheet.row(&mut self.workbook, &all, PLAIN)?;
            }
        }
        sheet.finish(&mut self.workbook)
    }

    fn whose(&self, pair: Pair) -> Vec<Cell> {
        let variant = self.simulated.ask.variants.get(pair.variant).map(|one| one.name.clone());
        let title = pair.before(self.simulated.ask).map(|one| one.title.clone());
        vec![Cell::Text(variant.unwrap_or_default()), self.text(&title.unwrap_or_default())]
    }

    fn text(&self, text: &Text) -> Cell {
        Cell::Text(text.get(self.lang).to_owned())
    }

    fn say(&self, zh: &str, en: &str) -> Cell {
        self.text(&Text::new(zh, en))
    }

    fn settings(&self) -> Vec<Vec<Cell>> {
        let variants = self.simulated.ask.variants.iter();
        let all =
            variants.flat_map(|variant| variant.applied.iter().map(move |one| (variant, one)));
        all.map(|(variant, one)| {
            vec![
                Cell::Text(variant.name.clone()),
                Cell::Text(one.number.address()),
                self.text(&one.number.label),
                Cell::Text(one.number.clause.clone()),
                Cell::Text(one.number.operator.unwrap_or_default().to_owned()),
                Cell::Text(one.number.written.clone().unwrap_or_default()),
                Cell::Text(one.after.clone()),
            ]
        })
        .collect()
    }

    fn summary(&self, _: Pair, effect: &Effect) -> Vec<Vec<Cell>> {
        let rows = STANDS.into_iter().map(|place| {
            let (entered, left) = effect.moves.in_and_out(place);
            let (before, after) = (effect.moves.before(place), effect.moves.after(place));
            let mut cells = vec![self.text(&stand(place))];
            cells.extend([before, after, entered, left].map(whole));
            cells
        });
        rows.collect()
    }

    fn groups(&self, _: Pair, effect: &Effect) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        let mut add = |by: Cell, (code, name): (Cell, Cell), through: Through| {
            let mut cells = vec![by, code, name];
            for gate in [Gate::Eligible, Gate::Measurable] {
                let (entered, left) = through.at(gate);
                cells.extend([whole(entered), whole(left)]);
            }
            rows.push(cells);
        };
        for (key, through) in &effect.by_district {
            add(self.say("区县", "district"), self.option(What::District, *key), *through);
        }
        for (key, through) in &effect.by_industry {
            add(self.say("行业", "industry"), self.industry(*key), *through);
        }
        for (key, through) in &effect.by_size {
            add(self.say("规模", "size class"), self.option(What::Size, *key), *through);
        }
        rows
    }

    fn option(&self, what: What, option: Option<usize>) -> (Cell, Cell) {
        let book = self.simulated.ask.rulebook();
        match option.and_then(|option| option_name(book, what, option)) {
            Some((id, name)) => (Cell::Text(id.to_owned()), self.text(name)),
            None => (Cell::Empty, self.say("（不详）", "(unknown)")),
        }
    }

    fn industry(&self, industry: Option<Industry>) -> (Cell, Cell) {
        let book = self.simulated.ask.rulebook();
        let Some(industry) = industry else {
            return (Cell::Empty, self.say("（不详）", "(unknown)"));
        };
        let name = section_name(book, industry.section).map(|name| self.text(name));
        (Cell::Text(industry.code()), name.unwrap_or(Cell::Empty))
    }

    fn costs(&self, _: Pair, effect: &Effect) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for cost in &effect.costs {
            for (gate, zh, en) in [
                (Gate::Eligible, "符合的", "eligible"),
                (Gate::Measurable, "含待判断的", "with those to be judged"),
            ] {
                let flows = cost.at(gate);
                for (money, who_zh, who_en) in [
                    (&flows.entering, "进入", "entering"),
                    (&flows.leaving, "退出", "leaving"),
                    (&flows.before, "留下，现在", "staying, now"),
                    (&flows.after, "留下，之后", "staying, then"),
                ] {
                    if money.is_empty() {
                        continue;
                    }
                    let mut cells =
                        vec![self.text(&cost.label), self.say(zh, en), self.say(who_zh, who_en)];
                    cells.extend(sums(money));
                    rows.push(cells);
                }
            }
        }
        rows
    }

    fn names(&self, _: Pair, effect: &Effect) -> Vec<Vec<Cell>> {
        let rows = effect.names.iter().map(|moved| {
            let profile = &moved.profile;
            let (_, district) = self.option(What::District, profile.district);
            let (code, _) = self.industry(profile.industry);
            let (_, size) = self.option(What::Size, profile.size);
            vec![
                Cell::Text(profile.name.clone()),
                Cell::Text(profile.code.clone()),
                district,
                code,
                size,
                profile.revenue.map_or(Cell::Empty, Cell::Hundredths),
                self.text(&stand(moved.from)),
                self.text(&stand(moved.to)),
            ]
        });
        rows.collect()
    }
}

fn sums(money: &Money) -> [Cell; 4] {
    let fen = |fen: i128| {
        i64::try_from(fen).map_or_else(|_| Cell::Text(fen.to_string()), Cell::Hundredths)
    };
    let most = if money.capped > 0 { fen(money.at_most) } else { Cell::Empty };
    [whole(money.known), fen(money.fen), whole(money.unknown), most]
}

fn whole(count: u64) -> Cell {
    Cell::Hundredths(i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(100))
}
