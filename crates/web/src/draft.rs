//! Forms that are kept half filled in: a second button keeps what was typed, the page offers it again, and sending the
//! form drops it. A form belongs to the path that it is sent to.

use app::own::{drop_draft, find_draft, keep_draft};
use axum::response::Response;

use crate::ask::Ask;
use crate::failure::{Failure, Wrong};
use crate::local::local;
use crate::view::{Form, Input};

/// What a form says about its draft.
pub(crate) struct Drafted {
    /// The page to come back to.
    pub back: String,
    /// When what it is filled with was kept, if it is.
    pub kept: Option<String>,
}

impl Ask {
    /// Keeps or drops a draft if that is what the form was sent for, and what to answer then. Only the fields that are
    /// named are kept: never a password.
    pub async fn draft(&self, names: &[&str]) -> Result<Option<Response>, Failure> {
        let done = match self.form.get("_draft") {
            Some("keep") => {
                let typed = self.form.pairs().iter();
                let fields: Vec<(String, String)> =
                    typed.filter(|(name, _)| names.contains(&name.as_str())).cloned().collect();
                keep_draft(self.platform(), self.caller()?, self.uri.path(), &fields).await?;
                "draft-kept"
            }
            Some("drop") => {
                drop_draft(self.platform(), self.caller()?, self.uri.path()).await?;
                "draft-dropped"
            }
            _ => return Ok(None),
        };
        self.done(local(self.form.get("_back")), done).map(Some)
    }

    /// Drops the draft of a form that was sent. What was done stays done if that fails.
    pub async fn sent(&self) {
        if let Ok(caller) = self.caller()
            && let Err(refusal) = drop_draft(self.platform(), caller, self.uri.path()).await
        {
            tracing::warn!(?refusal, "a draft could not be dropped");
        }
    }

    /// A form that can be kept as a draft, filled with the one that is kept. What was just typed stays as it is.
    pub async fn drafted(&self, mut form: Form, wrong: &Wrong) -> Result<Form, Failure> {
        let caller = self.caller()?;
        if caller.session.is_none() || caller.owes.is_some() {
            return Ok(form);
        }
        let back = match self.form.get("_back") {
            Some(back) => local(Some(back)).to_owned(),
            None => self.here(),
        };
        let mut drafted = Drafted { back, kept: None };
        if wrong.0.is_empty()
            && let Some(draft) = find_draft(self.platform(), caller, &form.to).await?
        {
            drafted.kept = Some(self.say.time(draft.kept));
            form.fill(&draft.fields);
        }
        form.draft = Some(drafted);
        Ok(form)
    }

    /// The address of this page without what was just done.
    fn here(&self) -> String {
        let query = self.query.without(&["done"]).without(&crate::look::SWITCHES).to_string();
        let path = self.uri.path();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

impl Form {
    /// Puts what was typed before into the fields of the same names.
    fn fill(&mut self, typed: &[(String, String)]) {
        for field in &mut self.fields {
            let values: Vec<&str> = typed
                .iter()
                .filter(|(name, _)| name == field.name)
                .map(|(_, value)| value.as_str())
                .collect();
            match &mut field.input {
                Input::Line("password" | "file", _) => {}
                Input::Line(..) | Input::Number(_) | Input::Area => {
                    if let Some(value) = values.first() {
                        field.value = (*value).to_owned();
                    }
                }
                Input::Select(choices) | Input::Checks(choices) | Input::Radios(choices) => {
                    for choice in choices {
                        choice.chosen = values.contains(&choice.value.as_str());
                    }
                }
            }
        }
    }
}
