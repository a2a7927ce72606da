//! Wrong use of the command line, in Chinese first; asking for help is not wrong.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;

/// Prints the help that was asked for, or what is wrong with the arguments.
pub(super) fn report(error: &clap::Error) -> Exit {
    let printed = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match printed {
            Ok(()) => Exit::Answered,
            Err(_) => Exit::Nothing,
        },
        _ => {
            if let Some(words) = in_chinese(error) {
                crate::output::complain(&words);
            }
            Exit::Nothing
        }
    }
}

fn in_chinese(error: &clap::Error) -> Option<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("用法有误：没有“{argument}”这个选项；加 --help 查看"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "用法有误：没有“{}”这个命令；加 --help 查看",
                context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("用法有误：“{}”不能用于 {argument}", context(ContextKind::InvalidValue))
        }
        ErrorKind::MissingRequiredArgument => format!("用法有误：缺少 {argument}"),
        _ => return None,
    })
}
