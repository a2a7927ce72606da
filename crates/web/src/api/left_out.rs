//! What programs cannot ask for, and why. Together with the table of routes it names every action.

use access::{Action, Words};

use super::call::says;

const FACTOR: Words = says(
    "须二次验证，由本人在页面上办理",
    "asks for a second factor, which programs never give: done on the page",
);
const OWN_SIGN_IN: Words = says(
    "涉及本人的登录方式，由本人在页面上办理",
    "touches what its owner signs in with: done on the page",
);
const NO_PAGE: Words = says("平台尚无此事项的页面", "the platform has no page for it yet");

/// Why something cannot be asked for; none where it can be, or nobody has thought of it.
pub(crate) fn why(action: Action) -> Option<Words> {
    use Action::*;
    Some(match action {
        _ if access::needs_second_factor(action) => FACTOR,
        _ if !access::fits_token(action) => OWN_SIGN_IN,
        OperationReadSettings => NO_PAGE,
        AuditReadOfficers => says(
            "与查看审计记录同一接口，按权限给出",
            "part of listing audit records, as far as one may",
        ),
        OwnKeepCheck => says(
            "须本人在自测页面上同意保存",
            "takes its owner's consent: done on the page of the self-check",
        ),
        RulebookConfirmNumber => says(
            "数值由人对照原文核对，不由程序代办",
            "a number is held against the official text by a person, never by a program",
        ),
        _ => return None,
    })
}
