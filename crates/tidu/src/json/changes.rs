//! The JSON form of what changed between two rulebooks: one object. Texts in both languages, days as
//! YYYY-MM-DD, numbers in words only. Described by `tidu schema diff`.

use changes::{
    Because, Block, Change, Changes, Period, Section, Stand, Subject, Turned, User, Weight,
};
use jiff::civil::Date;
use rules::{Rulebook, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::diff::{Firm, Judged};
use answers::CitationView;
use answers::Label;
use answers::RulebookView;
use words::verdict::{path_code, truth_code, verdict_code, why_codes};

/// The version of this form.
const SCHEMA: u32 = 1;

/// What changed between two rulebooks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// The version of this form.
    schema: u32,
    /// The former rulebook.
    old: RulebookView,
    /// The changed rulebook.
    new: RulebookView,
    /// The day that tells what is in force, and of the verdicts.
    as_of: String,
    /// How many changes there are, by what they do.
    counts: CountsView,
    /// The changes, by what they are changes of; what decides verdicts first.
    sections: Vec<SectionView>,
    /// Whose verdict turned, if facts were given.
    judged: Option<JudgedView>,
}

/// How many changes there are.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Counts")]
struct CountsView {
    verdict: usize,
    practice: usize,
    wording: usize,
    source: usize,
}

/// The changes of one thing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Section")]
struct SectionView {
    /// `programme`, `definition`, `classification`, `catalogue`, `codes` or `ladder`.
    of: &'static str,
    id: Option<String>,
    title: Option<Label>,
    /// What a programme judges: `enterprise`, `cluster` …
    judges: Option<String>,
    occasions: Vec<BlockView>,
}

/// Changes on one occasion.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Occasion")]
struct BlockView {
    /// `new_version`, `withdrawn`, `amended`, `programme` (as a whole) or `rounds`.
    occasion: &'static str,
    version: Option<String>,
    /// The version that a new or withdrawn one succeeds.
    succeeds: Option<String>,
    /// `binding`, `indicative`, `historical` or `open`, of a new or withdrawn version.
    standing: Option<&'static str>,
    /// Whether any day of it has come by `as_of`.
    begun: bool,
    effect: Vec<PeriodView>,
    document: Option<String>,
    used_by: Vec<UserView>,
    changes: Vec<ChangeView>,
}

/// A change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct ChangeView {
    /// What it is about: `criterion`, `limit`, `condition`, `points`, `period` …
    about: &'static str,
    /// `added`, `removed`, `changed`, `renamed` or `moved`.
    kind: &'static str,
    /// `verdict` (can turn one), `practice`, `wording` or `source`.
    weight: &'static str,
    /// `relaxed` or `tightened`, where that can be told.
    direction: Option<&'static str>,
    id: String,
    label: Label,
    /// The criterion or the part of a score table around it.
    within: Option<Label>,
    /// Which part of it.
    detail: Option<Label>,
    before: Option<Label>,
    after: Option<Label>,
    remark: Option<Label>,
    citation: Option<CitationView>,
    /// Only for these purposes; empty for all.
    purposes: Vec<&'static str>,
    /// Only where all of these hold.
    cases: Vec<Label>,
    /// The days that it matters for, where these are not those of the occasion.
    effect: Option<Vec<PeriodView>>,
    used_by: Vec<UserView>,
}

/// Days for which something is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Period")]
struct PeriodView {
    purpose: Option<&'static str>,
    from: Option<String>,
    /// Last day; none until further notice.
    to: Option<String>,
}

/// Versions of a programme that use what changed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "User")]
struct UserView {
    programme: String,
    title: Label,
    versions: Vec<String>,
    periods: Vec<PeriodView>,
}

/// What the subjects of a file came to under both.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Judged")]
struct JudgedView {
    /// Subjects that were judged under both.
    subjects: u64,
    /// Subjects that were refused and not compared.
    refused: u64,
    /// Those for whom a verdict, a path or a score turned.
    turned: Vec<FirmView>,
}

/// A subject for whom something turned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Turned")]
struct FirmView {
    name: String,
    uscc: Option<String>,
    programmes: Vec<TurnedView>,
}

/// What turned for one programme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TurnedProgramme")]
struct TurnedView {
    programme: String,
    title: Label,
    /// None if the former rulebook does not know the programme.
    before: Option<StandView>,
    /// None if the changed rulebook does not know the programme.
    after: Option<StandView>,
    because: Vec<BecauseView>,
}

/// What an answer came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Stand")]
struct StandView {
    purpose: &'static str,
    base_year: i16,
    version: Option<String>,
    /// `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// `direct` or `scored`.
    path: Option<&'static str>,
    /// Lowest and highest score that is possible.
    score: Option<[String; 2]>,
}

/// A criterion that came out otherwise.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Because")]
struct BecauseView {
    owner: String,
    id: String,
    label: Label,
    clause: String,
    /// `met`, `not_met`, `unknown` or `not_applicable`; none if it was not asked for.
    before: Option<&'static str>,
    after: Option<&'static str>,
}

