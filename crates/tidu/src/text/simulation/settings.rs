//! What a variant sets: each number with its value before and after.

use enterprise::Lang;

use crate::commands::simulate::Changed;
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::width;

/// More than so many numbers are told in short.
const SHOWN: usize = 12;

/// The variant by its name, and what it says of itself.
pub(super) fn name(variant: &Changed, screen: &Screen) -> String {
    let label = variant.label.as_ref().map(|label| label.get(screen.lang)).unwrap_or_default();
    let name = match screen.lang {
        Lang::Zh => format!("方案 {}  {label}", variant.name),
        Lang::En => format!("Variant {}  {label}", variant.name),
    };
    name.trim_end().to_owned()
}

/// A line or two for each number.
pub(super) fn lines(variant: &Changed, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    for one in variant.applied.iter().take(SHOWN) {
        let number = &one.number;
        let sign = number.operator.map(|sign| format!("{sign} ")).unwrap_or_default();
        let before = number.written.as_deref().unwrap_or("—");
        let (address, after) = (number.address(), &one.after);
        let change = format!("{sign}{before} → {sign}{after}");
        let whole = format!("{address}  {change}");
        if width::of(&whole) <= screen.width {
            lines.push(whole);
        } else {
            lines.extend(width::wrap(&address, screen.width));
            lines.extend(width::wrap(&format!("  {change}"), screen.width));
        }
        let band = number.band.as_ref().map(|band| format!(" {band}")).unwrap_or_default();
        let label = number.label.get(screen.lang);
        let about = format!("{label}{band}  {}", number.clause);
        if !about.trim().is_empty() {
            let about = width::wrap(&format!("  {}", about.trim()), screen.width);
            lines.extend(about.iter().map(|line| Style::Dim.paint(line, screen.colour)));
        }
    }
    let more = variant.applied.len().saturating_sub(SHOWN);
    if more > 0 {
        let words = match screen.lang {
            Lang::Zh => format!("… 另 {more} 个数（--json 或 Excel 列全）"),
            Lang::En => {
                format!("… and {more} more numbers (all of them with --json or in the workbook)")
            }
        };
        lines.extend(width::wrap(&words, screen.width));
    }
    for note in &variant.notes {
        let note = width::wrap(note.get(screen.lang), screen.width);
        lines.extend(note.iter().map(|line| Style::Open.paint(line, screen.colour)));
    }
    let hash = format!(
        "{} {}",
        screen.say("改后规则库", "Changed rulebook"),
        variant.rulebook.short_hash()
    );
    lines.push(Style::Dim.paint(&hash, screen.colour));
    lines
}
