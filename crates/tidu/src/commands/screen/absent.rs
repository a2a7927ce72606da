//! Columns that the programmes ask for and the population does not have: unknown for all its subjects,
//! which is no error, but worth knowing before anybody wonders.

use std::collections::BTreeSet;

use population::{Shape, Special, column_name};
use rules::{Missing, Programme, Question, Rulebook};
use screening::Field;

use crate::screened::Absent;
use rules::needs;

/// The columns by the number of programmes that ask for them, the most wanted first.
pub(super) fn columns(
    shape: &Shape,
    fields: &[Field],
    programmes: &[&Programme],
    rulebook: &Rulebook,
    question: &Question,
) -> Vec<Absent> {
    let needs: Vec<BTreeSet<String>> =
        programmes.iter().map(|own| needs::needs(rulebook, own, question.as_of)).collect();
    let asking = |ids: &BTreeSet<&str>| {
        needs.iter().filter(|own| ids.iter().any(|id| own.contains(*id))).count()
    };
    let mut absent: Vec<Absent> = Vec::new();
    let (mut titles, mut events) = (BTreeSet::new(), BTreeSet::new());
    for field in fields {
        match &field.missing {
            Missing::Fact { key, .. } => {
                let lacks = shape.fact(&key.indicator, key.year).is_none();
                let programmes = asking(&BTreeSet::from([key.indicator.as_str()]));
                if lacks && programmes > 0 {
                    absent.push(Absent { column: column_name(key), programmes });
                }
            }
            Missing::Title(id) => _ = titles.insert(id.as_str()),
            Missing::Event { kind, .. } => _ = events.insert(kind.as_str()),
            Missing::Judgement { .. } => {}
        }
    }
    for (special, ids) in [(Special::Titles, &titles), (Special::Complete, &events)] {
        if shape.column(special).is_none() && !ids.is_empty() {
            let programmes = asking(ids);
            absent.push(Absent { column: special.name().to_owned(), programmes });
        }
    }
    absent.sort_by(|a, b| b.programmes.cmp(&a.programmes).then_with(|| a.column.cmp(&b.column)));
    absent
}
