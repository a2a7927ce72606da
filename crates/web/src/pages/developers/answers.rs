//! Verdicts, an explanation, scores, a ladder, a time line.

use jiff::civil::date;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::parts::Tone;
use crate::parts::ladder::{Ladder, Rung, State};
use crate::parts::qr::Qr;
use crate::parts::score::ScoreBar;
use crate::parts::timeline::{Event, Timeline};
use crate::parts::tree::{Line, Node, Row, Tree, Truth};
use crate::parts::verdict::Verdict;
use crate::view::{Block, View};

pub(super) fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let say = ask.say;
    let w = |zh: &str, en: &str| say.either(zh, en).to_owned();
    view.push(Block::Heading(w("结论", "Verdicts")));
    let verdicts = [
        (Tone::Good, w("符合", "eligible"), w("直通", "direct path")),
        (Tone::Bad, w("不符合", "not eligible"), String::new()),
        (Tone::Open, w("待定", "undetermined"), w("缺数据", "data missing")),
        (Tone::Pending, w("待定", "undetermined"), w("待评审", "review pending")),
        (Tone::Near, w("差一项", "one short"), w("研发费用占比", "R&D share")),
        (Tone::Dim, w("标准未公开", "standard not public"), String::new()),
    ];
    for (tone, text, reason) in verdicts {
        view.part(&Verdict::new(tone, text).because(reason))?;
    }
    view.push(Block::Heading(w("逐条说明", "Explanation")));
    view.part(&Tree { say, nodes: nodes(ask) })?;
    view.push(Block::Heading(w("评分", "Score")));
    for (low, high) in [(6_800, 6_800), (4_250, 7_800), (3_000, 5_900)] {
        view.part(&ScoreBar {
            say,
            label: w("创新能力", "Innovation"),
            low,
            high,
            max: 10_000,
            pass: Some(6_000),
        })?;
    }
    view.push(Block::Heading(w("梯度", "Ladder")));
    view.part(&ladder(ask))?;
    view.push(Block::Heading(w("时间线", "Time line")));
    let until = |event: Event, day| Event { until: Some(day), ..event };
    view.part(&Timeline {
        say,
        today: date(2026, 11, 23),
        events: vec![
            until(
                Event::on(
                    date(2024, 7, 1),
                    w("认定为创新型中小企业", "Recognised as innovative"),
                    Tone::Good,
                ),
                date(2027, 6, 30),
            ),
            Event {
                note: w("原值 3.2%，更正为 3.4%", "from 3.2% to 3.4%"),
                ..Event::on(date(2026, 5, 12), w("更正研发费用", "R&D corrected"), Tone::Plain)
            },
            until(
                Event::on(
                    date(2026, 11, 10),
                    w("申报窗口", "Window for applications"),
                    Tone::Pending,
                ),
                date(2026, 12, 20),
            ),
            Event::on(date(2027, 1, 1), w("新年度数据开始计入", "A new year counts"), Tone::Open),
        ],
    })?;
    view.push(Block::Heading(w("二维码", "Picture of a text")));
    view.part(&Qr::of(
        "otpauth://totp/Tidu:demo?secret=JBSWY3DPEHPK3PXP",
        w("示例二维码", "An example"),
    )?)
}

