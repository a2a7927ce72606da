//! The score table as tables: a group each, with its items and how points are given.

use enterprise::{Lang, Text};
use rules::{
    Condition, Mark, Points, Programme, Scale, ScoreGroup, ScoreItem, ScoreTable, Version,
};
use words::amounts::points;
use words::{law, provenance, score};

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Of, Piece, Row};
use crate::site;

pub(super) fn section(
    paper: &mut Paper,
    programme: &Programme,
    version: &Version,
    table: &ScoreTable,
) {
    let name = site::score(&version.id);
    paper.heading(3, paper.say("评分表", "Score table"), Some(&name));
    let full: i64 = table.groups.iter().map(|group| group.max.0).sum();
    let full = points(Points(full));
    let mark = paper.t(&score::mark(&table.pass));
    let source = source(paper, version, &table.pass);
    let line = match paper.lang() {
        Lang::Zh => Line::from(format!("满分 {full} 分；"))
            .and(Piece::Strong(format!("总分 {mark}为合格")))
            .and("（")
            .and(source)
            .and("）。"),
        Lang::En => Line::from(format!("Out of {full}; "))
            .and(Piece::Strong(format!("passed with {mark}")))
            .and(" (")
            .and(source)
            .and(")."),
    };
    paper.paragraph_of(line, Of::version(&programme.id, &version.id, &["score"]));
    for group in &table.groups {
        self::group(paper, programme, version, group);
    }
}

fn source(paper: &Paper, version: &Version, mark: &Mark) -> Line {
    let clause = provenance::clause(&mark.citation, &version.document);
    Line::from(format!("{clause}{}", paper.say("，", ", ")))
        .and(paper.official(&mark.citation.status))
}

fn group(paper: &mut Paper, programme: &Programme, version: &Version, group: &ScoreGroup) {
    let label = paper.t(&group.label);
    let max = points(group.max);
    let title = match paper.lang() {
        Lang::Zh => format!("{label}（{max} 分）"),
        Lang::En => format!("{label} ({max} points)"),
    };
    paper.heading(4, &title, None);
    if let Some(floor) = &group.floor {
        let mark = paper.t(&score::mark(floor));
        let source = source(paper, version, floor);
        let line = match paper.lang() {
            Lang::Zh => Line::from(format!("本部分得分须 {mark}（")).and(source).and("）。"),
            Lang::En => Line::from(format!("This part needs {mark} (")).and(source).and(")."),
        };
        paper.paragraph_of(line, Of::version(&programme.id, &version.id, &["score", &group.id]));
    }
    let rows = group.items.iter().map(|item| row(paper, programme, version, group, item)).collect();
    let columns = [
        (ColumnKind::Name, paper.say("评分项", "Item")),
        (ColumnKind::Figure, paper.say("满分", "Most")),
        (ColumnKind::Words, paper.say("计分方法", "How points are given")),
        (ColumnKind::Source, paper.say("条款与来源状态", "Clause and source status")),
        (ColumnKind::Id, paper.say("代码", "Id")),
    ];
    paper.table(&columns, rows);
}

fn row(
    paper: &Paper,
    programme: &Programme,
    version: &Version,
    group: &ScoreGroup,
    item: &ScoreItem,
) -> Row {
    let mut what = vec![Line::from(paper.t(&item.label))];
    what.extend(item.citation.note.as_ref().map(|note| paper.remark(note)));
    let mut how = Vec::new();
    scale(paper, &item.scale, &mut how);
    let clause = provenance::clause(&item.citation, &version.document);
    Row {
        name: Some(site::item(&version.id, &group.id, &item.id)),
        depth: 0,
        of: Some(Of::version(&programme.id, &version.id, &["score", &group.id, &item.id])),
        cells: vec![
            what,
            vec![points(item.max).into()],
            how,
            vec![clause.into(), paper.status(&item.citation.status)],
            vec![Piece::Code(item.id.clone()).into()],
        ],
    }
}

/// How points are given, line by line.
fn scale(paper: &Paper, of: &Scale, how: &mut Vec<Line>) {
    for words in [score::scored(of), score::counted(of)].into_iter().flatten() {
        let line = format!("{}{}", paper.t(&words), paper.say("：", ":"));
        how.push(paper.opening(line.into()));
    }
    match of {
        Scale::Bands { value, bands } => how.extend(
            bands.iter().map(|band| won(paper, &score::band(band, value), None, band.points)),
        ),
        Scale::Steps { .. } => {
            how.extend(score::steps(of).map(|words| Line::from(format!("· {}", paper.t(&words)))))
        }
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            how.extend(entries.iter().map(|entry| {
                // A plain yes says no more than the label does.
                let says_more = !matches!(entry.when, Condition::Flag(_));
                let condition = says_more.then(|| law::condition(&entry.when));
                won(paper, &entry.label, condition.as_ref(), entry.points)
            }));
            if let Scale::Levels { otherwise, .. } = of {
                how.push(won(paper, &Text::new("其他", "otherwise"), None, *otherwise));
            }
        }
        Scale::Best(sides) => {
            for side in sides {
                how.extend(side.label.iter().map(|label| Piece::Strong(paper.t(label)).into()));
                scale(paper, &side.scale, how);
            }
        }
        Scale::Given(_) => {
            let words = paper.say("由外部评定，录入得分", "awarded by others and entered");
            how.push(format!("· {words} {}", range(of)).into());
        }
    }
}

/// `· ≥ 70 %，< 80 %：3 分`, with the condition where a label stands for one.
fn won(paper: &Paper, label: &Text, condition: Option<&Text>, won: Points) -> Line {
    let won = points(won);
    let label = match condition {
        Some(condition) if condition != label => match paper.lang() {
            Lang::Zh => format!("{}（{}）", paper.t(label), paper.t(condition)),
            Lang::En => format!("{} ({})", paper.t(label), paper.t(condition)),
        },
        _ => paper.t(label),
    };
    let won = match paper.lang() {
        Lang::Zh => format!("{won} 分"),
        Lang::En => won,
    };
    paper.pair(&format!("· {label}"), Piece::Strong(won))
}

/// From the fewest to the most points.
fn range(scale: &Scale) -> String {
    let (low, high) = scale.reach();
    format!("{}–{}", points(low), points(high))
}
