//! From the command line and a file of variants to changed laws, or everything that is wrong with
//! them.

use std::path::Path;
use std::{fs, io};

use enterprise::{Text, nearest};
use jiff::civil::Date;
use rulebook::{
    Diagnostic, LARGEST_FILE, Number, Refusal, Refused, Setting, Sources, Variant, overlay,
    read_setting, read_variants,
};

use crate::arguments::Simulate;
use crate::commands::fail;
use crate::exit::Exit;
use crate::law::Law;
use crate::output::{Screen, complain};
use crate::text::{diagnostics, simulation as text};
use simulation::Changed;

/// What the settings of the command line are called together.
const OWN: &str = "set";

/// Every variant that is asked for, carried out.
pub(super) fn changed(
    simulate: &Simulate,
    law: &Law,
    numbers: &[Number],
    day: Date,
    screen: &Screen,
) -> Result<Vec<Changed>, Exit> {
    let mut file = Sources::default();
    let mut variants = match &simulate.overlay {
        Some(path) => of_file(path, &simulate.variant, &mut file, screen)?,
        None => Vec::new(),
    };
    let own = of_arguments(&simulate.set, screen)?;
    if own.is_some() && variants.iter().any(|variant| variant.name == OWN) {
        let text = Text::new(
            format!(
                "--overlay 中已有名为“{OWN}”的方案，与 --set 的方案分不开；请改名，或不用 --set"
            ),
            format!(
                "the file has a variant `{OWN}`, as those of --set are called: rename it, or leave out --set"
            ),
        );
        return Err(fail(screen, &text));
    }
    variants.extend(own);
    if variants.is_empty() {
        let text = Text::new(
            "没有写明改变什么；用 --set 项目.条件.阈值=值，或 --overlay 方案.toml；可改的数：--list 项目",
            "nothing is changed: --set PROGRAMME.CRITERION.LIMIT=VALUE or --overlay FILE.toml; what can be set: --list PROGRAMME",
        );
        return Err(fail(screen, &text));
    }
    let mut found = Vec::new();
    let mut exit = None;
    let present = (&law.compiled.rulebook, &*law.compiled.diagnostics);
    for variant in variants {
        match overlay(&law.sources, present, numbers, day, &variant.settings) {
            Ok(done) => found.push(Changed {
                name: variant.name,
                label: variant.label,
                reclassifies: done.compiled.rulebook.classifications
                    != law.compiled.rulebook.classifications,
                rulebook: done.compiled.rulebook,
                applied: done.applied,
                remarks: done.remarks,
                sources: done.sources,
                notes: Vec::new(),
            }),
            Err(Refused::Settings(refusals)) => {
                for (index, refusal) in refusals {
                    let setting = variant.settings.get(index);
                    exit = Some(told(setting, &refusal, &file, screen));
                }
            }
            Err(Refused::Law(sources, found)) => {
                for diagnostic in &found {
                    complain(&diagnostics::render(diagnostic, &sources, &screen.of_stderr()));
                }
                exit = Some(fail(screen, &text::refused_law(&variant.name)));
            }
        }
    }
    exit.map_or(Ok(found), Err)
}

/// Says why a setting cannot be carried out: under its place in the file, else after what was typed.
fn told(setting: Option<&Setting>, refusal: &Refusal, file: &Sources, screen: &Screen) -> Exit {
    let place = setting.and_then(|setting| setting.place.clone());
    if let Some(place) = place {
        complain(&diagnostics::render(&refusal.at(place), file, &screen.of_stderr()));
        text::known(&refusal.known, screen).iter().for_each(|line| complain(line));
        return Exit::Nothing;
    }
    let typed = setting.map(|setting| format!("--set {}={}", setting.address, setting.value));
    refuse(&typed.unwrap_or_default(), refusal, screen)
}

/// Says why what was typed cannot be carried out.
pub(super) fn refuse(typed: &str, refusal: &Refusal, screen: &Screen) -> Exit {
    let message = &refusal.message;
    let text = Text::new(format!("{typed}：{}", message.zh), format!("{typed}: {}", message.en));
    let exit = fail(screen, &text);
    if let Some(help) = &refusal.help {
        complain(&format!("  {}", help.get(screen.lang)));
    }
    text::known(&refusal.known, screen).iter().for_each(|line| complain(line));
    exit
}

fn of_arguments(set: &[String], screen: &Screen) -> Result<Option<Variant>, Exit> {
    let mut settings = Vec::new();
    for text in set {
        let Some(setting) = read_setting(text) else {
            let text = Text::new(
                format!(
                    "--set {text}：写成 项目.条件.阈值=值，如 'specialised-sme.rd.amount=200 万元'"
                ),
                format!(
                    "--set {text}: write PROGRAMME.CRITERION.LIMIT=VALUE, such as 'specialised-sme.rd.amount=200 万元'"
                ),
            );
            return Err(fail(screen, &text));
        };
        settings.push(setting);
    }
    let variant = Variant { name: OWN.to_owned(), label: None, settings };
    Ok((!set.is_empty()).then_some(variant))
}

/// The variants of a file, all or those that are named.
fn of_file(
    path: &Path,
    wanted: &[String],
    file: &mut Sources,
    screen: &Screen,
) -> Result<Vec<Variant>, Exit> {
    let name = path.display().to_string();
    let text = match fs::metadata(path) {
        Ok(known) if known.len() > LARGEST_FILE as u64 => {
            Err(Text::new("文件过大", "the file is too large"))
        }
        _ => fs::read_to_string(path).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Text::new(
                "不是 UTF-8 文本，请另存为 UTF-8",
                "it is no UTF-8 text: save it as UTF-8",
            ),
            _ => Text::new(error.to_string(), error.to_string()),
        }),
    };
    let text = text.map_err(|error| {
        let text = Text::new(
            format!("不能读取“{name}”：{}", error.zh),
            format!("cannot read `{name}`: {}", error.en),
        );
        fail(screen, &text)
    })?;
    file.add(&name, text.as_str());
    let variants =
        read_variants(&name, file.text(&name).unwrap_or_default()).map_err(|problems| {
            show(&problems, file, screen);
            Exit::Nothing
        })?;
    let names: Vec<&str> = variants.iter().map(|variant| variant.name.as_str()).collect();
    for wanted in wanted {
        if names.contains(&wanted.as_str()) {
            continue;
        }
        let near = nearest(wanted, names.iter().copied());
        let text = match near {
            Some(near) => Text::new(
                format!("“{name}”没有方案“{wanted}”；是不是“{near}”？"),
                format!("`{name}` has no variant `{wanted}`; did you mean `{near}`?"),
            ),
            None => Text::new(
                format!("“{name}”没有方案“{wanted}”；可用：{}", names.join("、")),
                format!("`{name}` has no variant `{wanted}`; one of: {}", names.join(", ")),
            ),
        };
        return Err(fail(screen, &text));
    }
    let chosen = |variant: &Variant| wanted.is_empty() || wanted.contains(&variant.name);
    Ok(variants.into_iter().filter(chosen).collect())
}

fn show(problems: &[Diagnostic], sources: &Sources, screen: &Screen) {
    for problem in problems {
        complain(&diagnostics::render(problem, sources, &screen.of_stderr()));
    }
}