fn nodes(ask: &Ask) -> Vec<Node> {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    let row = |label: String, value: String, limit: &str, note: String| Row {
        label,
        value,
        limit: limit.to_owned(),
        note,
        ..Row::default()
    };
    let unchecked = w("待核对原文", "not compared yet");
    vec![
        Node {
            clause: w("附件1 一", "annex 1, 1"),
            lines: vec![Line::Row(row(
                w("从事细分市场年限", "Years in the niche"),
                w("6 年", "6 years"),
                "≥ 2",
                w("2018-06 起", "since 2018-06"),
            ))],
            ..Node::new(Truth::Met, w("专注细分市场", "Niche market"))
        },
        Node {
            clause: w("附件1 三", "annex 1, 3"),
            status_note: unchecked.clone(),
            lines: vec![
                Line::Remark {
                    depth: 0,
                    text: w("近两年每年均须满足", "in each of the last two years"),
                    tone: Tone::Dim,
                },
                Line::Row(Row {
                    mark: Some(Truth::Met),
                    ..row(
                        w("2024 年研发费用", "R&D 2024"),
                        w("132.00 万元", "1.32 m"),
                        "≥ 100 万元",
                        w("税务局，2025-06-30", "tax office"),
                    )
                }),
                Line::Row(Row {
                    mark: Some(Truth::NotMet),
                    tone: Tone::Bad,
                    share: Some(870),
                    ..row(
                        w("2025 年研发费用占营业收入的比例", "R&D share 2025"),
                        "2.61%".into(),
                        "≥ 3%",
                        w("差 0.39 个百分点", "0.39 points short"),
                    )
                }),
                Line::Row(Row {
                    depth: 1,
                    tone: Tone::Dim,
                    ..row(
                        w("2025 年营业收入", "Revenue 2025"),
                        w("5,123.46 万元", "51.23 m"),
                        "",
                        w("税务局", "tax office"),
                    )
                }),
            ],
            note: w("注：研发费用以加计扣除口径为准。", "note: as deducted from tax"),
            ..Node::new(Truth::NotMet, w("研发投入", "R&D"))
        },
        Node {
            clause: w("附件1 四", "annex 1, 4"),
            status_note: unchecked,
            lines: vec![Line::Remark {
                depth: 0,
                text: w("以下满足一项即可", "any one of these"),
                tone: Tone::Dim,
            }],
            children: vec![
                Node {
                    lines: vec![Line::Row(Row {
                        tone: Tone::Open,
                        ..row(
                            w("I 类知识产权", "Class I rights"),
                            w("缺", "missing"),
                            "≥ 1",
                            w("来自知识产权局", "from the IP office"),
                        )
                    })],
                    ..Node::new(Truth::Unknown, w("拥有 I 类知识产权", "Holds class I rights"))
                },
                Node {
                    lines: vec![Line::Row(Row {
                        tone: Tone::Bad,
                        share: Some(0),
                        ..row(
                            w("省级科技奖", "Provincial award"),
                            w("无", "none"),
                            w("近三年须有", "within three years").as_str(),
                            String::new(),
                        )
                    })],
                    ..Node::new(
                        Truth::NotMet,
                        w("近三年获省级科技奖", "An award within three years"),
                    )
                },
            ],
            ..Node::new(Truth::Unknown, w("创新成果", "Results"))
        },
        Node {
            children: vec![
                Node::new(Truth::Met, w("无重大安全事故", "No serious accident")),
                Node::new(
                    Truth::Met,
                    w("未列入严重失信名单", "Not on the list of dishonest firms"),
                ),
            ],
            clause: w("第四条", "article 4"),
            ..Node::new(Truth::Met, w("一票否决", "Vetoes"))
        },
        Node {
            clause: w("附件2", "annex 2"),
            ..Node::new(Truth::NotApplicable, w("复核附加要求", "More for re-reviews"))
        },
    ]
}

fn ladder(ask: &Ask) -> Ladder {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    let rung = |label: String, state: State, note: String| Rung {
        state,
        note,
        ..Rung::of_law(label, Some("/developers/components".into()))
    };
    Ladder {
        say: ask.say,
        title: w("中小企业梯度", "Ladder of SMEs"),
        rungs: vec![
            rung(w("科技型中小企业", "Technology SME"), State::Qualifies, String::new()),
            rung(
                w("创新型中小企业", "Innovative SME"),
                State::Held,
                w("至 2027-06-30", "until 2027-06-30"),
            ),
            Rung {
                next: true,
                ..rung(
                    w("专精特新中小企业", "Specialised SME"),
                    State::Short,
                    w("研发费用占比差 0.39 个百分点", "R&D share 0.39 points short"),
                )
            },
            rung(w("专精特新“小巨人”企业", "Little giant"), State::NotMet(4), String::new()),
            rung(
                w("制造业单项冠军企业", "Single champion"),
                State::Unknown,
                w("缺市场占有率", "market share missing"),
            ),
            rung(w("科技领军企业", "Leader"), State::NotPublic, String::new()),
        ],
    }
}
