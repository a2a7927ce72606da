//! Which crate may use which: the one table of arrows, compared with what the manifests say.
//! A new arrow is a decision about the architecture; it is written here in the same change as its ADR.

use std::fmt;
use std::path::Path;

use crate::graph::{self, Member};
use crate::step::Outcome;

/// A crate of this workspace and all that it may use directly.
struct Room {
    name: &'static str,
    inside: &'static [&'static str],
    outside: Outside,
    because: &'static str,
}

/// Crates from elsewhere.
enum Outside {
    Any,
    Only(&'static [&'static str]),
}

const HOUSE: &[Room] = &[
    Room {
        name: "enterprise",
        inside: &[],
        outside: Outside::Only(&["jiff", "strsim"]),
        because: "it is the ground floor: facts, and nothing about what the law says of them",
    },
    Room {
        name: "rules",
        inside: &["enterprise"],
        outside: Outside::Only(&["ethnum", "jiff"]),
        because: "a verdict depends on facts, rules and a date alone",
    },
    Room {
        name: "rulebook",
        inside: &["rules", "enterprise"],
        outside: Outside::Only(&["jiff", "sha2", "toml", "toml_edit", "strsim"]),
        because: "it turns text into rules, and has neither files nor a clock",
    },
    Room {
        name: "words",
        inside: &["rules", "enterprise"],
        outside: Outside::Only(&["jiff"]),
        because: "what is said must follow from the law and its results, whoever shows it",
    },
    Room {
        name: "answers",
        inside: &["words", "rules", "enterprise"],
        outside: Outside::Only(&["jiff", "schemars", "serde"]),
        because: "what is answered as JSON must follow from results alone, whoever is asked",
    },
    Room {
        name: "catalogue",
        inside: &["words", "rules", "enterprise"],
        outside: Outside::Only(&["unicode-width"]),
        because: "it lays out what the law says, and has neither files nor results",
    },
    Room {
        name: "connectors",
        inside: &["enterprise"],
        outside: Outside::Any,
        because: "it brings facts and never judges",
    },
    Room {
        name: "changes",
        inside: &["words", "rules", "enterprise"],
        outside: Outside::Only(&["jiff"]),
        because: "what changed depends on two rulebooks alone",
    },
    Room {
        name: "population",
        inside: &["enterprise"],
        outside: Outside::Only(&["arrow", "jiff", "parquet"]),
        because: "it holds the facts of many and never judges",
    },
    Room {
        name: "city",
        inside: &["population", "enterprise"],
        outside: Outside::Only(&["arrow", "jiff", "serde", "toml"]),
        because: "it makes facts up and knows no rule that they are to meet",
    },
    Room {
        name: "screening",
        inside: &["population", "rules", "enterprise"],
        outside: Outside::Only(&["ahash", "arrow", "ethnum", "jiff"]),
        because: "the same verdicts by columns depend on what the simple evaluator depends on",
    },
    Room {
        name: "simulation",
        inside: &["screening", "population", "rulebook", "rules", "enterprise"],
        outside: Outside::Only(&["arrow", "jiff"]),
        because: "it counts what other numbers of the law do, whoever shows it",
    },
    Room {
        name: "snapshot",
        inside: &["screening", "population", "rules", "enterprise"],
        outside: Outside::Only(&["arrow", "jiff"]),
        because: "it holds what was screened and never says what a verdict is",
    },
    Room {
        name: "engine",
        inside: &["screening", "population", "rules", "enterprise"],
        outside: Outside::Any,
        because: "it reads, plans and writes; what a verdict is stands in screening",
    },
    Room {
        name: "benchmark",
        inside: &["rulebook", "screening", "population", "rules", "enterprise"],
        outside: Outside::Only(&["arrow", "jiff"]),
        because: "it is the yardstick: a law and a population made up, and loops that are no part of the product",
    },
    Room {
        name: "access",
        inside: &[],
        outside: Outside::Only(&[]),
        because: "who may do what follows from one table and nothing else",
    },
    Room {
        name: "crypto",
        inside: &[],
        outside: Outside::Any,
        because: "it is what a certified module takes the place of, and knows nothing of what it is used for",
    },
    Room {
        name: "audit",
        inside: &["crypto"],
        outside: Outside::Only(&["jiff", "serde", "serde_json"]),
        because: "whether a chain is whole depends on the chain and the keys alone",
    },
    Room {
        name: "store",
        inside: &["access", "audit", "crypto"],
        outside: Outside::Any,
        because: "it is the only SQL, and decides nothing",
    },
    Room {
        name: "app",
        inside: &[
            "access",
            "audit",
            "connectors",
            "crypto",
            "enterprise",
            "rulebook",
            "rules",
            "store",
            "simulation",
            "snapshot",
        ],
        outside: Outside::Any,
        because: "it is what people do with the platform, and knows neither pages nor SQL",
    },
    Room {
        name: "web",
        inside: &[
            "access",
            "app",
            "audit",
            "catalogue",
            "changes",
            "enterprise",
            "rulebook",
            "rules",
            "screening",
            "simulation",
            "snapshot",
            "store",
            "words",
        ],
        outside: Outside::Any,
        because: "it shows what use cases and the evaluator say, in the words of `words`; types of the store are read here, SQL is not",
    },
    Room {
        name: "operation",
        inside: &["app", "audit", "crypto", "enterprise", "rulebook", "store", "web"],
        outside: Outside::Any,
        because: "it runs an installation: configuration, start, stop, backup",
    },
    Room {
        name: "testbed",
        inside: &[],
        outside: Outside::Any,
        because: "it hands databases to tests and knows nothing of what is tested",
    },
    Room {
        name: "tidu",
        inside: &[
            "answers",
            "benchmark",
            "catalogue",
            "changes",
            "city",
            "connectors",
            "engine",
            "operation",
            "population",
            "screening",
            "simulation",
            "words",
            "rulebook",
            "rules",
            "enterprise",
        ],
        outside: Outside::Any,
        because: "it is the one binary: wiring only",
    },
    Room {
        name: "xtask",
        inside: &[],
        outside: Outside::Any,
        because: "the gate must build while the product does not",
    },
];

