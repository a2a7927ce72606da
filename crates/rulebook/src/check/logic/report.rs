//! What is said about parts that repeat, clash or decide nothing. Finds nothing itself.

use std::sync::Arc;

use crate::check::logic::node::Node;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::read::table::Sink;

/// Where findings go, and which file they are about: shared definitions are not to blame for what the
/// file that uses them adds.
pub(crate) struct Report<'s> {
    pub sink: &'s Sink,
    pub file: Arc<str>,
}

impl Report<'_> {
    fn is_own(&self, node: &Node) -> bool {
        node.span.file == self.file
    }

    /// The one to be shown first: the one in the file itself, else the later one.
    fn first_shown<'n>(&self, later: &'n Node, earlier: &'n Node) -> (&'n Node, &'n Node) {
        if !self.is_own(later) && self.is_own(earlier) {
            (earlier, later)
        } else {
            (later, earlier)
        }
    }

    pub fn duplicate(&self, later: &Node, earlier: &Node) {
        if later.span.file != earlier.span.file {
            let (own, shared) = self.first_shown(later, earlier);
            return self.redundant(own, shared);
        }
        let diagnostic = about(
            Code::DuplicateCondition,
            later,
            "同一条件写了两次",
            "the same condition stands twice",
        );
        self.sink.report(with(diagnostic, earlier, ("第一次在此", "first here")).help(
            "删去一个，或改正写错的一个",
            "drop one of them, or correct the one that is wrong",
        ));
    }

    /// `node` decides nothing: `stronger` must hold as well, and says more.
    pub fn redundant(&self, node: &Node, stronger: &Node) {
        // A shared definition may say less than one of the files that use it.
        if !self.is_own(node) && self.is_own(stronger) {
            return;
        }
        let diagnostic = about(
            Code::Redundant,
            node,
            "此条件不起作用：另一必需条件成立时它必然成立",
            "this never decides: another condition that must hold as well implies it",
        );
        self.sink.report(
            with(diagnostic, stronger, ("此条件已经要求更多", "this one demands at least as much"))
                .help("删去它，或核对两处的数值", "drop it, or check the numbers of both"),
        );
    }

    /// `node` decides nothing: wherever this alternative holds, `weaker` holds too.
    pub fn idle(&self, node: &Node, weaker: &Node) {
        let diagnostic = about(
            Code::Redundant,
            node,
            "此选择不起作用：它成立时另一选择必然成立",
            "this alternative never decides: whenever it holds, another one does",
        );
        self.sink.report(
            with(diagnostic, weaker, ("这一选择要求更少", "this one demands no more"))
                .help("删去它，或核对两处的数值", "drop it, or check the numbers of both"),
        );
    }

    /// Parts that must hold together and cannot.
    pub fn contradiction(&self, later: &Node, earlier: &[&Node]) {
        let [only] = earlier else {
            let diagnostic = about(
                Code::Contradiction,
                later,
                "此条件与其他必需条件不可能同时成立",
                "this cannot hold together with the other conditions that must hold",
            );
            const SHOWN: usize = 3;
            let others = earlier.iter().rev().take(SHOWN);
            let all = others.fold(diagnostic, |known, other| {
                with(known, other, ("必须同时成立", "must hold as well"))
            });
            return self
                .sink
                .report(all.help("核对各处的数值和选项", "check the numbers and options"));
        };
        let (own, other) = self.first_shown(later, only);
        let diagnostic = about(
            Code::Contradiction,
            own,
            "两个必需条件不可能同时成立",
            "two conditions that must both hold cannot hold together",
        );
        self.sink.report(with(diagnostic, other, ("与此矛盾", "contradicts this one")).help(
            "核对数值；若本来只需其一，写成 any 或用 when、purposes 分开",
            "check the numbers; if one of them is enough use any, or part them by when or purposes",
        ));
    }

    /// Alternatives of which one always holds.
    pub fn always(&self, node: &Node, part: &Node, others: &[&Node]) {
        let (zh, en) = if node.turned {
            (
                "各项不可能同时成立，因此它的否定永远成立",
                "these never hold together, so that the opposite always holds",
            )
        } else {
            (
                "总有一项成立，此条件永远成立",
                "one of these always holds: the condition tests nothing",
            )
        };
        let diagnostic = about(Code::NeverFalse, node, zh, en);
        let diagnostic = with(diagnostic, part, ("此项不成立时", "where this one fails"));
        let diagnostic =
            others.iter().rev().take(3).fold(diagnostic, |known, other| {
                with(known, other, ("此项成立", "this one holds"))
            });
        self.sink.report(diagnostic.help(
            "核对各项的数值；若须同时成立，写成 all",
            "check the numbers; if all of them must hold, use all",
        ));
    }

    pub fn never_where_it_applies(&self, node: &Node, guards: &[&Node]) {
        let diagnostic = about(
            Code::NeverTrue,
            node,
            "在它适用之处，此条件永远不成立",
            "where it applies, this condition can never hold",
        );
        self.sink.report(
            only_here(diagnostic, guards)
                .help("核对 when 和条件的数值", "check the numbers of `when` and of the condition"),
        );
    }

    pub fn always_where_it_applies(&self, node: &Node, guards: &[&Node]) {
        let diagnostic = about(
            Code::Redundant,
            node,
            "此条件不起作用：在它适用之处必然成立",
            "this never decides: where it applies, it always holds",
        );
        self.sink.report(
            only_here(diagnostic, guards)
                .help("核对 when 和条件的数值", "check the numbers of `when` and of the condition"),
        );
    }

    /// A level that an earlier one always takes.
    pub fn never_reached(&self, level: &Node, earlier: &[&Node]) {
        let diagnostic = about(
            Code::NeverReached,
            level,
            "永远轮不到这一档：它成立时前面的档已经成立",
            "this level is never reached: whenever it holds, an earlier one does",
        );
        let all = earlier.iter().rev().take(3).fold(diagnostic, |known, other| {
            with(known, other, ("前面的一档", "an earlier level"))
        });
        self.sink
            .report(all.help("把要求更高的一档写在前面", "put the more demanding level first"));
    }
}

/// A diagnostic about `node`; where its words are meant the other way round, it says so.
fn about(code: Code, node: &Node, zh: &str, en: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(code, node.span.clone(), zh, en);
    if node.turned { diagnostic.label("此处取反", "negated here") } else { diagnostic }
}

fn only_here(diagnostic: Diagnostic, guards: &[&Node]) -> Diagnostic {
    guards
        .iter()
        .fold(diagnostic, |known, guard| with(known, guard, ("只在此适用", "it applies only here")))
}

fn with(diagnostic: Diagnostic, other: &Node, (zh, en): (&str, &str)) -> Diagnostic {
    let (zh, en) = if other.turned {
        (format!("{zh}（取反）"), format!("{en} (negated)"))
    } else {
        (zh.to_owned(), en.to_owned())
    };
    diagnostic.other(other.span.clone(), zh, en)
}
