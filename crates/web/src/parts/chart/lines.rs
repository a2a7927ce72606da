//! Lines over time or over thresholds.

use askama::Template;

use super::Unit;
use super::axis::marks;
use crate::lang::Say;
use crate::parts::Tone;

/// The height of the drawing in pixels.
const HEIGHT: i64 = 200;

/// Lines over the same places.
#[derive(Template)]
#[template(path = "parts/lines.html")]
pub(crate) struct Lines {
    pub say: Say,
    pub title: String,
    pub unit: Unit,
    /// What stands below: years, days, thresholds.
    pub places: Vec<String>,
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub name: String,
    pub tone: Tone,
    /// One for each place; none where nothing is known, which interrupts the line.
    pub values: Vec<Option<i64>>,
}

/// A mark of the axis at its height.
struct Mark {
    y: i64,
    text: String,
}

/// A point at its place: across in hundredths of a percent, down in pixels.
struct Point {
    x: String,
    y: i64,
    said: String,
}

/// A stretch between two known neighbours.
struct Stretch {
    from: Point,
    to: Point,
}

impl Lines {
    fn ends(&self) -> (i64, i64) {
        let known = || self.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
        let all = marks(known().min().unwrap_or_default(), known().max().unwrap_or_default());
        (all.first().copied().unwrap_or_default(), all.last().copied().unwrap_or(1))
    }

    fn y(&self, value: i64) -> i64 {
        let (low, high) = self.ends();
        let reach = (i128::from(high) - i128::from(low)).max(1);
        let up = (i128::from(value) - i128::from(low)) * i128::from(HEIGHT) / reach;
        HEIGHT - i64::try_from(up).unwrap_or_default()
    }

    fn x(&self, place: &usize) -> String {
        let count = self.places.len().max(1);
        let place = *place;
        let hundredths = (place * 2 + 1) * 5000 / count;
        format!("{}.{:02}%", hundredths / 100, hundredths % 100)
    }

    fn marks(&self) -> Vec<Mark> {
        let (low, high) = self.ends();
        let all = marks(low, high);
        all.into_iter()
            .map(|mark| Mark { y: self.y(mark), text: self.unit.short(mark, self.say) })
            .collect()
    }

    fn at(&self, line: &Line, place: usize) -> Option<Point> {
        let value = (*line.values.get(place)?)?;
        let name = self.places.get(place).map(String::as_str).unwrap_or_default();
        let said = format!("{} {name} {}", line.name, self.unit.full(value, self.say));
        Some(Point { x: self.x(&place), y: self.y(value), said })
    }

    fn points(&self, line: &Line) -> Vec<Point> {
        (0..self.places.len()).filter_map(|place| self.at(line, place)).collect()
    }

    fn stretches(&self, line: &Line) -> Vec<Stretch> {
        (1..self.places.len())
            .filter_map(|place| {
                let from = self.at(line, place - 1)?;
                Some(Stretch { from, to: self.at(line, place)? })
            })
            .collect()
    }

    fn full(&self, value: &Option<i64>) -> String {
        value.map_or_else(|| "—".to_owned(), |value| self.unit.full(value, self.say))
    }

    fn unit_name(&self) -> String {
        self.unit.name(self.say)
    }
}
