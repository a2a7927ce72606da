//! The ladders that a command line asks firms about.

use enterprise::{Text, nearest};
use rules::{Ladder, Rulebook};

use super::programmes::of_firms;

/// The ladders that firms climb: some rung judges firms.
pub(crate) fn all_ladders(rulebook: &Rulebook) -> Vec<&Ladder> {
    let judged = of_firms(rulebook);
    let for_firms =
        |ladder: &&Ladder| ladder.rungs.iter().any(|id| judged.iter().any(|known| known.id == *id));
    rulebook.ladders.iter().filter(for_firms).collect()
}

/// The ladders with these names, each once, in the order in which they were named.
pub(crate) fn ladders<'r>(
    wanted: &[String],
    rulebook: &'r Rulebook,
) -> Result<Vec<&'r Ladder>, Text> {
    let known = all_ladders(rulebook);
    let mut chosen: Vec<&Ladder> = Vec::new();
    for wanted in wanted {
        let is_it = |ladder: &&&Ladder| {
            ladder.id == *wanted || ladder.title.zh == *wanted || ladder.title.en == *wanted
        };
        let Some(ladder) = known.iter().find(is_it) else { return Err(unknown(wanted, &known)) };
        if !chosen.iter().any(|known| known.id == ladder.id) {
            chosen.push(ladder);
        }
    }
    Ok(chosen)
}

fn unknown(wanted: &str, known: &[&Ladder]) -> Text {
    let ids: Vec<&str> = known.iter().map(|ladder| ladder.id.as_str()).collect();
    match nearest(wanted, ids.iter().copied()) {
        Some(near) => Text::new(
            format!("没有“{wanted}”这个梯度；是不是“{near}”？"),
            format!("there is no ladder `{wanted}`; did you mean `{near}`?"),
        ),
        None => Text::new(
            format!("没有“{wanted}”这个梯度；可用：{}", ids.join("、")),
            format!("there is no ladder `{wanted}`; known are: {}", ids.join(", ")),
        ),
    }
}
