//! Districts as tiles: a scheme made up for the eye, no map and no borders. Where a tile stands is data.

use askama::Template;

use super::chart::Unit;
use crate::lang::Say;

/// The width and height of a tile, and the room between two.
const TILE: i64 = 84;
const GAP: i64 = 6;

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
    pub code: String,
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
        (1..=5)
            .map(|class| {
                let until = i64::try_from(most * class / 5).unwrap_or(i64::MAX);
                (
                    i64::try_from(class).unwrap_or(5),
                    format!("≤ {}", self.unit.short(until, self.say)),
                )
            })
            .collect()
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
