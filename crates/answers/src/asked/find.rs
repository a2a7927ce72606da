//! A programme by the name that a user gives it: its id or its title, or else the nearest known one
//! as a suggestion.

use enterprise::{Text, nearest};
use rules::{Programme, Rulebook};
use words::programme::subject;

/// The programme with this id or title.
pub fn programme<'r>(
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
