//! Lists, tables, facts, states, notices.

use jiff::civil::date;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::parts::Tone;
use crate::parts::list::{Column, Kind, List};
use crate::parts::notice::{self, Notice};
use crate::parts::progress::Progress;
use crate::parts::tabs::{Tab, Tabs};
use crate::parts::tiles::{Tile, Tiles};
use crate::parts::verdict::Verdict;
use crate::view::{Act, Block, Cell, Choice, Field, Form, Part, Table, View};

/// Names, codes, revenue in fen, growth in parts per million.
const FIRMS: [(&str, &str, i64, Option<i64>, bool); 5] = [
    ("青岛海燕精密制造有限公司", "91370202MA3C1A2B3X", 12_345_678_900, Some(182_300), true),
    ("青岛崂山云帆软件技术服务有限公司", "91370203MA3C1A2B4N", 4_210_000_000, Some(-31_000), false),
    ("胶州湾智能装备股份有限公司", "91370211MA3D5E6F70", 98_765_432_100, None, true),
    (
        "莱西市沽河绿色食品加工农民专业合作社联合社",
        "93370285MA3P9Q8R77",
        860_000_000,
        Some(0),
        false,
    ),
    (
        "Qingdao Sea Swallow Precision Instruments (Sino-foreign) Co., Ltd.",
        "91370212MA3XYZ1234",
        0,
        Some(1_250_000),
        true,
    ),
];

pub(super) fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let say = ask.say;
    let w = |zh: &str, en: &str| say.either(zh, en).to_owned();
    view.part(&Tabs {
        label: w("企业", "Firm"),
        tabs: [
            ("概况", "Overview", None, true),
            ("结论", "Verdicts", Some(64), false),
            ("称号", "Titles", Some(3), false),
        ]
        .into_iter()
        .map(|(zh, en, count, here)| Tab {
            to: "/developers/components".into(),
            text: w(zh, en),
            count,
            here,
        })
        .collect(),
    })?;
    view.part(&Tiles {
        tiles: vec![
            Tile::new(w("在库企业", "Firms"), "20,000", w("家", "")).to("/developers/components"),
            Tile::new(w("符合", "Eligible"), "1,284", w("家", ""))
                .tone(Tone::Good)
                .note(w("比上月 +36", "+36 since last month")),
            Tile::new(w("差一项", "One short"), "412", w("家", "")).tone(Tone::Near),
            Tile::new(w("缺数据", "Data missing"), "6,031", w("家", "")).tone(Tone::Open),
            Tile::new(w("待评审", "Review pending"), "97", w("家", "")).tone(Tone::Pending),
            Tile::new(w("不符合", "Not eligible"), "12,176", w("家", "")).tone(Tone::Bad),
        ],
    })?;
    view.push(Block::Heading(w("列表", "List")));
    let columns = vec![
        Column::link("name", w("企业名称", "Firm")).small(w("统一社会信用代码", "Code")).sorts(),
        Column::text("district", w("区县", "District")).sorts(),
        Column::figure("revenue", w("营业收入", "Revenue")).unit(w("万元", "CNY 10,000")).sorts(),
        Column::figure("growth", w("增长率", "Growth")).unit("%").sorts(),
        Column::new("founded", w("成立日期", "Founded"), Kind::Day).sorts(),
        Column::text("phone", w("联系电话", "Telephone")).aside(),
        Column::new("verdict", w("结论", "Verdict"), Kind::State),
        Column::acts(),
    ];
    let mut list = List::new(ask, w("企业", "Firms"), columns);
    list.filters(
        Form::new("/developers/components", say.t("list.search"))
            .field(Field::kind(
                "q",
                w("名称或代码", "Name or code"),
                "search",
                ask.query.text("q").unwrap_or_default(),
            ))
            .field(Field::select(
                "district",
                w("区县", "District"),
                vec![
                    Choice::new("", say.t("list.all"), true),
                    Choice::new("370212", w("崂山区", "Laoshan"), false),
                ],
            )),
    );
    for (index, (name, code, revenue, growth, good)) in FIRMS.into_iter().enumerate() {
        let (tone, text) = if good {
            (Tone::Good, w("符合", "eligible"))
        } else {
            (Tone::Open, w("待定", "open"))
        };
        let chip = Part::new(&Verdict::new(tone, text.clone()))?;
        list.row(vec![
            Cell::Link {
                to: "/developers/components".into(),
                text: name.into(),
                small: code.into(),
            },
            Cell::text(w("崂山区", "Laoshan")),
            Cell::money(Some(revenue), say),
            Cell::percent(growth),
            Cell::Day(date(2014 + i16::try_from(index).unwrap_or_default(), 3, 18)),
            Cell::none(),
            Cell::Part(chip, text),
            Cell::Acts(vec![Act::link("/developers/components", w("查看", "Show"))]),
        ]);
    }
    list.total(ask, 128);
    list.export(ask, "/developers/components");
    view.list(&list)?;
    view.push(Block::Heading(w("小表、状态、事实", "Small table, states, facts")));
    let states = || {
        Cell::States(vec![
            ("good", w("正常", "active")),
            ("wait", w("待审批", "waiting")),
            ("bad", w("已停用", "disabled")),
            ("", w("已结束", "over")),
        ])
    };
    view.push(Block::Table(Table {
        caption: w("一张小表", "A small table"),
        columns: vec![w("角色", "Role"), w("有效期至", "Until"), w("状态", "State"), String::new()],
        rows: vec![vec![
            Cell::Two {
                text: w("市级业务员", "City officer"),
                small: w("青岛市工业和信息化局", "Qingdao bureau"),
            },
            Cell::Num("2027-12-31".into()),
            states(),
            Cell::Acts(vec![Act::danger("/developers/components", w("结束", "End"))]),
        ]],
    }));
    view.push(Block::Facts(vec![
        (w("统一社会信用代码", "Code"), Cell::Code("91370202MA3C1A2B3X".into())),
        (w("营业收入", "Revenue"), Cell::Num(w("12,345.68 万元", "123.46 million yuan"))),
        (w("状态", "State"), states()),
        (
            w("进度", "Progress"),
            Cell::Progress { done: 42, of: 64, text: w("正在筛查", "screening") },
        ),
    ]));
    view.part(&Progress {
        say,
        id: "work",
        label: w("正在筛查 20,000 家企业", "Screening 20,000 firms"),
        done: 13_400,
        of: Some(20_000),
        note: w("约剩 12 秒。可以离开本页，完成后首页会提示。", "About 12 seconds left."),
        again: None,
    })?;
    notices(ask, view)
}

