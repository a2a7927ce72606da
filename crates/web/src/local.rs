//! Where somebody is sent after signing in: to a page of ours and nowhere else.

/// The path if it is one of ours, else the home page.
pub(crate) fn local(next: Option<&str>) -> &str {
    next.filter(|path| is_local(path)).unwrap_or("/")
}

fn is_local(path: &str) -> bool {
    // Browsers read a backslash as a slash and leave out control characters: with those a path can become another
    // host's address.
    let plain = path.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\');
    plain && path.len() <= 1000 && path.starts_with('/') && !path.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_place() {
        for path in ["/", "/people", "/people/3?tab=roles", "/a//b", "/?next=https://evil.example"]
        {
            assert_eq!(local(Some(path)), path);
        }
        let elsewhere = [
            "",
            "people",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "/path with room",
            "/中文",
            "data:text/html,x",
        ];
        for path in elsewhere {
            assert_eq!(local(Some(path)), "/", "{path:?}");
        }
        assert_eq!(local(None), "/");
    }
}
