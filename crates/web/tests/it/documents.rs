//! The table of who may do what and the table of routes, as pages of the documentation: they are what the program says,
//! and are renewed with `TIDU_WRITE_TABLES=1`.

use std::fs;
use std::path::Path;

use web::Lang;

#[test]
fn the_documentation_says_who_may_do_what_and_where() {
    let access = access::pages();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access");
    for (lang, access, routes) in [
        ("zh", access.zh, web::routes::page(Lang::Zh)),
        ("en", access.en, web::routes::page(Lang::En)),
    ] {
        let both = [("who-may-do-what", access), ("routes", routes)];
        for (name, text) in both {
            let text = format!("{}\n", text.trim_end());
            let file = folder.join(lang).join(format!("{name}.md"));
            if std::env::var_os("TIDU_WRITE_TABLES").is_some() {
                fs::create_dir_all(folder.join(lang)).unwrap();
                fs::write(&file, &text).unwrap();
            }
            let written = fs::read_to_string(&file).unwrap_or_default();
            assert!(
                written == text,
                "docs/access/{lang}/{name}.md is not what the program says: look at it, then run with TIDU_WRITE_TABLES=1"
            );
        }
    }
}
