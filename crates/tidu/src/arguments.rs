//! The command line: commands, options, their help in both languages. Nothing is done here.

mod bench;
mod convert;
mod demo;
mod generate;
mod platform;
mod query;
mod screen;
mod shared;
mod simulate;
mod verify;

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use enterprise::{Lang, parse_date};
use jiff::civil::Date;

pub(crate) use bench::Bench;
pub(crate) use convert::Convert;
pub(crate) use demo::Demo;
pub(crate) use generate::Generate;
pub(crate) use platform::{
    Audit, AuditWhat, Backup, Doctor, Migrate, Rescue, Restore, Serve, Settings,
};
pub(crate) use query::Query;
pub(crate) use screen::Screen;
pub(crate) use shared::{PurposeName, Replace, Threads, When};
pub(crate) use simulate::{Names, Simulate};
pub(crate) use verify::Verify;

/// Years in which a day can be asked about.
const DAYS: RangeInclusive<i16> = 1900..=9998;

const TEMPLATE: &str = "\
{about-with-newline}
用法 / Usage: {usage}

{all-args}{after-help}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "tidu",
    version,
    about = "梯度 Tidu：企业符合哪些项目、还差什么、依据是什么\nWhich programmes a firm qualifies for, what is missing, and by which clause",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令 / Commands",
    next_help_heading = "选项 / Options",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "退出码 / Exit codes: 0 已答复 answered · 1 有问题 problems found · 2 未执行 nothing done · 130 被中断 interrupted"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    #[command(flatten)]
    pub common: Common,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// 语言：zh 中文（默认）、en 英文 / Language
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_name = "LANG",
        env = "TIDU_LANG",
        hide_env = true,
        default_value = "zh",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub lang: LangName,

    /// 用此文件夹的规则库代替内置的 / Rulebook folder instead of the built-in one
    #[arg(long, global = true, display_order = 101, value_name = "DIR")]
    pub rulebook: Option<PathBuf>,

    /// 显示帮助 / Print help
    #[arg(short, long, global = true, display_order = 102, action = clap::ArgAction::Help)]
    help: Option<bool>,

    /// 显示版本 / Print version
    #[arg(short = 'V', long, display_order = 103, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 企业符合哪些项目，逐条说明 / What a firm qualifies for, clause by clause
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Explain(Explain),
    /// 逐题提问，直到各项目都有结论 / Ask for what is missing, one question after the other
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Ask(Ask),
    /// 只让时间推移，结论何时改变 / When time alone turns a verdict
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Forecast(Forecast),
    /// 提升方案：改变什么、改到多少、到何时，就能符合 / What to change, how far and by when, to qualify
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Plan(Plan),
    /// 筛查：整个城市的企业符合哪些项目 / Every programme for every firm of a population
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Screen(Screen),
    /// 用 SQL 查询企业总体和筛查结果 / SQL on populations and results
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Query(Query),
    /// 核对：同一企业总体，按列筛查与逐个判断是否完全一致 / Hold screening against one-by-one evaluation
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Verify(Verify),
    /// 测速：筛查与手写循环、普通 SQL 同场比较 / Time screening beside loops by hand and plain SQL
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Bench(Bench),
    /// 检查规则库，列出全部问题 / Check a rulebook, report every problem
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Check(Check),
    /// 运行规则库的示例，并逐个移动阈值 / Run the worked examples and move every threshold
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Test(Test),
    /// 比较两个规则库：改了什么、从何时起、对谁 / What changed between two rulebooks, from when, for whom
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Diff(Diff),
    /// 模拟：改变规则中的数，哪些企业进入、退出，要花多少 / What changed numbers of the law would do: who enters, who leaves, at what cost
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Simulate(Simulate),
    /// 整理规则文件的排版 / Lay out rule files
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Fmt(Fmt),
    /// 把 CSV、Excel、JSON 合成一个企业总体文件（Parquet） / Turn CSV, Excel, JSON into one population file
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Convert(Convert),
    /// 生成空白填报表（Excel） / Write a blank form to fill in
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Template(Template),
    /// 生成一座模拟城市（演示数据） / Make up a city, as a population file
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Generate(Generate),
    /// 生成规则库的说明页 / Write the pages of the rulebook
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Catalogue(Catalogue),
    /// 演示：一条命令得到一座虚构城市的平台和各角色账号 / Try it: a platform over a made-up city, with an account for each role
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Demo(Demo),
    /// 运行平台 / Run the platform
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Serve(Serve),
    /// 备份平台的数据库，运行中也可以 / Back the platform's database up, running or not
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Backup(Backup),
    /// 把备份恢复到空的数据库（两种数据库均可） / Restore a backup into an empty database of either engine
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Restore(Restore),
    /// 把数据库升级到本程序的版本 / Bring the database up to this program
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Migrate(Migrate),
    /// 体检：检查平台的数据库、密钥和设置，说明如何处理 / Examine an installation and say what to do
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Doctor(Doctor),
    /// 在本机找回三员账号：一次性密码、取消二次验证 / Let one of the three officers in again, on this machine
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Rescue(Rescue),
    /// 审计记录 / Audit records
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Audit(Audit),
    /// 输出 --json 的 JSON Schema / Print the JSON Schema of `--json`
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Schema(Schema),
}

