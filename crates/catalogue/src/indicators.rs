//! The pages of indicators, one for each kind: what each means, where it is found, who asks for it.

use enterprise::{Indicator, Kind, Lack, Lang, Text};
use rules::Rulebook;
use words::{indicator as say, law, provenance};

use crate::markdown::{code, escape};
use crate::sheet::Sheet;
use crate::site;
use crate::uses::{Place, Thing, Uses, in_quantity};

/// The pages with their titles, of the kinds that there are.
pub(crate) fn kinds(rulebook: &Rulebook) -> Vec<(String, Text)> {
    let mut found: Vec<(String, Text)> = Vec::new();
    for indicator in rulebook.catalogue.indicators() {
        let path = site::indicators(&indicator.kind);
        if !found.iter().any(|(known, _)| *known == path) {
            found.push((path, title(&indicator.kind)));
        }
    }
    found
}

fn title(kind: &Kind) -> Text {
    match kind {
        Kind::Money => Text::new("金额类指标", "Money"),
        Kind::Ratio => Text::new("比率类指标", "Ratios"),
        Kind::Number { .. } => Text::new("数量类指标", "Numbers"),
        Kind::Date => Text::new("日期类指标", "Dates"),
        Kind::Flag => Text::new("是否类指标", "Yes or no"),
        Kind::Choice(_) | Kind::Industry => Text::new("选项与行业类指标", "Choices and industries"),
    }
}

/// The pages.
pub(crate) fn sheets(rulebook: &Rulebook, uses: &Uses<'_>, lang: Lang) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (path, title) in kinds(rulebook) {
        let mut sheet = Sheet::new(lang, &path, &title);
        for indicator in rulebook.catalogue.indicators() {
            if site::indicators(&indicator.kind) == path {
                self::indicator(&mut sheet, indicator, rulebook, uses);
            }
        }
        sheets.push(sheet);
    }
    sheets
}

fn indicator(sheet: &mut Sheet, indicator: &Indicator, rulebook: &Rulebook, uses: &Uses<'_>) {
    let label = sheet.t(&indicator.label);
    sheet.heading(2, &label, Some(&indicator.id));
    let note = sheet.t(&indicator.note);
    sheet.paragraph(&note);
    let mut facts = Vec::new();
    let mut fact = |sheet: &Sheet, name: &str, value: String| {
        if !value.is_empty() {
            facts.push(sheet.pair(name, &value));
        }
    };
    let kind = sheet.list(&[sheet.t(&say::kind(indicator)), sheet.t(&say::period(indicator))]);
    fact(sheet, sheet.say("类型", "Kind"), kind);
    let range = say::range(indicator).map(|range| sheet.t(&range)).unwrap_or_default();
    fact(sheet, sheet.say("可填范围", "Accepted"), range);
    if let Kind::Choice(choices) = &indicator.kind {
        let names: Vec<String> = choices.iter().map(|choice| sheet.t(&choice.label)).collect();
        fact(sheet, sheet.say("选项", "Choices"), sheet.list(&names));
    }
    if let Some(formula) = rulebook.formulas.get(&indicator.id) {
        let words = match indicator.period {
            enterprise::Period::Yearly => law::quantity_of_any_year(formula),
            enterprise::Period::State => law::quantity(formula),
        };
        let how = if indicator.given {
            sheet.say("未填报时的计算方法", "Computed, when not given, as")
        } else {
            sheet.say("计算方法", "Computed as")
        };
        fact(sheet, how, sheet.t(&words));
    }
    if rulebook.classifications.contains_key(&indicator.id) {
        let link = sheet
            .link(sheet.say("划分标准", "Classification"), &site::classification(&indicator.id));
        fact(sheet, sheet.say("计算方法", "Computed by"), link);
    }
    if indicator.given {
        fact(sheet, sheet.say("数据来源", "First hand"), sheet.t(&indicator.source));
        if indicator.tax {
            let only = sheet.say("税务数据，只供认定使用", "tax figure, for recognition only");
            fact(sheet, sheet.say("使用范围", "Used"), only.to_owned());
        }
        fact(sheet, sheet.say("获取方式", "Obtained"), sheet.t(&provenance::cost(indicator.cost)));
        fact(
            sheet,
            sheet.say("改变难度", "Hard to change"),
            sheet.t(&say::effort(indicator.effort)),
        );
        if indicator.effort.is_some() {
            let name = sheet.say("提升方案的变动方向", "A plan may move it");
            fact(sheet, name, sheet.t(&say::moves(indicator)));
        }
        let whole = indicator.within.as_ref().and_then(|id| rulebook.catalogue.indicator(id));
        if let Some(whole) = whole {
            fact(sheet, sheet.say("不超过", "No more than"), sheet.t(&whole.label));
        }
    }
    if indicator.lack != Lack::Data {
        fact(
            sheet,
            sheet.say("缺失时", "While it is missing"),
            sheet.t(&say::lack(indicator.lack)),
        );
    }
    // Headings of columns are those of Chinese files.
    if sheet.lang() == Lang::Zh {
        let aliases: Vec<String> = indicator.aliases.iter().map(|alias| escape(alias)).collect();
        fact(sheet, "其他列名", sheet.list(&aliases));
    }
    fact(sheet, sheet.say("代码", "Id"), code(&indicator.id));
    sheet.bullets(&facts);
    used(
        sheet,
        uses.places(&Thing::Indicator(&indicator.id)),
        &computed(indicator, rulebook, sheet),
    );
}

