//! What the generated law can speak of: sixty-two columns of facts of the kinds that real rules use.

use crate::plain::Column;

/// What kind of values an indicator has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Money, in fen.
    Money,
    /// A ratio, in parts per million.
    Ratio,
    /// A count, with its word in Chinese and English.
    Count(&'static str, &'static str),
    /// Points with two decimals, awarded by an outside system.
    Points,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
    /// One of so many options.
    Choice(u16),
}

/// An indicator of the generated law.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indicator {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub kind: Kind,
    /// For how many fiscal years it is known; none for what stands now.
    pub years: i16,
}

const fn of(
    id: &'static str,
    zh: &'static str,
    en: &'static str,
    kind: Kind,
    years: i16,
) -> Indicator {
    Indicator { id, zh, en, kind, years }
}

const PEOPLE: Kind = Kind::Count("人", "people");
const ITEMS: Kind = Kind::Count("项", "items");

/// The vocabulary.
pub(crate) const INDICATORS: [Indicator; 42] = [
    of("revenue", "营业收入", "Revenue", Kind::Money, 3),
    of("main_revenue", "主营业务收入", "Main revenue", Kind::Money, 3),
    of("rd_expense", "研发费用", "R&D expense", Kind::Money, 3),
    of("net_profit", "净利润", "Net profit", Kind::Money, 3),
    of("total_assets", "资产总额", "Total assets", Kind::Money, 3),
    of("total_liabilities", "负债总额", "Total liabilities", Kind::Money, 3),
    of("tax_paid", "纳税额", "Tax paid", Kind::Money, 3),
    of("export_revenue", "出口额", "Export revenue", Kind::Money, 3),
    of("employees", "职工人数", "Employees", PEOPLE, 2),
    of("rd_staff", "研发人员", "R&D staff", PEOPLE, 2),
    of("equity_financing", "股权融资", "Equity financing", Kind::Money, 2),
    of("fixed_investment", "固定资产投资", "Fixed investment", Kind::Money, 2),
    of("quality_score", "发展质量得分", "Quality score", Kind::Points, 1),
    of("invention_patents", "发明专利", "Invention patents", ITEMS, 0),
    of("utility_patents", "实用新型专利", "Utility patents", ITEMS, 0),
    of("software_rights", "软件著作权", "Software copyrights", ITEMS, 0),
    of("standards_led", "主导制定标准", "Standards led", ITEMS, 0),
    of("standards_joined", "参与制定标准", "Standards joined", ITEMS, 0),
    of("trademarks", "注册商标", "Trademarks", ITEMS, 0),
    of("product_lines", "主导产品", "Main products", ITEMS, 0),
    of("rd_centres", "研发机构", "R&D centres", ITEMS, 0),
    of("senior_engineers", "高级工程师", "Senior engineers", PEOPLE, 0),
    of("niche_years", "细分市场年限", "Years in the niche", Kind::Count("年", "years"), 0),
    of("market_share", "市场占有率", "Market share", Kind::Ratio, 0),
    of("top_customer_share", "最大客户占比", "Share of the top customer", Kind::Ratio, 0),
    of("digital_share", "数字化设备占比", "Share of digital equipment", Kind::Ratio, 0),
    of("registered_capital", "注册资本", "Registered capital", Kind::Money, 0),
    of("valuation", "估值", "Valuation", Kind::Money, 0),
    of("own_brand", "自主品牌", "Own brand", Kind::Flag, 0),
    of("quality_certified", "质量认证", "Quality certified", Kind::Flag, 0),
    of("environment_certified", "环境认证", "Environment certified", Kind::Flag, 0),
    of("safety_certified", "安全认证", "Safety certified", Kind::Flag, 0),
    of("listed", "上市", "Listed", Kind::Flag, 0),
    of("state_owned", "国有控股", "State-owned", Kind::Flag, 0),
    of("online_sales", "网上销售", "Sells online", Kind::Flag, 0),
    of("insured_staff", "全员参保", "All staff insured", Kind::Flag, 0),
    of("export_licence", "进出口资质", "Export licence", Kind::Flag, 0),
    of("cloud_systems", "业务上云", "Systems in the cloud", Kind::Flag, 0),
    of("supplier_of_leader", "龙头配套", "Supplies a leading firm", Kind::Flag, 0),
    of("doctoral_station", "博士后站", "Postdoctoral station", Kind::Flag, 0),
    of("founded_on", "成立日期", "Founded on", Kind::Date, 0),
    of("district", "区市", "District", Kind::Choice(10), 0),
];

/// The indicator with this id.
pub(crate) fn indicator(id: &str) -> Option<&'static Indicator> {
    INDICATORS.iter().find(|indicator| indicator.id == id)
}

/// All columns of facts, year by year.
pub(crate) fn columns(base_year: i16) -> Vec<Column> {
    let mut columns = Vec::new();
    for indicator in &INDICATORS {
        let judged = indicator.kind == Kind::Points;
        let mut add = |year| columns.push(Column { indicator: indicator.id, year, judged });
        if indicator.years == 0 {
            add(None);
        }
        for back in 0..indicator.years {
            add(Some(base_year.saturating_sub(back)));
        }
    }
    columns
}
