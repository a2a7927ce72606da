//! From an address as people write it to the number that it means, or what could be meant.

use enterprise::{Text, nearest};
use jiff::civil::Date;
use rules::{Criterion, Programme, Rulebook};

use crate::overlay::number::{Number, NumberKind};
use crate::overlay::refusal::Refusal;

/// Stands for any ids within an address.
const ANY: &str = "*";

/// What addresses are read against.
pub struct Scope<'a> {
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// Every number of its files.
    pub numbers: &'a [Number],
    /// The day that is asked about: without a version, those in force are meant.
    pub day: Date,
}

/// The numbers that an address means: mostly one; the first or last days of a version for all purposes;
/// with a `*` in place of ids, every number that fits.
///
/// Ids in the middle may be left out, and so may the last part where only one number is meant.
///
/// # Errors
/// No number or more than one is called so.
pub fn resolve<'a>(scope: &Scope<'a>, address: &str) -> Result<Vec<&'a Number>, Refusal> {
    let address = address.trim();
    let (owner, path) = address.split_once('.').unwrap_or((address, ""));
    let (owner, version) = match owner.split_once('@') {
        Some((owner, version)) => (owner, Some(version)),
        None => (owner, None),
    };
    let path: Vec<&str> = path.split('.').filter(|part| !part.is_empty()).collect();
    let own: Vec<&Number> = scope.numbers.iter().filter(|number| number.owner == owner).collect();
    if own.is_empty() {
        return Err(unknown_owner(scope, owner));
    }
    if let Some(version) = version
        && !own.iter().any(|number| number.version == version)
    {
        return Err(unknown_version(&own, owner, version));
    }
    let of_version: Vec<&Number> = match version {
        Some(version) => own.iter().copied().filter(|one| one.version == version).collect(),
        None => own.clone(),
    };
    // Those in force first: only where they have no such number, the others are asked.
    let in_force: Vec<&Number> =
        of_version.iter().copied().filter(|one| scope.is_in_force(one)).collect();
    let found = [&in_force, &of_version].into_iter().map(|some| matching(some, &path));
    let Some(found) = found.into_iter().find(|found| !found.is_empty()) else {
        let own = if in_force.is_empty() { &of_version } else { &in_force };
        return Err(unknown_number(scope, owner, own, &path));
    };
    if found.len() == 1 || path.contains(&ANY) || are_one_day(&found) {
        return Ok(found);
    }
    let (zh, en) = if path.is_empty() {
        (format!("“{address}”没有写明是哪一个数"), format!("`{address}` does not say which number"))
    } else {
        (
            format!("“{address}”可指 {} 个数", found.len()),
            format!("`{address}` can mean {} numbers", found.len()),
        )
    };
    Err(Refusal::new(zh, en)
        .help(
            "写全地址；都要改的，用 * 代替中间各级",
            "write the whole address; to set all of them, put * for the ids between",
        )
        .known(found))
}

/// The numbers that the path means: said in full, by its beginning, or by parts of it in order.
fn matching<'a>(numbers: &[&'a Number], path: &[&str]) -> Vec<&'a Number> {
    let ways: [fn(&Number, &[&str]) -> bool; 3] = [
        |number, said| number.path.len() == said.len() && is_beginning(number, said),
        is_beginning,
        is_contained,
    ];
    let found = ways.into_iter().map(|way| -> Vec<&Number> {
        numbers.iter().copied().filter(|number| way(number, path)).collect()
    });
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

fn is_beginning(number: &Number, said: &[&str]) -> bool {
    let whole = &number.path;
    whole.len() >= said.len() && whole.iter().zip(said).all(|(known, said)| known == said)
}

fn is_contained(number: &Number, said: &[&str]) -> bool {
    let mut rest = number.path.iter();
    said.iter().filter(|said| **said != ANY).all(|said| rest.any(|known| known == said))
}

/// Whether these are one day, written for each purpose of one version.
fn are_one_day(numbers: &[&Number]) -> bool {
    let Some(first) = numbers.first() else { return false };
    numbers.iter().all(|number| {
        number.kind == NumberKind::Day
            && number.version == first.version
            && number.written == first.written
            && number.path.last() == first.path.last()
    })
}

impl Scope<'_> {
    fn is_in_force(&self, number: &Number) -> bool {
        let Some(programme) = self.rulebook.programme(&number.owner) else {
            let classes = self.rulebook.classifications.values().flatten();
            let own = classes.filter(|class| class.id == number.owner);
            let mut versions = own.filter(|class| class.version == number.version).peekable();
            // Which version of shared criteria is meant depends on who uses them.
            return versions.peek().is_none()
                || versions.any(|class| {
                    class.from <= self.day && class.to.is_none_or(|to| self.day <= to)
                });
        };
        let versions = programme.versions.iter().filter(|version| version.id == number.version);
        versions.flat_map(|version| &version.applies).any(|applies| applies.covers(self.day))
    }
}

