//! `tidu simulate`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Replace, Threads, When};

/// `tidu simulate`
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// 企业总体：Parquet，也可以是 xlsx、csv 或 json / Population: Parquet, also xlsx, csv or json
    #[arg(
        value_name = "POPULATION",
        required_unless_present = "list",
        help_heading = "参数 / Arguments"
    )]
    pub population: Option<PathBuf>,
    /// 把规则中的一个数设为别的值，可重复 / Set a number of the law to another value; repeatable
    #[arg(long, value_name = "ADDRESS=VALUE", allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// 写有若干方案的文件 / File of variants
    #[arg(long, value_name = "FILE.toml")]
    pub overlay: Option<PathBuf>,
    /// 只用文件中的此方案，可重复 / Only this variant of the file; repeatable
    #[arg(long, value_name = "NAME", requires = "overlay")]
    pub variant: Vec<String>,
    /// 列出此项目或定义可以改的数 / List the numbers of this programme or definition
    #[arg(long, value_name = "ID", conflicts_with_all = ["set", "overlay"])]
    pub list: Option<String>,
    /// 只看此项目，可重复 / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    #[command(flatten)]
    pub when: When,
    /// 列出变动的企业：每个项目至多 N 户，或存成 Excel / Name who moves: N for each programme, or a workbook
    #[arg(long, value_name = "N|FILE.xlsx", value_parser = names)]
    pub names: Option<Names>,
    #[command(flatten)]
    pub threads: Threads,
    /// 逐户判定，不按列批量判定（慢，用于核对） / One by one instead of by columns, to compare
    #[arg(long, hide = true)]
    pub one_by_one: bool,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
    /// 另存为 Excel：汇总、分组、名单 / Write a workbook: summary, groups, names
    #[arg(short, long, value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub replace: Replace,
}

/// Where the names of those who move go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Names {
    /// To the screen, so many for each programme.
    Shown(usize),
    /// To a workbook, all of them.
    Saved(PathBuf),
}

fn names(text: &str) -> Result<Names, String> {
    if let Ok(count) = text.parse() {
        return Ok(Names::Shown(count));
    }
    let path = Path::new(text);
    let is_workbook = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xlsx"));
    if is_workbook {
        return Ok(Names::Saved(path.to_owned()));
    }
    Err("写户数（如 20）或 Excel 文件名（如 名单.xlsx） / write a number or the name of an .xlsx file".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_a_number_or_a_workbook() {
        assert_eq!(names("20"), Ok(Names::Shown(20)));
        assert_eq!(names("名单.XLSX"), Ok(Names::Saved("名单.XLSX".into())));
        assert!(names("all").is_err());
        assert!(names("-1").is_err());
    }
}