fn notices(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    view.push(Block::Heading(w(
        "提示与空状态",
        "Notes, and what stands in place of what is not there",
    )));
    view.push(Block::Note(
        "",
        w(
            "一般提示：规则库将于 2027-01-01 更新。",
            "A remark: the rulebook changes on 2027-01-01.",
        ),
    ));
    view.push(Block::Note("done", w("已保存。", "Saved.")));
    view.push(Block::Note(
        "wait",
        w("有 3 个数值待核对原文。", "3 numbers are not compared with the text yet."),
    ));
    view.push(Block::Note(
        "wrong",
        w("没有保存：内容已被他人修改。", "Not saved: somebody else has changed it."),
    ));
    view.push(Block::Secret(
        w("邀请链接只显示一次：", "The link is shown once:"),
        "https://tidu.example/invitation?code=ABCD-EFGH".into(),
    ));
    let all = [
        (
            notice::Kind::Empty,
            w("还没有企业", "No firms yet"),
            w("导入一份企业数据，或等待夜间同步。", "Import data, or wait for the night."),
        ),
        (
            notice::Kind::Loading,
            w("正在筛查", "Screening"),
            w("约需一分钟，完成后自动显示。", "About a minute; it appears by itself."),
        ),
        (
            notice::Kind::Failed,
            w("没有算出来", "It failed"),
            w(
                "数据文件损坏。请联系管理员，请求编号 18f2-03。",
                "The file is damaged. Call the administrator: 18f2-03.",
            ),
        ),
        (
            notice::Kind::NotAllowed,
            w("没有权限查看", "Not for you"),
            w("涉税数据仅市级业务员可见。", "Tax data is for officers of the city."),
        ),
        (
            notice::Kind::Expired,
            w("结果已过期", "Out of date"),
            w("规则库已更新，请重新筛查。", "The rulebook has changed; screen again."),
        ),
    ];
    for (kind, title, text) in all {
        view.part(
            &Notice::new(kind, title, text)
                .act(Act::link("/developers/components", w("去处理", "Settle it"))),
        )?;
    }
    Ok(())
}