fn unknown_owner(scope: &Scope<'_>, owner: &str) -> Refusal {
    let mut owners: Vec<&str> = scope.numbers.iter().map(|number| number.owner.as_str()).collect();
    owners.dedup();
    if scope.rulebook.programme(owner).is_some() {
        return Refusal::new(
            format!("项目“{owner}”没有公开的数值"),
            format!("programme `{owner}` has no public numbers"),
        );
    }
    let refusal = Refusal::new(
        format!("没有名为“{owner}”的项目或定义"),
        format!("no programme or definition is called `{owner}`"),
    );
    match nearest(owner, owners.iter().copied()) {
        Some(near) => refusal.help(format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
        None => refusal
            .help(format!("可用：{}", owners.join("、")), format!("one of: {}", owners.join(", "))),
    }
}

fn unknown_version(own: &[&Number], owner: &str, version: &str) -> Refusal {
    let mut versions: Vec<&str> = own.iter().map(|number| number.version.as_str()).collect();
    versions.dedup();
    Refusal::new(
        format!("“{owner}”没有版本“{version}”"),
        format!("`{owner}` has no version `{version}`"),
    )
    .help(format!("可用：{}", versions.join("、")), format!("one of: {}", versions.join(", ")))
}

fn unknown_number(scope: &Scope<'_>, owner: &str, own: &[&Number], path: &[&str]) -> Refusal {
    let said = path.join(".");
    let refusal = Refusal::new(
        format!("“{owner}”没有“{said}”这个数"),
        format!("`{owner}` has no number `{said}`"),
    );
    let shared = shared_numbers(scope, owner);
    if let Some(found) = matching(&shared, path).first() {
        let words = belongs_to_others(scope, found);
        return refusal.help(words.zh, words.en);
    }
    let names: Vec<(String, &Number)> = own
        .iter()
        .chain(&shared)
        .flat_map(|number| spellings(number).into_iter().map(|name| (name, *number)))
        .collect();
    let near = nearest(&said, names.iter().map(|(name, _)| name.as_str()));
    let meant = names.iter().find(|(name, _)| near == Some(name));
    let refusal = match meant {
        Some((name, number)) => refusal.help(
            format!("是不是“{}.{name}”？", number.owner),
            format!("did you mean `{}.{name}`?", number.owner),
        ),
        None => refusal,
    };
    refusal.known(own.iter().copied())
}

/// The ways in which people may write a path.
fn spellings(number: &Number) -> Vec<String> {
    let path = &number.path;
    let tails = (0..path.len()).map(|from| path.get(from..).unwrap_or_default().join("."));
    let ends = path.first().zip(path.last()).map(|(first, last)| format!("{first}.{last}"));
    let heads = path.get(..path.len().saturating_sub(1)).map(|head| head.join("."));
    tails.chain(ends).chain(heads.filter(|head| !head.is_empty())).collect()
}

/// The numbers of shared definitions that a programme uses.
fn shared_numbers<'a>(scope: &Scope<'a>, owner: &str) -> Vec<&'a Number> {
    let Some(programme) = scope.rulebook.programme(owner) else { return Vec::new() };
    let others = scope.numbers.iter().filter(|one| one.owner != owner);
    others.filter(|one| uses(programme, &one.owner)).collect()
}

fn uses(programme: &Programme, definition: &str) -> bool {
    let versions = programme.versions.iter();
    versions
        .flat_map(|version| version.criteria.iter().flat_map(Criterion::walk))
        .any(|criterion| criterion.owner == definition)
}

/// That a number stands in a shared definition, and for whom it changes.
fn belongs_to_others(scope: &Scope<'_>, number: &Number) -> Text {
    let programmes = scope.rulebook.programmes.iter();
    let users: Vec<&Programme> = programmes.filter(|one| uses(one, &number.owner)).collect();
    let zh: Vec<&str> = users.iter().map(|one| one.title.zh.as_str()).collect();
    let en: Vec<&str> = users.iter().map(|one| one.title.en.as_str()).collect();
    let address = number.short_address();
    Text::new(
        format!("它在共用的定义里，写成“{address}”；会一起改变：{}", zh.join("、")),
        format!(
            "it stands in a shared definition: write `{address}`; it changes with it for {}",
            en.join(", ")
        ),
    )
}
