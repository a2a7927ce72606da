//! Programmes (项目) and their versions: anything a subject can qualify for, and which text of the
//! law governs it for which purpose on which day.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{Indicator, Text, Value};
use jiff::civil::Date;

use crate::condition::{Limit, Quantity};
use crate::criterion::Criterion;
use crate::provenance::{Citation, Document, Status};
use crate::score::ScoreTable;

/// Anything a subject can qualify for.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Who grants it.
    pub authority: Text,
    /// What it judges (`enterprise`, `cluster`, `person` …).
    pub subject: String,
    /// Tier, title, grant …: may choose an icon, never a verdict.
    pub kind: String,
    /// Programmes whose title counts as this one's.
    pub held_through: Vec<String>,
    /// Its versions, by first day.
    pub versions: Vec<Version>,
}

/// One version of a programme's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Stable id within the programme.
    pub id: String,
    /// What its verdicts are worth.
    pub standing: Standing,
    /// Its document.
    pub document: Arc<Document>,
    /// For which purpose and when it applies.
    pub applies: Vec<Applies>,
    /// When it was published, if known.
    pub published: Option<Date>,
    /// A remark, above all on what is open.
    pub note: Option<Text>,
    /// All of these must hold.
    pub criteria: Vec<Criterion>,
    /// Its score table.
    pub score: Option<ScoreTable>,
    /// Defaults for missing facts; a verdict that uses one is conditional.
    pub assumptions: Vec<Assume>,
    /// How long the title is valid.
    pub validity: Option<Limit>,
    /// What a recognition grants.
    pub benefits: Vec<Benefit>,
    /// Who meets these is preferred; they never decide.
    pub preferences: Vec<Criterion>,
    /// What must be attached to an application.
    pub materials: Vec<Material>,
    /// The procedure, in order.
    pub steps: Vec<Provision>,
    /// What holders of the title must do.
    pub duties: Vec<Provision>,
    /// What nobody knows yet.
    pub open_points: Vec<Text>,
    /// The process that an application follows.
    pub process: Option<String>,
}

/// For which purpose and when a version applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Applies {
    /// The purpose.
    pub purpose: Purpose,
    /// First day.
    pub from: Date,
    /// Last day; `None` until further notice.
    pub to: Option<Date>,
    /// Where that is said.
    pub citation: Citation,
}

/// For what purpose a subject is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// A new application (申报).
    New,
    /// A re-review of a title held (复核).
    ReReview,
    /// A yearly evaluation (年度评价).
    Yearly,
}

/// What a version's verdicts are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Decides.
    Binding,
    /// Shown for reference (参考), never a conclusion.
    Indicative,
    /// Evaluates for its own dates only.
    Historical,
    /// Known to exist; the criteria are not public.
    Open,
}

/// A default for a missing fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Assume {
    /// The indicator.
    pub indicator: Arc<Indicator>,
    /// The value that is assumed, in every year of a yearly one.
    pub value: Value,
    /// Why that may be assumed.
    pub reason: Text,
}

/// What a recognition grants.
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// Stable id within the programme.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Where it comes from.
    pub citation: Citation,
    /// The amount, if it is public.
    pub amount: Option<Quantity>,
    /// The most for one grant.
    pub cap: Option<Limit>,
    /// The most for an enterprise, a year, or both (`enterprise`, `year`, `enterprise-year`).
    pub ceilings: Vec<(String, Limit)>,
    /// Benefits that exclude this one.
    pub not_with: Vec<String>,
    /// Benefits of which only the highest is paid.
    pub highest_of: Vec<String>,
    /// Whether one investment can be counted only once.
    pub once_per_investment: bool,
    /// The budget that it is paid from.
    pub budget: Option<String>,
}

/// Something to attach to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// Stable id within the version.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Whether an application is incomplete without it.
    pub required: bool,
    /// Where it comes from.
    pub citation: Citation,
}

/// A provision that nothing is computed from: a step of the procedure, a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Stable id within the version.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Who acts, where that is said.
    pub by: Option<Text>,
    /// Where it comes from.
    pub citation: Citation,
}

/// A window for applying.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The programme.
    pub programme: String,
    /// The purposes that it is open for.
    pub purposes: Vec<Purpose>,
    /// What people call it.
    pub label: Option<Text>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What follows the window, or lies within it.
    pub stages: Vec<Stage>,
    /// Who may take part; beside the verdict, which is about the standard.
    pub criteria: Vec<Criterion>,
    /// The base year that it pins, if it does.
    pub base_year: Option<i16>,
    /// The notice that announces it.
    pub document: Document,
    /// How well its dates are known.
    pub status: Status,
    /// A remark for people.
    pub note: Option<Text>,
}

/// A dated part of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What people read.
    pub label: Text,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// Programmes in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Programme ids, lowest first.
    pub rungs: Vec<String>,
    /// By rung: programmes that stand beside it.
    pub beside: BTreeMap<String, Vec<String>>,
    /// By rung: programmes whose holders are looked at for it.
    pub fed_by: BTreeMap<String, Vec<String>>,
    /// A remark for people.
    pub note: Option<Text>,
}

impl Purpose {
    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::ReReview => "re-review",
            Self::Yearly => "yearly",
        }
    }

    /// The purpose with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::New, Self::ReReview, Self::Yearly].into_iter().find(|purpose| purpose.code() == code)
    }
}

impl Standing {
    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Indicative => "indicative",
            Self::Historical => "historical",
            Self::Open => "open",
        }
    }

    /// The standing with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Binding, Self::Indicative, Self::Historical, Self::Open]
            .into_iter()
            .find(|standing| standing.code() == code)
    }
}

impl Applies {
    /// Whether the version applies on `day`.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
