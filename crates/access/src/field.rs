//! Classes of fields that are not everybody's, and what they may be used for.

use crate::coded::coded;

coded! {
    /// A class of personal or secret fields.
    pub enum Field {
        PersonName     "person-name"     "姓名"       "name of a person";
        Phone          "phone"           "电话"       "telephone";
        Mail           "mail"            "邮箱"       "mail address";
        IdentityNumber "identity-number" "身份证号"   "identity number";
        BankAccount    "bank-account"    "银行账号"   "bank account";
        BusinessFigure "business-figure" "经营数据"   "business figure";
        TaxFigure      "tax-figure"      "税务数据"   "figure of the tax authority";
        SignInAddress  "sign-in-address" "登录地址"   "address of sign-in";
    }
}

coded! {
    /// What data is looked at for.
    pub enum Purpose {
        Recognition    "recognition"    "认定"       "recognition";
        Benefit        "benefit"        "惠企兑现"   "benefits";
        Service        "service"        "服务"       "services";
        Finance        "finance"        "融资"       "finance";
        Administration "administration" "平台管理"   "running the platform";
    }
}

impl Field {
    /// Whether the source of such a field lets it be used for `purpose`: the tax authority gives its
    /// figures for recognition only.
    pub fn serves(self, purpose: Purpose) -> bool {
        self != Self::TaxFigure || purpose == Purpose::Recognition
    }
}
