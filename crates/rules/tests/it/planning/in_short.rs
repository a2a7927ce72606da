//! A law in a few lines, for failing tests.

use rules::{Body, Comparison, Condition, Criterion, Entry, Programme, Quantity, Scale};

/// A law that says what it says in a few lines when a test fails.
pub(super) struct Law(pub Programme);

impl std::fmt::Debug for Law {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let version = &self.0.versions[0];
        for rule in &version.criteria {
            writeln!(out, "\n  {}", rule_in_short(rule))?;
        }
        for group in version.score.iter().flat_map(|table| &table.groups) {
            writeln!(out, "  floor {:?}", group.floor.as_ref().map(|mark| mark.points.0))?;
            for item in &group.items {
                writeln!(out, "    {}", scale_in_short(&item.scale))?;
            }
        }
        writeln!(out, "  pass {:?}", version.score.as_ref().map(|table| table.pass.points.0))
    }
}

fn rule_in_short(rule: &Criterion) -> String {
    let when = rule.when.as_ref().map(|when| format!(" when {}", in_short(when)));
    let body = match &rule.body {
        Body::Require(condition) => in_short(condition),
        Body::Group(group, children) => {
            let children: Vec<String> = children.iter().map(rule_in_short).collect();
            format!("{group:?}[{}]", children.join(" ; "))
        }
        Body::Score => "score".to_owned(),
        Body::Judged { .. } => "judged".to_owned(),
    };
    body + &when.unwrap_or_default()
}

fn scale_in_short(scale: &Scale) -> String {
    let entries = |entries: &[Entry]| -> String {
        entries.iter().map(|e| format!("{} → {}; ", in_short(&e.when), e.points.0)).collect()
    };
    match scale {
        Scale::Bands { value, bands } => {
            let bands = bands.iter().map(|band| {
                let edges: Vec<String> = band
                    .edges
                    .iter()
                    .map(|(operator, limit)| {
                        format!("{} {:?}", operator.sign(), limit.value.floor_at(1))
                    })
                    .collect();
                format!("{} → {}; ", edges.join(", "), band.points.0)
            });
            format!("bands of {}: {}", sum_in_short(value), bands.collect::<String>())
        }
        Scale::Steps { value, each, points, cap } => format!(
            "steps of {} each {:?} → {} to {}",
            sum_in_short(value),
            each.value.floor_at(1),
            points.0,
            cap.0
        ),
        Scale::Tally { entries: known, cap } => format!("tally to {}: {}", cap.0, entries(known)),
        Scale::Levels { entries: known, .. } => format!("levels: {}", entries(known)),
        Scale::Best(_) | Scale::Given(_) => String::new(),
    }
}

fn in_short(condition: &Condition) -> String {
    let list = |parts: &[Condition]| parts.iter().map(in_short).collect::<Vec<_>>().join(", ");
    match condition {
        Condition::All(parts) => format!("all({})", list(parts)),
        Condition::Any(parts) => format!("any({})", list(parts)),
        Condition::AtLeast(k, parts) => format!("at least {k}({})", list(parts)),
        Condition::Not(inner) => format!("not({})", in_short(inner)),
        Condition::Compare(Comparison { left, operator, right, .. }) => {
            format!("{} {} {}", sum_in_short(left), operator.sign(), sum_in_short(right))
        }
        Condition::Flag(fact) => fact.indicator.id.clone(),
        Condition::Member(member) => format!("level in {:?}", member.options),
        Condition::Holds(_) | Condition::Happened(_) => String::new(),
    }
}

fn sum_in_short(quantity: &Quantity) -> String {
    let two = |sign: &str, x: &Quantity, y: &Quantity| {
        format!("({} {sign} {})", sum_in_short(x), sum_in_short(y))
    };
    match quantity {
        Quantity::Fact(fact) => fact.indicator.id.clone(),
        Quantity::Limit(limit) => {
            format!("{}/4", limit.value.floor_at(4).unwrap_or_default())
        }
        Quantity::Add(x, y) => two("+", x, y),
        Quantity::Subtract(x, y) => two("-", x, y),
        Quantity::Multiply(x, y) => two("*", x, y),
        Quantity::Divide(x, y) => two("/", x, y),
        Quantity::Growth(x, y) => two("grown from", x, y),
        Quantity::Least(parts) => two("min", &parts[0], &parts[1]),
        Quantity::Greatest(parts) => two("max", &parts[0], &parts[1]),
        _ => String::new(),
    }
}
