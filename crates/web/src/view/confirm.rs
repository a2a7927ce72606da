//! A page that asks again before something that cannot easily be taken back is done.

use super::{Block, Cell, Form, View};
use crate::ask::{Answer, Ask};
use crate::failure::Wrong;

/// A page that asks again before something that cannot easily be taken back is done.
pub(crate) struct Confirm {
    pub title: String,
    /// What will be done, and what follows from it.
    pub what: String,
    pub facts: Vec<(String, Cell)>,
    pub form: Form,
    pub danger: bool,
}

impl Confirm {
    pub fn show(self, ask: &Ask, wrong: &Wrong) -> Answer {
        let mut view = View::new(ask, &self.title);
        view.push(Block::Text(self.what));
        if !self.facts.is_empty() {
            view.push(Block::Facts(self.facts));
        }
        let mut form = self.form.mistakes(wrong);
        form.class = if self.danger { "danger" } else { "" };
        view.push(Block::Form(form));
        view.show_as(ask, wrong.status())
    }
}
