//! Texts of the document with their few marks: paragraphs, `code`, **weight**.

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    Plain(String),
    Code(String),
    Strong(String),
}

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<Piece>> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(pieces).collect()
}

/// The parts of a paragraph. A mark without its fellow is a sign like any other.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let marked = |mark: &str| {
            let inner = rest.strip_prefix(mark)?;
            inner.split_once(mark).filter(|(inner, _)| !inner.is_empty())
        };
        let found = marked("**")
            .map(|(inner, after)| (Piece::Strong(inner.to_owned()), after))
            .or_else(|| marked("`").map(|(inner, after)| (Piece::Code(inner.to_owned()), after)));
        match found {
            Some((piece, after)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(piece);
                rest = after;
            }
            None => {
                plain.push(sign);
                rest = rest.strip_prefix(sign).unwrap_or_default();
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_signs_stay_signs() {
        let plain = |text: &str| Piece::Plain(text.to_owned());
        let code = |text: &str| Piece::Code(text.to_owned());
        assert_eq!(pieces("a `b` c"), [plain("a "), code("b"), plain(" c")]);
        assert_eq!(pieces("**甲**乙"), [Piece::Strong("甲".into()), plain("乙")]);
        assert_eq!(pieces("`>=`、`>`"), [code(">="), plain("、"), code(">")]);
        assert_eq!(pieces("2 * 3 ` 4"), [plain("2 * 3 ` 4")]);
        assert_eq!(paragraphs("a\n\n\n\nb\n").len(), 2);
    }
}
