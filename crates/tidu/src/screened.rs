//! A screening that has been done: what was asked, of whom, and what it came to. Shown as text and as
//! JSON.

use engine::Summary;
use enterprise::Text;
use rules::{Question, Rulebook, Standing};
use screening::{Field, Open};
use words::programme::{marked, standing_means};

use crate::outdated;

/// A screening that has been done.
pub(crate) struct Screened<'r> {
    pub rulebook: &'r Rulebook,
    pub question: Question,
    /// The last fiscal year where no round pins another.
    pub base_year: i16,
    /// Where the population was read.
    pub population: String,
    /// Whether the population is made up.
    pub synthetic: bool,
    /// Where the result stands.
    pub result: String,
    /// The programmes, in the order of the result.
    pub programmes: Vec<screening::Screened>,
    /// What can be missing.
    pub fields: Vec<Field>,
    /// Columns that are asked for and that the population does not have.
    pub absent: Vec<Absent>,
    pub summary: Summary,
}

/// A column that a population does not have.
pub(crate) struct Absent {
    pub column: String,
    /// So many programmes ask for it.
    pub programmes: usize,
}

/// The column in which lists of events are declared complete: what the item of all kinds is called.
const COMPLETE: &str = "complete";

/// An item of the work list with what depends on it.
pub(crate) struct Wanted {
    /// A stable name.
    pub name: String,
    pub label: Text,
    /// The name of the item that settles this one, too.
    pub part_of: Option<&'static str>,
    /// The field; nothing for lists of events of all kinds together.
    place: Option<usize>,
    /// Over all programmes.
    pub open: Open,
}

/// The title of a programme, and what its verdicts are worth where they are no conclusions.
pub(crate) fn titled(programme: &screening::Screened) -> Text {
    marked(&programme.title, programme.cases.iter().map(|case| case.standing))
}

impl Screened<'_> {
    /// What has to be known of lists of events that were not brought up to the day, if there are any.
    pub fn outdated(&self) -> Option<Text> {
        outdated::words(&self.summary.outdated, self.question.as_of, self.summary.rows)
    }

    /// Which columns are asked for that the population does not have, if there are any: the first few by
    /// name.
    pub fn absent(&self) -> Option<Text> {
        const NAMED: usize = 8;
        let count = self.absent.len();
        let named = self.absent.iter().take(NAMED).map(|Absent { column, programmes }| {
            let s = if *programmes == 1 { "" } else { "s" };
            Text::new(
                format!("{column}（{programmes} 个项目要用）"),
                format!("{column} (for {programmes} programme{s})"),
            )
        });
        let named = words::join(&named.collect::<Vec<_>>(), "、", ", ");
        let (more, s) = (count.saturating_sub(NAMED), if count == 1 { "" } else { "s" });
        let (zh, en) = match more {
            0 => (String::new(), String::new()),
            more => (format!("，另 {more} 列"), format!(" and {more} more")),
        };
        (count > 0).then(|| {
            Text::new(
                format!("总体没有这 {count} 列，所有户的这些数据都按不知道处理：{}{zh}", named.zh),
                format!(
                    "the population lacks {count} column{s}, unknown for all subjects: {}{en}",
                    named.en
                ),
            )
        })
    }

    /// What verdicts are worth that are no conclusions, as far as there are such.
    pub fn worth(&self) -> Vec<Text> {
        let cases = || self.programmes.iter().flat_map(|programme| &programme.cases);
        let others = [Standing::Indicative, Standing::Historical, Standing::Open];
        let there = others.into_iter().filter(|own| cases().any(|case| case.standing == *own));
        there.map(standing_means).collect()
    }

    /// What is missing, the most decisive first. Lists of events of all kinds are one item, since they
    /// are brought up to the day in one go; those of each kind are told beside it.
    pub fn work(&self) -> Vec<Wanted> {
        let work = &self.summary.work;
        let fields = self.fields.iter().enumerate().map(|(place, field)| Wanted {
            name: field.name(),
            label: field.label.clone(),
            part_of: field.is_list().then_some(COMPLETE),
            place: Some(place),
            open: work.of_field(place),
        });
        let lists = Wanted {
            name: COMPLETE.to_owned(),
            label: self.complete(),
            part_of: None,
            place: None,
            open: work.of_all_lists(),
        };
        let mut wanted: Vec<_> =
            fields.chain([lists]).filter(|own| own.open != Open::default()).collect();
        wanted.sort_by(|a, b| {
            let open = |own: &Wanted| (own.open.alone, own.open.together);
            open(b).cmp(&open(a)).then_with(|| a.name.cmp(&b.name))
        });
        wanted
    }

    /// What it is to bring lists of events up to the day.
    pub fn complete(&self) -> Text {
        let day = self.question.as_of;
        Text::new(
            format!("各类事件核查到 {day}（一次补齐）"),
            format!("events of all kinds listed up to {day} (in one go)"),
        )
    }

    /// By programme: the verdicts that an item keeps open, where there are any.
    pub fn open(&self, wanted: &Wanted) -> impl Iterator<Item = (&screening::Screened, Open)> {
        let (work, field) = (&self.summary.work, wanted.place);
        let programmes = self.programmes.iter().enumerate();
        let open = programmes.map(move |(place, programme)| match field {
            Some(field) => (programme, work.of(place, field)),
            None => (programme, work.of_lists(place)),
        });
        open.filter(|(_, open)| *open != Open::default())
    }
}
