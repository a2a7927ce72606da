//! The crate graph as Cargo sees it: each workspace crate with what it uses directly.
//! Only normal dependencies: tests and build scripts may use what they like.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata};

use crate::command::{self, cargo};

/// A workspace crate and its direct normal dependencies, by package name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Crates of this workspace.
    pub(crate) inside: BTreeSet<String>,
    /// Everything else.
    pub(crate) outside: BTreeSet<String>,
}

/// Asks Cargo without resolving, so that neither the network nor the lock file is touched.
pub(crate) fn read(root: &Path) -> Result<Vec<Member>, String> {
    let arguments = ["metadata", "--format-version=1", "--no-deps"];
    let json = command::output(cargo(root, &arguments)).map_err(|failure| failure.to_string())?;
    parse(&String::from_utf8_lossy(&json))
}

fn parse(json: &str) -> Result<Vec<Member>, String> {
    cargo_metadata::MetadataCommand::parse(json)
        .map(|metadata| members(&metadata))
        .map_err(|cause| format!("cannot read the crate graph: {cause}"))
}

fn members(metadata: &Metadata) -> Vec<Member> {
    let packages = metadata.workspace_packages();
    let names: BTreeSet<String> = packages.iter().map(|package| package.name.to_string()).collect();
    packages
        .iter()
        .map(|package| {
            let (inside, outside) = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| (dependency.name.clone(), dependency.path.is_some()))
                .partition::<Vec<_>, _>(|(name, local)| *local && names.contains(name));
            Member {
                name: package.name.to_string(),
                inside: inside.into_iter().map(|(name, _)| name).collect(),
                outside: outside.into_iter().map(|(name, _)| name).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `cargo metadata` prints it, for two crates with one dependency of each sort.
    fn metadata() -> String {
        let dependency = |name: &str, kind: &str, path: &str| {
            format!(
                r#"{{"name":"{name}","source":null,"req":"*","kind":{kind},"rename":null,
                    "optional":false,"uses_default_features":true,"features":[],"target":null,
                    "registry":null{path}}}"#
            )
        };
        let package = |name: &str, dependencies: &str| {
            format!(
                r#"{{"name":"{name}","version":"0.1.0","id":"{name} 0.1.0","license":null,
                    "license_file":null,"description":null,"source":null,
                    "dependencies":[{dependencies}],"targets":[],"features":{{}},
                    "manifest_path":"/w/{name}/Cargo.toml","metadata":null,"publish":null,
                    "authors":[],"categories":[],"keywords":[],"readme":null,"repository":null,
                    "homepage":null,"documentation":null,"edition":"2024","links":null,
                    "default_run":null,"rust_version":null}}"#
            )
        };
        let upper = [
            dependency("lower", "null", r#","path":"/w/lower""#),
            dependency("jiff", "null", ""),
            dependency("insta", r#""dev""#, ""),
            dependency("cc", r#""build""#, ""),
        ]
        .join(",");
        format!(
            r#"{{"packages":[{},{}],"workspace_members":["lower 0.1.0","upper 0.1.0"],
                "workspace_default_members":[],"resolve":null,"target_directory":"/w/target",
                "version":1,"workspace_root":"/w","metadata":null}}"#,
            package("lower", ""),
            package("upper", &upper)
        )
    }

    #[test]
    fn normal_dependencies_are_sorted_into_inside_and_outside() {
        let members = parse(&metadata()).unwrap();
        assert_eq!(
            members,
            [
                Member { name: "lower".into(), inside: BTreeSet::new(), outside: BTreeSet::new() },
                Member {
                    name: "upper".into(),
                    inside: BTreeSet::from(["lower".into()]),
                    outside: BTreeSet::from(["jiff".into()]),
                },
            ]
        );
    }

    #[test]
    fn a_broken_answer_is_an_error() {
        let problem = parse("{}").unwrap_err();
        assert!(problem.starts_with("cannot read the crate graph"), "{problem}");
    }
}
