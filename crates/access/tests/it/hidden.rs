//! Masks: what is left, and that it is never all.

use access::{Field, mask};
use proptest::prelude::*;

#[test]
fn masks_leave_what_is_needed_to_recognise_it() {
    use Field::*;
    let table = [
        (PersonName, "张三丰", "张**"),
        (PersonName, "张三", "张**"),
        (PersonName, "欧阳修文", "欧**"),
        (PersonName, "张", "**"),
        (PersonName, "", "**"),
        (Phone, "13812345678", "138****5678"),
        (Phone, "+8613812345678", "*86****5678"),
        (Phone, "0532-85911111", "053****1111"),
        (Phone, "85911111", "****11"),
        (Phone, "12345", "****"),
        (Phone, "", "****"),
        (Mail, "alice@b.cn", "a***@b.cn"),
        (Mail, "a@b.cn", "***@b.cn"),
        (Mail, "@b.cn", "****"),
        (Mail, "alice", "****"),
        (Mail, "张三@例子.中国", "张***@例子.中国"),
        (Mail, "a@b@c.cn", "a***@c.cn"),
        (Mail, "alice@b.cn\u{202e}", "****"),
        (IdentityNumber, "370202199001011234", "370****1234"),
        (IdentityNumber, "37020219900101123X", "370****123X"),
        (IdentityNumber, "12345678", "****"),
        (BankAccount, "6222021234567890123", "****0123"),
        (BankAccount, "12345678", "****78"),
        (BankAccount, "1234", "****"),
        (BusinessFigure, "51234567.89", "****"),
        (TaxFigure, "0", "****"),
        (SignInAddress, "192.168.3.4", "192.168.*.*"),
        (SignInAddress, "2001:db8::7", "2001:db8:****"),
        (SignInAddress, "host.name", "****"),
    ];
    for (field, text, expected) in table {
        assert_eq!(mask(field, text), expected, "{field} {text:?}");
    }
}

fn any_field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL)
}

/// Any text, and texts of the shapes that masks look for.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9]{0,20}",
        r"\PC{0,3}@\PC{0,6}",
        "[a-c@.]{0,8}",
        any::<std::net::IpAddr>().prop_map(|address| address.to_string()),
        "[张三欧阳\u{301}\u{202e}👩\u{200d}]{0,5}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_mask_never_reveals_a_value_whole(field in any_field(), text in any_text()) {
        let masked = mask(field, &text);
        prop_assert!(masked.contains("**") || masked.contains("*.*"), "{}", masked);
        // What is stars already has nothing to hide.
        if !text.is_empty() && !text.contains('*') {
            prop_assert!(!masked.contains(&text), "{:?} {:?}", text, masked);
        }
    }

    #[test]
    fn a_mask_of_anything_but_a_mail_address_shows_at_most_two_thirds(field in any_field(), text in any_text()) {
        if !matches!(field, Field::Mail | Field::SignInAddress) {
            let shown = mask(field, &text).chars().filter(|one| *one != '*').count();
            prop_assert!(shown * 3 <= text.chars().count() * 2);
        }
    }

    #[test]
    fn a_mask_shows_letters_and_digits_only(field in any_field(), text in any_text()) {
        let plain = |one: char| one.is_alphanumeric() || "*@.-:".contains(one);
        prop_assert!(mask(field, &text).chars().all(plain));
    }

    #[test]
    fn figures_do_not_even_show_how_long_they_are(text in any_text()) {
        prop_assert_eq!(mask(Field::BusinessFigure, &text), "****");
        prop_assert_eq!(mask(Field::TaxFigure, &text), "****");
    }
}