impl Difference {
    /// The view of these changes.
    pub(crate) fn of(
        changes: &Changes,
        (old, new): (&Rulebook, &Rulebook),
        as_of: Date,
        judged: Option<&Judged>,
    ) -> Self {
        let count = |weight| changes.all().filter(|change| change.weight == weight).count();
        Self {
            schema: SCHEMA,
            old: old.into(),
            new: new.into(),
            as_of: as_of.to_string(),
            counts: CountsView {
                verdict: count(Weight::Verdict),
                practice: count(Weight::Practice),
                wording: count(Weight::Wording),
                source: count(Weight::Source),
            },
            sections: changes.sections.iter().map(|one| SectionView::of(one, as_of)).collect(),
            judged: judged.map(JudgedView::from),
        }
    }
}

impl SectionView {
    fn of(section: &Section, as_of: Date) -> Self {
        let judges = match &section.subject {
            Subject::Programme { judges, .. } => Some(judges.clone()),
            _ => None,
        };
        let (of, id, title) = match &section.subject {
            Subject::Programme { id, title, .. } => ("programme", Some(id), Some(title)),
            Subject::Definition { id } => ("definition", Some(id), None),
            Subject::Classification { id, title } => ("classification", Some(id), Some(title)),
            Subject::Catalogue => ("catalogue", None, None),
            Subject::Codes { id, title } => ("codes", Some(id), Some(title)),
            Subject::Ladder { id, title } => ("ladder", Some(id), Some(title)),
        };
        Self {
            of,
            id: id.cloned(),
            title: title.map(Label::from),
            judges,
            occasions: section.blocks.iter().map(|block| BlockView::of(block, as_of)).collect(),
        }
    }
}

impl BlockView {
    fn of(block: &Block, as_of: Date) -> Self {
        Self {
            occasion: block.occasion.code(),
            version: block.version.clone(),
            succeeds: block.succeeds.clone(),
            standing: block.standing.map(rules::Standing::code),
            begun: block.begun(as_of),
            effect: block.effect.iter().map(PeriodView::from).collect(),
            document: (!block.document.is_empty()).then(|| block.document.clone()),
            used_by: block.used_by.iter().map(UserView::from).collect(),
            changes: block.changes.iter().map(ChangeView::from).collect(),
        }
    }
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        let label = |text: &Option<enterprise::Text>| text.as_ref().map(Label::from);
        let periods = |periods: &Vec<Period>| periods.iter().map(PeriodView::from).collect();
        Self {
            about: change.about.code(),
            kind: change.kind.code(),
            weight: change.weight.code(),
            direction: change.direction.map(changes::Direction::code),
            id: change.id.clone(),
            label: Label::from(&change.label),
            within: label(&change.within),
            detail: label(&change.detail),
            before: label(&change.before),
            after: label(&change.after),
            remark: label(&change.remark),
            citation: change.citation.as_ref().map(CitationView::of),
            purposes: change.whom.purposes.iter().map(|purpose| purpose.code()).collect(),
            cases: change.whom.cases.iter().map(Label::from).collect(),
            effect: change.effect.as_ref().map(periods),
            used_by: change.used_by.iter().map(UserView::from).collect(),
        }
    }
}

impl From<&Period> for PeriodView {
    fn from(period: &Period) -> Self {
        Self {
            purpose: period.purpose.map(rules::Purpose::code),
            from: period.from.map(|day| day.to_string()),
            to: period.to.map(|day| day.to_string()),
        }
    }
}

impl From<&User> for UserView {
    fn from(user: &User) -> Self {
        Self {
            programme: user.programme.clone(),
            title: Label::from(&user.title),
            versions: user.versions.clone(),
            periods: user.periods.iter().map(PeriodView::from).collect(),
        }
    }
}

impl From<&Judged> for JudgedView {
    fn from(judged: &Judged) -> Self {
        Self {
            subjects: judged.subjects,
            refused: judged.refused,
            turned: judged.turned.iter().map(FirmView::from).collect(),
        }
    }
}

impl From<&Firm> for FirmView {
    fn from(firm: &Firm) -> Self {
        let programmes = firm.turned.iter().filter_map(TurnedView::of).collect();
        Self { name: firm.name.clone(), uscc: firm.uscc.clone(), programmes }
    }
}

impl TurnedView {
    fn of(turned: &Turned) -> Option<Self> {
        let known = turned.after.as_ref().or(turned.before.as_ref())?;
        Some(Self {
            programme: known.programme.clone(),
            title: Label::from(&known.title),
            before: turned.before.as_ref().map(StandView::from),
            after: turned.after.as_ref().map(StandView::from),
            because: turned.because.iter().map(BecauseView::from).collect(),
        })
    }
}

impl From<&Stand> for StandView {
    fn from(stand: &Stand) -> Self {
        Self {
            purpose: stand.purpose.code(),
            base_year: stand.base_year,
            version: stand.version.clone(),
            verdict: stand.verdict.map(verdict_code),
            why: match stand.verdict {
                Some(Verdict::Undetermined(why)) => why_codes(why),
                _ => Vec::new(),
            },
            path: stand.path.map(path_code),
            score: stand.score.map(|(low, high)| [low, high].map(words::amounts::points)),
        }
    }
}

impl From<&Because> for BecauseView {
    fn from(because: &Because) -> Self {
        Self {
            owner: because.owner.clone(),
            id: because.id.clone(),
            label: Label::from(&because.label),
            clause: because.clause.clone(),
            before: because.before.map(truth_code),
            after: because.after.map(truth_code),
        }
    }
}
