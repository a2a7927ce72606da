//! Where an organisation stands in the tree: the numbers from the top down to itself, `/1/4/9/`.
//! Nothing but digits and slashes, so that a filter may compare beginnings without escaping anything.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::id::OrganisationId;

/// A checked path; its last number is the organisation itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    text: String,
    organisation: OrganisationId,
}

/// Not a path: something else than positive numbers between slashes, or one of them twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError(pub String);

impl Path {
    /// The path of an organisation at the top.
    ///
    /// # Errors
    /// When the number is not positive.
    pub fn top(organisation: OrganisationId) -> Result<Self, PathError> {
        format!("/{organisation}/").parse()
    }

    /// The path of an organisation directly below this one.
    ///
    /// # Errors
    /// When the number is not positive, or stands further up already.
    pub fn below(&self, organisation: OrganisationId) -> Result<Self, PathError> {
        format!("{}{organisation}/", self.text).parse()
    }

    /// The text: what is stored, and what every path below begins with.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The organisation that stands here.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Whether nothing stands above.
    pub fn is_top(&self) -> bool {
        self.text.matches('/').count() == 2
    }

    /// Whether `other` stands here or below. The slash at the end keeps 4 and 40 apart.
    pub fn covers(&self, other: &Self) -> bool {
        other.text.starts_with(&self.text)
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let numbers = || {
            let inner = text.strip_prefix('/')?.strip_suffix('/')?;
            let mut seen: Vec<i64> = Vec::new();
            for part in inner.split('/') {
                let number: i64 = part.parse().ok().filter(|number| *number > 0)?;
                // One way to write a number: no sign, no leading zero.
                if number.to_string() != part || seen.contains(&number) {
                    return None;
                }
                seen.push(number);
            }
            seen.last().copied()
        };
        let organisation = numbers().ok_or_else(|| PathError(text.to_owned()))?;
        Ok(Self { text: text.to_owned(), organisation: OrganisationId(organisation) })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a path of organisations like /1/4/9/", self.0)
    }
}

impl Error for PathError {}
