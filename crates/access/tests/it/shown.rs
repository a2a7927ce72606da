//! What is shown of a field, case by case, and the watermark of what is taken out.

use access::{
    Action, Field, OrganisationId, PersonId, Place, Purpose, Reach, Role, Sight, Watermark, Who,
    Why, may_unmask, reach, see,
};

use crate::made::{row, who};

fn seen(role: (&str, Role), field: Field, place: &Place, purpose: Purpose) -> Sight {
    see(&who(&[role]), field, place, purpose)
}

#[test]
fn fields_are_shown_by_role_relation_and_purpose() {
    use Field::*;
    use Role::*;
    use Sight::*;
    let firm = row("/1/4/9/");
    let consented = Place { consented: vec![OrganisationId(31)], ..row("/1/4/9/") };
    let assigned = Place { assigned: vec![PersonId(7)], ..row("/1/4/9/") };
    let recognition = Purpose::Recognition;
    let table = [
        (("/1/4/9/", EnterpriseManager), &firm, TaxFigure, recognition, Full),
        (("/1/4/9/", EnterpriseManager), &firm, TaxFigure, Purpose::Finance, Hidden),
        (("/1/4/8/", EnterpriseManager), &firm, BusinessFigure, recognition, Hidden),
        (("/1/4/", DistrictOfficer), &firm, Phone, recognition, Masked),
        (("/1/4/", DistrictOfficer), &firm, TaxFigure, recognition, Full),
        (("/1/5/", DistrictOfficer), &firm, TaxFigure, recognition, Hidden),
        (("/1/4/", DistrictOfficer), &consented, TaxFigure, Purpose::Service, Hidden),
        (("/1/31/", Bank), &consented, BusinessFigure, Purpose::Finance, Full),
        (("/1/31/", Bank), &consented, TaxFigure, recognition, Hidden),
        (("/1/31/", Bank), &firm, BusinessFigure, Purpose::Finance, Hidden),
        (("/1/30/", Expert), &assigned, BusinessFigure, recognition, Full),
        (("/1/30/", Expert), &assigned, PersonName, recognition, Hidden),
        (("/1/", Administrator), &firm, BusinessFigure, recognition, Hidden),
        (("/1/", Administrator), &firm, Phone, Purpose::Administration, Masked),
        (("/1/", Auditor), &firm, SignInAddress, Purpose::Administration, Full),
        (("/1/", CityOfficer), &firm, SignInAddress, recognition, Hidden),
    ];
    for (role, place, field, purpose, expected) in table {
        let found = seen(role, field, place, purpose);
        assert_eq!(found, expected, "{role:?} {field} for {purpose}");
    }
}

#[test]
fn what_is_masked_can_be_unmasked_by_some_and_what_is_hidden_by_nobody() {
    let firm = row("/1/4/9/");
    let table = [
        (("/1/4/", Role::DistrictOfficer), Field::Phone, Ok(())),
        (("/1/4/", Role::DistrictOfficer), Field::SignInAddress, Err(Why::NotHere)),
        (("/1/5/", Role::DistrictOfficer), Field::Phone, Err(Why::NotHere)),
        (("/1/4/9/", Role::EnterpriseManager), Field::IdentityNumber, Ok(())),
        (("/1/4/9/", Role::EnterpriseMember), Field::Phone, Err(Why::NotHere)),
        (("/1/", Role::Leader), Field::BusinessFigure, Err(Why::NotHere)),
        (("/1/", Role::Administrator), Field::Phone, Err(Why::NotHere)),
        (("/1/", Role::Auditor), Field::Phone, Err(Why::NotHere)),
    ];
    for (role, field, expected) in table {
        let found = may_unmask(&who(&[role]), field, &firm, Purpose::Recognition);
        assert_eq!(found, expected, "{role:?} {field}");
    }
}

#[test]
fn experts_do_not_learn_whom_they_judge() {
    for action in [Action::OrganisationList, Action::DecisionRead] {
        assert_eq!(reach(Role::Expert, action), Reach::Nothing, "{action}");
    }
}

#[test]
fn everybody_sees_their_own_name_and_contacts_without_any_role() {
    let me = Who { person: PersonId(7), ..who(&[]) };
    let mine = Place { person: Some(PersonId(7)), ..Place::default() };
    let anothers = Place { person: Some(PersonId(8)), ..Place::default() };
    assert_eq!(see(&me, Field::Phone, &mine, Purpose::Administration), Sight::Full);
    assert_eq!(see(&me, Field::IdentityNumber, &mine, Purpose::Administration), Sight::Masked);
    assert_eq!(see(&me, Field::Phone, &anothers, Purpose::Administration), Sight::Hidden);
}

#[test]
fn a_watermark_names_who_where_when_and_the_record_on_one_line() {
    let mark = Watermark {
        person: "张三\n李四",
        organisation: "市工信局",
        at: "2026-11-23 10:00",
        record: 815,
    };
    let text = mark.text();
    assert_eq!(text.zh, "市工信局 张三 李四 于 2026-11-23 10:00 导出，审计记录 815，请勿外传");
    assert!(text.en.contains("张三 李四, 市工信局, 2026-11-23 10:00, audit record 815"));
    assert!(!text.zh.contains('\n') && !text.en.contains('\n'));
}
