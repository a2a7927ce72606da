//! Passwords: what is taken as one, and their hashes (Argon2id).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::security::Security;

/// Nobody types more, and hashing more would be work for nothing.
const LONGEST: usize = 256;

/// Whether a text may be a person's password; says everything that is wrong with it.
pub(crate) fn check(
    password: &str,
    login: &str,
    name: &str,
    security: &Security,
) -> Result<(), Refusal> {
    let length = password.chars().count();
    let least = security.password_length as usize;
    if length < least {
        return Err(Refusal::invalid(
            "password",
            format!("密码至少 {least} 个字符，现有 {length} 个；几个词连起来就好记"),
            format!(
                "a password has at least {least} characters, this one {length}: some words together are easy to keep"
            ),
        ));
    }
    if length > LONGEST {
        return Err(Refusal::invalid(
            "password",
            format!("密码至多 {LONGEST} 个字符"),
            format!("a password has at most {LONGEST} characters"),
        ));
    }
    let folded = password.to_lowercase();
    let personal =
        [login, name].into_iter().map(str::to_lowercase).filter(|word| word.chars().count() >= 2);
    for word in personal {
        if folded.contains(&word) {
            return Err(Refusal::invalid(
                "password",
                "密码不能包含登录名或姓名",
                "a password does not contain the login or the name",
            ));
        }
    }
    if is_easy(&folded) {
        return Err(Refusal::invalid(
            "password",
            "密码太容易猜到：不要用重复、连续的字符或常见的密码",
            "too easy to guess: no repeated or consecutive characters, no common password",
        ));
    }
    Ok(())
}

/// Few different characters, runs of the keyboard, and what everybody tries first.
fn is_easy(password: &str) -> bool {
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    if different.len() < 5 {
        return true;
    }
    let rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let common =
        ["password", "admin", "letmein", "welcome", "iloveyou", "woaini", "tidu", "qingdao"];
    let mut rest = password.to_owned();
    for word in common {
        rest = rest.replace(word, "");
    }
    for row in rows {
        let backwards: String = row.chars().rev().collect();
        for text in [row, backwards.as_str()] {
            let signs: Vec<char> = text.chars().collect();
            for length in (4..=signs.len()).rev() {
                for run in signs.windows(length) {
                    rest = rest.replace(&run.iter().collect::<String>(), "");
                }
            }
        }
    }
    // What is left when everything that is easy is taken away.
    rest.chars().count() < 6
}

/// The hash of a password, with a salt of its own.
pub(crate) async fn hash(platform: &Platform, password: &str) -> Result<String, Refusal> {
    let password = password.to_owned();
    let salt: [u8; 16] = crypto::random_bytes()?;
    heavy(platform, move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(Refusal::broken)
    })
    .await?
}

/// Whether a password is the one of a hash. Without a hash it takes as long and is false, so that nobody learns
/// from the time which accounts there are.
pub(crate) async fn verify(
    platform: &Platform,
    password: &str,
    hash: Option<&str>,
) -> Result<bool, Refusal> {
    let password: String = password.chars().take(LONGEST + 1).collect();
    let hash = hash.map(str::to_owned);
    heavy(platform, move || {
        let real = hash.is_some();
        let hash = hash.as_deref().unwrap_or(NOBODYS);
        let parsed = PasswordHash::new(hash).map_err(Refusal::broken)?;
        let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(fits && real)
    })
    .await?
}

/// The hash of a random text that nobody has kept, made with the same cost as all others.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                       Yt5HLyqOMhl2Ry2wH5bXyYg7o7VYJ8z1mFQ2bQ9uVJc";

async fn heavy<T: Send + 'static>(
    platform: &Platform,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let _turn = platform.hashing.acquire().await.map_err(Refusal::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_password() {
        let security = Security::default();
        let table = [
            ("correct horse battery", true),
            ("春江花月夜何处无月明", false), // ten characters, twelve are asked for
            ("春江花月夜，何处春江无月明", true),
            ("short", false),
            ("aaaaaaaaaaaaaaaa", false),
            ("abcdefghijkl", false),
            ("password1234", false),
            ("1234567890123", false),
            ("Qwertyuiop123", false),
            ("zhangsan-2026-x9", false), // has the login in it
            ("x9-k2-mm-7q-pp", true),
        ];
        for (password, good) in table {
            assert_eq!(check(password, "zhangsan", "张三", &security).is_ok(), good, "{password}");
        }
        assert!(check(&"x9k2 ".repeat(60), "zhangsan", "张三", &security).is_err());
    }

    #[test]
    fn the_hash_that_stands_for_nobody_can_be_read_and_costs_the_same() {
        let nobody = PasswordHash::new(NOBODYS).unwrap();
        let real = Argon2::default().hash_password_with_salt(b"x", &[7; 16]).unwrap();
        assert_eq!(nobody.params.to_string(), real.params.to_string());
        assert_eq!(nobody.algorithm, real.algorithm);
    }
}
