//! Which files a conversion may read and write: none takes the place of another.

use std::path::Path;

use enterprise::Text;

use crate::arguments::Convert;

pub(super) fn check(convert: &Convert) -> Result<(), Text> {
    let output = &convert.output;
    if !ends_in(output, &["parquet"]) {
        return Err(Text::new(
            format!("输出文件“{}”须以 .parquet 结尾", output.display()),
            format!("the file to write, `{}`, must end in .parquet", output.display()),
        ));
    }
    for (index, input) in convert.inputs.iter().enumerate() {
        if same(input, output) {
            return Err(taken("输出文件", "file to write", input));
        }
        if convert.inputs.iter().take(index).any(|earlier| same(earlier, input)) {
            return Err(Text::new(
                format!("“{}”给出了两次", input.display()),
                format!("`{}` is named twice", input.display()),
            ));
        }
    }
    // It may be the population, or the list, that somebody works with.
    let outputs = [Some(output), convert.refused.as_ref()];
    if !convert.force
        && let Some(known) = outputs.into_iter().flatten().find(|path| path.exists())
        && !convert.inputs.iter().any(|input| same(input, known))
    {
        let known = known.display();
        return Err(Text::new(
            format!("“{known}”已存在，不覆盖；请另取一个名字，或加 --force 替换它"),
            format!(
                "`{known}` exists and is not overwritten: choose another name, or add --force to replace it"
            ),
        ));
    }
    let Some(refused) = &convert.refused else { return Ok(()) };
    if !ends_in(refused, &["xlsx", "csv"]) {
        return Err(Text::new(
            format!("未读入行的文件“{}”须以 .xlsx 或 .csv 结尾", refused.display()),
            format!("the file of refused rows, `{}`, must end in .xlsx or .csv", refused.display()),
        ));
    }
    match convert.inputs.iter().find(|input| same(input, refused)) {
        Some(input) => Err(taken("未读入行的文件", "file of refused rows", input)),
        None => Ok(()),
    }
}

pub(super) fn ends_in(path: &Path, kinds: &[&str]) -> bool {
    path.extension().is_some_and(|found| kinds.iter().any(|kind| found.eq_ignore_ascii_case(kind)))
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

fn taken(what: &str, what_en: &str, input: &Path) -> Text {
    Text::new(
        format!("{what}就是要读的“{}”，请另取一个名字", input.display()),
        format!("the {what_en} is `{}`, which is to be read: choose another name", input.display()),
    )
}
