//! Which columns a form has, in which order, and under which headings. A heading is taken only if
//! the reader understands it as exactly this column; the id is the last resort.

use std::collections::BTreeSet;

use enterprise::{Catalogue, Indicator, Lang, Period, Problem, ProblemKind, Text, nearest};

use crate::says::{nearest_hint, refused, shown};
use crate::subject::YEARS;
use crate::table::{Heading, Names, Target};

use super::Years;
use super::kinds::{Entry, Writing, date_example, date_form, writing, yes_no, yes_no_form};

/// One column of a form.
pub(crate) struct FormColumn {
    pub(crate) heading: String,
    pub(crate) entry: Entry,
    /// What it means.
    pub(crate) meaning: Text,
    /// How to write it.
    pub(crate) form: Text,
    /// Who has it.
    pub(crate) source: Text,
    pub(crate) example: Text,
}

/// The columns of a form.
pub(crate) fn columns(
    catalogue: &Catalogue,
    Years { all: years, beside }: &Years,
    only: Option<&BTreeSet<String>>,
    lang: Lang,
) -> Result<Vec<FormColumn>, Box<Problem>> {
    if years.is_empty() || !YEARS.contains(years.start()) || !YEARS.contains(years.end()) {
        return Err(Box::new(refused(
            ProblemKind::WrongYear,
            ("年度范围不对", "the range of years makes no sense"),
            (
                format!("应在 {} 至 {} 之间，从早到晚", YEARS.start(), YEARS.end()),
                format!(
                    "it must lie within {} to {}, from early to late",
                    YEARS.start(),
                    YEARS.end()
                ),
            ),
        )));
    }
    check_ids(catalogue, only)?;
    let wanted = |id: &str| only.is_none_or(|only| only.contains(id));
    let mut form = Form { names: Names::new(catalogue), lang, columns: Vec::new() };
    form.identity()?;
    for indicator in catalogue.indicators().iter().filter(|one| one.given && wanted(&one.id)) {
        match indicator.period {
            Period::State => form.indicator(indicator, None)?,
            Period::Yearly => {
                let beside = beside.iter().filter(|(id, _)| *id == indicator.id);
                let beside = beside.map(|(_, year)| *year).filter(|year| YEARS.contains(year));
                let asked: BTreeSet<i16> = years.clone().chain(beside).collect();
                for year in asked {
                    form.indicator(indicator, Some(year))?;
                }
            }
        }
    }
    for title in catalogue.titles.iter().filter(|title| wanted(&title.id)) {
        form.title(&title.id, &title.label)?;
    }
    for event in catalogue.events.iter().filter(|event| wanted(&event.id)) {
        form.event(event)?;
    }
    if !catalogue.events.is_empty() && wanted("*") {
        let target = Target::EventsUntil("*".to_owned());
        let label = Text::new("全部事件", "All events");
        form.until(
            &target,
            &[&label],
            &Text::new(
                "上面各类事件都已核查到这一天",
                "all kinds of events were looked up until this day",
            ),
        )?;
    }
    for judged in catalogue.judged.iter() {
        let id = format!("{}/{}", judged.owner, judged.criterion);
        if wanted(&id) {
            let owner = catalogue.title(&judged.owner).map(|title| &title.label);
            form.judged(judged, owner)?;
        }
    }
    Ok(form.columns)
}

fn check_ids(catalogue: &Catalogue, only: Option<&BTreeSet<String>>) -> Result<(), Box<Problem>> {
    let mut known: Vec<String> = catalogue.indicators().iter().map(|one| one.id.clone()).collect();
    known.extend(catalogue.titles.iter().map(|one| one.id.clone()));
    known.extend(catalogue.events.iter().map(|one| one.id.clone()));
    known.extend(catalogue.judged.iter().map(|one| format!("{}/{}", one.owner, one.criterion)));
    known.push("*".to_owned());
    let Some(stranger) = only.into_iter().flatten().find(|id| !known.contains(id)) else {
        return Ok(());
    };
    let hint = nearest_hint(nearest(stranger, known.iter().map(String::as_str)));
    Err(Box::new(refused(
        ProblemKind::UnknownName,
        (
            format!("没有“{}”这一列", shown(stranger)),
            format!("there is no column `{}`", shown(stranger)),
        ),
        (format!("请用目录中的标识{}", hint.zh), format!("use an id of the catalogue{}", hint.en)),
    )))
}