/// A disagreement between the manifests and the table.
#[derive(Debug, PartialEq, Eq)]
enum Breach {
    ForbiddenArrow { from: String, to: String },
    ForbiddenCrate { from: String, to: String },
    NotInTable(String),
    NotInWorkspace(&'static str),
}

pub(crate) fn run(root: &Path) -> Outcome {
    let members = match graph::read(root) {
        Ok(members) => members,
        Err(problem) => return Outcome::Failed(problem),
    };
    let breaches = compare(HOUSE, &members);
    for breach in &breaches {
        println!("{breach}");
    }
    match breaches.len() {
        0 => Outcome::Passed,
        count => Outcome::Failed(format!("{count} against the table in `xtask/src/layers.rs`")),
    }
}

fn compare(house: &'static [Room], members: &[Member]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for member in members {
        let Some(room) = room(house, &member.name) else {
            breaches.push(Breach::NotInTable(member.name.clone()));
            continue;
        };
        for to in &member.inside {
            if !room.inside.contains(&to.as_str()) {
                breaches.push(Breach::ForbiddenArrow { from: member.name.clone(), to: to.clone() });
            }
        }
        for to in &member.outside {
            if !room.outside.allows(to) {
                breaches.push(Breach::ForbiddenCrate { from: member.name.clone(), to: to.clone() });
            }
        }
    }
    for room in house {
        if !members.iter().any(|member| member.name == room.name) {
            breaches.push(Breach::NotInWorkspace(room.name));
        }
    }
    breaches
}