/// `tidu schema`
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// 哪个命令的输出：explain（默认）、forecast、plan、screen、simulate、verify、diff / Of which command
    #[arg(
        value_name = "COMMAND",
        default_value = "explain",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "参数 / Arguments"
    )]
    pub of: SchemaOf,
}

/// A command that prints JSON by a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    Explain,
    Forecast,
    Plan,
    Screen,
    Diff,
    Verify,
    Simulate,
}

/// `tidu diff`
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// 原规则库文件夹 / Folder of the former rulebook
    #[arg(value_name = "OLD", help_heading = "参数 / Arguments")]
    pub old: PathBuf,
    /// 新规则库文件夹（默认内置） / Folder of the changed rulebook (default: the built-in one)
    #[arg(value_name = "NEW", help_heading = "参数 / Arguments")]
    pub new: Option<PathBuf>,
    /// 按两个规则库各判一次，列出结论有变的企业 / Judge these firms under both
    #[arg(long, value_name = "FACTS")]
    pub facts: Option<PathBuf>,
    /// 判定日，也用于区分是否已施行（默认今天） / Date of the verdicts, and what is in force by then
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `tidu check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// 规则库文件夹（默认内置） / Rulebook folder (default: the built-in one)
    #[arg(value_name = "RULEBOOK", help_heading = "参数 / Arguments")]
    pub folder: Option<PathBuf>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
    /// 列出所有检查项 / List what is checked
    #[arg(long)]
    pub list: bool,
    /// 检查项列成 Markdown 页（用于文档） / The list as a Markdown page, for the documentation
    #[arg(long, requires = "list", hide = true)]
    pub markdown: bool,
}

/// `tidu test`
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// 规则库文件夹（默认内置） / Rulebook folder (default: the built-in one)
    #[arg(value_name = "RULEBOOK", help_heading = "参数 / Arguments")]
    pub folder: Option<PathBuf>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `tidu fmt`
#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// 规则文件或文件夹 / Rule files or folders
    #[arg(value_name = "PATHS", required = true, help_heading = "参数 / Arguments")]
    pub paths: Vec<PathBuf>,
    /// 只检查，不改动 / Only check, change nothing
    #[arg(long)]
    pub check: bool,
}

/// `tidu template`
#[derive(Debug, Args)]
pub(crate) struct Template {
    /// 输出文件 / File to write
    #[arg(short, long, value_name = "FILE.xlsx", default_value = "tidu-template.xlsx")]
    pub output: PathBuf,
    /// 只列出这些项目所需的数据，可重复 / Only what these programmes ask for; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    /// 年度范围，如 2023-2025 / Fiscal years
    #[arg(long, value_name = "FROM-TO", value_parser = years)]
    pub years: Option<RangeInclusive<i16>>,
}

/// `tidu catalogue`
#[derive(Debug, Args)]
pub(crate) struct Catalogue {
    /// 输出文件夹 / Folder to write
    #[arg(short, long, value_name = "DIR", default_value = "docs/catalogue")]
    pub output: PathBuf,
    /// 只检查是否为最新，不改动 / Only check that the pages are current, change nothing
    #[arg(long)]
    pub check: bool,
}

/// `tidu explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// 企业数据：xlsx、csv、json 或 parquet / Facts: xlsx, csv, json or parquet
    #[arg(value_name = "FACTS", help_heading = "参数 / Arguments")]
    pub facts: PathBuf,
    /// 多户文件中的一户：代码或名称 / One firm of the file, by code or name
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// 只看此项目，可重复 / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    #[command(flatten)]
    pub when: When,
    /// 按此日已知的数据和规则 / As facts and rules were known on this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_on: Option<Date>,
    /// 以 JSON 输出，每户一行 / Print JSON, one line for each firm
    #[arg(long)]
    pub json: bool,
    /// 另存为 Excel / Write a workbook
    #[arg(short, long, value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub replace: Replace,
}

