//! Score tables reduced to what can still change: what each item gives for sure, and what is needed.

use crate::score::{Mark, ScoreItem, ScoreTable};

use super::scale::Earning;
use super::variable::{NO_POINTS, Place, Values, Variables};
use super::{Move, Reducer};

/// A score table over variables.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Table<'r> {
    /// The points that the total must reach.
    pub pass: i64,
    /// By group: the points that its subtotal must reach, if any.
    pub floors: Vec<Option<i64>>,
    /// All items, in file order.
    pub items: Vec<Item<'r>>,
}

/// One item.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Item<'r> {
    pub item: &'r ScoreItem,
    pub group: usize,
    earning: Earning<'r>,
    /// Points taken on trust, where nobody can tell them.
    trust: Option<Place>,
}

impl<'r> Reducer<'r, '_> {
    pub(super) fn table(&mut self, table: &'r ScoreTable) -> Table<'r> {
        let mut items = Vec::new();
        for (group, known) in table.groups.iter().enumerate() {
            items.extend(known.items.iter().map(|item| self.item(item, group)));
        }
        let floors = table.groups.iter().map(|group| group.floor.as_ref().map(needed)).collect();
        Table { pass: needed(&table.pass), floors, items }
    }

    fn item(&mut self, item: &'r ScoreItem, group: usize) -> Item<'r> {
        let earning = self.earning(&item.scale);
        let open = earning.won(&self.variables.start()).lacks_data;
        // Entries carry their own trust; a value is taken on trust as a whole.
        let by_value = matches!(earning, Earning::Value { .. } | Earning::Best(_));
        let trust = (open && by_value).then(|| self.variables.points(item));
        Item { item, group, earning, trust }
    }
}

impl Table<'_> {
    /// By group: the points for sure.
    pub fn subtotals(&self, values: &Values) -> Vec<i64> {
        let mut sums = vec![0i64; self.floors.len()];
        for item in &self.items {
            if let Some(sum) = sums.get_mut(item.group) {
                *sum = sum.saturating_add(item.points(values));
            }
        }
        sums
    }

    /// Whether these subtotals reach the mark and every floor.
    pub fn reached_by(&self, subtotals: &[i64]) -> bool {
        let total = subtotals.iter().fold(0i64, |sum, points| sum.saturating_add(*points));
        let over = |(sum, floor): (&i64, &Option<i64>)| floor.is_none_or(|floor| *sum >= floor);
        total >= self.pass && subtotals.iter().zip(&self.floors).all(over)
    }
}

/// The fewest points that reach a mark.
fn needed(mark: &Mark) -> i64 {
    use crate::condition::Operator;
    match mark.operator {
        Operator::MoreThan => mark.points.0 + 1,
        _ => mark.points.0,
    }
}

impl Item<'_> {
    /// The points that it gives for sure.
    pub fn points(&self, values: &Values) -> i64 {
        let trusted = self.trust.and_then(|place| values.get(place).copied());
        match trusted.filter(|points| *points != NO_POINTS) {
            Some(points) => points,
            None => self.earning.won(values).sure(),
        }
    }

    /// Single moves of which every way to more points has to make one.
    pub fn moves(&self, variables: &Variables<'_>, values: &Values) -> Vec<Move> {
        let mut moves = self.earning.moves(variables, values);
        if let Some(place) = self.trust
            && values.get(place) == Some(&NO_POINTS)
        {
            let won = self.earning.won(values);
            let levels = self.levels();
            let more = levels.into_iter().filter(|to| *to > won.low && *to <= won.high);
            moves.extend(more.map(|to| Move { place, to, far: false }));
        }
        moves
    }

    /// The points that its scale can give.
    fn levels(&self) -> Vec<i64> {
        let mut levels = self.item.scale.levels();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    pub fn each_variable(&self, each: &mut dyn FnMut(Place)) {
        self.earning.each_variable(each);
        if let Some(place) = self.trust {
            each(place);
        }
    }
}
