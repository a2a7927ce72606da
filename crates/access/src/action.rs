//! Everything that can be done in the platform, one line each. Who may do it stands in the table.

use crate::coded::coded;

coded! {
    /// Something that a person or a program asks for.
    pub enum Action {
        PersonList              "person.list"                 "查看人员名单"             "List people";
        PersonRead              "person.read"                 "查看人员"                 "Read a person";
        PersonInvite            "person.invite"               "邀请人员"                 "Invite a person";
        PersonDisable           "person.disable"              "停用账号"                 "Disable an account";
        PersonEnable            "person.enable"               "启用账号"                 "Enable an account";
        PersonUnlock            "person.unlock"               "解除锁定"                 "Unlock an account";
        PersonResetPassword     "person.reset-password"       "重置密码"                 "Reset a password";
        PersonResetSecondFactor "person.reset-second-factor"  "重置二次验证"             "Reset a second factor";
        PersonAskErasure        "person.ask-erasure"          "申请删除个人信息"         "Ask for erasure of personal data";
        PersonErase             "person.erase"                "删除个人信息"             "Erase personal data";
        MembershipList          "membership.list"             "查看角色与申请"           "List roles and proposals";
        MembershipPropose       "membership.propose"          "提出授予角色"             "Propose a role";
        MembershipApprove       "membership.approve"          "审批角色"                 "Approve or refuse a role";
        MembershipEnd           "membership.end"              "终止角色"                 "End a role";
        OrganisationList        "organisation.list"           "查看单位"                 "List organisations";
        OrganisationCreate      "organisation.create"         "新建单位"                 "Create an organisation";
        OrganisationChange      "organisation.change"         "变更单位"                 "Change an organisation";
        OrganisationClose       "organisation.close"          "关闭单位"                 "Close an organisation";
        DelegationList          "delegation.list"             "查看代办授权"             "List delegations";
        DelegationGrant         "delegation.grant"            "授权代办"                 "Grant a delegation";
        DelegationRevoke        "delegation.revoke"           "终止代办授权"             "End a delegation";
        OwnReadProfile          "own.read-profile"            "查看本人资料"             "Read one's profile";
        OwnChangeProfile        "own.change-profile"          "修改本人资料"             "Change one's profile";
        OwnChangePassword       "own.change-password"         "修改本人密码"             "Change one's password";
        OwnChangeSecondFactor   "own.change-second-factor"    "设置本人二次验证"         "Set one's second factor";
        OwnLinkIdentity         "own.link-identity"           "绑定统一认证账号"         "Link an account of the identity provider";
        OwnUnlinkIdentity       "own.unlink-identity"         "解除统一认证账号"         "Unlink an account of the identity provider";
        OwnKeepCheck            "own.keep-check"              "保存自测"                 "Keep a self-check";
        OwnReadChecks           "own.read-checks"             "查看本人自测"             "Read one's self-checks";
        OwnDropCheck            "own.drop-check"              "删除本人自测"             "Delete one's self-check";
        OwnListSessions         "own.list-sessions"           "查看本人会话"             "List one's sessions";
        OwnRevokeSession        "own.revoke-session"          "退出本人会话"             "End one's session";
        OwnListTokens           "own.list-tokens"             "查看本人令牌"             "List one's tokens";
        OwnCreateToken          "own.create-token"            "新建本人令牌"             "Create a token";
        OwnRevokeToken          "own.revoke-token"            "吊销本人令牌"             "Revoke one's token";
        SessionList             "session.list"                "查看他人会话"             "List others' sessions";
        SessionRevoke           "session.revoke"              "终止他人会话"             "End others' sessions";
        TokenList               "token.list"                  "查看他人令牌"             "List others' tokens";
        TokenRevoke             "token.revoke"                "吊销他人令牌"             "Revoke others' tokens";
        AuditRead               "audit.read"                  "查看业务用户审计记录"     "Read audit records of ordinary users";
        AuditReadOfficers       "audit.read-officers"         "查看三员与系统审计记录"   "Read audit records of the three officers and the system";
        AuditExport             "audit.export"                "导出审计记录"             "Export audit records";
        AuditVerify             "audit.verify"                "校验审计记录"             "Verify audit records";
        DataUnmask              "data.unmask"                 "查看脱敏内容"             "Unmask a field";
        DataExport              "data.export"                 "导出名单"                 "Export a list";
        JobList                 "job.list"                    "查看后台任务"             "List jobs";
        JobCancel               "job.cancel"                  "取消后台任务"             "Cancel a job";
        JobRetry                "job.retry"                   "重试后台任务"             "Retry a job";
        JobListSchedules        "job.list-schedules"          "查看定时计划"             "List schedules";
        JobChangeSchedule       "job.change-schedule"         "修改定时计划"             "Change a schedule";
        RulebookRead            "rulebook.read"               "查看规则库"               "Read rulebooks";
        RulebookUpload          "rulebook.upload"             "上传规则库"               "Upload a rulebook";
        RulebookSwitch          "rulebook.switch"             "启用规则库"               "Switch to a rulebook";
        RulebookConfirmNumber   "rulebook.confirm-number"     "核对数值"                 "Confirm a number against the official text";
        PopulationRead          "population.read"             "查看企业底数"             "Read populations";
        PopulationBring         "population.bring"            "更新企业底数"             "Bring a population";
        EnterpriseList          "enterprise.list"             "查看企业名单"             "List enterprises";
        EnterpriseRead          "enterprise.read"             "查看企业"                 "Read an enterprise";
        ScreeningRead           "screening.read"              "查看筛查结果"             "Read screening results";
        ScreeningRun            "screening.run"               "筛查"                     "Run a screening";
        ScreeningSimulate       "screening.simulate"          "政策试算"                 "Try other thresholds";
        ScreeningExport         "screening.export"            "导出试算名单"             "Export the names of a trial";
        OperationReadSettings   "operation.read-settings"     "查看运行设置"             "Read settings of operation";
        OperationChangeSettings "operation.change-settings"   "修改运行设置"             "Change settings of operation";
        OperationListBackups    "operation.list-backups"      "查看备份"                 "List backups";
        OperationBackUp         "operation.back-up"           "备份"                     "Make a backup";
        OperationReadHealth     "operation.read-health"       "查看运行状态与指标"       "Read health details and metrics";
        SecurityReadSettings    "security.read-settings"      "查看安全设置"             "Read settings of security";
        SecurityChangeSettings  "security.change-settings"    "修改安全设置"             "Change settings of security";
        DecisionEvaluate        "decision.evaluate"           "测算（输入数据，给出结论）" "Evaluate (facts in, verdict out)";
        DecisionRecord          "decision.record"             "登记结论"                 "Record a decision";
        DecisionRead            "decision.read"               "查看结论"                 "Read decisions";
        DecisionReplay          "decision.replay"             "复算结论"                 "Replay a decision";
    }
}

