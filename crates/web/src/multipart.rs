//! A form that brings one file (`multipart/form-data`, RFC 7578): its text fields, and the bytes of the file. Only what
//! browsers send for our own forms; anything else is no form of ours.

use crate::fields::Fields;

/// The fields and the file of a form. None if it is none.
pub(crate) fn read(kind: &str, body: &[u8]) -> Option<(Fields, Vec<u8>)> {
    let (_, said) = kind.split_once("boundary=")?;
    let boundary = said.split(';').next()?.trim().trim_matches('"');
    if boundary.is_empty() || boundary.len() > 70 {
        return None;
    }
    let mark = format!("\r\n--{boundary}");
    let first = format!("--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    let mut file = None;
    // The last mark has two dashes behind it.
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let (content, after) = cut(part, mark.as_bytes())?;
        let (head, bytes) = cut(content, b"\r\n\r\n")?;
        let head = std::str::from_utf8(head).ok()?;
        let name = named(head, "name")?;
        if named(head, "filename").is_some() {
            if file.replace(bytes.to_vec()).is_some() {
                return None;
            }
        } else {
            fields.append_pair(&name, std::str::from_utf8(bytes).ok()?);
        }
        rest = after;
    }
    rest.starts_with(b"--").then_some(())?;
    Some((Fields::read(fields.finish().as_bytes()).ok()?, file.unwrap_or_default()))
}

/// What stands before and after a mark.
fn cut<'a>(text: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(mark.len()).position(|part| part == mark)?;
    let (before, after) = text.split_at_checked(at)?;
    Some((before, after.strip_prefix(mark)?))
}

/// A parameter of the head of a part.
fn named(head: &str, name: &str) -> Option<String> {
    let line =
        head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let found =
        line.split(';').map(str::trim).find_map(|one| one.strip_prefix(name)?.strip_prefix('='))?;
    Some(found.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=xyz";

    #[test]
    fn a_form_with_a_file_is_read() {
        let body = b"--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n2027 \xe8\xa7\x84\xe5\x88\x99\r\n\
            --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\n\
            PK\x00\r\n\r\n--xy\r\n--xyz--\r\n";
        let (fields, file) = read(KIND, body).unwrap();
        assert_eq!(fields.get("title"), Some("2027 规则"));
        assert_eq!(file, b"PK\x00\r\n\r\n--xy");
    }

    #[test]
    fn anything_else_is_no_form() {
        let table: [(&str, &[u8]); 6] = [
            (KIND, b""),
            (KIND, b"--xyz"),
            (KIND, b"--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends"),
            (KIND, b"--abc\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--abc--"),
            (KIND, b"--xyz\r\nno name\r\n\r\n1\r\n--xyz--"),
            ("multipart/form-data", b"--\r\n"),
        ];
        for (kind, body) in table {
            assert!(read(kind, body).is_none(), "{}", String::from_utf8_lossy(body));
        }
    }
}
