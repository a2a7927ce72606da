//! The rows of a simulation's sheets, in the reader's language.

use enterprise::{Lang, Text};

use super::super::sheet::Cell;
use crate::commands::simulate::{
    Changed, Effect, Gate, Industry, Money, Pair, STANDS, Simulated, Through, What, option_name,
    section_name,
};
use crate::text::simulation::stand;

/// What turns effects into rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub simulated: &'a Simulated<'a>,
    pub lang: Lang,
}

impl Rows<'_> {
    /// The cells that say whose row it is.
    pub fn whose(&self, pair: Pair) -> Vec<Cell> {
        let ask = self.simulated.ask;
        let variant = ask.variants.get(pair.variant).map(|one| self.variant(one));
        let programme = pair.before(ask);
        vec![
            variant.unwrap_or(Cell::Empty),
            programme.map_or(Cell::Empty, |one| self.text(&one.title)),
            programme.map_or(Cell::Empty, |one| Cell::Text(one.id.clone())),
        ]
    }

    /// A variant by what it is called, and by its name.
    pub fn variant(&self, variant: &Changed) -> Cell {
        let name = &variant.name;
        Cell::Text(match (&variant.label, self.lang) {
            (None, _) => name.clone(),
            (Some(label), Lang::Zh) => format!("{}（{name}）", label.zh),
            (Some(label), Lang::En) => format!("{} ({name})", label.en),
        })
    }

    pub fn settings(&self, variant: &Changed) -> Vec<Vec<Cell>> {
        let rows = variant.applied.iter().map(|one| {
            vec![
                self.variant(variant),
                Cell::Text(one.number.address()),
                self.text(&one.number.label),
                Cell::Text(one.number.clause.clone()),
                Cell::Text(one.number.operator.unwrap_or_default().to_owned()),
                Cell::Text(one.number.written.clone().unwrap_or_default()),
                Cell::Text(one.after.clone()),
            ]
        });
        rows.collect()
    }

    fn text(&self, text: &Text) -> Cell {
        Cell::Text(text.get(self.lang).to_owned())
    }

    fn say(&self, zh: &str, en: &str) -> Cell {
        self.text(&Text::new(zh, en))
    }

    pub fn summary(&self, effect: &Effect) -> Vec<Vec<Cell>> {
        let rows = STANDS.into_iter().map(|place| {
            let (entered, left) = effect.moves.in_and_out(place);
            let (before, after) = (effect.moves.before(place), effect.moves.after(place));
            let mut cells = vec![self.text(&stand(place))];
            cells.extend([before, after, entered, left].map(whole));
            cells
        });
        rows.collect()
    }

    pub fn groups(&self, effect: &Effect) -> Vec<Vec<Cell>> {
        let districts = effect.by_district.iter().map(|(key, through)| {
            self.group(("区县", "district"), self.option(What::District, *key), *through)
        });
        let industries = effect
            .by_industry
            .iter()
            .map(|(key, through)| self.group(("行业", "industry"), self.industry(*key), *through));
        let sizes = effect.by_size.iter().map(|(key, through)| {
            self.group(("规模", "size class"), self.option(What::Size, *key), *through)
        });
        districts.chain(industries).chain(sizes).collect()
    }

    fn group(&self, by: (&str, &str), (code, name): (Cell, Cell), through: Through) -> Vec<Cell> {
        let mut cells = vec![self.say(by.0, by.1), code, name];
        for gate in [Gate::Eligible, Gate::Measurable] {
            let (entered, left) = through.at(gate);
            cells.extend([whole(entered), whole(left)]);
        }
        cells
    }

    fn option(&self, what: What, option: Option<usize>) -> (Cell, Cell) {
        let book = self.simulated.ask.rulebook();
        match option.and_then(|option| option_name(book, what, option)) {
            Some((id, name)) => (Cell::Text(id.to_owned()), self.text(name)),
            None => (Cell::Empty, self.say("（不详）", "(unknown)")),
        }
    }

    fn industry(&self, industry: Option<Industry>) -> (Cell, Cell) {
        let Some(industry) = industry else {
            return (Cell::Empty, self.say("（不详）", "(unknown)"));
        };
        let name = section_name(self.simulated.ask.rulebook(), industry.section);
        (Cell::Text(industry.code()), name.map_or(Cell::Empty, |name| self.text(name)))
    }

    pub fn costs(&self, effect: &Effect) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for cost in &effect.costs {
            for (gate, range) in [
                (Gate::Eligible, ("符合的", "eligible")),
                (Gate::Measurable, ("含待判断的", "with those to be judged")),
            ] {
                let flows = cost.at(gate);
                let sides = [
                    (&flows.entering, ("进入", "entering")),
                    (&flows.leaving, ("退出", "leaving")),
                    (&flows.before, ("留下，现在", "staying, now")),
                    (&flows.after, ("留下，之后", "staying, then")),
                ];
                for (money, who) in sides.into_iter().filter(|(money, _)| !money.is_empty()) {
                    let what = [
                        self.text(&cost.label),
                        self.say(range.0, range.1),
                        self.say(who.0, who.1),
                    ];
                    rows.push(what.into_iter().chain(sums(money)).collect());
                }
            }
        }
        rows
    }

    pub fn names(&self, effect: &Effect) -> Vec<Vec<Cell>> {
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
