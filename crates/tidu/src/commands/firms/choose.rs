//! One firm out of a file, by its code or its name. A part of the name is enough if only one firm
//! has it.

use std::ops::ControlFlow;

use connectors::Reading;
use enterprise::{Text, nearest};

/// Firms with the wanted words in their names that are listed when there is more than one.
const LISTED: usize = 8;

/// The search for one firm.
pub(in crate::commands) struct Choice {
    wanted: String,
    exact: Option<Box<Reading>>,
    partial: Option<Box<Reading>>,
    names: Vec<String>,
    near: Option<String>,
}

/// How the search ended.
pub(in crate::commands) enum Chosen {
    One(Box<Reading>),
    None(Text),
}

impl Choice {
    pub fn new(wanted: &str) -> Self {
        let wanted = wanted.trim().to_owned();
        Self { wanted, exact: None, partial: None, names: Vec::new(), near: None }
    }

    /// Looks at one firm; breaks off once the wanted one is found.
    pub fn offer(&mut self, reading: Reading) -> ControlFlow<()> {
        let code = reading.facts.as_ref().and_then(|facts| facts.uscc.clone());
        let name = reading.name.clone().unwrap_or_default();
        self.consider(code.as_ref().map(|code| code.as_str()), &name, || reading)
    }

    /// Looks at a firm by its code and name; `reading` is asked for only if it may be the wanted one.
    pub fn consider(
        &mut self,
        code: Option<&str>,
        name: &str,
        reading: impl FnOnce() -> Reading,
    ) -> ControlFlow<()> {
        let is_code = code.is_some_and(|code| code.eq_ignore_ascii_case(&self.wanted));
        if is_code || name == self.wanted {
            self.exact = Some(Box::new(reading()));
            return ControlFlow::Break(());
        }
        if !self.wanted.is_empty() && name.contains(&self.wanted) {
            if self.names.len() <= LISTED {
                self.names.push(name.to_owned());
            }
            self.partial.get_or_insert_with(|| Box::new(reading()));
        } else if self.near.is_none() {
            self.near = nearest(&self.wanted, [name]).map(str::to_owned);
        }
        ControlFlow::Continue(())
    }

    /// The firm that was found, or why there is none.
    pub fn end(self) -> Chosen {
        if let Some(reading) = self.exact {
            return Chosen::One(reading);
        }
        let wanted = &self.wanted;
        if self.names.len() > 1 {
            let more = if self.names.len() > LISTED { "…" } else { "" };
            let names = self.names.get(..LISTED.min(self.names.len())).unwrap_or_default();
            return Chosen::None(Text::new(
                format!("不止一户企业的名称含“{wanted}”：{}{more}", names.join("、")),
                format!("more than one firm is called `{wanted}`: {}{more}", names.join(", ")),
            ));
        }
        match (self.partial, self.near) {
            (Some(reading), _) => Chosen::One(reading),
            (None, Some(near)) => Chosen::None(Text::new(
                format!("文件中没有企业“{wanted}”；是不是“{near}”？"),
                format!("no firm `{wanted}` in the file; did you mean `{near}`?"),
            )),
            (None, None) => Chosen::None(Text::new(
                format!("文件中没有企业“{wanted}”（按统一社会信用代码或名称查找）"),
                format!("no firm `{wanted}` in the file (by code or name)"),
            )),
        }
    }
}
