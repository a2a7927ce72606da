//! A programme by the name that a user gives it: its id or its title, or else the nearest known one
//! as a suggestion.

use enterprise::{Text, nearest};
use rules::{Ladder, Programme, Rulebook};
use words::programme::subject;

/// What this command line judges: other subjects need files of their own.
const SUBJECT: &str = "enterprise";

/// The programmes that judge firms. Of a pure title nothing can be said: it has no versions.
pub(super) fn judged(rulebook: &Rulebook) -> Vec<&Programme> {
    let judges = |known: &&Programme| known.subject == SUBJECT && !known.versions.is_empty();
    rulebook.programmes.iter().filter(judges).collect()
}

/// The wanted programmes, each once.
pub(super) fn programmes<'r>(
    wanted: &[String],
    rulebook: &'r Rulebook,
) -> Result<Vec<&'r Programme>, Text> {
    let judged = judged(rulebook);
    let mut chosen: Vec<&Programme> = Vec::new();
    for wanted in wanted {
        let programme = programme(wanted, rulebook, &judged)?;
        if !chosen.iter().any(|known| known.id == programme.id) {
            chosen.push(programme);
        }
    }
    Ok(chosen)
}

/// The wanted ladders, each once; only those with rungs for firms are known here.
pub(super) fn ladders<'r>(
    wanted: &[String],
    rulebook: &'r Rulebook,
) -> Result<Vec<&'r Ladder>, Text> {
    let known = ladders_of_firms(rulebook);
    let mut chosen: Vec<&Ladder> = Vec::new();
    for wanted in wanted {
        let is_it = |ladder: &&&Ladder| {
            ladder.id == *wanted || ladder.title.zh == *wanted || ladder.title.en == *wanted
        };
        let Some(ladder) = known.iter().find(is_it) else { return Err(no_ladder(wanted, &known)) };
        if !chosen.iter().any(|known| known.id == ladder.id) {
            chosen.push(ladder);
        }
    }
    Ok(chosen)
}

/// The ladders that firms climb: some rung judges firms.
pub(super) fn ladders_of_firms(rulebook: &Rulebook) -> Vec<&Ladder> {
    let judged = judged(rulebook);
    let for_firms =
        |ladder: &&Ladder| ladder.rungs.iter().any(|id| judged.iter().any(|known| known.id == *id));
    rulebook.ladders.iter().filter(for_firms).collect()
}

fn no_ladder(wanted: &str, known: &[&Ladder]) -> Text {
    let ids = || known.iter().map(|ladder| ladder.id.as_str());
    match nearest(wanted, ids()) {
        Some(near) => Text::new(
            format!("没有“{wanted}”这个梯度；是不是“{near}”？"),
            format!("there is no ladder `{wanted}`; did you mean `{near}`?"),
        ),
        None => {
            let ids: Vec<&str> = ids().collect();
            Text::new(
                format!("没有“{wanted}”这个梯度；可用：{}", ids.join("、")),
                format!("there is no ladder `{wanted}`; known are: {}", ids.join(", ")),
            )
        }
    }
}

/// The programme with this id or title.
pub(crate) fn programme<'r>(
    wanted: &str,
    rulebook: &Rulebook,
    judged: &[&'r Programme],
) -> Result<&'r Programme, Text> {
    let is_it = |programme: &&Programme| {
        programme.id == wanted || programme.title.zh == wanted || programme.title.en == wanted
    };
    if let Some(programme) = judged.iter().copied().find(is_it) {
        return Ok(programme);
    }
    // By title, too: a known name must not be called unknown.
    if let Some(known) = rulebook.programmes.iter().find(|programme| is_it(programme)) {
        return Err(not_judged(wanted, known));
    }
    let ids = judged.iter().map(|programme| programme.id.as_str());
    let by_title = || {
        let titles = judged.iter().flat_map(|p| [p.title.zh.as_str(), p.title.en.as_str()]);
        let title = nearest(wanted, titles)?;
        let programme = judged.iter().find(|p| p.title.zh == title || p.title.en == title)?;
        Some(programme.id.as_str())
    };
    Err(match nearest(wanted, ids.clone()).or_else(by_title) {
        Some(near) => Text::new(
            format!("没有“{wanted}”这个项目；是不是“{near}”？"),
            format!("there is no programme `{wanted}`; did you mean `{near}`?"),
        ),
        None => {
            let ids: Vec<&str> = ids.collect();
            Text::new(
                format!("没有“{wanted}”这个项目；可用：{}", ids.join("、")),
                format!("there is no programme `{wanted}`; known are: {}", ids.join(", ")),
            )
        }
    })
}

/// Why a known programme says nothing about a firm.
fn not_judged(wanted: &str, known: &Programme) -> Text {
    if known.versions.is_empty() {
        return Text::new(
            format!("规则库只收录了“{wanted}”这个称号，没有它的条件"),
            format!("the rulebook knows `{wanted}` as a title only, without criteria"),
        );
    }
    let subject = subject(&known.subject);
    Text::new(
        format!("“{wanted}”评的是{}，不是企业，不能用企业数据判断", subject.zh),
        format!(
            "`{wanted}` judges a subject of another kind ({}) and not an enterprise; a firm's facts do not answer it",
            subject.en
        ),
    )
}
