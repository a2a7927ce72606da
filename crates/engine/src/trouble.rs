//! What can be wrong with files and runs, in words for people, with what to do about it.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use enterprise::says::shown;
use enterprise::{Place, Problem, ProblemKind, Text};

use crate::failure::Failure;

/// More names than anybody reads in one line.
const NAMED: usize = 5;

fn at(path: &Path) -> Place {
    Place { file: Some(path.display().to_string()), ..Place::default() }
}

fn refused(path: &Path, kind: ProblemKind, message: Text, help: Text) -> Box<Problem> {
    Box::new(Problem::refused(kind, message, help).at(at(path)))
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Box<Problem> {
    let (message, help) = if error.kind() == io::ErrorKind::NotFound {
        (
            Text::new("没有这个文件或文件夹", "there is no such file or folder"),
            Text::new("请检查路径", "check the path"),
        )
    } else {
        (
            Text::new(format!("无法读取：{error}"), format!("cannot be read: {error}")),
            Text::new("请检查路径和权限", "check path and permissions"),
        )
    };
    refused(path, ProblemKind::Unreadable, message, help)
}

pub(crate) fn no_file(path: &Path) -> Box<Problem> {
    refused(
        path,
        ProblemKind::Unreadable,
        Text::new("不是普通文件", "is no regular file"),
        Text::new("请给出 Parquet 文件或文件夹", "name a Parquet file or a folder of them"),
    )
}

/// What reading a file comes to, also where the reader breaks down over damaged data.
pub(crate) fn carefully<T, E: Display>(
    path: &Path,
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, Box<Problem>> {
    match population::carefully(read) {
        Some(done) => done.map_err(|error| no_parquet(path, &error.to_string())),
        None => Err(no_parquet(path, "-")),
    }
}

/// The same for what tells its own errors.
pub(crate) fn guarded<T>(path: &Path, read: impl FnOnce() -> T) -> Result<T, Failure> {
    population::carefully(read).ok_or_else(|| Failure::from(*no_parquet(path, "-")))
}

/// The first few of names, and a sign that there are more.
fn some(names: &[&str]) -> (String, String) {
    let listed: Vec<String> = names.iter().take(NAMED).map(|name| shown(name)).collect();
    let more = names.len() > NAMED;
    let (zh, en) = (listed.join("、"), listed.join(", "));
    if more { (format!("{zh}…"), format!("{en}…")) } else { (zh, en) }
}

/// Not Parquet at all, or not all of it.
pub(crate) fn no_parquet(path: &Path, error: &str) -> Box<Problem> {
    let mut first = [0; 4];
    let begun = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    let (message, help) = match &first {
        _ if begun.is_err() => (
            Text::new("文件是空的", "the file is empty"),
            Text::new("请重新生成或复制这个文件", "make or copy the file again"),
        ),
        b"PAR1" => (
            Text::new(
                format!("Parquet 文件不完整或已损坏（{error}）"),
                format!("the Parquet file is truncated or damaged ({error})"),
            ),
            Text::new("请重新生成或复制这个文件", "make or copy the file again"),
        ),
        b"PARE" => (
            Text::new("Parquet 文件已加密", "the Parquet file is encrypted"),
            Text::new("请先解密", "decrypt it first"),
        ),
        _ => (
            Text::new("不是 Parquet 文件", "is not a Parquet file"),
            Text::new(
                "CSV 和 Excel 先用 tidu convert 转换",
                "convert CSV and Excel with tidu convert first",
            ),
        ),
    };
    refused(path, ProblemKind::Unreadable, message, help)
}

pub(crate) fn differing(path: &Path, error: &str) -> Box<Problem> {
    refused(
        path,
        ProblemKind::WrongType,
        Text::new(
            format!("与文件夹里其他文件的列类型不一致（{error}）"),
            format!("its columns differ in type from other files of the folder ({error})"),
        ),
        Text::new("同名的列须为同一类型", "columns of one name must have one type"),
    )
}

/// Columns that stand more than once.
pub(crate) fn twice(path: &Path, names: &[&str]) -> Box<Problem> {
    let (zh, en) = some(names);
    refused(
        path,
        ProblemKind::Duplicate,
        Text::new(
            format!("这些列出现了不止一次：{zh}"),
            format!("these columns stand more than once: {en}"),
        ),
        Text::new("每个列名只保留一列", "keep one column of each name"),
    )
}

/// A column that only some files of a folder have.
pub(crate) fn gap(column: &str, without: &[&Path], subjects: u64, folder: &Path) -> Problem {
    let names: Vec<String> = without.iter().map(|path| file_name(path)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (zh, en) = some(&names);
    let message = Text::new(
        format!("{zh} 没有“{column}”列，其中 {subjects} 户的这一项按不知道计"),
        format!("{en} has no column `{column}`: it counts as unknown for {subjects} subjects"),
    );
    let help = Text::new(
        "不是有意的话，请补上这一列，或检查列名",
        "unless that is meant, add the column or check its name",
    );
    Problem::warning(ProblemKind::Empty, message, help)
        .at(Place { field: Some(shown(column)), ..at(folder) })
}

pub(crate) fn more_gaps(columns: usize, folder: &Path) -> Problem {
    let message = Text::new(
        format!("另有 {columns} 列只有部分文件有"),
        format!("{columns} more columns stand in some of the files only"),
    );
    let help = Text::new("没有的按不知道计", "what is not there counts as unknown");
    Problem::warning(ProblemKind::Empty, message, help).at(at(folder))
}

/// The file's name without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// What a screening wrote, where a population is expected.
pub(crate) fn is_result(path: &Path) -> Box<Problem> {
    refused(
        path,
        ProblemKind::Unreadable,
        Text::new("这是筛查结果，不是企业总体", "this is the result of a screening, no population"),
        Text::new(
            "请给出企业总体；结果请放在别的文件夹里",
            "name a population; keep results in another folder",
        ),
    )
}

/// A file in a folder of results that is of another screening, or of none.
pub(crate) fn other_result(path: &Path) -> Box<Problem> {
    refused(
        path,
        ProblemKind::Unreadable,
        Text::new(
            "与文件夹里其他文件不是同一次筛查的结果，或者不是筛查结果",
            "is no result of the same screening as the other files of the folder",
        ),
        Text::new("请分别给出这些文件", "name the files one by one"),
    )
}

pub(crate) fn too_wide(path: &Path, columns: usize, most: usize) -> Box<Problem> {
    refused(
        path,
        ProblemKind::TooLarge,
        Text::new(
            format!("有 {columns} 列，最多 {most} 列"),
            format!("has {columns} columns; the most is {most}"),
        ),
        Text::new("只保留规则库里有的指标", "keep only the indicators of the rulebook"),
    )
}

pub(crate) fn empty_folder(folder: &Path) -> Box<Problem> {
    refused(
        folder,
        ProblemKind::Empty,
        Text::new(
            "文件夹里没有 Parquet 文件（*.parquet）",
            "there is no Parquet file (*.parquet) in the folder",
        ),
        Text::new("请检查路径", "check the path"),
    )
}

pub(crate) fn too_many_files(folder: &Path, files: usize, most: usize) -> Box<Problem> {
    refused(
        folder,
        ProblemKind::TooLarge,
        Text::new(
            format!("文件夹里有 {files} 个 Parquet 文件，最多 {most} 个"),
            format!("there are {files} Parquet files in the folder; the most is {most}"),
        ),
        Text::new("请先合并", "merge them first"),
    )
}

/// Rows without columns or columns without rows.
pub(crate) fn no_rows(path: &Path) -> Box<Problem> {
    refused(
        path,
        ProblemKind::Empty,
        Text::new("一行数据也没有", "has no rows"),
        Text::new("请检查生成这个文件的程序", "check the program that made the file"),
    )
}

/// A result whose programmes cannot be read.
pub(crate) fn no_result(path: &Path, error: &str) -> Box<Problem> {
    refused(
        path,
        ProblemKind::Unreadable,
        Text::new(
            format!("筛查结果的项目清单无法读取（{error}）"),
            format!("the programmes of the result cannot be read ({error})"),
        ),
        Text::new("请重新筛查", "screen again"),
    )
}
