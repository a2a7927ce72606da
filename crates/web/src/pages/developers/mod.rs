//! Every component in every state, for those who build pages and those who judge them. Everything on it is made up.

mod answers;
mod charts;
mod forms;
mod lists;

use crate::ask::{Answer, Ask};
use crate::view::{Block, View};

/// The page.
pub(crate) async fn components(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("components.title"));
    view.p.wide = true;
    view.push(Block::Text(say.t("components.what")));
    lists::show(&ask, &mut view)?;
    forms::show(&ask, &mut view);
    answers::show(&ask, &mut view)?;
    charts::show(&ask, &mut view)?;
    view.show(&ask)
}

/// Takes the example form: nothing is kept, and whatever is wrong is shown beside its field.
pub(crate) async fn try_form(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("components.form"))
        .up("/developers/components", say.t("components.title"));
    let wrong = forms::judge(&ask);
    view.push(Block::Form(forms::example(&ask, &wrong)));
    view.show_as(&ask, wrong.status())
}
