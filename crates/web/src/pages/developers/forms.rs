//! A form with a field of every kind.

use crate::ask::Ask;
use crate::failure::Wrong;
use crate::view::{Act, Block, Choice, Field, Form, View};

pub(super) fn show(ask: &Ask, view: &mut View) {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    view.push(Block::Heading(w("表单", "Form")));
    view.push(Block::Acts(vec![
        Act::main("/developers/components", w("主要操作", "First")),
        Act::link("/developers/components", w("次要操作", "Second")),
        Act::danger("/developers/components", w("停用账号", "Disable")),
    ]));
    view.push(Block::Form(example(ask, &Wrong::default())));
    let wrong = Wrong(vec![
        ("", w("内容已被他人修改，请核对后再提交。", "Somebody else has changed it; look again.")),
        ("revenue", w("须为数字，例如 1234.56", "a number is written like 1234.56")),
        ("founded", w("不得晚于今天", "not after today")),
        ("kinds", w("至少选一项", "choose one at least")),
    ]);
    view.push(Block::Form(example(ask, &wrong)));
}

/// What the example form finds wrong with what was sent.
pub(super) fn judge(ask: &Ask) -> Wrong {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    let mut wrong = Vec::new();
    if ask.form.text("name").is_none() {
        wrong.push(("name", w("请填写", "say it")));
    }
    if ask.form.text("revenue").is_some_and(|typed| typed.parse::<f64>().is_err()) {
        wrong.push(("revenue", w("须为数字，例如 1234.56", "a number is written like 1234.56")));
    }
    Wrong(wrong)
}

pub(super) fn example(ask: &Ask, wrong: &Wrong) -> Form {
    let w = |zh: &str, en: &str| ask.say.either(zh, en).to_owned();
    let typed = |name: &str| ask.form.get(name).unwrap_or_default();
    let choices = |all: [(&str, &str, &str); 3]| {
        all.into_iter().map(|(code, zh, en)| Choice::new(code, w(zh, en), code == "b")).collect()
    };
    let kinds = [
        ("a", "发明专利", "patent"),
        ("b", "软件著作权", "software"),
        ("c", "集成电路布图设计", "circuit"),
    ];
    Form::new("/developers/components", ask.say.t("form.save"))
        .cancel("/developers/components")
        .field(Field::line("name", w("企业名称", "Name of the firm"), typed("name")).required())
        .field(
            Field::money(
                "revenue",
                w("上年度营业收入", "Revenue of last year"),
                w("万元", "CNY 10,000"),
                typed("revenue"),
            )
            .hint(w("见审计报告利润表第一行。", "First line of the income statement.")),
        )
        .field(
            Field::number("staff", w("从业人员", "Staff"), typed("staff")).unit(w("人", "people")),
        )
        .field(
            Field::number("share", w("研发费用占比", "R&D share"), typed("share"))
                .places(2)
                .unit("%".into()),
        )
        .field(Field::day("founded", w("成立日期", "Founded"), typed("founded")))
        .field(Field::select(
            "district",
            w("区县", "District"),
            choices([
                ("a", "市南区", "Shinan"),
                ("b", "崂山区", "Laoshan"),
                ("c", "即墨区", "Jimo"),
            ]),
        ))
        .field(Field::radios(
            "purpose",
            w("用途", "Purpose"),
            choices([
                ("a", "新申报", "new"),
                ("b", "复核", "re-review"),
                ("c", "年度更新", "yearly"),
            ]),
        ))
        .field(Field::checks("kinds", w("知识产权类型", "Kinds of rights"), choices(kinds)))
        .field(Field::area("note", w("说明", "Note"), typed("note")))
        .mistakes(wrong)
}
