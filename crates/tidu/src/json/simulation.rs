//! The JSON form of a simulation: one object. Counts as integers, money in yuan as decimals in
//! strings, texts in both languages. Described by `tidu schema simulate`.

use schemars::JsonSchema;
use serde::Serialize;

use super::outdated::OutdatedView;
use crate::commands::simulate::{
    Changed, Effect, Ends, Flows, Gate, Industry, Money, Moved, Pair, STANDS, Simulated, Stand,
    Through, What, option_name, section_name,
};
use crate::text::simulation::not_simulated;
use answers::Label;
use answers::RulebookView;
use words::verdict::{population_code, purpose_code};

/// The version of this form.
const SCHEMA: u32 = 1;

/// What changed numbers of the law would do to a population.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Simulation {
    /// The version of this form.
    schema: u32,
    /// The present law.
    rulebook: RulebookView,
    /// The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// The last fiscal year, where no round pins another.
    base_year: i16,
    /// The purpose that was asked for.
    purpose: Option<&'static str>,
    population: PopulationView,
    /// Subjects whose lists of events end before the day, so that nothing that asks for events can be
    /// told of them, before or after; null if there are none.
    events_outdated: Option<OutdatedView>,
    /// What is left out.
    not_simulated: Label,
    variants: Vec<VariantView>,
}

/// Who was looked at.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SimulatedPopulation")]
struct PopulationView {
    file: String,
    subjects: u64,
    /// Subjects whose data were refused; they are not among `subjects`.
    refused: u64,
    /// Whether they are made up.
    synthetic: bool,
}

/// A changed law and what it does.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SimulatedVariant")]
struct VariantView {
    name: String,
    label: Option<Label>,
    /// The changed law.
    rulebook: RulebookView,
    changes: Vec<ChangeView>,
    /// What the checker says about it, and what it sets in vain.
    remarks: Vec<Label>,
    /// Who moves from one size class to another.
    size_classes: Vec<ClassMoveView>,
    /// The programmes that it can change, in the order of the rulebook.
    programmes: Vec<EffectView>,
}

/// A number that was set.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SetNumber")]
struct ChangeView {
    address: String,
    /// Its edge, where it has one.
    operator: Option<&'static str>,
    /// As it is written; none for a last day that is not set.
    before: Option<String>,
    after: String,
    label: Label,
    clause: String,
}

/// Firms that move from one size class to another; none where it cannot be told.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SizeClassMove")]
struct ClassMoveView {
    from: Option<String>,
    to: Option<String>,
    count: u64,
}

/// What happens in one programme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SimulatedProgramme")]
struct EffectView {
    id: String,
    title: Label,
    /// Where subjects stand: `eligible`, `judgement-pending`, `one-short`, `lack-of-data`, `no`,
    /// `not-judged`.
    stands: Vec<StandView>,
    moves: Vec<MoveView>,
    by_district: Vec<GroupView>,
    /// By division of the industry classification.
    by_industry: Vec<GroupView>,
    by_size_class: Vec<GroupView>,
    /// Examples of those who come to be eligible or to meet all that can be measured.
    entering: EndsView,
    /// Examples of those who no longer do.
    leaving: EndsView,
    benefits: Vec<CostView>,
    /// Those who move, by name, as many as were asked for.
    names: Vec<FirmView>,
    /// How many move at all.
    moved: u64,
}

/// How many stand somewhere before and after.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StandCount")]
struct StandView {
    stand: &'static str,
    before: u64,
    after: u64,
    entered: u64,
    left: u64,
}

/// How many move from one place to another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StandMove")]
struct MoveView {
    from: &'static str,
    to: &'static str,
    count: u64,
}

