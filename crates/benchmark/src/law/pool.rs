//! What the programmes draw from: comparisons and tables of bands whose thresholds many share, as the
//! programmes of a city do.

use rules::Operator;

use crate::law::vocabulary::{Kind, columns, indicator};
use crate::plain::{Amount, Bands, Column, Comparison, Edge};
use crate::seed::Seed;

/// What is compared, by indicator and years back.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Value(&'static str, i16),
    Years(&'static str),
    Sum(&'static str),
    Ratio(&'static str, &'static str, i16),
    Growth(&'static str, i16),
}

use Operator::{AtLeast, AtMost, MoreThan};
use Shape::{Growth, Ratio, Sum, Value, Years};

/// Thresholds in 10,000 yuan, per mille, pieces, years or points, the commonest first.
type Template = (Shape, Operator, [i64; 10]);

const REVENUE: [i64; 10] =
    [1_000, 5_000, 2_000, 40_000, 1_500, 10_000, 500, 3_000, 20_000, 100_000];
const SMALL: [i64; 10] = [100, 500, 1_000, 200, 300, 50, 2_000, 1_200, 3_000, 5_000];
const ITEMS: [i64; 10] = [1, 2, 5, 4, 3, 10, 6, 8, 15, 20];
const SHARE: [i64; 10] = [500, 600, 700, 800, 900, 650, 750, 850, 400, 550];
const INTENSITY: [i64; 10] = [30, 50, 60, 100, 40, 20, 80, 150, 45, 25];
const RATE: [i64; 10] = [50, 100, 80, 200, 150, 250, 300, 60, 120, 40];

/// In an order that mixes the shapes; `each` pairs stand next to each other.
const TEMPLATES: [Template; 48] = [
    (Value("revenue", 0), AtLeast, REVENUE),
    (Ratio("rd_expense", "revenue", 0), AtLeast, INTENSITY),
    (Ratio("rd_expense", "revenue", 1), AtLeast, INTENSITY),
    (Ratio("main_revenue", "revenue", 0), AtLeast, SHARE),
    (Ratio("main_revenue", "revenue", 1), AtLeast, SHARE),
    (Ratio("total_liabilities", "total_assets", 0), AtMost, SHARE),
    (Growth("revenue", 0), AtLeast, RATE),
    (Growth("revenue", 1), AtLeast, RATE),
    (Value("rd_expense", 0), AtLeast, SMALL),
    (Value("rd_expense", 1), AtLeast, SMALL),
    (Value("invention_patents", 0), AtLeast, ITEMS),
    (Years("founded_on"), AtLeast, [3, 2, 5, 1, 4, 10, 8, 6, 7, 9]),
    (Value("employees", 0), AtMost, [1_000, 300, 500, 200, 400, 100, 800, 2_000, 3_000, 1_500]),
    (Value("net_profit", 0), MoreThan, [0, 100, 200, 500, 1_000, 50, 300, 2_000, 3_000, 5_000]),
    (
        Sum("equity_financing"),
        AtLeast,
        [2_000, 1_000, 3_000, 5_000, 8_000, 6_000, 500, 4_000, 10_000, 800],
    ),
    (Ratio("rd_staff", "employees", 0), AtLeast, [100, 200, 250, 50, 500, 300, 150, 80, 120, 400]),
    (Value("quality_score", 0), AtLeast, [60, 50, 70, 55, 65, 75, 80, 85, 90, 45]),
    (Value("market_share", 0), AtLeast, [100, 50, 200, 300, 150, 10, 30, 80, 250, 400]),
    (Value("utility_patents", 0), AtLeast, ITEMS),
    (Value("tax_paid", 0), AtLeast, SMALL),
    (Ratio("net_profit", "revenue", 0), AtLeast, INTENSITY),
    (Value("standards_led", 0), AtLeast, ITEMS),
    (Sum("rd_expense"), AtLeast, SMALL),
    (Growth("main_revenue", 0), AtLeast, RATE),
    (
        Value("total_assets", 0),
        AtMost,
        [40_000, 20_000, 80_000, 10_000, 120_000, 5_000, 50_000, 100_000, 30_000, 60_000],
    ),
    (Value("main_revenue", 0), AtLeast, REVENUE),
    (Value("niche_years", 0), AtLeast, ITEMS),
    (Value("software_rights", 0), AtLeast, ITEMS),
    (Ratio("export_revenue", "revenue", 0), AtLeast, RATE),
    (Value("digital_share", 0), AtLeast, SHARE),
    (Value("top_customer_share", 0), AtMost, SHARE),
    (Value("fixed_investment", 0), AtLeast, SMALL),
    (Value("standards_joined", 0), AtLeast, ITEMS),
    (Growth("tax_paid", 0), AtLeast, RATE),
    (Value("valuation", 0), AtLeast, REVENUE),
    (Value("registered_capital", 0), AtLeast, SMALL),
    (Value("rd_staff", 0), AtLeast, ITEMS),
    (Value("trademarks", 0), AtLeast, ITEMS),
    (Sum("fixed_investment"), AtLeast, REVENUE),
    (Value("export_revenue", 0), AtLeast, SMALL),
    (Value("product_lines", 0), AtMost, ITEMS),
    (Value("rd_centres", 0), AtLeast, ITEMS),
    (Growth("rd_expense", 0), AtLeast, RATE),
    (Value("senior_engineers", 0), AtLeast, ITEMS),
    (Ratio("tax_paid", "revenue", 0), AtLeast, INTENSITY),
    (Value("employees", 0), AtLeast, [20, 50, 10, 100, 30, 200, 5, 80, 150, 60]),
    (Sum("tax_paid"), AtLeast, SMALL),
    (Ratio("total_liabilities", "total_assets", 1), AtMost, SHARE),
];

/// Points that the edges of a table of bands add, easiest edge first.
const POINTS: [&[i64]; 6] = [
    &[200, 200, 200, 200, 200],
    &[100, 200, 200],
    &[400, 200, 200, 200],
    &[300, 200],
    &[200, 300, 300],
    &[150, 150, 200],
];

/// Everything that programmes draw from.
pub(super) struct Pool {
    pub columns: Vec<Column>,
    pub amounts: Vec<Amount>,
    pub comparisons: Vec<Comparison>,
    pub bands: Vec<Bands>,
}

impl Pool {
    /// A pool for so many criteria. Twice the criteria need about half as many thresholds more.
    pub fn new(criteria: usize, base_year: i16, seed: &mut Seed) -> Self {
        let columns = columns(base_year);
        let mut pool =
            Self { columns, amounts: Vec::new(), comparisons: Vec::new(), bands: Vec::new() };
        let many = (criteria as f64 / 300.0).powf(0.6);
        // What nobody draws drops out afterwards.
        let wanted = (130.0 * many) as usize;
        for (round, template) in (0..10).flat_map(|round| TEMPLATES.map(|of| (round, of))) {
            if pool.comparisons.len() >= wanted {
                break;
            }
            let (shape, operator, thresholds) = template;
            if let Some(amount) = pool.amount(shape, base_year) {
                let edge = edge(shape, thresholds.get(round).copied().unwrap_or_default());
                pool.comparisons.push(Comparison { amount, operator, edge });
            }
        }
        let tables = (60.0 * many) as usize;
        while pool.bands.len() < tables {
            let Some((shape, operator, thresholds)) = seed.pick(&TEMPLATES).copied() else { break };
            let made = pool.table(shape, operator, thresholds, base_year, seed);
            pool.bands.extend(made.filter(|made| !pool.bands.contains(made)));
        }
        pool
    }

    fn table(
        &mut self,
        shape: Shape,
        operator: Operator,
        thresholds: [i64; 10],
        base_year: i16,
        seed: &mut Seed,
    ) -> Option<Bands> {
        let points = seed.pick(&POINTS)?;
        let first = seed.below(4);
        let mut chosen: Vec<i64> =
            thresholds.iter().skip(first).take(points.len()).copied().collect();
        chosen.sort_unstable();
        if operator == AtMost {
            chosen.reverse();
        }
        let amount = self.amount(shape, base_year)?;
        let operator = if operator == AtMost { AtMost } else { AtLeast };
        let edges = chosen.iter().zip(*points).map(|(at, more)| (edge(shape, *at), *more));
        Some(Bands { amount, operator, base: 0, edges: edges.collect() })
    }

    /// The place of an amount, which is made if it is new.
    fn amount(&mut self, shape: Shape, base_year: i16) -> Option<usize> {
        let column = |id: &str, back: i16| {
            let year = indicator(id).filter(|of| of.years > 0).map(|_| base_year - back);
            self.columns.iter().position(|known| known.indicator == id && known.year == year)
        };
        let amount = match shape {
            Value(id, back) => Amount::Value(column(id, back)?),
            Years(id) => Amount::Years(column(id, 0)?),
            Sum(id) => Amount::Sum(column(id, 0)?, column(id, 1)?),
            Ratio(over, under, back) => Amount::Ratio(column(over, back)?, column(under, back)?),
            Growth(id, back) => Amount::Growth(column(id, back)?, column(id, back + 1)?),
        };
        let known = self.amounts.iter().position(|known| *known == amount);
        Some(known.unwrap_or_else(|| {
            self.amounts.push(amount);
            self.amounts.len() - 1
        }))
    }

    /// The same comparison a year before, if the pool knows it.
    pub fn year_before(&self, comparison: usize) -> Option<usize> {
        let of = self.comparisons.get(comparison)?;
        let back = |column: usize| {
            let known = self.columns.get(column)?;
            let year = Some(known.year? - 1);
            let same = |other: &Column| other.indicator == known.indicator && other.year == year;
            self.columns.iter().position(same)
        };
        let before = match *self.amounts.get(of.amount)? {
            Amount::Value(column) => Amount::Value(back(column)?),
            Amount::Ratio(over, under) => Amount::Ratio(back(over)?, back(under)?),
            Amount::Growth(this, last) => Amount::Growth(back(this)?, back(last)?),
            Amount::Sum(..) | Amount::Years(_) => return None,
        };
        let amount = self.amounts.iter().position(|known| *known == before)?;
        self.comparisons.iter().position(|other| *other == Comparison { amount, ..*of })
    }
}

/// A threshold of the lists above in stored units.
fn edge(shape: Shape, threshold: i64) -> Edge {
    let (Value(id, _) | Sum(id)) = shape else {
        return match shape {
            Years(_) => Edge::of(threshold, 1),
            _ => Edge::of(threshold, 1_000),
        };
    };
    Edge::of(
        match indicator(id).map(|of| of.kind) {
            Some(Kind::Money) => threshold * 1_000_000,
            Some(Kind::Ratio) => threshold * 1_000,
            Some(Kind::Points) => threshold * 100,
            _ => threshold,
        },
        1,
    )
}