/// `tidu forecast`
#[derive(Debug, Args)]
pub(crate) struct Forecast {
    /// 企业数据：xlsx、csv、json 或 parquet / Facts: xlsx, csv, json or parquet
    #[arg(value_name = "FACTS", help_heading = "参数 / Arguments")]
    pub facts: PathBuf,
    /// 多户文件中的一户：代码或名称 / One firm of the file, by code or name
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// 只看此项目，可重复（默认全部现行项目） / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    /// 用途：new 新申报、re-review 复核、yearly 年度 / Purpose
    #[arg(long, value_name = "PURPOSE", hide_possible_values = true)]
    pub purpose: Option<PurposeName>,
    /// 从此日起预测（默认今天） / First day (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 预测至此日（默认十年后） / Last day (default: in ten years)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// 以 JSON 输出，每户一行 / Print JSON, one line for each firm
    #[arg(long)]
    pub json: bool,
}

/// `tidu plan`
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// 企业数据：xlsx、csv、json 或 parquet / Facts: xlsx, csv, json or parquet
    #[arg(value_name = "FACTS", help_heading = "参数 / Arguments")]
    pub facts: PathBuf,
    /// 多户文件中的一户：代码或名称 / One firm of the file, by code or name
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// 为此项目制定，可重复 / For this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    /// 沿此梯度制定，可重复（不指定项目时默认全部梯度） / Along this ladder; repeatable (default: all)
    #[arg(long, value_name = "ID")]
    pub ladder: Vec<String>,
    /// 目标日（默认申报窗口最后一天，否则年末） / Day to qualify on (default: end of the window or year)
    #[arg(long = "for", value_name = "DATE", value_parser = day)]
    pub target: Option<Date>,
    /// 制定方案之日（默认今天），此前的年度已结账 / Day of the plan (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 用途：new 新申报、re-review 复核、yearly 年度 / Purpose
    #[arg(long, value_name = "PURPOSE", hide_possible_values = true)]
    pub purpose: Option<PurposeName>,
    /// 目标日的上一会计年度（默认其前一年） / Last fiscal year on that day (default: the year before)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    pub base_year: Option<i16>,
    /// 另列几个方案（默认 4，0 不列） / How many other plans to show (default: 4; 0: none)
    #[arg(long, value_name = "N", default_value_t = 4, hide_default_value = true)]
    pub alternatives: usize,
    /// 以 JSON 输出，每户一行 / Print JSON, one line for each firm
    #[arg(long)]
    pub json: bool,
}

/// `tidu ask`
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// 企业数据：xlsx、csv、json、parquet；也可以是还没有的 .json / Facts, or a .json file to begin
    #[arg(value_name = "FACTS", help_heading = "参数 / Arguments")]
    pub facts: PathBuf,
    /// 多户文件中的一户：代码或名称 / One firm of the file, by code or name
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// 只问此项目所需，可重复 / Only for this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    #[command(flatten)]
    pub when: When,
    /// 答案存到此文件（默认：json 原处，其他在旁边） / Where to save the answers
    #[arg(short, long, value_name = "FILE.json")]
    pub output: Option<PathBuf>,
}

/// A language by its code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LangName {
    Zh,
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Zh => Self::Zh,
            LangName::En => Self::En,
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    let day = parse_date(text).ok_or("日期请写成 2026-05-01 / write a date as 2026-05-01")?;
    // Rules look years back and ahead of the day; at the ends of the calendar there would be none.
    if !DAYS.contains(&day.year()) {
        let (first, last) = (DAYS.start(), DAYS.end());
        return Err(format!(
            "年份须在 {first} 至 {last} 之间 / the year must lie between {first} and {last}"
        ));
    }
    Ok(day)
}

fn years(text: &str) -> Result<RangeInclusive<i16>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if from <= to => Ok(from..=to),
        _ => Err("年度请写成 2023-2025 / write years as 2023-2025".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_day_lies_within_the_calendar_of_the_law() {
        for good in ["1900-01-01", "2026-05-01", "9998-12-31"] {
            assert!(day(good).is_ok(), "{good}");
        }
        for bad in ["0000-01-01", "1899-12-31", "9999-01-01"] {
            assert!(day(bad).is_err_and(|error| error.contains("1900")), "{bad}");
        }
        assert!(day("去年").is_err());
    }

    #[test]
    fn years_are_a_range_or_one() {
        assert_eq!(years("2023-2025"), Ok(2023..=2025));
        assert_eq!(years("2025"), Ok(2025..=2025));
        assert!(years("2025-2023").is_err());
        assert!(years("去年").is_err());
    }
}
