//! A screening that has been done: what was asked, of whom, and what it came to. Shown as text and as
//! JSON.

use engine::Summary;
use enterprise::Text;
use rules::{Question, Rulebook, Standing};
use screening::Field;
use words::programme::{marked, standing_means};

use crate::text::screening::grouped;

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
    pub summary: Summary,
}

/// A field of the work list with what depends on it.
pub(crate) struct Wanted<'s> {
    pub field: &'s Field,
    pub place: usize,
    pub alone: u64,
    pub together: u64,
}

/// The title of a programme, and what its verdicts are worth where they are no conclusions.
pub(crate) fn titled(programme: &screening::Screened) -> Text {
    marked(&programme.title, programme.cases.iter().map(|case| case.standing))
}

impl Screened<'_> {
    /// What has to be known of lists of events that were not brought up to the day, if there are any.
    pub fn outdated(&self) -> Option<Text> {
        let until = self.summary.outdated.day()?;
        let (count, day) = (self.summary.outdated.subjects(), self.question.as_of);
        let (subjects, s) = (grouped(count), if count == 1 { "" } else { "s" });
        Some(Text::new(
            format!(
                "{subjects} 户的事件清单没有核查到评估日 {day}（多为核查到 {until}），此后有没有事件不知道，\
                 看事件的条件对这些户不能判定。请核查到 {day}，一次即可补齐各类事件；\
                 或用 --as-of {until} 按核查日判定"
            ),
            format!(
                "the events of {subjects} subject{s} are not listed up to {day} (mostly up to {until}): \
                 whether any happened since is unknown, and criteria about events cannot be told. \
                 Bring the lists up to {day}, all kinds of events in one go, \
                 or judge as of the day they cover: --as-of {until}"
            ),
        ))
    }

    /// What verdicts are worth that are no conclusions, as far as there are such.
    pub fn worth(&self) -> Vec<Text> {
        let cases = || self.programmes.iter().flat_map(|programme| &programme.cases);
        let others = [Standing::Indicative, Standing::Historical, Standing::Open];
        let there = others.into_iter().filter(|own| cases().any(|case| case.standing == *own));
        there.map(standing_means).collect()
    }

    /// What is missing, the most decisive first.
    pub fn work(&self) -> Vec<Wanted<'_>> {
        let wanted = self.fields.iter().enumerate().map(|(place, field)| {
            let open = self.summary.work.of_field(place);
            Wanted { field, place, alone: open.alone, together: open.together }
        });
        let mut wanted: Vec<_> = wanted.filter(|own| own.alone + own.together > 0).collect();
        wanted.sort_by_key(|own| (std::cmp::Reverse((own.alone, own.together)), own.field.name()));
        wanted
    }
}
