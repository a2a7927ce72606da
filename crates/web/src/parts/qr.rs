//! A text as a picture that telephones read.

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use crate::failure::Failure;

/// The empty edge that readers need.
const EDGE: usize = 4;

/// A text as a picture.
#[derive(Template)]
#[template(path = "parts/qr.html")]
pub(crate) struct Qr {
    /// What it is, for those who do not see it.
    pub label: String,
    size: usize,
    path: String,
}

impl Qr {
    /// The picture of a text.
    pub fn of(text: &str, label: impl Into<String>) -> Result<Self, Failure> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M);
        let code = code.map_err(app::Refusal::broken)?;
        let width = code.width().max(1);
        let mut path = String::new();
        for (row, cells) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            // Dark neighbours are one rectangle.
            for run in cells.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    let (x, y, length) = (column + EDGE, row + EDGE, run.len());
                    path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
                }
                column += run.len();
            }
        }
        Ok(Self { label: label.into(), size: width + 2 * EDGE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_three_corners_and_an_edge() {
        let Ok(qr) = Qr::of("otpauth://totp/Tidu:admin?secret=ABC", "x") else { panic!() };
        assert_eq!((qr.size - 2 * EDGE - 17) % 4, 0);
        let last = qr.size - EDGE - 7;
        for corner in
            [format!("M{EDGE} {EDGE}h7"), format!("M{last} {EDGE}h7"), format!("M{EDGE} {last}h7")]
        {
            assert!(qr.path.contains(&corner), "{corner}: {}", qr.path);
        }
    }
}
