//! Which firms of a made-up city are worth signing in for: one that qualifies, one that is a criterion short, one of
//! which something is not known, one that holds much. They are found by what the screening says; no programme is named.

use std::collections::BTreeSet;

use enterprise::Text;
use rules::{Population, Purpose, Rulebook};
use screening::Screened;
use snapshot::{Answers, City};

/// Why a firm was chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Why {
    /// One measurable criterion is missed.
    OneShort,
    /// It qualifies for what it does not hold.
    Qualifies,
    /// Something that decides is not known.
    Lacks,
    /// It holds most titles.
    Holds,
}

/// A firm that was chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Firm {
    pub why: Why,
    pub code: String,
    pub name: String,
    /// The option of its district.
    pub district: Option<u16>,
    /// What there is to see.
    pub says: Text,
}

/// The firms, each another one. Of a small city some may be missing.
pub(super) fn firms(city: &City, rulebook: &Rulebook) -> Vec<Firm> {
    let mut choice = Choice { city, taken: Vec::new(), chosen: Vec::new() };
    let programmes = ranked(city, rulebook);
    for (programme, answers) in &programmes {
        choice.one_short(programme, answers);
    }
    for (programme, answers) in &programmes {
        choice.qualifies(programme, answers);
    }
    for (programme, answers) in &programmes {
        choice.lacks(programme, answers);
    }
    choice.holds();
    choice.chosen
}

/// The programmes of ladders, then all others; those that ask for most come first: of them there is most to see.
fn ranked<'c>(city: &'c City, rulebook: &Rulebook) -> Vec<(&'c Screened, &'c Answers)> {
    let rungs = rulebook.ladders.iter().flat_map(|ladder| ladder.rungs.iter().rev());
    let rungs: BTreeSet<&str> = rungs.map(String::as_str).collect();
    let mut all: Vec<(&Screened, &Answers)> = city.programmes().collect();
    all.sort_by_key(|(programme, _)| {
        let asks = programme.cases.iter().map(|case| case.leaves.len()).max();
        (!rungs.contains(programme.id.as_str()), std::cmp::Reverse(asks))
    });
    all
}

struct Choice<'c> {
    city: &'c City,
    taken: Vec<u32>,
    chosen: Vec<Firm>,
}

impl Choice<'_> {
    fn one_short(&mut self, programme: &Screened, answers: &Answers) {
        // The nearest one: its plan is the shortest.
        let near = |row: u32| {
            let standing = answers.of(row)?;
            let shortfall = standing.shortfall.filter(|ppm| *ppm > 0)?;
            (standing.population == Population::OneShort).then_some((shortfall, row))
        };
        let found = self.free().filter_map(near).min().map(|(_, row)| row);
        let title = &programme.title;
        self.take(Why::OneShort, found, || {
            Text::new(
                format!("{}：只差一项条件", title.zh),
                format!("one criterion short of `{}`", title.en),
            )
        });
    }

    fn qualifies(&mut self, programme: &Screened, answers: &Answers) {
        let anew = |row: &u32| {
            let standing = answers.of(*row);
            standing.is_some_and(|standing| {
                let case = programme.cases.get(standing.case);
                standing.population == Population::Eligible
                    && case.is_some_and(|case| case.purpose == Purpose::New)
            })
        };
        let found = self.free().find(anew);
        let title = &programme.title;
        self.take(Why::Qualifies, found, || {
            Text::new(
                format!("符合{}，尚未持有", title.zh),
                format!("qualifies for `{}`, which it does not hold yet", title.en),
            )
        });
    }

    fn lacks(&mut self, programme: &Screened, answers: &Answers) {
        let open = |row: &u32| {
            answers.of(*row).is_some_and(|own| own.population == Population::LackOfData)
                && self.titles(*row) > 0
        };
        let found = self.free().find(open);
        let title = &programme.title;
        self.take(Why::Lacks, found, || {
            Text::new(
                format!("{}：因缺数据暂不能判断", title.zh),
                format!("`{}` cannot be told for lack of data", title.en),
            )
        });
    }

    fn holds(&mut self) {
        let found = self.free().map(|row| (self.titles(row), std::cmp::Reverse(row))).max();
        let found = found.filter(|(titles, _)| *titles > 0);
        let titles = found.map_or(0, |(titles, _)| titles);
        self.take(Why::Holds, found.map(|(_, row)| row.0), || {
            Text::new(format!("持有 {titles} 项称号"), format!("holds {titles} titles"))
        });
    }

    /// The titles that a row holds: whoever holds one is judged for keeping it.
    fn titles(&self, row: u32) -> usize {
        let holds = |(programme, answers): &(&Screened, &Answers)| {
            let case = answers.of(row).and_then(|own| programme.cases.get(own.case));
            case.is_some_and(|case| case.purpose == Purpose::ReReview)
        };
        self.city.programmes().filter(holds).count()
    }

    fn free(&self) -> impl Iterator<Item = u32> {
        let coded = |row: &u32| !self.city.snapshot().code(*row).is_empty();
        (0..self.city.snapshot().rows()).filter(|row| !self.taken.contains(row)).filter(coded)
    }

    /// The first that is found is taken.
    fn take(&mut self, why: Why, row: Option<u32>, says: impl FnOnce() -> Text) {
        let Some(row) = row else { return };
        if self.chosen.iter().any(|known| known.why == why) {
            return;
        }
        let snapshot = self.city.snapshot();
        self.taken.push(row);
        self.chosen.push(Firm {
            why,
            code: snapshot.code(row).to_owned(),
            name: snapshot.name(row).to_owned(),
            district: snapshot.facets().district(row),
            says: says(),
        });
    }
}
