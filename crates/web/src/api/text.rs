//! A programme as officials read it: the same words as on its page, in parts that a program can lay out.

use access::Words;
use catalogue::part::{Line, Part, Piece};
use catalogue::{Chapters, Reading, chapters, reading};
use enterprise::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::gives::One;
use super::takes::Query;
use crate::ask::Ask;
use crate::failure::Failure;

/// 一段文字 | A part of a text
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum TextBlock {
    /// 标题 | A heading
    Heading {
        /// 级别，2 起 | Its level, from 2 on
        level: usize,
        /// 文字 | Its words
        text: String,
    },
    /// 段落 | A paragraph
    Paragraph {
        /// 文字 | Its words
        text: String,
    },
    /// 列表 | A list
    List {
        /// 各条 | What stands in it
        items: Vec<String>,
    },
    /// 表格 | A table
    Table {
        /// 表头 | The heads of its columns
        columns: Vec<String>,
        /// 各行；每格若干行文字 | Its rows; each cell has lines
        rows: Vec<Vec<Vec<String>>>,
    },
}

/// 两种语言的条文 | The text in both languages
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProgrammeText {
    /// 项目 | The programme
    programme: String,
    /// 版本；没有指定版本时为空 | The version; none if none was asked for
    version: Option<String>,
    /// 中文 | In Chinese
    zh: Vec<TextBlock>,
    /// 英文 | In English
    en: Vec<TextBlock>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct WhichVersion {
    /// 版本编号；不填则只给项目概况、各版本的施行期间和文件 | The id of a version; without it only what the programme is, which version is in force when, and the documents
    #[schemars(length(min = 1, max = 100))]
    version: Option<String>,
}

/// The text.
pub(crate) struct ShowText;

impl Call for ShowText {
    const ID: &'static str = "show-programme-text";
    const SUMMARY: Words = says("项目条文全文", "Show the text of a programme");
    const WHAT: Words = says(
        "与项目页面文字相同：条件、评分、程序、材料、待核对的数值。以官方原文为准。",
        "The words of the programme's page: criteria, points, procedure, materials, numbers yet to be held against the \
         official text, which prevails.",
    );
    type Takes = Query<WhichVersion>;
    type Gives = One<ProgrammeText>;

    async fn call(ask: &Ask, Query(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let law = ask.platform().law();
        let id = ask.part("programme").to_owned();
        let written = move || {
            let rulebook = &law.rulebook;
            let programme = rulebook.programme(&id)?;
            let version = match &asked.version {
                Some(id) => Some(programme.versions.iter().find(|one| one.id == *id)?),
                None => None,
            };
            let text = |lang: Lang| match version {
                Some(version) => of_version(&chapters(programme, version, rulebook, lang)),
                None => of_programme(&reading(programme, rulebook, lang)),
            };
            let (zh, en) = (text(Lang::Zh), text(Lang::En));
            Some(ProgrammeText { programme: id, version: asked.version, zh, en })
        };
        let found = tokio::task::spawn_blocking(written).await.map_err(app::Refusal::broken)?;
        found.map(One::of).ok_or_else(Failure::missing)
    }
}

fn of_programme(reading: &Reading) -> Vec<TextBlock> {
    let Reading { about, versions, rounds, documents } = reading;
    blocks([&**about, versions, rounds, documents])
}

fn of_version(chapters: &Chapters) -> Vec<TextBlock> {
    blocks(chapters.all())
}

fn blocks<'p>(chapters: impl IntoIterator<Item = &'p [Part]>) -> Vec<TextBlock> {
    chapters.into_iter().flatten().map(block).collect()
}

fn block(part: &Part) -> TextBlock {
    match part {
        Part::Heading { level, words, .. } => {
            TextBlock::Heading { level: *level, text: words.clone() }
        }
        Part::Paragraph(line, _) => TextBlock::Paragraph { text: words(line) },
        Part::Bullets(lines) => TextBlock::List { items: lines.iter().map(words).collect() },
        Part::Table(table) => TextBlock::Table {
            columns: table.columns.iter().map(|column| column.words.clone()).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|cell| cell.iter().map(words).collect()).collect())
                .collect(),
        },
    }
}

/// A line without what only a page can show.
fn words(line: &Line) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text)
        | Piece::Strong(text)
        | Piece::Faint(text)
        | Piece::Code(text)
        | Piece::Link(text, _)
        | Piece::Status(_, text) => text.clone(),
    };
    line.0.iter().map(piece).collect()
}
