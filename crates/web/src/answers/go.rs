//! How a programme's name leads to more about it: a link, or a button of a form that stands elsewhere on the page.

use askama::Template;
use rules::Programme;

use crate::failure::Failure;
use crate::view::{Cell, Part};

/// How a programme's name leads to more about it.
pub(crate) enum Go {
    /// Nowhere.
    Nowhere,
    /// To a page.
    To(String),
    /// By a button of the form with this id, which sends the programme to this address.
    Sends { form: &'static str, to: &'static str },
}

#[derive(Template)]
#[template(path = "answers/button.html")]
struct Button<'a> {
    form: &'a str,
    to: &'a str,
    value: &'a str,
    text: &'a str,
    small: &'a str,
}

impl Go {
    /// The name with something smaller below.
    pub fn cell(self, programme: &Programme, text: String, small: String) -> Result<Cell, Failure> {
        Ok(match self {
            Self::Nowhere => Cell::Two { text, small },
            Self::To(to) => Cell::Link { to, text, small },
            Self::Sends { form, to } => {
                let value = programme.id.as_str();
                let button = Button { form, to, value, text: &text, small: &small };
                Cell::Part(Part::new(&button)?, text.clone())
            }
        })
    }
}
