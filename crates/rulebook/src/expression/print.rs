//! Expressions back to text, laid out the one way that `tidu fmt` knows.

use rules::{Operator, Window};

use crate::expression::ast::{Expr, Node, Until};
use crate::expression::parser::RESERVED;

/// How tightly a node binds: a part that binds looser than its surroundings needs brackets.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Binding {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
    Atom,
}

/// The expression's text on one line.
pub(crate) fn print(expr: &Expr) -> String {
    let part = |inner: &Expr, least: Binding| {
        let text = print(inner);
        if binding(inner) < least { format!("({text})") } else { text }
    };
    let list =
        |parts: &[Expr], between: &str| parts.iter().map(print).collect::<Vec<_>>().join(between);
    let block = |parts: &[Expr]| format!("{{ {} }}", list(parts, "; "));
    match &expr.node {
        Node::Name(name) => name.clone(),
        Node::Number(number, None) => number.clone(),
        Node::Number(number, Some(unit)) => format!("{number} {unit}"),
        Node::At(inner, offset) => format!("{}[{}]", print(inner), base(*offset)),
        Node::Arithmetic(sign, left, right) => {
            // The right side of `-` and `/` must bind more tightly: a - (b - c).
            let (own, tighter) = match sign {
                '+' | '-' => (Binding::Sum, Binding::Product),
                _ => (Binding::Product, Binding::Sign),
            };
            format!("{} {sign} {}", part(left, own), part(right, tighter))
        }
        Node::Negate(inner) => format!("-{}", part(inner, Binding::Sign)),
        Node::Extreme { least, parts } => {
            let parts: Vec<String> = parts.iter().map(|inner| part(inner, Binding::Sum)).collect();
            format!("{}({})", if *least { "min" } else { "max" }, parts.join(", "))
        }
        Node::Compare(operator, left, right) => {
            format!(
                "{} {} {}",
                part(left, Binding::Sum),
                operator.written(),
                part(right, Binding::Sum)
            )
        }
        Node::In(inner, options) => {
            let options: Vec<String> = options.iter().map(|(option, _)| named(option)).collect();
            format!("{} in {{ {} }}", part(inner, Binding::Sum), options.join(", "))
        }
        Node::Not(inner) => format!("not {}", part(inner, Binding::Not)),
        // A block of one part keeps its braces: without them it would be another expression.
        Node::All(parts) if parts.len() > 1 && !is_block(expr, parts) => {
            join(parts, " and ", Binding::Not)
        }
        Node::Any(parts) if parts.len() > 1 && !is_block(expr, parts) => {
            join(parts, " or ", Binding::And)
        }
        Node::All(parts) => format!("all {}", block(parts)),
        Node::Any(parts) => format!("any {}", block(parts)),
        Node::AtLeast(k, parts) => format!("at least {k} of {}", block(parts)),
        Node::Years { each, years, parts } => {
            let word = if *each { "each" } else { "some" };
            format!("{word} of last {} {}", count(*years), block(parts))
        }
        Node::OverYears { mean, years, part: inner } => {
            let word = if *mean { "average" } else { "sum" };
            format!("{word} of last {} ({})", count(*years), part(inner, Binding::Sum))
        }
        Node::Growth(inner) => format!("growth({})", part(inner, Binding::Sum)),
        Node::GrowthOver { compound, years, part: inner } => {
            let word = if *compound { "compound" } else { "average" };
            format!("{word} growth over {} ({})", count(*years), part(inner, Binding::Sum))
        }
        Node::Elapsed { days, from, to } => {
            let word = if *days { "days" } else { "full years" };
            let until = match to {
                Until::Today => "today".to_owned(),
                Until::EndOfBase(offset) => format!("end of {}", base(*offset)),
            };
            format!("{word} from {} to {until}", print(from))
        }
        Node::Holds(programme, _) => format!("holds(\"{programme}\")"),
        Node::Happened { event, window, filter, .. } => match filter {
            None => format!("happened(\"{event}\", {})", since(*window)),
            Some((attribute, _, operator, limit)) => format!(
                "happened(\"{event}\", {}, {attribute} {} {})",
                since(*window),
                Operator::written(*operator),
                part(limit, Binding::Sum)
            ),
        },
    }
}

fn join(parts: &[Expr], between: &str, least: Binding) -> String {
    let part = |inner: &Expr| {
        let text = print(inner);
        if binding(inner) < least { format!("({text})") } else { text }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(between)
}

/// Whether the author wrote `all { … }` or `any { … }`: then the expression ends after its last part.
fn is_block(expr: &Expr, parts: &[Expr]) -> bool {
    parts.last().is_some_and(|last| last.at.end < expr.at.end)
        && parts.first().is_some_and(|first| first.at.start > expr.at.start + 3)
}

fn binding(expr: &Expr) -> Binding {
    match &expr.node {
        Node::Any(parts) if parts.len() > 1 && !is_block(expr, parts) => Binding::Or,
        Node::All(parts) if parts.len() > 1 && !is_block(expr, parts) => Binding::And,
        Node::Not(_) => Binding::Not,
        Node::Compare(..) | Node::In(..) => Binding::Compare,
        Node::Arithmetic('+' | '-', ..) => Binding::Sum,
        Node::Arithmetic(..) => Binding::Product,
        Node::Negate(_) => Binding::Sign,
        _ => Binding::Atom,
    }
}

/// An option; in quotation marks where it is no name.
fn named(option: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = option.starts_with(|c: char| c.is_ascii_alphabetic()) && option.chars().all(plain);
    if name && !RESERVED.contains(&option) { option.to_owned() } else { format!("\"{option}\"") }
}

fn since(window: Window) -> String {
    match window {
        Window::Months(months) => format!("last {months} months"),
        Window::SinceStartOf(offset) => format!("since start of {}", base(offset)),
    }
}

fn base(offset: i16) -> String {
    match offset {
        0 => "base".to_owned(),
        offset if offset < 0 => format!("base{offset}"),
        offset => format!("base+{offset}"),
    }
}

fn count(years: i16) -> String {
    format!("{years} years")
}

#[cfg(test)]
mod tests {
    use super::print;
    use crate::expression::parser::parse;

    #[test]
    fn one_layout_for_every_expression() {
        let cases = [
            ("a>=b", "a >= b"),
            ("a[base]≥b and(c or d)", "a[base] >= b and (c or d)"),
            ("(a >= b)", "a >= b"),
            ("a - (b - c)", "a - (b - c)"),
            ("(a-b)-c", "a - b - c"),
            ("a/(b*c)", "a / (b * c)"),
            ("not (a and b)", "not (a and b)"),
            ("any{a>=b;c;}", "any { a >= b; c }"),
            ("(any { a; b })", "any { a; b }"),
            ("each of last 1 year{a>b}", "each of last 1 years { a > b }"),
            ("x in{a,b}", "x in { a, b }"),
            ("max((a or b),c)", "max((a or b), c)"),
            ("growth((a>=b))", "growth((a >= b))"),
            ("sum of last 2 years((a and b))", "sum of last 2 years ((a and b))"),
            ("district in {\"370215\",west_coast}", "district in { \"370215\", west_coast }"),
            (
                "happened(\"e\",last 36 months,rank<=top)",
                "happened(\"e\", last 36 months, rank <= top)",
            ),
            ("full years from a to end of base-1>=n", "full years from a to end of base-1 >= n"),
        ];
        for (written, laid_out) in cases {
            let once = print(&parse(written).unwrap());
            assert_eq!(once, laid_out, "{written}");
            assert_eq!(print(&parse(&once).unwrap()), laid_out, "{written} twice");
        }
    }
}
