//! `tidu catalogue`: writes the pages of the rulebook, or says which of those at hand are stale.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use catalogue::{Page, is_generated};
use enterprise::Text;

use super::{fail, usable};
use crate::arguments::Catalogue;
use crate::exit::Exit;
use crate::output::{Screen, stdout};
use crate::{file, folder, law};

/// What is wrong with a file of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Missing,
    Stale,
    /// A page of something that the rulebook no longer has.
    Extra,
}

pub(super) fn run(
    arguments: &Catalogue,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let pages = catalogue::pages(&law.compiled.rulebook);
    let root = &arguments.output;
    let faults = match faults(root, &pages) {
        Ok(faults) => faults,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let mut out = stdout();
    for (path, fault) in &faults {
        let word = match (fault, arguments.check) {
            (Fault::Missing, true) => screen.say("缺少", "missing"),
            (Fault::Stale, true) => screen.say("已过期", "stale  "),
            (Fault::Extra, true) => screen.say("多余", "extra  "),
            (Fault::Extra, false) => screen.say("已移除", "removed"),
            (Fault::Missing | Fault::Stale, false) => screen.say("已生成", "wrote  "),
        };
        if !arguments.check
            && let Err(text) = mend(root, path, *fault, &pages)
        {
            return Ok(fail(&screen, &text));
        }
        writeln!(out, "{word}  {path}")?;
    }
    let (count, faulty) = (pages.len(), faults.len());
    let summary = Text::new(
        format!("{count} 个文件，{faulty} 个{}", if arguments.check { "须更新" } else { "有改动" }),
        format!("{count} files, {faulty} {}", if arguments.check { "to renew" } else { "changed" }),
    );
    writeln!(out, "{}", summary.get(screen.lang))?;
    out.flush()?;
    Ok(if arguments.check && faulty > 0 { Exit::Problems } else { Exit::Answered })
}

/// The files that differ from the pages, by path.
fn faults(root: &Path, pages: &[Page]) -> Result<Vec<(String, Fault)>, Text> {
    let mut faults = Vec::new();
    for page in pages {
        match fs::read(at(root, &page.path)) {
            Ok(known) if known == page.text.as_bytes() => {}
            Ok(_) => faults.push((page.path.clone(), Fault::Stale)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                faults.push((page.path.clone(), Fault::Missing));
            }
            Err(error) => return Err(folder::cannot_read(&at(root, &page.path), &error)),
        }
    }
    let wanted: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        below(root, language, &mut found)?;
    }
    let is_page = |path: &String| path.ends_with(".md") || path.ends_with(".svg");
    let extra = found.into_iter().filter(is_page).filter(|path| !wanted.contains(path.as_str()));
    faults.extend(extra.map(|path| (path, Fault::Extra)));
    faults.sort_by(|left, right| left.0.cmp(&right.0));
    Ok(faults)
}

/// The files below a folder that may not be there yet. Links are not followed.
fn below(root: &Path, folder: &str, found: &mut Vec<String>) -> Result<(), Text> {
    let place = at(root, folder);
    let entries = match fs::read_dir(&place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(folder::cannot_read(&place, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| folder::cannot_read(&place, &error))?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(root, &path, found)?,
            Ok(kind) if kind.is_file() => found.push(path),
            _ => {}
        }
    }
    Ok(())
}

fn mend(root: &Path, path: &str, fault: Fault, pages: &[Page]) -> Result<(), Text> {
    let place = at(root, path);
    let failed = |error: io::Error| file::cannot_write(&place, &error);
    // A page that somebody wrote by hand is neither replaced nor removed.
    if fault != Fault::Missing && !fs::read_to_string(&place).is_ok_and(|text| is_generated(&text))
    {
        return Err(Text::new(
            format!("“{}”不是本命令生成的，不覆盖也不移除", place.display()),
            format!("`{}` was not written by this command and is left alone", place.display()),
        ));
    }
    if fault == Fault::Extra {
        return fs::remove_file(&place).map_err(failed);
    }
    let Some(page) = pages.iter().find(|page| page.path == path) else { return Ok(()) };
    if let Some(above) = place.parent() {
        fs::create_dir_all(above).map_err(failed)?;
    }
    file::write(&place, page.text.as_bytes())
}

fn at(root: &Path, path: &str) -> PathBuf {
    path.split('/').fold(root.to_owned(), |place, part| place.join(part))
}
