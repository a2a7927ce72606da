//! Examples that speak of the law: made from that in force, so that they can be sent as they stand. No id of a programme
//! and no number of the law stands in code.

use ::answers::asked;
use app::Law;
use rulebook::{Number, NumberKind};
use rules::{Programme, Standing};
use serde_json::{Value, json};

use super::judging::firm;

/// Puts them where the document asks for them. Under a law without a standard that decides there are none.
pub(super) fn fill(document: &mut Value, law: &Law) {
    let Some((programme, number, value)) = tried(law) else { return };
    let setting = json!({ "address": number.address(), "value": value });
    let decision = json!({
        "organisation": 1, "facts": firm(), "programme": programme.id, "as_of": "2026-11-23",
    });
    for (schema, example) in
        [("SimulationRequest", json!({ "settings": [setting] })), ("DecisionNew", decision)]
    {
        let of = document.pointer_mut(&format!("/components/schemas/{schema}"));
        if let Some(schema) = of.and_then(Value::as_object_mut) {
            schema.insert("examples".to_owned(), json!([example]));
        }
    }
    let parts = [("programme", programme.id.clone()), ("address", number.address())];
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    let calls = paths.into_iter().flatten().flat_map(|(_, methods)| methods.as_object_mut());
    for parameter in calls
        .flatten()
        .filter_map(|(_, call)| call.pointer_mut("/parameters"))
        .flat_map(Value::as_array_mut)
        .flatten()
    {
        let name = parameter.get("name").and_then(Value::as_str);
        let of = parts.iter().find(|(one, _)| Some(*one) == name);
        if let (Some((_, example)), Some(true)) =
            (of, parameter.get("in").map(|place| place == "path"))
            && let Some(schema) = parameter.pointer_mut("/schema").and_then(Value::as_object_mut)
        {
            schema.insert("examples".to_owned(), json!([example]));
        }
    }
}

/// A threshold of the first programme that decides by one, and what it could be tried as: twice as much.
fn tried(law: &Law) -> Option<(&Programme, &Number, String)> {
    let of = |programme| {
        let numbers = law.numbers().iter().filter(move |number| is_in_force(programme, number));
        numbers.filter_map(move |number| Some((programme, number, doubled(number)?)))
    };
    asked::deciding(&law.rulebook).into_iter().flat_map(of).next()
}

fn is_in_force(programme: &Programme, number: &Number) -> bool {
    let version = programme.versions.iter().find(|version| version.id == number.version);
    number.owner == programme.id
        && version.is_some_and(|version| {
            version.standing == Standing::Binding
                && version.applies.iter().any(|applies| applies.to.is_none())
        })
}

fn doubled(number: &Number) -> Option<String> {
    // One that facts are held against: years of validity move nobody.
    let is_threshold = number.kind == NumberKind::Quantity && !number.edges.is_empty();
    let written = number.written.as_deref().filter(|_| is_threshold)?;
    let unit = number.unit();
    let count: u64 = written.strip_suffix(unit)?.trim_end().parse().ok()?;
    Some(format!("{} {unit}", count.checked_mul(2)?).trim_end().to_owned())
}
