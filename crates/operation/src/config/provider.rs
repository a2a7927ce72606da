//! The settings of the provider of identities: all of them or none.

use std::net::SocketAddr;

use app::single_sign_on::Provider;
use url::{Host, Url};

use super::read::secret;
use crate::words::Trouble;

const ALL: [&str; 4] = ["oidc_issuer", "oidc_client", "oidc_secret_file", "oidc_name"];

/// The address to which the provider sends people back.
pub(crate) fn redirect(origin: &str) -> String {
    format!("{origin}/sign-on/return")
}

/// The provider, if one is set. `text` gives a setting that is not empty.
pub(super) fn provider<'a>(
    text: &impl Fn(&str) -> Option<&'a str>,
    listen: Option<SocketAddr>,
    public: Option<&Url>,
    wrong: &mut Vec<Trouble>,
) -> Option<Provider> {
    let missing: Vec<&str> = ALL.into_iter().filter(|name| text(name).is_none()).collect();
    if missing.len() == ALL.len() {
        return None;
    }
    if !missing.is_empty() {
        let missing = missing.join(", ");
        wrong.push(Trouble::new(
            format!("统一认证的设置不全，还缺 {missing}"),
            format!(
                "the settings of the provider of identities are not complete: {missing} is missing"
            ),
            "四项 oidc 设置要么全设，要么全不设",
            "set all four `oidc` settings, or none",
        ));
    }
    let issuer = text("oidc_issuer").filter(|issuer| is_issuer(issuer, wrong));
    let secret = text("oidc_secret_file").and_then(|file| secret(file, wrong));
    if public.is_none() && listen.is_some_and(|listen| !listen.ip().is_loopback()) {
        wrong.push(Trouble::new(
            "设了统一认证，却没有设 public_url：统一认证不知道该转回哪里",
            "a provider of identities is set, but no `public_url`: it cannot know where to send people back",
            "请设置 public_url，例如 https://tidu.example.gov.cn",
            "set `public_url`, for instance https://tidu.example.gov.cn",
        ));
    }
    let origin = match public {
        Some(url) => url.origin().ascii_serialization(),
        None => format!("http://{}", listen?),
    };
    Some(Provider {
        name: text("oidc_name")?.to_owned(),
        issuer: issuer?.to_owned(),
        client: text("oidc_client")?.to_owned(),
        secret: secret?,
        redirect: redirect(&origin),
    })
}

/// An issuer is an address of `https` with nothing behind its path; on this machine itself `http` does.
fn is_issuer(text: &str, wrong: &mut Vec<Trouble>) -> bool {
    let fine = Url::parse(text).is_ok_and(|url| {
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        plain && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
    });
    if !fine {
        wrong.push(Trouble::new(
            format!("oidc_issuer 的值“{text}”不对：应为 https 网址，不带参数（只有本机可用 http）"),
            format!("`{text}` of oidc_issuer: an address of https without a query (http only on this machine)"),
            "例如 https://sso.example.gov.cn",
            "for instance https://sso.example.gov.cn",
        ));
    }
    fine
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        settings: &[(&str, &str)],
        listen: &str,
        public: Option<&str>,
    ) -> Result<Option<Provider>, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "a secret that is long enough\n").unwrap();
        let file = file.to_str().unwrap();
        let text = |name: &str| {
            let found = settings.iter().find(|(one, _)| *one == name).map(|(_, value)| *value);
            found.map(|value| if value == "FILE" { file } else { value })
        };
        let mut wrong = Vec::new();
        let public = public.map(|url| Url::parse(url).unwrap());
        let found = provider(&text, Some(listen.parse().unwrap()), public.as_ref(), &mut wrong);
        if wrong.is_empty() { Ok(found) } else { Err(format!("{wrong:?}")) }
    }

    fn all(issuer: &str) -> Vec<(&str, &str)> {
        vec![
            ("oidc_issuer", issuer),
            ("oidc_client", "tidu"),
            ("oidc_secret_file", "FILE"),
            ("oidc_name", "统一认证"),
        ]
    }

    #[test]
    fn all_settings_of_a_provider_or_none() {
        assert!(read(&[], "127.0.0.1:1", None).unwrap().is_none());
        let provider =
            read(&all("https://sso.example/realm"), "127.0.0.1:1", None).unwrap().unwrap();
        assert_eq!(provider.issuer, "https://sso.example/realm");
        assert_eq!(provider.secret, "a secret that is long enough");
        assert_eq!(provider.redirect, "http://127.0.0.1:1/sign-on/return");
        for name in ALL {
            let mut some = all("https://sso.example");
            some.retain(|(one, _)| *one != name);
            let wrong = read(&some, "127.0.0.1:1", None).unwrap_err();
            assert!(wrong.contains(&format!("{name} is missing")), "{wrong}");
        }
    }

    #[test]
    fn only_on_this_machine_a_provider_is_asked_without_tls() {
        for issuer in [
            "https://sso.example",
            "http://localhost:9",
            "http://127.0.0.1:9/realm",
            "http://[::1]:9",
        ] {
            assert!(read(&all(issuer), "127.0.0.1:1", None).unwrap().is_some(), "{issuer}");
        }
        for issuer in [
            "http://sso.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://10.0.0.1",
            "https://sso.example?x=1",
            "https://sso.example#x",
            "https://user@sso.example",
            "ldap://sso.example",
            "sso.example",
        ] {
            let wrong = read(&all(issuer), "127.0.0.1:1", None).unwrap_err();
            assert!(wrong.contains("oidc_issuer"), "{issuer}: {wrong}");
        }
    }

    #[test]
    fn people_are_sent_back_to_the_address_that_they_know() {
        let issuer = "https://sso.example";
        let provider =
            read(&all(issuer), "0.0.0.0:1", Some("https://tidu.example/")).unwrap().unwrap();
        assert_eq!(provider.redirect, "https://tidu.example/sign-on/return");
        assert!(read(&all(issuer), "0.0.0.0:1", None).unwrap_err().contains("public_url"));
    }

    #[test]
    fn the_secret_is_not_shown() {
        let provider = read(&all("https://sso.example"), "127.0.0.1:1", None).unwrap();
        assert!(!format!("{provider:?}").contains("long enough"));
    }
}
