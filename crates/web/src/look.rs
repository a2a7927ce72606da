//! How somebody wants pages to look: light or dark, and in which size of type. A browser keeps it as it keeps the
//! language; it is switched at the head of every page, without a script.

use axum::http::HeaderMap;

use crate::cookie;
use crate::fields::Fields;

/// How somebody wants pages to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Style {
    pub theme: Theme,
    /// Whether type is large.
    pub large: bool,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Theme {
    /// As the reader's system has it.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The code in addresses, cookies and the stylesheet.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// The names by which addresses switch something; no link of a page takes them along.
pub(crate) const SWITCHES: [&str; 3] = ["lang", "theme", "type"];

impl Style {
    /// What a browser keeps.
    pub fn kept(headers: &HeaderMap) -> Self {
        cookie::look(headers).as_deref().map(Self::read).unwrap_or_default()
    }

    /// What an address switches to, if it switches anything.
    pub fn switched(self, query: &Fields) -> Option<Self> {
        let theme = query.text("theme").and_then(Theme::from_code);
        let large = query.text("type").and_then(|code| match code {
            "large" => Some(true),
            "normal" => Some(false),
            _ => None,
        });
        (theme.is_some() || large.is_some()).then(|| Self {
            theme: theme.unwrap_or(self.theme),
            large: large.unwrap_or(self.large),
        })
    }

    /// As a cookie keeps it.
    pub fn code(self) -> String {
        format!("{}-{}", self.theme.code(), if self.large { "large" } else { "normal" })
    }

    fn read(code: &str) -> Self {
        let (theme, size) = code.split_once('-').unwrap_or((code, ""));
        Self { theme: Theme::from_code(theme).unwrap_or_default(), large: size == "large" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_chosen() {
        for theme in Theme::ALL {
            for large in [false, true] {
                let look = Style { theme, large };
                assert_eq!(Style::read(&look.code()), look);
            }
        }
        assert_eq!(Style::read("nonsense"), Style::default());
        let look = Style { theme: Theme::Dark, large: true };
        let after = |query: &str| look.switched(&Fields::read(query.as_bytes()).unwrap());
        assert_eq!(after("q=x"), None);
        assert_eq!(after("theme=nonsense"), None);
        assert_eq!(after("theme=light"), Some(Style { theme: Theme::Light, large: true }));
        assert_eq!(after("type=normal&q=x"), Some(Style { theme: Theme::Dark, large: false }));
    }
}