coded! {
    /// What actions are about: the part of their codes before the point.
    pub enum Topic {
        Person       "person"       "人员与账号"   "People and accounts";
        Membership   "membership"   "角色"         "Roles";
        Organisation "organisation" "单位"         "Organisations";
        Delegation   "delegation"   "代办授权"     "Delegation";
        Own          "own"          "本人"         "Oneself";
        Session      "session"      "会话"         "Sessions";
        Token        "token"        "令牌"         "Tokens";
        Audit        "audit"        "审计"         "Audit";
        Data         "data"         "敏感数据"     "Sensitive data";
        Job          "job"          "后台任务"     "Jobs";
        Rulebook     "rulebook"     "规则库"       "Rulebooks";
        Population   "population"   "企业底数"     "Populations";
        Enterprise   "enterprise"   "企业"         "Enterprises";
        Screening    "screening"    "筛查"         "Screening";
        Operation    "operation"    "运行维护"     "Operation";
        Security     "security"     "安全策略"     "Security";
        Decision     "decision"     "测算与结论"   "Evaluation and decisions";
    }
}

impl Topic {
    /// The actions about it.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        let about =
            move |code: &str| code.split_once('.').is_some_and(|(about, _)| about == self.code());
        Action::ALL.iter().copied().filter(move |action| about(action.code()))
    }
}
