//! A platform in a folder that goes when it ends, to look at pages: prints its address and accounts. With a population
//! file as its argument it has firms.

#[path = "../tests/it/world.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, reason = "shared with the tests")]
mod world;

use access::Role;
use world::World;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let world = World::under(testbed::sqlite(), web::WebConfig::default(), world::rules()).await;
    let [south, north] = world.districts;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    world.person("zhaolei", "赵磊", Role::DistrictOfficer, south).await;
    world.person("sunli", "孙丽", Role::DistrictOfficer, north).await;
    let manager = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    world
        .person("zhoumin", "<script>alert('周敏')</script>", Role::EnterpriseMember, world.firms[1])
        .await;
    if let Some(path) = std::env::args().nth(1) {
        let law = world.platform.law();
        let snapshot = snapshot::Snapshot::read(path.as_ref(), &law.rulebook.catalogue)
            .map_err(|problems| std::io::Error::other(format!("{problems:?}")))?;
        let question = rules::Question::on(app::today(world.platform.now()));
        let city = snapshot::City::screen(snapshot.into(), &law.rulebook, &question, 2);
        world.platform.set_city(city.into());
    }
    let listener = tokio::net::TcpListener::bind(
        std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8088".to_owned()),
    )
    .await?;
    println!("http://{}/", listener.local_addr()?);
    for (role, login, password) in &world.first {
        println!("{role} {login} {password}");
    }
    for login in ["admin", "security", "auditor"] {
        let id = world.settled(login).await;
        println!("{login} {}", world.session(id, true).await.0);
    }
    println!("officer {}", world.session(officer, true).await.0);
    println!("manager {}", world.session(manager, false).await.0);
    web::serve(world.web.clone(), listener, std::future::pending()).await;
    Ok(())
}
