//! What a number of the law is and what it is for, in words.

mod about;
mod name;

use app::Law;
use enterprise::Text;
use rulebook::{Number, NumberKind};
use words::quantity;

use self::about::about;
use self::name::name;

/// A number in words.
pub(crate) struct Told {
    /// Its whole address.
    pub address: String,
    /// The number with its edge.
    pub value: Text,
    /// What it is called: everything around it, from the outside in.
    pub name: Text,
    /// What it is for: the part of the condition or the scale that it stands in; may be empty.
    pub about: Text,
    /// The file and the line.
    pub place: Option<(String, usize)>,
}

/// All numbers in words.
pub(super) fn told(law: &Law) -> Vec<Told> {
    let rulebook = &law.rulebook;
    let one = |number: &Number| {
        let place = number.place().map(|span| {
            let text = law.sources.text(&span.file).unwrap_or_default();
            (span.file.to_string(), span.position(text).line)
        });
        Told {
            address: number.address(),
            value: value(number),
            name: name(rulebook, number),
            about: about(rulebook, number).unwrap_or_default(),
            place,
        }
    };
    law.numbers().iter().map(one).collect()
}

/// The number with its edge, in the units of the reader's language.
pub(crate) fn value(number: &Number) -> Text {
    let zh = number.value();
    let written = number.written.as_deref().unwrap_or_default();
    let bare = |units: &[char]| written.trim_end_matches(units).trim().to_owned();
    let en = match number.kind {
        NumberKind::Quantity => {
            let edges: String = zh.chars().take_while(|sign| "≥≤><=、".contains(*sign)).collect();
            let words = number.limit().map(|limit| quantity::limit(&limit).en);
            let words = words.unwrap_or_else(|| written.to_owned());
            format!("{} {words}", edges.replace('、', ", ")).trim().to_owned()
        }
        NumberKind::Points => format!("{} points", bare(&['分'])),
        NumberKind::Months => format!("{} months", bare(&['个', '月'])),
        NumberKind::Count => format!("{} of them", bare(&['项', '条'])),
        NumberKind::Day if number.written.is_none() => {
            return Text::new("未设止日", "no last day is set");
        }
        NumberKind::Day => zh.clone(),
    };
    Text { zh, en }
}
