//! `tidu template`: a blank form to fill in, for all programmes or for some.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use answers::asked;
use connectors::{Years, write_template};
use enterprise::Text;
use rules::Programme;

use super::{fail, usable};
use crate::arguments::Template;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;
use crate::{clock, file, law};
use rules::needs::{needs, years};

/// How many fiscal years a form has by default: growth over two years needs three.
const YEARS: i16 = 3;

pub(super) fn run(
    template: &Template,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let today = clock::today();
    let last = today.year().saturating_sub(1);
    let judged: Vec<_> = rulebook.programmes.iter().filter(|p| !p.versions.is_empty()).collect();
    let mut only = BTreeSet::new();
    let mut asked: Vec<&Programme> = Vec::new();
    for wanted in &template.programme {
        match asked::programme(wanted, rulebook, &judged) {
            Ok(programme) => {
                only.extend(needs(rulebook, programme, today));
                asked.push(programme);
            }
            Err(text) => return Ok(fail(&screen, &text)),
        }
    }
    let only = (!template.programme.is_empty()).then_some(&only);
    if asked.is_empty() {
        asked.clone_from(&judged);
    }
    let years = match &template.years {
        Some(years) => Years::from(years.clone()),
        None => Years {
            all: last.saturating_sub(YEARS - 1)..=last,
            // A figure of the year that runs, or of long ago, decides as well as one of these.
            beside: asked
                .iter()
                .flat_map(|programme| years(rulebook, programme, today))
                .map(|(id, offset)| (id, last.saturating_add(offset)))
                .collect(),
        },
    };
    let bytes = match write_template(&rulebook.catalogue, years, only, screen.lang) {
        Ok(bytes) => bytes,
        Err(problem) => {
            complain(&problems::problem(&problem, &screen.of_stderr()));
            return Ok(Exit::Nothing);
        }
    };
    let path = &template.output;
    let is_workbook = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xlsx"));
    if !is_workbook {
        let text = Text::new(
            format!("输出文件“{}”须以 .xlsx 结尾", path.display()),
            format!("the file to write, `{}`, must end in .xlsx", path.display()),
        );
        return Ok(fail(&screen, &text));
    }
    // It may be the form that somebody has filled in since.
    if path.exists() {
        let text = Text::new(
            format!("“{}”已存在，不覆盖；请另取一个名字，或先移走它", path.display()),
            format!(
                "`{}` exists and is not overwritten: choose another name, or move it away",
                path.display()
            ),
        );
        return Ok(fail(&screen, &text));
    }
    if let Err(text) = file::write(path, &bytes) {
        return Ok(fail(&screen, &text));
    }
    let word = screen.say("已生成空白表", "wrote");
    complain(&format!("{word} {}", path.display()));
    Ok(Exit::Answered)
}
