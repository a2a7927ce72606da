//! Districts as tiles: a scheme made up for the eye, no map and no borders. Where a tile stands is data.

use askama::Template;

use super::chart::Unit;
use crate::lang::Say;

/// The width and height of a tile, and the room between two.
const TILE: i64 = 84;
const GAP: i64 = 6;
/// So many signs fit into a line of a tile.
const SIGNS: usize = 5;

/// Districts as tiles, shaded by a number.
#[derive(Template)]
#[template(path = "parts/map.html")]
pub(crate) struct TileMap {
    pub say: Say,
    pub title: String,
    pub unit: Unit,
    pub tiles: Vec<Tile>,
}

/// A district.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    /// In a few signs.
    pub name: String,
    /// Its place, counted from 0.
    pub column: i64,
    pub row: i64,
    /// None where nothing is known.
    pub value: Option<i64>,
    pub to: Option<String>,
}

impl TileMap {
    fn width(&self) -> i64 {
        let most = self.tiles.iter().map(|tile| tile.column).max().unwrap_or_default();
        (most + 1) * (TILE + GAP) - GAP
    }

    fn height(&self) -> i64 {
        let most = self.tiles.iter().map(|tile| tile.row).max().unwrap_or_default();
        (most + 1) * (TILE + GAP) - GAP
    }

    fn x(&self, tile: &Tile) -> i64 {
        tile.column * (TILE + GAP)
    }

    fn y(&self, tile: &Tile) -> i64 {
        tile.row * (TILE + GAP)
    }

    /// The name in at most two lines, so that it stays within its tile: each with its place.
    fn lines(&self, tile: &Tile) -> Vec<(i64, String)> {
        let signs: Vec<char> = tile.name.chars().collect();
        let lines = match tile.name.rsplit_once(' ') {
            Some((first, last)) => vec![first.to_owned(), last.to_owned()],
            None if signs.len() <= SIGNS => vec![tile.name.clone()],
            None => {
                signs.chunks(signs.len().div_ceil(2)).map(|part| part.iter().collect()).collect()
            }
        };
        // One alone stands in the middle of the room of two.
        let first = self.y(tile) + if lines.len() > 1 { 26 } else { 35 };
        (0..).map(|index| first + 18 * index).zip(lines).collect()
    }

    fn most(&self) -> i64 {
        self.tiles.iter().filter_map(|tile| tile.value).max().unwrap_or_default().max(1)
    }

    /// The class of a tile from 1 to 5, 0 if there is nothing.
    fn class(&self, tile: &Tile) -> i64 {
        match tile.value {
            None | Some(i64::MIN..=0) => 0,
            Some(value) => {
                let class = (i128::from(value) * 5 - 1) / i128::from(self.most()) + 1;
                i64::try_from(class).unwrap_or(5).clamp(1, 5)
            }
        }
    }

    /// Up to where each class reaches.
    fn classes(&self) -> Vec<(i64, String)> {
        let most = i128::from(self.most());
        let mut all: Vec<(i64, String)> = Vec::new();
        let mut before = 0;
        for class in 1..=5 {
            let until = i64::try_from(most * i128::from(class) / 5).unwrap_or(i64::MAX);
            // Of few there are fewer classes.
            if until > before {
                all.push((class, format!("≤ {}", self.unit.short(until, self.say))));
            }
            before = until;
        }
        all
    }

    fn shown(&self, tile: &Tile) -> String {
        tile.value.map_or_else(|| "—".to_owned(), |value| self.unit.short(value, self.say))
    }

    fn full(&self, tile: &Tile) -> String {
        tile.value.map_or_else(|| "—".to_owned(), |value| self.unit.full(value, self.say))
    }

    fn unit_name(&self) -> String {
        self.unit.name(self.say)
    }
}
