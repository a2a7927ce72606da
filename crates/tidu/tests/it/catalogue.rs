//! `tidu catalogue`: what it writes, what it calls stale, and that its pages hold the whole rulebook.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use catalogue::{Page, pages};
use rules::{Body, Criterion, Rulebook, Scale};

use crate::program::tidu;

fn rulebook() -> Rulebook {
    tidu::law::embedded().compiled.rulebook
}

fn by_path(pages: &[Page]) -> BTreeMap<&str, &str> {
    pages.iter().map(|page| (page.path.as_str(), page.text.as_str())).collect()
}

/// As a page shows it.
fn shown(written: &str) -> String {
    written.replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn every_criterion_and_every_number_stands_on_its_page() {
    let rulebook = rulebook();
    let pages = pages(&rulebook);
    let pages = by_path(&pages);
    for programme in &rulebook.programmes {
        for language in ["zh", "en"] {
            let page = pages[format!("{language}/programmes/{}.md", programme.id).as_str()];
            let wanted = |text: &str, what: &str| {
                assert!(page.contains(text), "{language} {}: {what} {text}", programme.id);
            };
            for version in &programme.versions {
                let criteria = version.criteria.iter().chain(&version.preferences);
                for criterion in criteria.flat_map(Criterion::walk) {
                    wanted(&format!("`{}`", criterion.id), "criterion");
                    if language == "zh" {
                        wanted(&criterion.label.zh, "label");
                        for limit in &criterion.limits {
                            wanted(&limit.written, "limit");
                        }
                        if let Body::Judged { question: Some(question), .. } = &criterion.body {
                            wanted(&question.zh, "question");
                        }
                    }
                }
                let groups = version.score.iter().flat_map(|table| &table.groups);
                for item in groups.flat_map(|group| &group.items) {
                    wanted(&format!("`{}`", item.id), "item");
                    if language == "zh" {
                        for edge in edges(&item.scale) {
                            wanted(&shown(&edge), "edge");
                        }
                    }
                }
            }
        }
    }
}

fn edges(scale: &Scale) -> Vec<String> {
    match scale {
        Scale::Bands { bands, .. } => bands
            .iter()
            .flat_map(|band| &band.edges)
            .map(|(operator, limit)| format!("{} {}", operator.sign(), limit.written))
            .collect(),
        Scale::Steps { each, .. } => vec![each.written.clone()],
        Scale::Best(sides) => sides.iter().flat_map(|side| edges(&side.scale)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_link_leads_to_a_place_that_is_there_once() {
    let pages = pages(&rulebook());
    let mut places = BTreeSet::new();
    for page in &pages {
        places.insert(page.path.clone());
        for anchor in page.text.split("<a id=\"").skip(1) {
            let name = anchor.split('"').next().unwrap();
            assert!(places.insert(format!("{}#{name}", page.path)), "{}#{name} twice", page.path);
        }
    }
    let mut links = 0;
    for page in pages.iter().filter(|page| page.path.ends_with(".md")) {
        for link in page.text.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            let target = resolve(&page.path, link);
            assert!(places.contains(&target), "{}: {link}", page.path);
            links += 1;
        }
    }
    assert!(links > 100);
}

fn resolve(page: &str, link: &str) -> String {
    if link.starts_with('#') {
        return format!("{page}{link}");
    }
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    folders.join("/")
}

#[test]
fn one_language_does_not_leak_into_the_other() {
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    for page in pages(&rulebook()) {
        if page.path.starts_with("en/") && page.path.ends_with(".svg") {
            let styled = page.text.lines().filter(|line| line.contains("<text"));
            assert!(!styled.clone().any(|line| line.contains(is_han)), "{}", page.path);
        }
        if page.path.starts_with("en/") {
            let headings = page.text.lines().filter(|line| line.starts_with('#'));
            let plain = headings.filter(|line| !line.contains('号'));
            assert_eq!(plain.filter(|line| line.contains(is_han)).count(), 0, "{}", page.path);
        }
        assert!(!page.text.contains('\r') && page.text.ends_with('\n'), "{}", page.path);
    }
}

#[test]
fn a_stale_a_missing_and_an_extra_page_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().to_str().unwrap();
    let run = tidu(&["catalogue", "-o", output]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = tidu(&["catalogue", "-o", output, "--check"]);
    assert_eq!((run.code, run.stdout.lines().count()), (0, 1), "{}", run.stdout);

    let index = folder.path().join("zh/README.md");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(&index, format!("{text}\n改动\n")).unwrap();
    fs::remove_file(folder.path().join("en/events.md")).unwrap();
    fs::write(folder.path().join("en/codes/former.md"), &text).unwrap();
    let run = tidu(&["catalogue", "-o", output, "--check"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stdout.lines().take(3).collect::<Vec<_>>(),
        ["多余  en/codes/former.md", "缺少  en/events.md", "已过期  zh/README.md"]
    );

    let run = tidu(&["catalogue", "-o", output, "--lang=en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("removed  en/codes/former.md"), "{}", run.stdout);
    assert_eq!(fs::read_to_string(&index).unwrap(), text);
    assert_eq!(tidu(&["catalogue", "-o", output, "--check"]).code, 0);
}

#[test]
fn a_page_written_by_hand_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().to_str().unwrap();
    let hand = folder.path().join("zh/README.md");
    fs::create_dir(folder.path().join("zh")).unwrap();
    fs::write(&hand, "# 我的笔记\n").unwrap();
    let run = tidu(&["catalogue", "-o", output]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("不覆盖"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&hand).unwrap(), "# 我的笔记\n");
}
