//! A programme by the name that a user gives it: its id or its title, or else the nearest known one
//! as a suggestion.

use enterprise::{Text, nearest};
use rules::{Programme, Rulebook};

/// The programme with this id or title.
pub(crate) fn programme<'r>(
    wanted: &str,
    rulebook: &Rulebook,
    judged: &[&'r Programme],
) -> Result<&'r Programme, Text> {
    let is_it = |programme: &&&Programme| {
        programme.id == wanted || programme.title.zh == wanted || programme.title.en == wanted
    };
    if let Some(programme) = judged.iter().find(is_it) {
        return Ok(programme);
    }
    if rulebook.programme(wanted).is_some() {
        return Err(Text::new(
            format!("规则库只收录了“{wanted}”这个称号，没有它的条件"),
            format!("the rulebook knows `{wanted}` as a title only, without criteria"),
        ));
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