fn room(house: &'static [Room], name: &str) -> Option<&'static Room> {
    house.iter().find(|room| room.name == name)
}

impl Outside {
    fn allows(&self, name: &str) -> bool {
        match self {
            Outside::Any => true,
            Outside::Only(names) => names.contains(&name),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breach::ForbiddenArrow { from, to } => {
                writeln!(out, "forbidden arrow `{from} → {to}`")?;
                explain_room(out, from, |room| list(room.inside))?;
                let points_back =
                    room(HOUSE, to).is_some_and(|target| target.inside.contains(&from.as_str()));
                if points_back {
                    writeln!(out, "  note: the allowed arrow is `{to} → {from}`")?;
                }
                write!(
                    out,
                    "  help: move what `{from}` needs into a crate it may use, or pass it in as a \
                     value; if the arrow is wanted, write an ADR and add it to the table in \
                     `xtask/src/layers.rs`"
                )
            }
            Breach::ForbiddenCrate { from, to } => {
                writeln!(out, "forbidden dependency `{from} → {to}` (from outside)")?;
                explain_room(out, from, |room| match room.outside {
                    Outside::Any => "anything".to_owned(),
                    Outside::Only(names) => list(names),
                })?;
                write!(
                    out,
                    "  help: do this work in a crate that is not pure; if `{to}` is pure too and \
                     really needed, add it to the table in `xtask/src/layers.rs`"
                )
            }
            Breach::NotInTable(name) => write!(
                out,
                "crate `{name}` has no row in the table\n  why: a crate without a row could use \
                 anything\n  help: add it to the table in `xtask/src/layers.rs`"
            ),
            Breach::NotInWorkspace(name) => write!(
                out,
                "the table has a row for `{name}`, which is no crate of this workspace\n  why: a \
                 stale row would bind the next crate of that name\n  help: remove it from the \
                 table in `xtask/src/layers.rs`"
            ),
        }
    }
}

fn explain_room(
    out: &mut fmt::Formatter<'_>,
    name: &str,
    allowed: impl Fn(&Room) -> String,
) -> fmt::Result {
    match room(HOUSE, name) {
        Some(room) => writeln!(out, "  why: {}; `{name}` may use {}", room.because, allowed(room)),
        None => Ok(()),
    }
}

fn list(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn set(names: &str) -> BTreeSet<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    /// The whole house, with the given extra edges.
    fn members(extra: &[(&str, &str)], extra_outside: &[(&str, &str)]) -> Vec<Member> {
        let mut members: Vec<Member> = HOUSE
            .iter()
            .map(|room| Member {
                name: room.name.to_owned(),
                inside: set(&room.inside.join(" ")),
                outside: BTreeSet::new(),
            })
            .collect();
        for member in &mut members {
            for (_, to) in extra.iter().filter(|(from, _)| *from == member.name) {
                member.inside.insert((*to).to_owned());
            }
            for (_, to) in extra_outside.iter().filter(|(from, _)| *from == member.name) {
                member.outside.insert((*to).to_owned());
            }
        }
        members
    }

    fn arrow(from: &str, to: &str) -> Breach {
        Breach::ForbiddenArrow { from: from.into(), to: to.into() }
    }

    #[test]
    fn the_allowed_arrows_pass() {
        assert_eq!(compare(HOUSE, &members(&[], &[])), []);
    }

    #[test]
    fn other_arrows_are_forbidden() {
        for (from, to) in [
            ("enterprise", "rules"),
            ("rules", "rulebook"),
            ("connectors", "rules"),
            ("rulebook", "connectors"),
            ("rulebook", "tidu"),
            ("rules", "words"),
            ("words", "rulebook"),
            ("xtask", "enterprise"),
            ("tidu", "xtask"),
        ] {
            assert_eq!(compare(HOUSE, &members(&[(from, to)], &[])), [arrow(from, to)]);
        }
    }

    #[test]
    fn pure_crates_use_only_the_listed_crates_from_outside() {
        let allowed = [
            ("enterprise", "jiff"),
            ("rules", "ethnum"),
            ("rulebook", "toml_edit"),
            ("connectors", "calamine"),
            ("tidu", "clap"),
        ];
        assert_eq!(compare(HOUSE, &members(&[], &allowed)), []);
        for (from, to) in [("enterprise", "serde"), ("rules", "strsim"), ("rulebook", "serde_json")]
        {
            let expected = Breach::ForbiddenCrate { from: from.into(), to: to.into() };
            assert_eq!(compare(HOUSE, &members(&[], &[(from, to)])), [expected]);
        }
    }

    #[test]
    fn a_crate_without_a_row_is_refused() {
        let mut members = members(&[], &[]);
        members.push(Member {
            name: "cockpit".into(),
            inside: set("rules"),
            outside: BTreeSet::new(),
        });
        assert_eq!(compare(HOUSE, &members), [Breach::NotInTable("cockpit".into())]);
    }

    #[test]
    fn a_row_without_a_crate_is_refused() {
        let mut members = members(&[], &[]);
        members.retain(|member| member.name != "connectors");
        assert_eq!(compare(HOUSE, &members), [Breach::NotInWorkspace("connectors")]);
    }

    #[test]
    fn a_message_names_the_arrow_the_reason_and_the_remedy() {
        assert_eq!(
            arrow("enterprise", "rules").to_string(),
            "forbidden arrow `enterprise → rules`\n  \
             why: it is the ground floor: facts, and nothing about what the law says of them; \
             `enterprise` may use nothing\n  \
             note: the allowed arrow is `rules → enterprise`\n  \
             help: move what `enterprise` needs into a crate it may use, or pass it in as a \
             value; if the arrow is wanted, write an ADR and add it to the table in \
             `xtask/src/layers.rs`"
        );
    }
}
