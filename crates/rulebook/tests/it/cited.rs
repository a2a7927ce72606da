//! Numbers found in the text say the same of themselves as the compiled law: value, source, edge.

use rulebook::{Number, compile, numbers};
use rules::{Criterion, Limit};

use crate::common::{real_files, sources};

fn of<'n>(
    numbers: &'n [Number],
    owner: &str,
    version: Option<&str>,
    end: &[&str],
) -> Vec<&'n Number> {
    let fits = |number: &&Number| {
        let whole: Vec<&str> = number.path.iter().map(String::as_str).collect();
        number.owner == owner
            && version.is_none_or(|version| number.version == version)
            && whole.ends_with(end)
    };
    numbers.iter().filter(fits).collect()
}

fn same(number: &Number, limit: &Limit) -> bool {
    let own = number.limit();
    number.citation == limit.citation
        && own.is_some_and(|own| own.value == limit.value && own.measure == limit.measure)
}

#[test]
fn every_threshold_of_the_law_is_cited_as_the_compiler_cites_it() {
    let sources = sources(real_files());
    let compiled = compile(&sources);
    let numbers = numbers(&sources);
    let mut seen = 0;
    for programme in &compiled.rulebook.programmes {
        for version in &programme.versions {
            let criteria = version.criteria.iter().chain(&version.preferences);
            for criterion in criteria.flat_map(Criterion::walk) {
                let own = criterion.owner == programme.id;
                let version = own.then_some(version.id.as_str());
                for limit in &criterion.limits {
                    let end = [criterion.id.as_str(), limit.name.as_str()];
                    let found = of(&numbers, &criterion.owner, version, &end);
                    let one = found.iter().any(|number| same(number, limit));
                    assert!(one, "{} {:?} {limit:?} {found:?}", programme.id, version);
                    seen += 1;
                }
            }
            for benefit in &version.benefits {
                for (name, limit) in benefit.cap.iter().map(|cap| ("cap", cap)) {
                    let end = [benefit.id.as_str(), name];
                    let found = of(&numbers, &programme.id, Some(&version.id), &end);
                    assert!(found.iter().any(|number| same(number, limit)), "{limit:?}");
                    seen += 1;
                }
            }
            for item in version.score.iter().flat_map(|table| &table.groups).flat_map(|g| &g.items)
            {
                let max = of(&numbers, &programme.id, Some(&version.id), &[&item.id, "max"]);
                assert!(
                    max.iter().any(|number| number.citation.status == item.citation.status
                        && number.citation.clause == item.citation.clause),
                    "{} {}",
                    programme.id,
                    item.id
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn edges_are_those_that_the_text_states() {
    let numbers = numbers(&sources(real_files()));
    let said = |address: &str| {
        let number = numbers.iter().find(|number| number.address() == address);
        number.map(Number::value).unwrap_or_default()
    };
    for (address, value) in [
        ("specialised-sme@2026.rd.amount", "≥ 100 万元"),
        ("specialised-sme@2026.debt-ratio.max_ratio", "≤ 80 %"),
        ("specialised-sme@2026.ip.science-award.top", "≤ 3"),
        ("specialised-sme@2026.ip.science-award.months", "36 个月"),
        ("specialised-sme@2026.new.from", "2026-04-01"),
        ("specialised-sme@2026.new.to", "—"),
        ("specialised-sme@2026.validity", "3 年"),
        ("innovative-sme@2022.score.pass", "≥ 60 分"),
        ("innovative-sme@2022.score.innovation.rd-intensity.edge-1", "≥ 5 %"),
        ("innovative-sme@2022.score.innovation.rd-intensity.points-1", "20 分"),
        ("size-class@2011.industry.revenue.medium", "≥ 2000 万元"),
        ("key-little-giant@2024.planned-investment.above_investment", "> 2000 万元"),
    ] {
        assert_eq!(said(address), value, "{address}");
    }
    // A threshold that nothing is held against alone is part of a calculation; there are few.
    let quantity = |number: &&Number| number.kind == rulebook::NumberKind::Quantity;
    let bare: Vec<String> = numbers
        .iter()
        .filter(quantity)
        .filter(|number| number.value().starts_with(|sign: char| sign.is_ascii_digit()))
        .map(Number::address)
        .collect();
    assert!(bare.len() * 5 < numbers.len(), "{bare:#?}");
}