/// The indicators and classifications that are computed from this one.
fn computed(indicator: &Indicator, rulebook: &Rulebook, sheet: &Sheet) -> Vec<String> {
    let wanted = Thing::Indicator(&indicator.id);
    let mut ids: Vec<&str> = Vec::new();
    for (id, formula) in &rulebook.formulas {
        let mut things = Vec::new();
        in_quantity(formula, &mut things);
        if things.contains(&wanted) {
            ids.push(id);
        }
    }
    let mut links: Vec<String> = ids
        .into_iter()
        .filter_map(|id| rulebook.catalogue.indicator(id))
        .map(|other| sheet.link(&sheet.t(&other.label), &site::indicator(other)))
        .collect();
    for (id, versions) in &rulebook.classifications {
        let uses_it = versions.iter().any(|version| {
            let mut things = Vec::new();
            for metric in version.groups.iter().flat_map(|group| &group.metrics) {
                in_quantity(&metric.value, &mut things);
            }
            version.by.indicator.id == indicator.id || things.contains(&wanted)
        });
        if let Some(other) = rulebook.catalogue.indicator(id).filter(|_| uses_it) {
            links.push(sheet.link(&sheet.t(&other.label), &site::classification(id)));
        }
    }
    links
}

/// Which programmes ask for a thing, and where.
pub(crate) fn used(sheet: &mut Sheet, places: &[Place<'_>], computed: &[String]) {
    let mut items: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(first) = places.get(at) {
        let same: Vec<&Place<'_>> = places
            .iter()
            .skip(at)
            .take_while(|place| {
                place.programme.id == first.programme.id && place.part == first.part
            })
            .collect();
        at += same.len();
        let page = site::programme(&first.programme.id);
        let links: Vec<String> = same
            .iter()
            .map(|place| sheet.link(&sheet.t(place.label), &format!("{page}#{}", place.anchor)))
            .collect();
        let name = match sheet.lang() {
            Lang::Zh => format!("{}（{}）", sheet.t(&first.programme.title), sheet.t(&first.part)),
            Lang::En => format!("{} ({})", sheet.t(&first.programme.title), sheet.t(&first.part)),
        };
        items.push(sheet.pair(&name, &sheet.list(&links)));
    }
    if items.is_empty() && computed.is_empty() {
        let words = sheet.say("目前没有项目使用。", "No programme asks for it.");
        sheet.paragraph(words);
    }
    if !items.is_empty() {
        sheet.paragraph(sheet.say("用于：", "Used in:"));
        sheet.bullets(&items);
    }
    if !computed.is_empty() {
        let words = sheet.pair(sheet.say("用于计算", "Used to compute"), &sheet.list(computed));
        sheet.paragraph(&words);
    }
}