/// Who enters and leaves within a group.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GroupEffect")]
struct GroupView {
    /// The code of the group; none where it is not known.
    code: Option<String>,
    label: Option<Label>,
    /// Those who are eligible.
    eligible: ThroughView,
    /// Those who meet all that can be measured, the eligible among them.
    measurable: ThroughView,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Through")]
struct ThroughView {
    entered: u64,
    left: u64,
}

/// The ends of a set of firms by revenue.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Ends")]
struct EndsView {
    smallest: Vec<FirmView>,
    largest: Vec<FirmView>,
}

/// A firm that moves.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MovedFirm")]
struct FirmView {
    name: String,
    uscc: String,
    /// Revenue of the base year in yuan.
    revenue: Option<String>,
    from: &'static str,
    to: &'static str,
}

/// What a benefit comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenefitCost")]
struct CostView {
    id: String,
    label: Label,
    /// For those who are eligible.
    eligible: FlowsView,
    /// For those who meet all that can be measured, if every pending judgement is favourable.
    measurable: FlowsView,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenefitFlows")]
struct FlowsView {
    entering: MoneyView,
    leaving: MoneyView,
    /// For those who stay, only where the benefit itself changes.
    staying_before: MoneyView,
    staying_after: MoneyView,
    /// By how much the known amounts change in all, in yuan.
    net: String,
}

/// An amount over several firms.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenefitSum")]
struct MoneyView {
    /// The sum of the known amounts in yuan.
    yuan: String,
    known: u64,
    unknown: u64,
    /// The most that the unknown ones can come to together, if each has a cap.
    unknown_at_most: Option<String>,
}

impl Simulation {
    /// What there is to say.
    pub(crate) fn of(simulated: &Simulated<'_>) -> Self {
        let ask = simulated.ask;
        let variants = ask.variants.iter().enumerate();
        Self {
            schema: SCHEMA,
            rulebook: ask.rulebook().into(),
            as_of: ask.question.as_of.to_string(),
            base_year: ask.base_year(),
            purpose: ask.question.purpose.map(purpose_code),
            population: PopulationView {
                file: simulated.file.clone(),
                subjects: simulated.effects.subjects,
                refused: simulated.refused,
                synthetic: simulated.synthetic,
            },
            events_outdated: OutdatedView::of(&simulated.effects.outdated),
            not_simulated: not_simulated().into(),
            variants: variants.map(|(at, one)| VariantView::of(simulated, at, one)).collect(),
        }
    }
}

impl VariantView {
    fn of(simulated: &Simulated<'_>, at: usize, variant: &Changed) -> Self {
        let changes = variant.applied.iter().map(|one| ChangeView {
            address: one.number.address(),
            operator: one.number.operator,
            before: one.number.written.clone(),
            after: one.after.clone(),
            label: (&one.number.label).into(),
            clause: one.number.clause.clone(),
        });
        let book = simulated.ask.rulebook();
        let class = |option: Option<usize>| {
            option
                .and_then(|option| option_name(book, What::Size, option))
                .map(|(id, _)| id.to_owned())
        };
        let classes = simulated.effects.classes.get(at);
        let classes = classes.iter().flat_map(|moves| moves.iter());
        let size_classes = classes
            .map(|((from, to), count)| ClassMoveView {
                from: class(*from),
                to: class(*to),
                count: *count,
            })
            .collect();
        let both = simulated.ask.pairs.iter().zip(&simulated.effects.effects);
        let own = both.filter(|(pair, _)| pair.variant == at);
        Self {
            name: variant.name.clone(),
            label: variant.label.as_ref().map(Label::from),
            rulebook: (&variant.rulebook).into(),
            changes: changes.collect(),
            remarks: {
                let remarks = variant.remarks.iter().map(|remark| &remark.message);
                remarks.chain(&variant.notes).map(Label::from).collect()
            },
            size_classes,
            programmes: own
                .filter_map(|(pair, effect)| EffectView::of(simulated, *pair, effect))
                .collect(),
        }
    }
}

impl EffectView {
    fn of(simulated: &Simulated<'_>, pair: Pair, effect: &Effect) -> Option<Self> {
        let programme = pair.before(simulated.ask)?;
        let book = simulated.ask.rulebook();
        let stands = STANDS.into_iter().map(|stand| {
            let (entered, left) = effect.moves.in_and_out(stand);
            let (before, after) = (effect.moves.before(stand), effect.moves.after(stand));
            StandView { stand: code(stand), before, after, entered, left }
        });
        let moves = effect.moves.made();
        let choice = |what: What, option: Option<usize>, through: Through| {
            let name = option.and_then(|option| option_name(book, what, option));
            let (code, label) = name.map(|(id, label)| (id.to_owned(), label.into())).unzip();
            GroupView::of(code, label, through)
        };
        let industry = |industry: Option<Industry>, through: Through| {
            let name = industry.and_then(|industry| section_name(book, industry.section));
            GroupView::of(industry.map(Industry::code), name.map(Label::from), through)
        };
        let districts = effect.by_district.iter();
        let sizes = effect.by_size.iter();
        let costs = effect.costs.iter().map(|cost| CostView {
            id: cost.id.clone(),
            label: (&cost.label).into(),
            eligible: FlowsView::of(cost.at(Gate::Eligible)),
            measurable: FlowsView::of(cost.at(Gate::Measurable)),
        });
        Some(Self {
            id: programme.id.clone(),
            title: (&programme.title).into(),
            stands: stands.collect(),
            moves: moves
                .map(|(from, to, count)| MoveView { from: code(from), to: code(to), count })
                .collect(),
            by_district: districts.map(|(key, one)| choice(What::District, *key, *one)).collect(),
            by_industry: effect.by_industry.iter().map(|(key, one)| industry(*key, *one)).collect(),
            by_size_class: sizes.map(|(key, one)| choice(What::Size, *key, *one)).collect(),
            entering: EndsView::of(&effect.entering),
            leaving: EndsView::of(&effect.leaving),
            benefits: costs.collect(),
            names: effect.names.iter().take(simulated.shown).map(FirmView::of).collect(),
            moved: effect.moves.moved(),
        })
    }
}

impl GroupView {
    fn of(code: Option<String>, label: Option<Label>, through: Through) -> Self {
        let view = |gate| {
            let (entered, left) = through.at(gate);
            ThroughView { entered, left }
        };
        Self { code, label, eligible: view(Gate::Eligible), measurable: view(Gate::Measurable) }
    }
}

impl EndsView {
    fn of(ends: &Ends) -> Self {
        Self {
            smallest: ends.smallest.iter().map(FirmView::of).collect(),
            largest: ends.largest.iter().map(FirmView::of).collect(),
        }
    }
}

impl FirmView {
    fn of(moved: &Moved) -> Self {
        Self {
            name: moved.profile.name.clone(),
            uscc: moved.profile.code.clone(),
            revenue: moved.profile.revenue.map(|fen| enterprise::format_decimal(fen, 100)),
            from: code(moved.from),
            to: code(moved.to),
        }
    }
}

impl FlowsView {
    fn of(flows: &Flows) -> Self {
        Self {
            entering: MoneyView::of(&flows.entering),
            leaving: MoneyView::of(&flows.leaving),
            staying_before: MoneyView::of(&flows.before),
            staying_after: MoneyView::of(&flows.after),
            net: yuan(flows.net()),
        }
    }
}

impl MoneyView {
    fn of(money: &Money) -> Self {
        let all_capped = money.unknown > 0 && money.capped == money.unknown;
        Self {
            yuan: yuan(money.fen),
            known: money.known,
            unknown: money.unknown,
            unknown_at_most: all_capped.then(|| yuan(money.at_most)),
        }
    }
}

/// Fen as yuan, however many.
fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (whole, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let text = format!("{sign}{whole}.{rest:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn code(stand: Stand) -> &'static str {
    stand.map_or("not-judged", population_code)
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn fen_are_yuan_however_many() {
        let cases = [(0, "0"), (5, "0.05"), (-150, "-1.5"), (10_000, "100"), (100, "1")];
        for (fen, text) in cases {
            assert_eq!(yuan(fen), text);
        }
        assert_eq!(yuan(i128::from(i64::MAX) * 1000), "92233720368547758070");
    }
}
