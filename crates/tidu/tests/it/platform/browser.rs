//! A browser as far as tests of a running platform need one: cookies for each place, forms, and redirects that are
//! followed one by one.

use std::collections::BTreeMap;
use std::time::Duration;

/// A browser.
pub(super) struct Browser {
    agent: ureq::Agent,
    /// By place and name.
    cookies: BTreeMap<(String, String), String>,
}

/// What a place has answered.
pub(super) struct Page {
    pub(super) status: u16,
    /// Where it leads, as a whole address.
    pub(super) to: Option<String>,
    pub(super) body: String,
    pub(super) set_cookies: Vec<String>,
    pub(super) headers: String,
}

impl Browser {
    pub(super) fn new() -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .into();
        Self { agent, cookies: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, url: &str) -> Page {
        let answer = self.agent.get(url).header("cookie", self.kept(url)).call();
        self.take(url, answer.unwrap())
    }

    /// Sends a form as a page of that place does.
    pub(super) fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let request =
            self.agent.post(url).header("cookie", self.kept(url)).header("origin", place(url));
        let answer = request.send_form(fields.iter().copied());
        self.take(url, answer.unwrap())
    }

    pub(super) fn cookie(&self, url: &str, name: &str) -> Option<&String> {
        self.cookies.get(&(place(url).to_owned(), name.to_owned()))
    }

    pub(super) fn plant(&mut self, url: &str, name: &str, value: &str) {
        self.cookies.insert((place(url).to_owned(), name.to_owned()), value.to_owned());
    }

    fn kept(&self, url: &str) -> String {
        let own = self.cookies.iter().filter(|((at, _), _)| at == place(url));
        own.map(|((_, name), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn take(&mut self, url: &str, answer: ureq::http::Response<ureq::Body>) -> Page {
        let (parts, mut body) = answer.into_parts();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let set_cookies: Vec<String> =
            parts.headers.get_all("set-cookie").iter().map(text).collect();
        for cookie in &set_cookies {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            let key = (place(url).to_owned(), name.to_owned());
            let rest = rest.to_lowercase();
            if rest.contains("max-age=0") || rest.contains("01 jan 1970") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        let to = parts.headers.get("location").map(text);
        let to = to.map(|to| if to.starts_with('/') { format!("{}{to}", place(url)) } else { to });
        let headers = format!("{:?}", parts.headers);
        Page {
            status: parts.status.as_u16(),
            to,
            body: body.read_to_string().unwrap(),
            set_cookies,
            headers,
        }
    }
}

impl Page {
    /// Where it leads, within its place.
    pub(super) fn path(&self) -> &str {
        self.to.as_deref().map_or("", |to| &to[place(to).len()..])
    }

    /// What stands between a mark and the next quotation mark.
    pub(super) fn after(&self, mark: &str) -> String {
        let (_, rest) =
            self.body.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {}", self.body));
        rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
    }

    /// The secret of its forms.
    pub(super) fn secret(&self) -> String {
        self.after("name=\"_secret\" value=\"")
    }

    pub(super) fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

/// Scheme, host and port of an address.
fn place(url: &str) -> &str {
    let host = url.find("://").unwrap() + 3;
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}
