//! The shapes of all calls, gathered once from their types: parameters, bodies, answers, and the schemas that they
//! share. What is sent is held against them, and the documentation is made from them.

use std::sync::LazyLock;

use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use super::check::Defined;
use super::problem::Problem;
use crate::routes::{Method, ROUTES, Route, Whom};

/// A parameter of the query.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub name: String,
    pub schema: Value,
    pub required: bool,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub kind: &'static str,
    pub schema: Value,
}

/// What a call is given and gives.
#[derive(Clone, Default, Debug)]
pub(crate) struct Shape {
    pub query: Vec<Parameter>,
    pub body: Option<Body>,
    /// Whether it has to say which version it changes.
    pub if_match: bool,
    pub status: u16,
    /// The schema of the answer; none if it has no body.
    pub answer: Option<Value>,
    /// Whether the answer is a part of a list.
    pub listed: bool,
    /// Whether something was made that has an address.
    pub created: bool,
}

/// A shape that is being put together.
pub(crate) struct Draft<'a> {
    pub shape: Shape,
    taken: &'a mut SchemaGenerator,
    given: &'a mut SchemaGenerator,
}

impl Draft<'_> {
    /// The schema of something that is sent.
    pub fn taken<T: JsonSchema>(&mut self) -> Value {
        self.taken.subschema_for::<T>().to_value()
    }

    /// The schema of something that is answered.
    pub fn given<T: JsonSchema>(&mut self) -> Value {
        self.given.subschema_for::<T>().to_value()
    }

    /// The parameters that the fields of a type are.
    pub fn parameters<T: JsonSchema>(&mut self) {
        let schema = T::json_schema(self.taken).to_value();
        let needed: Vec<&str> = list(&schema, "required").filter_map(Value::as_str).collect();
        for (name, field) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let required = needed.contains(&name.as_str());
            self.shape.query.push(Parameter {
                name: name.clone(),
                schema: field.clone(),
                required,
            });
        }
    }
}

fn list<'a>(schema: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// All shapes, and the schemas that they refer to.
struct Shapes {
    all: Vec<(Method, &'static str, Shape)>,
    defined: Defined,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let settings = |contract| {
        SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.contract = contract;
        })
    };
    let mut taken = settings(Contract::Deserialize).into_generator();
    let mut given = settings(Contract::Serialize).into_generator();
    let mut all = Vec::new();
    for route in ROUTES {
        let Some(operation) = route.operation else { continue };
        let mut draft = Draft { shape: Shape::default(), taken: &mut taken, given: &mut given };
        (operation.describe)(&mut draft);
        all.push((route.method, route.path, draft.shape));
    }
    given.subschema_for::<Problem>();
    let mut defined = given.take_definitions(true);
    defined.append(&mut taken.take_definitions(true));
    Shapes { all, defined }
});

/// The shape of a call. A row that is none has no shape, and takes nothing.
pub(crate) fn of(route: &Route) -> &'static Shape {
    static NONE: LazyLock<Shape> = LazyLock::new(Shape::default);
    let found =
        SHAPES.all.iter().find(|(method, path, _)| *method == route.method && *path == route.path);
    found.map_or(&NONE, |(_, _, shape)| shape)
}

/// The schemas that others refer to.
pub(crate) fn defined() -> &'static Defined {
    &SHAPES.defined
}

/// Whether it is a change that is to be done once, however often it is asked for under one key.
pub(crate) fn takes_key(route: &Route) -> bool {
    let changes = match route.whom {
        Whom::Action(action) => access::nature(action) == access::Nature::Change,
        _ => false,
    };
    changes && route.method != Method::Get
}
