//! Random expressions in the words of the small vocabulary: every kind of node, well typed unless
//! said otherwise, every part in brackets and oddly spaced.

use proptest::prelude::*;
use proptest::strategy::Union;

/// What an expression may name besides indicators, with a value for `limits`.
const LIMITS: [(&str, &str); 5] =
    [("edge", "1234.56 元"), ("rate", "7.5 %"), ("number", "40 项"), ("n", "3 年"), ("top", "3")];

/// The `limits` that this expression uses.
pub(crate) fn limits(expression: &str) -> String {
    let words: Vec<&str> =
        expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let used = LIMITS.iter().filter(|(name, _)| words.contains(name));
    used.map(|(name, value)| format!("{name} = \"{value}\"")).collect::<Vec<_>>().join(", ")
}

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(""), Just(" "), Just("  "), Just("\n  ")]
}

fn choice(words: &'static [&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(words).prop_map(str::to_owned).boxed()
}

/// Puts a part in brackets now and then; a part of several words always.
fn bracketed(part: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (part, space(), any::<bool>())
        .prop_map(|(part, space, more)| {
            let bare = part.chars().all(|c| c.is_ascii_alphanumeric() || "_[]-".contains(c));
            if bare && !more { part } else { format!("({space}{part}{space})") }
        })
        .boxed()
}

fn pair(part: &BoxedStrategy<String>, signs: &'static [&'static str]) -> BoxedStrategy<String> {
    let part = bracketed(part.clone());
    (part.clone(), prop::sample::select(signs), part, space(), space())
        .prop_map(|(left, sign, right, a, b)| format!("{left}{a}{sign}{b}{right}"))
        .boxed()
}

fn money(dated: bool) -> BoxedStrategy<String> {
    let leaf = if dated {
        choice(&["revenue[base]", "profit[base-1]", "rd_expense[base+1]", "assets[base-2]", "edge"])
    } else {
        choice(&["revenue", "profit", "rd_expense", "assets", "liabilities[base-1]"])
    };
    leaf.prop_recursive(3, 8, 3, |inner| {
        let negated = bracketed(inner.clone()).prop_map(|part| format!("-{part}")).boxed();
        let extreme = (prop::sample::select(&["min", "max"][..]), inner.clone(), inner.clone())
            .prop_map(|(word, a, b)| format!("{word}( {a},{b} )"));
        prop_oneof![pair(&inner, &["+", "-"]), negated, extreme]
    })
    .boxed()
}

fn ratio() -> BoxedStrategy<String> {
    let yearly = money(false);
    prop_oneof![
        choice(&["share", "debt_ratio[base]", "debt_ratio[base-1]", "rate"]),
        pair(&money(true), &["/"]),
        money(true)
            .prop_filter("moves with the year", |part| part.contains('['))
            .prop_map(|part| format!("growth({part})")),
        (1..4, yearly)
            .prop_map(|(years, part)| { format!("average growth over {years} years({part})") }),
    ]
    .boxed()
}

fn over_years() -> BoxedStrategy<String> {
    (prop::sample::select(&["sum", "average"][..]), 1..4, money(false))
        .prop_map(|(word, years, part)| format!("{word} of last {years} years ({part})"))
        .boxed()
}

fn compared(left: BoxedStrategy<String>, right: &'static [&'static str]) -> BoxedStrategy<String> {
    let signs = prop::sample::select(&[">=", ">", "<=", "<", "=", "≥", "≤"][..]);
    (bracketed(left), signs, choice(right), space())
        .prop_map(|(left, sign, right, space)| format!("{left}{space}{sign}{space}{right}"))
        .boxed()
}

fn leaf() -> BoxedStrategy<String> {
    prop_oneof![
        choice(&["a", "b", "c", "listed", "certified[base]", "certified[base-1]"]),
        choice(&["level in {first}", "level in { first,third }", "size_class in { small, micro }"]),
        choice(&["holds(\"basic\")", "holds(  \"higher\" )"]),
        choice(&[
            "happened(\"accident\", last 36 months)",
            "happened(\"award\",last 12 months,rank<=top)",
        ]),
        choice(&[
            "full years from founded_on to today >= n",
            "full years from market_since to end of base-1 > n",
            "compound growth over 2 years (revenue) >= rate",
            "patents < number",
        ]),
        compared(money(true), &["edge", "revenue[base]"]),
        compared(ratio(), &["rate", "share"]),
        compared(over_years(), &["edge"]),
    ]
    .boxed()
}

/// Conditions.
pub(crate) fn condition() -> BoxedStrategy<String> {
    leaf()
        .prop_recursive(4, 24, 4, |inner| {
            let not = bracketed(inner.clone()).prop_map(|part| format!("not {part}"));
            let list = prop::collection::vec(inner.clone(), 1..4);
            let block = (list.clone(), space(), any::<bool>())
                .prop_map(|(parts, space, more)| {
                    let end = if more { ";" } else { "" };
                    format!("{{{space}{}{end}{space}}}", parts.join(";"))
                })
                .boxed();
            let year = (1..4, compared(money(false), &["revenue", "edge"]));
            prop_oneof![
                pair(&inner, &[" and ", " or "]),
                not,
                block.clone().prop_map(|block| format!("all{block}")),
                block.clone().prop_map(|block| format!("any {block}")),
                list.prop_map(|parts| format!(
                    "at least {} of{{{}}}",
                    parts.len().div_ceil(2),
                    parts.join(" ;")
                )),
                year.clone()
                    .prop_map(|(years, part)| format!("each of last {years} years{{{part}}}")),
                year.prop_map(|(years, part)| format!("some of last {years} years {{ {part} }}")),
            ]
        })
        .boxed()
}

/// Conditions and quantities put together without regard to types.
pub(crate) fn ill_typed() -> BoxedStrategy<String> {
    let part = Union::new([condition(), money(true), ratio(), over_years()]).boxed();
    let signs = &["+", "-", "*", "/", ">=", "<", " and ", " or ", "="][..];
    prop_oneof![
        pair(&part, signs),
        bracketed(part.clone()).prop_map(|part| format!("-{part}")),
        bracketed(part.clone()).prop_map(|part| format!("not {part}")),
        bracketed(part.clone()).prop_map(|part| format!("growth({part})")),
        bracketed(part.clone()).prop_map(|part| format!("{part} in {{ first }}")),
        (bracketed(part.clone()), bracketed(part.clone()))
            .prop_map(|(a, b)| format!("max({a}, {b})")),
        bracketed(part.clone()).prop_map(|part| format!("sum of last 2 years ({part})")),
        bracketed(part)
            .prop_map(|part| format!("happened(\"award\", last 9 months, rank <= {part})")),
    ]
    .boxed()
}
