//! A field of a form.

/// A field of a form.
pub(crate) struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    /// What stands behind the field: 万元, %, 人.
    pub unit: String,
    pub input: Input,
    pub value: String,
    pub wrong: Vec<String>,
    pub required: bool,
    /// Whether the page begins here.
    pub first: bool,
}

/// How a field is filled.
pub(crate) enum Input {
    /// Of a type, with the word by which browsers fill it.
    Line(&'static str, &'static str),
    /// A number written with digits; with how many places behind the point.
    Number(u8),
    Area,
    Select(Vec<Choice>),
    Checks(Vec<Choice>),
    /// One of a few, all of them in sight.
    Radios(Vec<Choice>),
}

/// One of several.
pub(crate) struct Choice {
    pub value: String,
    pub text: String,
    pub chosen: bool,
    /// The heading that it and those after it stand under; empty if it goes on as before.
    pub under: String,
}

impl Field {
    fn with(name: &'static str, label: String, input: Input, value: &str) -> Self {
        Self {
            name,
            label,
            hint: String::new(),
            unit: String::new(),
            input,
            value: value.to_owned(),
            wrong: Vec::new(),
            required: false,
            first: false,
        }
    }

    pub fn line(name: &'static str, label: String, value: &str) -> Self {
        Self::with(name, label, Input::Line("text", "off"), value)
    }

    pub fn kind(name: &'static str, label: String, kind: &'static str, value: &str) -> Self {
        Self::with(name, label, Input::Line(kind, "off"), value)
    }

    /// A number; what was typed is shown again as it was typed.
    pub fn number(name: &'static str, label: String, value: &str) -> Self {
        Self::with(name, label, Input::Number(0), value)
    }

    /// An amount of money in the unit that stands behind it.
    pub fn money(name: &'static str, label: String, unit: String, value: &str) -> Self {
        Self::with(name, label, Input::Number(6), value).unit(unit)
    }

    /// A day.
    pub fn day(name: &'static str, label: String, value: &str) -> Self {
        Self::kind(name, label, "date", value)
    }

    /// A password; it is never shown again.
    pub fn password(name: &'static str, label: String, fill: &'static str) -> Self {
        Self::with(name, label, Input::Line("password", fill), "").required()
    }

    pub fn area(name: &'static str, label: String, value: &str) -> Self {
        Self::with(name, label, Input::Area, value)
    }

    pub fn select(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Self::with(name, label, Input::Select(choices), "")
    }

    pub fn checks(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Self::with(name, label, Input::Checks(choices), "")
    }

    /// One of a few, all of them in sight.
    pub fn radios(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Self::with(name, label, Input::Radios(choices), "")
    }

    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    /// What stands behind the field.
    pub fn unit(mut self, unit: String) -> Self {
        self.unit = unit;
        self
    }

    /// With so many places behind the point, if it is a number.
    pub fn places(mut self, places: u8) -> Self {
        if let Input::Number(kept) = &mut self.input {
            *kept = places;
        }
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The page begins here.
    pub fn first(mut self) -> Self {
        self.first = true;
        self
    }

    /// What describes the field, for screen readers: its hint, its unit, and what is wrong with it.
    pub fn described(&self) -> String {
        let parts = [
            (!self.hint.is_empty()).then(|| format!("{}-hint", self.name)),
            (!self.unit.is_empty()).then(|| format!("{}-unit", self.name)),
            (!self.wrong.is_empty()).then(|| format!("{}-wrong", self.name)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Where a link of the summary leads: the first of several boxes, or the field itself.
    pub fn anchor(&self) -> String {
        match self.input {
            Input::Checks(_) | Input::Radios(_) => format!("{}-0", self.name),
            _ => self.name.to_owned(),
        }
    }
}

impl Choice {
    pub fn new(value: impl ToString, text: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.to_string(), text: text.into(), chosen, under: String::new() }
    }

    /// The first of those under a heading.
    pub fn under(mut self, heading: String) -> Self {
        self.under = heading;
        self
    }
}
