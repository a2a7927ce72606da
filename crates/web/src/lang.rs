//! The language of a page, and everything that is said differently in each.

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::catalogue;

/// A language of the face.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The code in addresses and cookies.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The language of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language that a program asks for (`Accept-Language`), if it is one of ours.
    pub(crate) fn accepted(headers: &HeaderMap) -> Option<Self> {
        let said = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        let mut best: Option<(f32, Self)> = None;
        for one in said.split(',') {
            let (range, quality) = match one.split_once(';') {
                Some((range, q)) => (range, q.trim().strip_prefix("q=")?.trim().parse().ok()?),
                None => (one, 1.0),
            };
            let primary = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let lang = Self::from_code(&primary);
            if let Some(lang) = lang.filter(|_| quality > best.map_or(0.0, |(best, _)| best)) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    /// What a page says that it is written in.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

/// Says things in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Say(pub Lang);

impl Say {
    /// A message.
    pub fn t(self, key: &str) -> String {
        catalogue::message(self.0, key).to_owned()
    }

    /// A message with one thing put in.
    pub fn t1(self, key: &str, name: &str, value: impl ToString) -> String {
        put(catalogue::message(self.0, key), &[(name, value.to_string())])
    }

    /// A message with two things put in.
    pub fn t2(
        self,
        key: &str,
        (one, first): (&str, impl ToString),
        (two, second): (&str, impl ToString),
    ) -> String {
        let all = [(one, first.to_string()), (two, second.to_string())];
        put(catalogue::message(self.0, key), &all)
    }

    /// What the policy calls something.
    pub fn name(self, words: access::Words) -> &'static str {
        match self.0 {
            Lang::Zh => words.zh,
            Lang::En => words.en,
        }
    }

    /// What a use case says.
    pub fn text(self, words: &app::Words) -> String {
        match self.0 {
            Lang::Zh => words.zh.clone(),
            Lang::En => words.en.clone(),
        }
    }

    /// What the law and its results say.
    pub fn both(self, text: &enterprise::Text) -> String {
        self.either(&text.zh, &text.en).to_owned()
    }

    /// One of two.
    pub fn either<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// An instant as China's clocks show it.
    pub fn time(self, at: Timestamp) -> String {
        at.to_zoned(TimeZone::fixed(Offset::constant(8))).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The same to the second, for records and for what is read elsewhere.
    pub fn exact(self, at: Timestamp) -> String {
        let there = at.to_zoned(TimeZone::fixed(Offset::constant(8)));
        there.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The same if there is one.
    pub fn maybe(self, at: Option<Timestamp>) -> String {
        at.map_or_else(|| "—".to_owned(), |at| self.time(at))
    }

    /// The last day of something, or that it has none.
    pub fn day(self, day: Option<Date>) -> String {
        day.map_or_else(|| self.t("home.no-end"), |day| day.to_string())
    }
}

/// Puts values where a message has their names in braces.
fn put(message: &str, values: &[(&str, String)]) -> String {
    let mut said = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(one, _)| *one == name) {
            said.push_str(value);
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let values = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(put("1 {a} 2 {b} 3", &values), "1 {b} 2 x 3");
        assert_eq!(put("no names", &values), "no names");
    }

    #[test]
    fn programs_are_told_in_the_language_that_they_ask_for() {
        let accepted = |said: &str| {
            let said = axum::http::HeaderValue::from_str(said).unwrap();
            Lang::accepted(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, said)]))
        };
        assert_eq!(Lang::accepted(&HeaderMap::new()), None);
        assert_eq!(accepted("en-GB,en;q=0.9,zh;q=0.8"), Some(Lang::En));
        assert_eq!(accepted("zh-Hans-CN, en;q=0.5"), Some(Lang::Zh));
        assert_eq!(accepted("en;q=0.3, ZH;q=0.9"), Some(Lang::Zh));
        assert_eq!(accepted("fr, en;q=0"), None);
        for odd in ["*", "", "de", "en;q=x", ";;;"] {
            assert_eq!(accepted(odd), None, "{odd}");
        }
    }

    #[test]
    fn instants_are_shown_in_the_time_of_china() {
        let at: Timestamp = "2026-11-23T16:30:00Z".parse().unwrap();
        assert_eq!(Say(Lang::Zh).time(at), "2026-11-24 00:30");
    }
}
