//! The ladders that firms are asked about, and how they climb them.

use enterprise::{Facts, Text, nearest};
use rules::plan::{Climb, Planning, Wish, climb, plan};
use rules::{Ladder, Programme, Rulebook};

use super::programmes::{decides, of_firms};

/// The ladders that firms climb: some rung judges firms.
pub fn all_ladders(rulebook: &Rulebook) -> Vec<&Ladder> {
    let judged = of_firms(rulebook);
    let for_firms =
        |ladder: &&Ladder| ladder.rungs.iter().any(|id| judged.iter().any(|known| known.id == *id));
    rulebook.ladders.iter().filter(for_firms).collect()
}

/// The ladders with these names, each once, in the order in which they were named.
pub fn ladders<'r>(wanted: &[String], rulebook: &'r Rulebook) -> Result<Vec<&'r Ladder>, Text> {
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

/// What a firm can do about the programmes and ladders that were named; where nothing was, how it gets on on every
/// ladder on which there is a way up, those whose next rung has a standard that decides before what is for reference.
pub fn plans<'r>(
    rulebook: &'r Rulebook,
    programmes: &[&'r Programme],
    ladders: &[&'r Ladder],
    facts: &Facts,
    wish: &Wish,
) -> (Vec<Planning<'r>>, Vec<Climb<'r>>) {
    let climb = |ladder| climb(rulebook, ladder, facts, wish);
    if !programmes.is_empty() || !ladders.is_empty() {
        let plan = |programme| plan(rulebook, programme, facts, wish);
        let plannings = programmes.iter().copied().map(plan).collect();
        return (plannings, ladders.iter().copied().map(climb).collect());
    }
    let all = all_ladders(rulebook).into_iter().map(climb);
    let mut climbs: Vec<Climb<'r>> = all.filter(|climb| climb.next.is_some()).collect();
    climbs.sort_by_key(|climb| !next_decides(climb));
    (Vec::new(), climbs)
}

fn next_decides(climb: &Climb<'_>) -> bool {
    let first = climb.next.as_ref().and_then(|next| next.plannings.first());
    first.is_some_and(|planning| decides(planning.programme))
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
