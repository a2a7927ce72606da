//! Why something is refused, in words that never say whether a row exists.

use std::error::Error;

use crate::coded::coded;

coded! {
    /// A refusal.
    pub enum Why {
        NotYourRole     "not-your-role"     "您的角色不能办理此事项"                           "none of your roles may do this";
        NotHere         "not-here"          "没有找到，或者不在您的权限范围内"                 "not found, or not within your scope";
        TokenLacks      "token-lacks"       "所用令牌不包含此事项；请用包含该事项的令牌，或登录后办理" "the token does not include this; use one that does, or sign in";
        NeedsFactor     "needs-factor"      "此事项需要二次验证；请先完成二次验证"             "this needs a second factor; give it first";
        Owes            "owes"              "请先修改初始密码并完成二次验证设置"               "first change the initial password and set up the second factor";
        RolesExclude    "roles-exclude"     "三员不得兼任：系统管理员、安全保密管理员、安全审计员不能兼有其他角色" "the three officers hold no other role";
        OwnMatter       "own-matter"        "不能办理涉及本人的事项；请由他人办理"             "this concerns yourself; somebody else has to do it";
        SecondPerson    "second-person"     "须由提出人以外的人办理"                           "somebody other than who asked for it has to do this";
        NotYoursToGive  "not-yours-to-give" "您的角色不能授予这一角色"                         "your role may not give this role";
        DoesNotFit      "does-not-fit"      "该类单位没有这一角色"                             "there is no such role in this kind of organisation";
    }
}

impl Error for Why {}
