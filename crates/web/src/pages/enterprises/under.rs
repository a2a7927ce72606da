//! One firm under one programme: why, what is missing, the cheapest way there, and when time alone turns it.

use app::enterprises::show_enterprise;
use rules::forecast::{Outlook, forecast};
use rules::plan::{Wish, plan};
use rules::{Outcome, Question, evaluate};

use super::one::{name, source, withheld};
use crate::answers::Answers;
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::view::{Act, Block, View};

/// How many other plans are told.
const ALTERNATIVES: usize = 2;

/// The page.
pub(crate) async fn under(ask: Ask) -> Answer {
    let found = show_enterprise(ask.platform(), ask.caller()?, ask.part("code")).await?;
    let say = ask.say;
    let rulebook = &found.law.rulebook;
    let programme = rulebook.programme(ask.part("programme")).ok_or_else(Failure::missing)?;
    let today = app::today(ask.platform().now());
    let code = found.city.snapshot().code(found.row);
    let answer = evaluate(rulebook, programme, &found.facts, &Question::on(today));
    let mut view = View::new(&ask, say.both(&programme.title))
        .up("/enterprises", say.t("enterprises.title"))
        .up(format!("/enterprises/{code}"), name(&found));
    view.acts.push(Act::link(
        format!("/programmes/{}", programme.id),
        say.t("enterprises.the-programme"),
    ));
    let shown = Answers::new(say, rulebook, &found.facts, today);
    if let Some(why) = withheld(say, &found) {
        // Where it stands; then what can be said without the figures that are not shown, and no value that follows
        // from one of them.
        view.push(
            shown
                .overview(std::slice::from_ref(&answer), false, |_| crate::answers::Go::Nowhere)?,
        );
        view.push(Block::Note("", why));
        if let Some(told) = found.told() {
            let answer = evaluate(rulebook, programme, &told, &Question::on(today));
            view.push(Block::Text(say.t("enterprises.without-tax")));
            let withheld = found.withheld();
            let shown = Answers { facts: &told, withheld: &withheld, ..shown };
            view.blocks.extend(shown.findings(&answer)?);
        }
        return view.show(&ask);
    }
    // Which values differ from it says each of them.
    let (label, joint) = (say.t("enterprises.source"), say.either("：", ": "));
    view.push(Block::Text(format!("{label}{joint}{}", source(say, &found))));
    view.blocks.extend(shown.programme(&answer)?);
    view.blocks.extend(shown.gaps(&answer)?);
    if matches!(answer.outcome, Outcome::Assessed(_)) {
        let wish = Wish {
            today,
            target: None,
            base_year: None,
            purpose: None,
            alternatives: ALTERNATIVES,
        };
        view.push(Block::Heading(say.t("enterprises.plan")));
        view.blocks.extend(shown.plan(&plan(rulebook, programme, &found.facts, &wish))?);
    }
    view.push(Block::Heading(say.t("enterprises.forecast")));
    let outlook = Outlook { today, until: None, purpose: None };
    let ahead = forecast(rulebook, programme, &found.facts, &outlook);
    view.blocks.extend(shown.forecast(std::slice::from_ref(&ahead))?);
    view.show(&ask)
}
