//! What people type about people and organisations, made tidy and checked: everything that is wrong at once.

use access::Role;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::refusal::{Invalid, Refusal, Words};

/// Collects what is wrong with what was typed.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<Invalid>);

/// Full width as half width, one blank for many, none around.
pub(crate) fn tidy(text: &str) -> String {
    text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs that cannot be seen, or turn the order of what is: two names would look the same.
fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(sign, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

impl Checks {
    /// Something is wrong with a field.
    pub(crate) fn wrong(
        &mut self,
        field: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.0.push(Invalid { field, why: Words::new(zh, en) });
    }

    /// Nothing was wrong, or everything that was.
    pub(crate) fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }

    /// A name: something, not too long, nothing hidden in it.
    pub(crate) fn name(&mut self, field: &'static str, text: &str, most: usize) -> String {
        let name = tidy(text);
        let length = name.chars().count();
        if length == 0 {
            self.wrong(field, "名称不能为空", "a name is needed");
        } else if length > most {
            self.wrong(
                field,
                format!("名称至多 {most} 个字，现有 {length} 个"),
                format!("a name has at most {most} characters, this one {length}"),
            );
        } else if name.chars().any(is_hidden) {
            self.wrong(
                field,
                "名称中有看不见的字符",
                "there are characters in the name that cannot be seen",
            );
        }
        name
    }

    /// What is typed to sign in: plain letters that cannot be taken for others.
    pub(crate) fn login(&mut self, text: &str) -> String {
        let login = store::person::normal_login(text);
        let plain =
            |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_' | '@');
        let begins = login.chars().next().is_some_and(|sign| sign.is_ascii_alphanumeric());
        if !begins || !login.chars().all(plain) || !(3..=64).contains(&login.len()) {
            self.wrong(
                "login",
                "登录名为 3 至 64 个小写字母、数字或 . - _ @，以字母或数字开头",
                "a login has 3 to 64 letters, digits or . - _ @ and begins with a letter or a digit",
            );
        } else if login.starts_with("erased-") {
            // What erased people are called.
            self.wrong(
                "login",
                "登录名不能以 erased- 开头",
                "a login does not begin with `erased-`",
            );
        }
        login
    }

    /// A telephone number; nothing if nothing was typed.
    pub(crate) fn phone(&mut self, text: Option<&str>) -> Option<String> {
        let typed = tidy(text.unwrap_or_default());
        let phone: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
        if phone.is_empty() {
            return None;
        }
        let digits = phone.strip_prefix('+').unwrap_or(&phone);
        if !digits.chars().all(|sign| sign.is_ascii_digit()) || !(5..=15).contains(&digits.len()) {
            self.wrong(
                "phone",
                "电话为 5 至 15 位数字，可带国际区号 +",
                "a telephone number has 5 to 15 digits, with + before a country's",
            );
        }
        Some(phone)
    }

    /// A mail address; nothing if nothing was typed.
    pub(crate) fn mail(&mut self, text: Option<&str>) -> Option<String> {
        let mail = tidy(text.unwrap_or_default());
        if mail.is_empty() {
            return None;
        }
        let parts = mail.rsplit_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        let plain = mail.chars().all(|sign| !sign.is_whitespace() && !is_hidden(sign));
        if !parts
            || !plain
            || mail.chars().filter(|sign| *sign == '@').count() != 1
            || mail.len() > 254
        {
            self.wrong(
                "mail",
                "邮箱地址应如 name@example.cn",
                "a mail address is like name@example.cn",
            );
        }
        Some(mail)
    }

    /// The last day of a role. The three officers' have none: the last of them must not run out unseen.
    pub(crate) fn until(&mut self, role: Role, until: Option<Date>, today: Date) {
        if role.is_officer() && until.is_some() {
            self.wrong(
                "until",
                "三员的角色不设截止日期，不再需要时请终止",
                "the role of an officer has no last day: end it when it is needed no more",
            );
        } else if until.is_some_and(|until| until < today) {
            self.wrong("until", "截止日期不能早于今天", "the last day cannot be before today");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_as_what() {
        type Check = fn(&mut Checks, &str);
        let login: Check = |checks, text| drop(checks.login(text));
        let phone: Check = |checks, text| drop(checks.phone(Some(text)));
        let mail: Check = |checks, text| drop(checks.mail(Some(text)));
        let name: Check = |checks, text| drop(checks.name("name", text, 8));
        let table: [(&str, Check, &[&str], &[&str]); 4] = [
            (
                "login",
                login,
                &["wang.li", "13800000000", "a@b.cn", " ＷＡＮＧ "],
                &["", "ab", "王丽丽", "wang li", ".wang", "erased-7", "wаng", "x\u{200b}yz"],
            ),
            (
                "phone",
                phone,
                &["", "0532-8591 1234", "+86 138 0000 0000", "１２３４５"],
                &["1234", "十二三四五", "1+23456", "1234567890123456"],
            ),
            (
                "mail",
                mail,
                &["", "a@b.cn", "王@例子.中国"],
                &["a", "@b.cn", "a@b", "a b@c.cn", "a@b@c.cn", "a@.cn", "a@b.cn."],
            ),
            (
                "name",
                name,
                &["王丽", "  王  丽 ", "ＡＢＣ"],
                &["", "   ", "一二三四五六七八九", "王\u{202e}丽", "a\u{0}b"],
            ),
        ];
        for (what, check, good, bad) in table {
            for (text, taken) in
                good.iter().map(|text| (text, true)).chain(bad.iter().map(|text| (text, false)))
            {
                let mut checks = Checks::default();
                check(&mut checks, text);
                assert_eq!(checks.done().is_ok(), taken, "{what}: {text:?}");
            }
        }
        assert_eq!(tidy("\u{3000}青岛（示例）　有限公司 "), "青岛(示例) 有限公司");
    }
}