struct Form {
    names: Names,
    lang: Lang,
    columns: Vec<FormColumn>,
}

impl Form {
    fn identity(&mut self) -> Result<(), Box<Problem>> {
        self.add(
            &Target::Uscc,
            &[Text::new("统一社会信用代码", "USCC")],
            Entry::Code,
            Text::new(
                "18 位统一社会信用代码，必填",
                "unified social credit code of 18 characters, required",
            ),
            Text::new("文本", "text"),
            Text::new("营业执照", "business licence"),
            Text::new("91370202MA0000000Y", "91370202MA0000000Y"),
        )?;
        self.add(
            &Target::Name,
            &[Text::new("企业名称", "Name")],
            Entry::Text,
            Text::new("营业执照上的名称", "the name on the business licence"),
            Text::new("文本", "text"),
            Text::new("营业执照", "business licence"),
            Text::new("某某科技有限公司", "Some Technology Co., Ltd."),
        )
    }

    fn indicator(
        &mut self,
        indicator: &std::sync::Arc<Indicator>,
        year: Option<i16>,
    ) -> Result<(), Box<Problem>> {
        let Writing { entry, unit, suffix, form, example } = writing(&indicator.kind);
        let (zh_year, en_year) = match year {
            Some(year) => (format!("{year}年"), format!(" {year}")),
            None => Default::default(),
        };
        let label = &indicator.label;
        let whole = Text::new(
            format!("{}{zh_year}{}", label.zh, suffix.zh),
            format!("{}{en_year}{}", label.en, suffix.en),
        );
        let bracketed = Text::new(
            format!("{}（{zh_year}）{}", label.zh, suffix.zh),
            format!("{} ({}){}", label.en, en_year.trim(), suffix.en),
        );
        let by_id = Text::new(
            format!("{}{zh_year}{}", indicator.id, suffix.zh),
            format!("{}{en_year}{}", indicator.id, suffix.en),
        );
        let target = Target::Fact { indicator: std::sync::Arc::clone(indicator), year, unit };
        let note = indicator.note.clone();
        self.add(
            &target,
            &[whole, bracketed, by_id],
            entry,
            note,
            form,
            indicator.source.clone(),
            example,
        )
    }

    fn title(&mut self, id: &str, label: &Text) -> Result<(), Box<Problem>> {
        let by_id = Text::new(id, id);
        let names = [label, &by_id];
        let form = Text::new(
            "日期；明确没有该称号填“无”，不知道留空",
            "a date; 无 (none) if it is not held, empty if it is not known",
        );
        let source = Text::new("认定文件或证书", "the notice or certificate");
        for (target, suffix, meaning) in [
            (
                Target::TitleFrom(id.to_owned()),
                Text::new("（有效期起）", " (valid from)"),
                Text::new(
                    format!("“{}”有效期的第一天", label.zh),
                    format!("first day of validity of {}", label.en),
                ),
            ),
            (
                Target::TitleTo(id.to_owned()),
                Text::new("（有效期止）", " (valid to)"),
                Text::new(
                    format!("“{}”有效期的最后一天", label.zh),
                    format!("last day of validity of {}", label.en),
                ),
            ),
        ] {
            let headings = with_suffix(&names, &suffix);
            self.add(
                &target,
                &headings,
                Entry::Date,
                meaning,
                form.clone(),
                source.clone(),
                date_example(),
            )?;
        }
        Ok(())
    }

