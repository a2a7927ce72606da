//! How a field is hidden: enough is left to recognise it, never enough to use it.
//! The stars do not tell how much they stand for, and a short value is hidden whole.

use std::net::IpAddr;

use crate::field::Field;

const STARS: &str = "****";

/// The text that stands for `text` where it is masked.
pub fn mask(field: Field, text: &str) -> String {
    match field {
        Field::PersonName => name(text),
        Field::Phone => ends(text, &[(11, 3, 4), (7, 0, 2)]),
        Field::Mail => mail(text),
        Field::IdentityNumber => ends(text, &[(15, 3, 4)]),
        Field::BankAccount => ends(text, &[(12, 0, 4), (8, 0, 2)]),
        // A figure's first digits or its length are its magnitude, and that is the secret.
        Field::BusinessFigure | Field::TaxFigure => STARS.to_owned(),
        Field::SignInAddress => address(text),
    }
}

/// The ends of a number: the first of the rules (least length, head, tail) that the text is long enough for.
fn ends(text: &str, rules: &[(usize, usize, usize)]) -> String {
    let length = text.chars().count();
    let fitting = rules.iter().find(|(least, _, _)| length >= *least);
    let (_, head, tail) = fitting.copied().unwrap_or_default();
    let first = text.chars().take(head).map(shown);
    let last = text.chars().skip(length - tail).map(shown);
    first.chain(STARS.chars()).chain(last).collect()
}

/// Only letters and digits are shown: no control character comes through a mask.
fn shown(character: char) -> char {
    if character.is_alphanumeric() { character } else { '*' }
}

/// 张三丰 → 张**; a name of one character is hidden.
fn name(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().filter(|_| characters.next().is_some());
    first.map(shown).into_iter().chain("**".chars()).collect()
}

/// a***@b.cn; what does not look like an address is hidden.
fn mail(text: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '.' | '-');
    match text.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && domain.chars().all(plain) => {
            let mut characters = local.chars();
            let first = characters.next().filter(|_| characters.next().is_some());
            first.map(shown).into_iter().chain("***@".chars()).chain(domain.chars()).collect()
        }
        _ => STARS.to_owned(),
    }
}

/// The network, without the machine.
fn address(text: &str) -> String {
    match text.parse() {
        Ok(IpAddr::V4(address)) => {
            let [first, second, ..] = address.octets();
            format!("{first}.{second}.*.*")
        }
        Ok(IpAddr::V6(address)) => {
            let [first, second, ..] = address.segments();
            format!("{first:x}:{second:x}:{STARS}")
        }
        Err(_) => STARS.to_owned(),
    }
}
