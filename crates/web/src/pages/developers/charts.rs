//! Charts and the map of tiles.

use crate::ask::Ask;
use crate::failure::Failure;
use crate::parts::Tone;
use crate::parts::chart::{Bar, Bars, Heat, HeatCell, Line, Lines, Ring, Slice, Unit};
use crate::parts::map::{Tile, TileMap};
use crate::view::{Block, View};

const HERE: &str = "/developers/components";
const FIRMS: Unit = Unit::Count("unit.firms");
/// Districts with two names, the place of a tile, and a number.
const DISTRICTS: [(&str, &str, i64, i64, Option<i64>); 6] = [
    ("市南区", "Shinan", 1, 2, Some(1_830)),
    ("市北区", "Shibei", 1, 1, Some(2_410)),
    ("李沧区", "Licang", 2, 1, Some(1_206)),
    ("崂山区", "Laoshan", 2, 2, Some(3_057)),
    ("城阳区", "Chengyang", 1, 0, Some(4_822)),
    ("即墨区", "Jimo", 2, 0, None),
];

pub(super) fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let say = ask.say;
    let w = |zh: &str, en: &str| say.either(zh, en).to_owned();
    view.push(Block::Heading(w("图表", "Charts")));
    let bar = |zh: &str, en: &str, values: &[i64]| Bar {
        label: w(zh, en),
        to: Some(HERE.into()),
        values: values.to_vec(),
    };
    view.part(&Bars {
        say,
        title: w("各区县在库企业", "Firms by district"),
        unit: FIRMS,
        series: vec![(w("企业", "Firms"), Tone::Series(1))],
        bars: DISTRICTS
            .iter()
            .map(|(zh, en, _, _, value)| bar(zh, en, &[value.unwrap_or_default()]))
            .collect(),
        filled: false,
    })?;
    let populations = [
        ("符合", "eligible", Tone::Good),
        ("待评审", "review pending", Tone::Pending),
        ("差一项", "one short", Tone::Near),
        ("缺数据", "data missing", Tone::Open),
        ("不符合", "not eligible", Tone::Bad),
    ];
    view.part(&Bars {
        say,
        title: w("各项目五类企业", "The five populations of each programme"),
        unit: FIRMS,
        series: populations.iter().map(|(zh, en, tone)| (w(zh, en), *tone)).collect(),
        bars: vec![
            bar("科技型中小企业", "Technology SME", &[5_200, 0, 2_100, 4_000, 8_700]),
            bar("创新型中小企业", "Innovative SME", &[1_284, 97, 412, 6_031, 12_176]),
            bar("专精特新“小巨人”企业", "Little giant", &[12, 3, 41, 7_010, 12_934]),
        ],
        filled: true,
    })?;
    let years = ["2021", "2022", "2023", "2024", "2025"];
    view.part(&Lines {
        say,
        title: w("营业收入", "Revenue"),
        unit: Unit::Money,
        places: years.iter().map(|year| (*year).to_owned()).collect(),
        lines: vec![
            Line {
                name: w("本企业", "This firm"),
                tone: Tone::Series(1),
                values: vec![
                    Some(3_000_000_000),
                    Some(4_100_000_000),
                    None,
                    Some(6_200_000_000),
                    Some(12_000_000_000),
                ],
            },
            Line {
                name: w("同行业中位数", "Median of its industry"),
                tone: Tone::Series(2),
                values: vec![
                    Some(4_000_000_000),
                    Some(4_400_000_000),
                    Some(4_300_000_000),
                    Some(5_000_000_000),
                    Some(5_100_000_000),
                ],
            },
        ],
    })?;
    view.part(&Ring {
        say,
        title: w("五类企业", "Five populations"),
        unit: FIRMS,
        slices: populations
            .iter()
            .zip([1_284, 97, 412, 6_031, 12_176])
            .map(|((zh, en, tone), value)| Slice {
                label: w(zh, en),
                value,
                tone: *tone,
                to: Some(HERE.into()),
            })
            .collect(),
    })?;
    let cells = |values: [i64; 4]| {
        values
            .into_iter()
            .map(|value| HeatCell {
                value: Some(value).filter(|value| *value >= 0),
                to: Some(HERE.into()),
            })
            .collect()
    };
    view.part(&Heat {
        say,
        title: w("区县与行业", "Districts and industries"),
        unit: FIRMS,
        columns: [("装备", "Machines"), ("软件", "Software"), ("食品", "Food"), ("海洋", "Marine")]
            .map(|(zh, en)| w(zh, en))
            .to_vec(),
        rows: vec![
            (w("崂山区", "Laoshan"), cells([120, 840, 31, 402])),
            (w("城阳区", "Chengyang"), cells([1_430, 210, 88, 0])),
            (w("莱西市", "Laixi"), cells([310, 12, 640, -1])),
        ],
    })?;
    view.part(&TileMap {
        say,
        title: w("各区县符合条件企业", "Eligible firms by district"),
        unit: FIRMS,
        tiles: DISTRICTS
            .iter()
            .map(|(zh, en, column, row, value)| Tile {
                name: w(zh, en),
                column: *column,
                row: *row,
                value: *value,
                to: value.map(|_| HERE.to_owned()),
            })
            .collect(),
    })
}
