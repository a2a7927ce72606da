//! Single sign-on end to end: the built platform, a real provider of identities on loopback, and a browser that walks
//! through the pages of both.

use access::Role;
use store::Store;
use store::membership::State;

use super::browser::{Browser, Page};
use super::identity_provider::{IdentityProvider, SECRET, agree, refuse};
use super::kills::block_on;
use super::process::{Home, Process, tidu};

const STATE: &str = "tidu-sign-on";

/// A platform with some people whose password is that of the first administrator, and its provider.
struct Bed {
    home: Home,
    process: Process,
    provider: IdentityProvider,
    password: String,
}

impl Bed {
    fn each(test: impl Fn(Bed)) {
        for home in Home::each() {
            let Some(provider) = IdentityProvider::start() else { return };
            let first = Process::start(&home);
            let password = first.said.lines().find_map(|line| line.strip_prefix("  admin "));
            let password = password.unwrap().split_whitespace().next().unwrap().to_owned();
            assert_eq!(first.stop(), Some(0));
            block_on(people(&home, &provider.issuer()));
            set_up(&home, &provider.issuer());
            let process = Process::start(&home);
            test(Bed { home, process, provider, password });
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.process.url)
    }

    /// A browser in which somebody has signed in with the password.
    fn with_password(&self, login: &str) -> Browser {
        let mut browser = Browser::new();
        let sent = browser.post(
            &self.url("/sign-in"),
            &[("login", login), ("password", &self.password), ("next", "")],
        );
        assert_eq!((sent.status, sent.path()), (303, "/"), "{login}: {}", sent.body);
        browser
    }

    /// Off to the provider: its address.
    fn off(&self, browser: &mut Browser, next: &str) -> String {
        let off = browser.get(&self.url(&format!("/sign-on?next={next}")));
        assert_eq!(off.status, 303, "{}", off.body);
        off.to.unwrap()
    }

    /// Signs on as somebody at the provider: what the platform says to that.
    fn sign_on(&self, browser: &mut Browser, login: &str) -> Page {
        let off = self.off(browser, "/own/sessions");
        let back = agree(browser, &off, login);
        browser.get(&back)
    }

    /// Links an account of the provider: what the platform says to that.
    fn link(&self, browser: &mut Browser, login: &str) -> Page {
        let secret = browser.get(&self.url("/own/identities")).secret();
        let fields = [("_secret", secret.as_str()), ("present", &self.password)];
        let off = browser.post(&self.url("/own/identities/link"), &fields);
        assert_eq!(off.status, 200, "{}", off.body);
        let to = format!(
            "{}/auth?{}",
            self.provider.issuer(),
            off.after(&format!("{}/auth?", self.provider.issuer()))
        );
        let back = agree(browser, &to, login);
        browser.get(&back)
    }
}

