//! The sheet on what was asked: of whom, day, base year, rulebook, and what the numbers are worth.

use enterprise::{Lang, Text};
use rules::{Question, Rulebook};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

/// The sheet, line by line.
pub(crate) struct About {
    lang: Lang,
    rows: Vec<(String, String)>,
    /// Whether something was noted already: a word stands before the first note only.
    noted: bool,
}

impl About {
    pub fn new(lang: Lang) -> Self {
        Self { lang, rows: Vec::new(), noted: false }
    }

    fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A line.
    pub fn row(&mut self, zh: &str, en: &str, value: impl Into<String>) {
        self.rows.push((self.say(zh, en).to_owned(), value.into()));
    }

    /// When and by which rules.
    pub fn asked(&mut self, rulebook: &Rulebook, question: &Question, base_year: i16) {
        self.row("评估日", "As of", question.as_of.to_string());
        self.row("上一会计年度", "Last fiscal year", base_year.to_string());
        self.row("规则库", "Rulebook", &rulebook.hash);
        self.row("语义版本", "Semantics", rules::SEMANTICS.to_string());
        if let Some(day) = question.known_on {
            self.row("按此日已知", "As known on", day.to_string());
        }
    }

    /// That the subjects are made up.
    pub fn made_up(&mut self) {
        let words = self.say("企业均为虚构，不对应任何真实企业", "all subjects are made up");
        self.row("演示数据", "Demo data", words);
    }

    /// What the numbers are worth.
    pub fn caveat(&mut self) {
        self.note(&Text::new(
            "法定数值除标“已核对”者外，均为待核对原文；本表只供参考，不是行政认定。",
            "No number of the law has been compared with the official text unless it is marked \
             verified; for orientation only, not an official decision.",
        ));
    }

    /// What else is to be known.
    pub fn note(&mut self, words: &Text) {
        let (zh, en) = if self.noted { ("", "") } else { ("说明", "Note") };
        self.noted = true;
        self.row(zh, en, words.get(self.lang));
    }

    /// Adds the sheet.
    pub fn write(self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let name = self.say("说明", "About");
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_column_width(0, 34)?;
        sheet.set_column_width(1, 72)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let bold = wrapped.clone().set_bold();
        for (index, (name, value)) in self.rows.iter().enumerate() {
            let row = u32::try_from(index).unwrap_or(u32::MAX);
            sheet.write_string_with_format(row, 0, name, &bold)?;
            sheet.write_string_with_format(row, 1, value, &wrapped)?;
        }
        Ok(())
    }
}
