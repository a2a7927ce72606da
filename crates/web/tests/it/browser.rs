//! A browser: keeps cookies, sends forms as pages have them, and says where it comes from.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt as _;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The secret of the forms of the last page.
    pub secret: String,
    pub headers: Vec<(&'static str, String)>,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same as it came.
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|one| one.to_str().unwrap()).collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) =
            self.body.split_once(&mark).unwrap_or_else(|| panic!("no {name}: {}", self.body));
        rest.split('"').next().unwrap().replace("&#38;", "&")
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// Whether there is any script but the one of ours, which is a file: nothing that a page itself could carry.
    pub fn has_strange_script(&self) -> bool {
        let scripts = self.body.matches("<script").count();
        let ours = self.body.matches("<script src=\"/assets/tidu.js?v=").count();
        let closed = self.body.matches(" defer></script>").count();
        scripts != ours || ours > 1 || closed != ours
    }

    /// The numbers of the first sheet of a workbook, one after the other.
    pub fn numbers_of_workbook(&self) -> Vec<String> {
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(&self.bytes)).unwrap();
        let mut sheet = String::new();
        let mut part = book.by_name("xl/worksheets/sheet1.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
        let cells = sheet.split("<c ").skip(1).filter(|cell| !cell.contains("t=\"s\""));
        cells
            .filter_map(|cell| Some(cell.split_once("<v>")?.1.split_once("</v>")?.0.to_owned()))
            .collect()
    }

    /// The texts of a workbook, one after the other.
    pub fn texts_of_workbook(&self) -> Vec<String> {
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(&self.bytes)).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            let mut part = book.by_name(name).unwrap();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            text
        };
        assert!(!read("xl/worksheets/sheet1.xml").contains("<f>"), "a formula");
        let shared = read("xl/sharedStrings.xml");
        let texts = shared.split("<t").skip(1).filter(|part| !part.starts_with("able"));
        texts
            .filter_map(|part| Some(part.split_once('>')?.1.split_once("</t>")?.0.to_owned()))
            .collect()
    }
}

impl Browser {
    pub fn new(router: &Router) -> Self {
        Self {
            router: router.clone(),
            cookies: BTreeMap::new(),
            secret: String::new(),
            headers: vec![("host", "tidu.test".into())],
        }
    }

    /// A browser that has a session already.
    pub fn with(router: &Router, (cookie, secret): (String, String)) -> Self {
        let mut browser = Self::new(router);
        let (name, value) = cookie.split_once('=').unwrap();
        browser.cookies.insert(name.into(), value.into());
        browser.secret = secret;
        browser
    }

    /// A program with a token.
    pub fn token(router: &Router, token: &str) -> Self {
        let mut browser = Self::new(router);
        browser.headers.push(("authorization", format!("Bearer {token}")));
        browser
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as one of our pages does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut all = vec![("_secret", self.secret.as_str())];
        all.extend(fields);
        let request = self
            .request("POST", path)
            .header("origin", "http://tidu.test")
            .header("sec-fetch-site", "same-origin")
            .header(
                "x-form-secret",
                if path.starts_with("/api/") { self.secret.as_str() } else { "" },
            )
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(encoded(&all)))
            .unwrap();
        self.send(request).await
    }

    /// Asks as programs do.
    pub async fn call(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", all.join("; "));
        }
        request
    }

    pub async fn send(&mut self, request: Request<Body>) -> Reply {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await.unwrap();
        let reply = Reply {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        };
        for cookie in reply.set_cookies() {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        if let Some((_, rest)) = reply.body.split_once("name=\"_secret\" value=\"") {
            self.secret = rest.split('"').next().unwrap().into();
        }
        reply
    }
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
