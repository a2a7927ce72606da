//! What the log never says: passwords, secrets of sessions, forms, tokens and invitations, queries, bodies.

use std::io::Write;
use std::sync::{Arc, Mutex};

use access::Action;

use crate::browser::Browser;
use crate::world::World;

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_ever_in_the_log() {
    let heard = Heard::default();
    let writer = heard.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // For the whole process: what other tests make it say holds no secret of this one either.
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let world = World::new().await;
    let mut secrets: Vec<String> =
        world.first.iter().map(|(_, _, password)| password.clone()).collect();
    let mut browser = Browser::new(&world.router);
    browser.get("/sign-in?next=%2Fpeople%3Fq%3Dquerysecret").await;
    let password = world.password().to_owned();
    browser.post("/sign-in", &[("login", "admin"), ("password", "a wrong secret of theirs")]).await;
    browser.post("/sign-in", &[("login", "admin"), ("password", &password)]).await;
    secrets.extend(browser.cookies.values().cloned());
    browser.get("/own/password").await;
    secrets.push(browser.secret.clone());
    let chosen = "海上生明月，天涯共此时啊";
    browser
        .post("/own/password", &[("present", &password), ("password", chosen), ("again", chosen)])
        .await;
    secrets.extend(browser.cookies.values().cloned());
    let offer = browser.get("/own/second-factor").await;
    secrets.push(offer.hidden("secret"));
    let admin = world.settled("admin").await;
    let mut officer = Browser::with(&world.router, world.session(admin, true).await);
    secrets.extend(officer.cookies.values().cloned());
    secrets.push(officer.secret.clone());
    let fields = [
        ("organisation", "1"),
        ("name", "王芳芳"),
        ("login", "wangfang"),
        ("phone", "13812345678"),
        ("mail", "wang@example.com"),
        ("role", "city-officer"),
        ("until", ""),
    ];
    let invited = officer.post("/people/invite", &fields).await;
    let (_, rest) = invited.body.split_once("/invitation?code=").unwrap();
    secrets.push(rest.split('<').next().unwrap().to_owned());
    let made = officer
        .post(
            "/own/tokens/new",
            &[("name", "t"), ("days", "9"), ("actions", "job.list"), ("present", chosen)],
        )
        .await;
    let (_, rest) = made.body.split_once("tidu_").unwrap();
    let token = format!("tidu_{}", rest.split('<').next().unwrap());
    let mut program = Browser::token(&world.router, &token);
    assert_eq!(program.get("/api/v1/jobs?state=querysecret").await.status, 400);
    secrets.push(token);
    secrets.push(world.token(admin, &[Action::JobList]).await);
    officer.get("/people/export.xlsx?q=querysecret").await;
    officer.get("/nowhere/pathsecret").await;
    for said in [
        "querysecret",
        "pathsecret",
        "a wrong secret of theirs",
        chosen,
        "13812345678",
        "wang@example.com",
        "王芳芳",
    ] {
        secrets.push(said.to_owned());
    }

    let log = String::from_utf8(heard.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("web::access")).collect();
    assert!(lines.len() > 10, "{log}");
    assert!(
        lines.iter().any(|line| line.contains("route=\"/people/invite\"")
            && line.contains(&format!("person={admin}"))),
        "{log}"
    );
    assert!(
        lines.iter().any(|line| line.contains("route=\"(none)\"") && line.contains("status=404")),
        "{log}"
    );
    for secret in secrets {
        assert!(secret.len() >= 9 || !secret.is_ascii(), "{secret:?} is too short to look for");
        assert!(!log.contains(&secret), "the log says {secret:?}");
    }
}
