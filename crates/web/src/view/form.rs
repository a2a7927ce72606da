//! A form: fields with hints, units and mistakes, and what it sends besides.

use super::field::Field;
use crate::draft::Drafted;
use crate::failure::Wrong;

/// A form.
pub(crate) struct Form {
    pub to: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    pub submit: String,
    /// `danger` or nothing.
    pub class: &'static str,
    /// Whether it brings a file.
    pub file: bool,
    /// Where to go without doing it.
    pub cancel: Option<String>,
    /// What is wrong with none of the fields.
    pub wrong: Vec<String>,
    /// Whether a script warns before what was typed is lost.
    pub guarded: bool,
    /// Whether it can be kept half filled in, and what it is filled with.
    pub draft: Option<Drafted>,
    /// The part of the page that its answer replaces, if a script runs.
    pub fragment: Option<&'static str>,
}

impl Form {
    pub fn new(to: impl Into<String>, submit: String) -> Self {
        Self {
            to: to.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            submit,
            class: "",
            file: false,
            cancel: None,
            wrong: Vec::new(),
            guarded: true,
            draft: None,
            fragment: None,
        }
    }

    pub fn hide(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub fn cancel(mut self, to: impl Into<String>) -> Self {
        self.cancel = Some(to.into());
        self
    }

    /// With a script, the answer replaces the element with this id instead of the whole page.
    pub fn fragment(mut self, id: &'static str) -> Self {
        self.fragment = Some(id);
        self
    }

    /// Puts each mistake beside its field, and the others on top.
    pub fn mistakes(mut self, wrong: &Wrong) -> Self {
        for field in &mut self.fields {
            field.wrong = wrong.of(field.name).into_iter().map(str::to_owned).collect();
        }
        let shown: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        self.wrong = wrong.beside(&shown).into_iter().map(str::to_owned).collect();
        self
    }

    /// The fields that something is wrong with, for the summary on top.
    pub fn mistaken(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| !field.wrong.is_empty()).collect()
    }

    /// Whether it asks for anything: a form without fields only asks for a yes.
    pub fn asks(&self) -> bool {
        !self.fields.is_empty()
    }

    /// Whether any of its fields must be filled.
    pub fn requires(&self) -> bool {
        self.fields.iter().any(|field| field.required)
    }
}
