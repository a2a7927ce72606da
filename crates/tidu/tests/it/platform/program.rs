//! A program that asks a running demonstration by its API.

use super::browser::Browser;
use super::demo::Demo;

/// A token of somebody with everything that it can carry, made on the page as people do.
pub(super) fn token(demo: &Demo, login: &str) -> String {
    let (url, password) = (demo.url.as_str(), demo.password());
    let mut browser = Browser::new();
    browser.get(&format!("{url}/sign-in"));
    let signed_in = browser
        .post(&format!("{url}/sign-in"), &[("login", login), ("password", password.as_str())]);
    assert_eq!(signed_in.status, 303, "{login}: {}", signed_in.body);
    let page = format!("{url}/own/tokens/new");
    let form = browser.get(&page);
    let secret = form.secret();
    let mut fields = vec![("_secret", secret.as_str()), ("name", "contract"), ("days", "1")];
    fields.push(("present", password.as_str()));
    let actions: Vec<&str> = form
        .body
        .split("name=\"actions\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(!actions.is_empty(), "{}", form.body);
    fields.extend(actions.into_iter().map(|action| ("actions", action)));
    let made = browser.post(&page, &fields);
    let at = made.body.find("tidu_").unwrap_or_else(|| panic!("{login}: {}", made.body));
    made.body[at..]
        .chars()
        .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_')
        .collect()
}
