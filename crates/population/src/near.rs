//! The column that an unknown name may have been meant for: a suggestion, never a silent correction.
//! Names come in other cases, as labels of the catalogue, with the year in front or behind, with a unit
//! in brackets; the year is no part of the name, so that it does not count as a difference.

use enterprise::{Catalogue, Indicator, Period, nearest};

use crate::special::Special;

/// What the columns that hold no fact are called elsewhere.
const ALSO: [(&str, Special); 6] = [
    ("统一社会信用代码", Special::Uscc),
    ("社会信用代码", Special::Uscc),
    ("企业名称", Special::Name),
    ("单位名称", Special::Name),
    ("名称", Special::Name),
    ("编号", Special::Id),
];
/// A year for a name without one.
const EXAMPLE: i16 = 2025;
/// Shorter beginnings of names begin many.
const SHORTEST: usize = 4;

/// Every name that a column may have been meant for.
pub(crate) struct Near {
    /// In small letters, with the column and whether it is a yearly one.
    names: Vec<(String, String, bool)>,
}

impl Near {
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut names: Vec<(String, String, bool)> = Vec::new();
        let special = |special: &Special| special.name().to_owned();
        names.extend(Special::ALL.iter().map(|own| (special(own), special(own), false)));
        names.extend(ALSO.iter().map(|(word, own)| ((*word).to_owned(), special(own), false)));
        let given = || catalogue.indicators().iter().filter(|indicator| indicator.given);
        let mut add = |word: &str, indicator: &Indicator| {
            let yearly = indicator.period == Period::Yearly;
            names.push((plain(word), indicator.id.clone(), yearly));
        };
        for indicator in given() {
            add(&indicator.id, indicator);
        }
        for indicator in given() {
            let words = [&indicator.label.zh, &indicator.label.en];
            for word in words.into_iter().chain(&indicator.aliases) {
                add(word, indicator);
            }
        }
        Self { names }
    }

    /// The column that is most like a name, if any is alike enough.
    pub fn column(&self, name: &str) -> Option<String> {
        let name = plain(name);
        let (stem, year) = without_year(&name);
        // With a year yearly columns are meant, if any; ids may end in a year themselves.
        let found = match year {
            Some(_) => self
                .most_like(stem, true)
                .or_else(|| self.most_like(&name, false))
                .or_else(|| self.most_like(stem, false)),
            None => self.of_any(&name),
        };
        let (_, column, yearly) = found?;
        Some(match yearly {
            true => format!("{column}_{}", year.unwrap_or(EXAMPLE)),
            false => column.clone(),
        })
    }

    fn of_any(&self, name: &str) -> Option<&(String, String, bool)> {
        let near = nearest(name, self.names.iter().map(|(word, ..)| word.as_str()));
        let near = near.and_then(|near| self.names.iter().find(|(word, ..)| word == near));
        near.or_else(|| self.begins(name, |_| true))
    }

    fn most_like(&self, name: &str, yearly: bool) -> Option<&(String, String, bool)> {
        let of_kind = |own: &&(String, String, bool)| own.2 == yearly;
        let words = self.names.iter().filter(of_kind).map(|(word, ..)| word.as_str());
        let near = nearest(name, words);
        let near =
            near.and_then(|near| self.names.iter().filter(of_kind).find(|(word, ..)| word == near));
        near.or_else(|| self.begins(name, |own| own.2 == yearly))
    }

    /// The shortest name that goes on where this one ends.
    fn begins(
        &self,
        name: &str,
        wanted: impl Fn(&(String, String, bool)) -> bool,
    ) -> Option<&(String, String, bool)> {
        if name.len() < SHORTEST {
            return None;
        }
        let longer = self.names.iter().filter(|own| wanted(own) && own.0.starts_with(name));
        longer.min_by_key(|(word, ..)| word.chars().count())
    }
}

/// In small letters, without blanks, and without what stands in brackets at the end.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let short = name.split(['（', '(', '[', '【']).next().unwrap_or_default().trim();
    let name = if short.is_empty() { name.as_str() } else { short };
    name.chars().map(|c| if c == ' ' || c == '-' { '_' } else { c }).collect()
}

/// The name before or behind its year.
fn without_year(name: &str) -> (&str, Option<i16>) {
    let ends = ["年度", "年", ""];
    let behind = ends.iter().find_map(|end| {
        let rest = name.strip_suffix(end)?;
        let (rest, digits) = rest.split_at_checked(rest.len().checked_sub(4)?)?;
        Some((rest, year(digits)?))
    });
    let before = || {
        let (digits, rest) = name.split_at_checked(4)?;
        let year = year(digits)?;
        let rest = ends.iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        Some((rest, year))
    };
    match behind.or_else(before) {
        Some((rest, year)) if !rest.trim_matches('_').is_empty() => {
            (rest.trim_matches('_'), Some(year))
        }
        _ => (name, None),
    }
}

fn year(digits: &str) -> Option<i16> {
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && (1990..=2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_no_part_of_the_name() {
        for (name, rest) in [
            ("revenue_2025", ("revenue", Some(2025))),
            ("营业收入2025年", ("营业收入", Some(2025))),
            ("2025年度营业收入", ("营业收入", Some(2025))),
            ("营业收入", ("营业收入", None)),
            ("2025", ("2025", None)),
            ("ip1_9999", ("ip1_9999", None)),
        ] {
            assert_eq!(without_year(name), rest, "{name}");
        }
        assert_eq!(plain(" Revenue 2025（万元）"), "revenue_2025");
    }
}