    fn event(&mut self, event: &enterprise::EventKind) -> Result<(), Box<Problem>> {
        let by_id = Text::new(&event.id, &event.id);
        let names = [&event.label, &by_id];
        let source = Text::new("主管部门", "the authority in charge");
        self.add(
            &Target::EventDates(event.id.clone()),
            &with_suffix(&names, &Text::new("（日期）", " (date)")),
            Entry::Text,
            Text::new(
                format!("“{}”发生的日期", event.label.zh),
                format!("dates of {}", event.label.en),
            ),
            Text::new("日期，几个日期之间用“、”隔开", "dates, with 、 or ; between them"),
            source.clone(),
            Text::new("2024-03-01、2025-06-30", "2024-03-01; 2025-06-30"),
        )?;
        for attribute in &event.attributes {
            let suffixes = [
                Text::new(
                    format!("（{}）", attribute.label.zh),
                    format!(" ({})", attribute.label.en),
                ),
                Text::new(format!("（{}）", attribute.id), format!(" ({})", attribute.id)),
            ];
            let headings: Vec<Text> =
                suffixes.iter().flat_map(|suffix| with_suffix(&names, suffix)).collect();
            self.add(
                &Target::EventAttribute(event.id.clone(), attribute.id.clone()),
                &headings,
                Entry::Text,
                Text::new(
                    format!("每次“{}”的{}", event.label.zh, attribute.label.zh),
                    format!("{} of each {}", attribute.label.en, event.label.en),
                ),
                Text::new(
                    "整数，个数与日期相同，用“、”隔开",
                    "whole numbers, as many as dates, with 、 or ; between them",
                ),
                source.clone(),
                Text::new("1、3", "1; 3"),
            )?;
        }
        self.until(
            &Target::EventsUntil(event.id.clone()),
            &names,
            &Text::new(
                format!("“{}”已核查到这一天：没有列出的就是没有", event.label.zh),
                format!(
                    "{} was looked up until this day: what is not listed did not happen",
                    event.label.en
                ),
            ),
        )
    }

    fn until(
        &mut self,
        target: &Target,
        names: &[&Text],
        meaning: &Text,
    ) -> Result<(), Box<Problem>> {
        self.add(
            target,
            &with_suffix(names, &Text::new("（核查至）", " (checked until)")),
            Entry::Date,
            meaning.clone(),
            date_form(),
            Text::new("核查单位", "whoever looked it up"),
            date_example(),
        )
    }

    fn judged(
        &mut self,
        judged: &enterprise::JudgedCriterion,
        owner: Option<&Text>,
    ) -> Result<(), Box<Problem>> {
        let suffix = Text::new("（判断）", " (judgement)");
        let label = &judged.label;
        let mut names = vec![label.clone()];
        if let Some(owner) = owner {
            names.push(Text::new(
                format!("{}·{}", owner.zh, label.zh),
                format!("{}·{}", owner.en, label.en),
            ));
        }
        let mut headings = with_suffix(&names.iter().collect::<Vec<_>>(), &suffix);
        let id = format!("{}/{}", judged.owner, judged.criterion);
        headings.push(Text::new(&id, &id));
        let target = Target::Judged(judged.owner.clone(), judged.criterion.clone());
        self.add(
            &target,
            &headings,
            Entry::Options(yes_no()),
            Text::new(
                format!("由人判断：{}", label.zh),
                format!("decided by a person: {}", label.en),
            ),
            yes_no_form(),
            Text::new("评审人员", "the reviewer"),
            Text::new("是", "yes"),
        )
    }

    /// Adds a column under the first of `headings` that reads back as `target`.
    #[allow(clippy::too_many_arguments, reason = "the parts of one column, said once")]
    fn add(
        &mut self,
        target: &Target,
        headings: &[Text],
        entry: Entry,
        meaning: Text,
        form: Text,
        source: Text,
        example: Text,
    ) -> Result<(), Box<Problem>> {
        let reads_back =
            |heading: &str| self.names.interpret(heading) == Heading::Known(target.clone());
        let other = if self.lang == Lang::Zh { Lang::En } else { Lang::Zh };
        let heading = [self.lang, other]
            .into_iter()
            .flat_map(|lang| headings.iter().map(move |heading| heading.get(lang)))
            .find(|heading| reads_back(heading));
        let Some(heading) = heading else {
            let wanted = headings.first().map(|heading| heading.get(self.lang)).unwrap_or_default();
            return Err(Box::new(refused(
                ProblemKind::UnknownName,
                (
                    format!("表头“{}”读回来会有歧义", shown(wanted)),
                    format!("the heading `{}` would not read back unambiguously", shown(wanted)),
                ),
                ("请在指标目录中改名", "rename it in the catalogue"),
            )));
        };
        let heading = heading.to_owned();
        self.columns.push(FormColumn { heading, entry, meaning, form, source, example });
        Ok(())
    }
}

fn with_suffix(names: &[&Text], suffix: &Text) -> Vec<Text> {
    names
        .iter()
        .map(|name| {
            Text::new(format!("{}{}", name.zh, suffix.zh), format!("{}{}", name.en, suffix.en))
        })
        .collect()
}