/// People to try it with. All of this has its own pages; here it is only the beginning.
async fn people(home: &Home, issuer: &str) {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let unit = store.write().await.unwrap();
    let at = jiff::Timestamp::now();
    let admin = store::person::by_login(&unit, "admin").await.unwrap().unwrap();
    let hash = admin.password.unwrap();
    let all = [
        ("wangfang", Role::CityOfficer),
        ("liuyang", Role::CityOfficer),
        ("zhaolei", Role::SecurityOfficer),
        ("sunli", Role::DistrictOfficer),
    ];
    for (login, role) in all {
        let new = store::person::New { login, name: login, phone: None, mail: None, at };
        let person = store::person::insert(&unit, new).await.unwrap().id;
        store::person::set_password(&unit, person, &hash, false, at).await.unwrap();
        let from = at.to_zoned(jiff::tz::TimeZone::UTC).date().yesterday().unwrap();
        let membership = store::membership::New {
            person,
            organisation: 1,
            role,
            state: State::Active,
            from,
            until: None,
            proposed_by: None,
            at,
        };
        store::membership::insert(&unit, &membership).await.unwrap();
        match login {
            "zhaolei" => store::identity::link(&unit, person, issuer, "zhao", at).await.unwrap(),
            "sunli" => {
                store::identity::link(&unit, person, issuer, "sun", at).await.unwrap();
                store::person::set_second_factor(&unit, person, Some(vec![0]), Some(at))
                    .await
                    .unwrap();
            }
            _ => {}
        }
    }
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

fn set_up(home: &Home, issuer: &str) {
    let secret = home.path("oidc-secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let settings = format!(
        "oidc_issuer = \"{issuer}\"\noidc_client = \"tidu\"\noidc_secret_file = \"{}\"\noidc_name = \"示例统一认证\"\n",
        secret.display()
    );
    std::fs::write(home.path("tidu.toml"), settings).unwrap();
}

/// The outcomes of an action in the audit records, with what they say.
fn recorded(home: &Home, action: &str) -> Vec<String> {
    block_on(async {
        let store = Store::open_existing(&home.place()).await.unwrap();
        let unit = store.read().await.unwrap();
        let wanted = store::audit::Wanted { action: Some(action.to_owned()), ..Default::default() };
        let listed = store::audit::list(&unit, &wanted, store::Page::ALL).await.unwrap();
        let rows = listed.rows.into_iter();
        rows.map(|(_, linked)| format!("{:?}", linked.unwrap().record)).collect()
    })
}

#[test]
fn somebody_links_their_account_signs_out_and_signs_on_through_the_provider() {
    Bed::each(|bed| {
        let mut browser = bed.with_password("wangfang");
        assert!(browser.get(&bed.url("/own")).has("/own/identities"));
        let linked = bed.link(&mut browser, "wang");
        assert_eq!(
            (linked.status, linked.path()),
            (303, "/own/identities?done=identity-linked"),
            "{}",
            linked.body
        );
        let list = browser.get(&linked.to.unwrap());
        assert!(list.has("<code>wang</code>") && list.has("示例统一认证"), "{}", list.body);
        let out = browser.post(&bed.url("/sign-out"), &[("_secret", &list.secret())]);
        assert_eq!(out.path(), "/sign-in?done=signed-out");

        let mut browser = Browser::new();
        let door = browser.get(&bed.url("/sign-in?next=/own/sessions"));
        assert!(
            door.has("用示例统一认证登录") && door.has("/sign-on?next=%2Fown%2Fsessions"),
            "{}",
            door.body
        );
        let off = browser.get(&bed.url("/sign-on?next=/own/sessions"));
        let cookie = off.set_cookies.iter().find(|cookie| cookie.starts_with(STATE)).unwrap();
        for part in ["; HttpOnly", "; SameSite=Lax", "; Max-Age=600", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let off = off.to.unwrap();
        for part in
            ["response_type=code", "scope=openid", "code_challenge_method=S256", "nonce=", "state="]
        {
            assert!(off.contains(part), "{off}");
        }
        let back = agree(&mut browser, &off, "wang");
        let back = browser.get(&back);
        assert_eq!((back.status, back.path()), (303, "/own/sessions"), "{}", back.body);
        assert_eq!(browser.cookie(&bed.process.url, STATE), None);
        assert_eq!(browser.get(&bed.url("/own/sessions")).status, 200);
        // Whoever is signed in is not sent to the provider again.
        assert_eq!(browser.get(&bed.url("/sign-on?next=/own")).path(), "/own");
        // Nowhere else than to a page of ours.
        let mut elsewhere = Browser::new();
        let off = bed.off(&mut elsewhere, "//evil.example/");
        let back = agree(&mut elsewhere, &off, "wang");
        assert_eq!(elsewhere.get(&back).path(), "/");

        // Linked once and to one: somebody else cannot have it.
        let mut other = bed.with_password("liuyang");
        let taken = bed.link(&mut other, "wang");
        assert!(taken.status == 409 && taken.has("没有重复绑定"), "{}", taken.body);

        // Unlinked, it opens nothing any more.
        let list = browser.get(&bed.url("/own/identities"));
        let unlink = format!("/own/identities/{}", list.after("href=\"/own/identities/"));
        let sure = browser.get(&bed.url(&unlink));
        assert!(sure.status == 200 && sure.has("<code>wang</code>"), "{}", sure.body);
        assert_eq!(other.get(&bed.url(&unlink)).status, 404, "another's link is not there");
        let secret = other.get(&bed.url("/own")).secret();
        assert_eq!(other.post(&bed.url(&unlink), &[("_secret", &secret)]).status, 404);
        let done = browser.post(&bed.url(&unlink), &[("_secret", &sure.secret())]);
        assert_eq!(done.path(), "/own/identities?done=identity-unlinked", "{}", done.body);
        let refused = bed.sign_on(&mut Browser::new(), "wang");
        assert!(refused.status == 403 && refused.has("还没有绑定"), "{}", refused.body);

        assert_eq!(bed.process.stop(), Some(0));
        assert_eq!(recorded(&bed.home, "own.link-identity").len(), 1);
        let unlinked = recorded(&bed.home, "own.unlink-identity");
        assert_eq!(unlinked.len(), 2, "done once, refused once: {unlinked:?}");
        let all = format!("{:?}{unlinked:?}", recorded(&bed.home, "session.begin"));
        assert!(!all.contains("\"wang\""), "who somebody is at the provider is personal: {all}");
        let verified = tidu(&bed.home, &["audit", "verify", "--lang", "en"]).output().unwrap();
        assert_eq!(verified.status.code(), Some(0));
        let log = std::fs::read_to_string(bed.home.path("log")).unwrap();
        for secret in [SECRET, "code=", "state=", "panicked"] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    });
}

#[test]
fn what_the_provider_did_not_say_to_this_browser_for_this_sign_in_opens_nothing() {
    Bed::each(|bed| {
        let mut linking = bed.with_password("wangfang");
        assert_eq!(bed.link(&mut linking, "wang").status, 303);
        let refused = |page: &Page, status: u16, words: &str| {
            assert!(
                page.status == status && page.has(words),
                "{status} {words}: {} {}",
                page.status,
                page.body
            );
            assert!(
                !page.set_cookies.iter().any(|cookie| cookie.starts_with("tidu=")),
                "{:?}",
                page.set_cookies
            );
            // A way on for whoever meets this page.
            assert!(
                page.has("href=\"/sign-on\"") && page.has("href=\"/sign-in\""),
                "{}",
                page.body
            );
        };

        // Carried off to another browser, it opens nothing there; here it opens once.
        let mut browser = Browser::new();
        let off = bed.off(&mut browser, "/");
        let back = agree(&mut browser, &off, "wang");
        refused(&Browser::new().get(&back), 400, "不是从本浏览器发起的");
        let mut other = Browser::new();
        bed.off(&mut other, "/");
        refused(&other.get(&back), 400, "不是从本浏览器发起的");
        let state = browser.cookie(&bed.process.url, STATE).unwrap().clone();
        assert_eq!(browser.get(&back).status, 303);
        let mut again = Browser::new();
        again.plant(&bed.process.url, STATE, &state);
        refused(&again.get(&back), 409, "已经用过");
        refused(&again.get(&back), 400, "不是从本浏览器发起的");

        // What the browser can alter on the way there is held against what was sent.
        let altered = [
            ("nonce", "another-nonce", 403, "没有通过核验"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", 403, "没有通过核验"),
            ("state", "another-state", 400, "不是从本浏览器发起的"),
        ];
        for (name, value, status, words) in altered {
            let mut browser = Browser::new();
            let off = with(&bed.off(&mut browser, "/"), name, value);
            let back = agree(&mut browser, &off, "wang");
            refused(&browser.get(&back), status, words);
        }
        // And on the way back.
        let altered = [
            ("iss", "http://127.0.0.1:9", 403, "没有通过核验"),
            ("code", "another-code", 403, "没有通过核验"),
            ("code", "", 400, "没有办理这次登录"),
            ("state", "another-state", 400, "不是从本浏览器发起的"),
        ];
        for (name, value, status, words) in altered {
            let mut browser = Browser::new();
            let off = bed.off(&mut browser, "/");
            let back = with(&agree(&mut browser, &off, "wang"), name, value);
            refused(&browser.get(&back), status, words);
        }
        // A token that is none, or was not issued to us, or not just now.
        for login in [
            "bad-signature",
            "no-signature",
            "no-token",
            "other-party",
            "of-tomorrow",
            "of-yesterday",
        ] {
            refused(&bed.sign_on(&mut Browser::new(), login), 403, "没有通过核验");
        }
        refused(&bed.sign_on(&mut Browser::new(), "same-again"), 403, "还没有绑定");
        refused(&bed.sign_on(&mut Browser::new(), "stranger"), 403, "还没有绑定");
        // Whoever does not agree is told so.
        let mut browser = Browser::new();
        let off = bed.off(&mut browser, "/");
        let back = refuse(&mut browser, &off, "wang");
        assert!(back.contains("error=access_denied"), "{back}");
        refused(&browser.get(&back), 403, "没有同意");
        // In the other language, too.
        let back = format!("{back}&lang=en");
        refused(&Browser::new().get(&back), 400, "was not begun in this browser");

        // A link that somebody else's browser finishes links nothing.
        let mut linking = bed.with_password("liuyang");
        let secret = linking.get(&bed.url("/own/identities")).secret();
        // Whoever does not know the password is not sent off.
        let stranger = [("_secret", secret.as_str()), ("present", "somebody else")];
        let kept = linking.post(&bed.url("/own/identities/link"), &stranger);
        assert!(kept.status == 422 && kept.has("当前密码不对"), "{}", kept.body);
        let fields = [("_secret", secret.as_str()), ("present", &bed.password)];
        let off = linking.post(&bed.url("/own/identities/link"), &fields);
        let to = format!(
            "{}/auth?{}",
            bed.provider.issuer(),
            off.after(&format!("{}/auth?", bed.provider.issuer()))
        );
        let back = agree(&mut linking, &to, "liu");
        let state = linking.cookie(&bed.process.url, STATE).unwrap().clone();
        let mut other = bed.with_password("wangfang");
        other.plant(&bed.process.url, STATE, &state);
        let left = other.get(&back);
        assert!(left.status == 403 && left.has("登录状态已变"), "{}", left.body);
        refused(&bed.sign_on(&mut Browser::new(), "liu"), 403, "还没有绑定");
        // Nor does a form that is not of our page.
        assert_eq!(
            other.post(&bed.url("/own/identities/link"), &[("_secret", "made up")]).status,
            403
        );

        assert_eq!(bed.process.stop(), Some(0));
        let begun = recorded(&bed.home, "session.begin").join("\n");
        for (why, times) in [("late", 1), ("unconfirmed", 10), ("not-linked", 3)] {
            assert_eq!(begun.matches(why).count(), times, "{why}: {begun}");
        }
    });
}

#[test]
fn a_second_factor_is_asked_for_whatever_the_provider_has_asked() {
    Bed::each(|bed| {
        let mut browser = Browser::new();
        let back = bed.sign_on(&mut browser, "zhao");
        assert_eq!((back.status, back.path()), (303, "/own/sessions"), "{}", back.body);
        let owed = browser.get(&back.to.unwrap());
        assert_eq!(
            (owed.status, owed.path()),
            (303, "/own/second-factor"),
            "the role requires one: {}",
            owed.body
        );

        let mut browser = Browser::new();
        let back = bed.sign_on(&mut browser, "sun");
        assert_eq!(
            (back.status, back.path()),
            (303, "/second-factor?next=%2Fown%2Fsessions"),
            "{}",
            back.body
        );
        let owed = browser.get(&bed.url("/own/sessions"));
        assert_eq!((owed.status, owed.path()), (303, "/second-factor"), "{}", owed.body);
        // Before it is given, nothing is linked.
        let secret = browser.get(&bed.url("/second-factor")).secret();
        let link = browser.post(&bed.url("/own/identities/link"), &[("_secret", &secret)]);
        assert_eq!(link.status, 403, "{}", link.body);
    });
}

#[test]
fn a_provider_that_does_not_answer_is_told_and_the_password_still_serves() {
    Bed::each(|bed| {
        let down = |page: Page| {
            assert!(page.status == 503 && page.has("暂时连不上"), "{} {}", page.status, page.body);
            assert!(page.headers.to_lowercase().contains("retry-after"), "{}", page.headers);
        };
        let mut on_the_way = Browser::new();
        let off = bed.off(&mut on_the_way, "/");
        let back = agree(&mut on_the_way, &off, "zhao");
        let Bed { home, process, provider, password } = bed;
        drop(provider);
        down(on_the_way.get(&back));
        down(Browser::new().get(&format!("{}/sign-on", process.url)));
        let mut browser = Browser::new();
        let fields = [("login", "wangfang"), ("password", password.as_str()), ("next", "")];
        assert_eq!(browser.post(&format!("{}/sign-in", process.url), &fields).status, 303);
        let ready = browser.get(&format!("{}/readyz", process.url));
        assert_eq!(ready.status, 200, "the platform does without it");
        assert_eq!(process.stop(), Some(0));
        drop(home);
    });
}

#[test]
fn a_provider_that_calls_itself_otherwise_is_not_taken_for_it() {
    let Some(provider) = IdentityProvider::start() else { return };
    let home = Home::sqlite();
    set_up(&home, &format!("http://localhost:{}", provider.port()));
    let process = Process::start(&home);
    let page = Browser::new().get(&format!("{}/sign-on", process.url));
    assert!(page.status == 503 && page.has("暂时连不上"), "{} {}", page.status, page.body);
}

#[test]
fn without_a_provider_there_is_no_such_way_in() {
    let home = Home::sqlite();
    let process = Process::start(&home);
    let mut browser = Browser::new();
    assert!(!browser.get(&format!("{}/sign-in", process.url)).has("/sign-on"));
    for path in ["/sign-on", "/sign-on/return?state=x&code=y"] {
        assert_eq!(browser.get(&format!("{}{path}", process.url)).status, 404, "{path}");
    }
}

/// An address with another value of a part of its query.
fn with(url: &str, name: &str, value: &str) -> String {
    let (path, query) = url.split_once('?').unwrap();
    assert!(query.split('&').any(|pair| pair.starts_with(&format!("{name}="))), "{name} in {url}");
    let pairs: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((one, _)) if one == name => format!("{name}={value}"),
            _ => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", pairs.join("&"))
}
