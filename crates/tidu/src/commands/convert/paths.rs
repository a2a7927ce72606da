//! Which files a conversion may read and write: none takes the place of another.

use enterprise::Text;

use crate::arguments::Convert;
use crate::outputs::{Outputs, place};

pub(super) fn check(convert: &Convert) -> Result<(), Text> {
    for (index, input) in convert.inputs.iter().enumerate() {
        if convert.inputs.iter().take(index).any(|earlier| place(earlier) == place(input)) {
            return Err(Text::new(
                format!("“{}”给出了两次", input.display()),
                format!("`{}` is named twice", input.display()),
            ));
        }
    }
    Outputs::beside(&convert.inputs)
        .and(Some(&convert.output), &["parquet"])
        .and(convert.refused.as_ref(), &["xlsx", "csv"])
        .check(convert.replace.force)
}
