//! Wrong use of the command line, in Chinese first; asking for help is not wrong.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;

/// Prints the help that was asked for, or what is wrong with the arguments.
pub(super) fn report(error: &clap::Error) -> Exit {
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if let Some(words) = in_chinese(error).filter(|_| !is_help) {
        crate::output::complain(&words);
    }
    match error.print() {
        Ok(()) if is_help => Exit::Answered,
        _ => Exit::Nothing,
    }
}

fn in_chinese(error: &clap::Error) -> Option<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("用法有误：没有“{argument}”这个选项；加 --help 查看"),
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand);
            format!("用法有误：没有“{command}”这个命令；加 --help 查看")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("用法有误：{argument} 后面缺少值"),
        ErrorKind::InvalidValue => {
            let known = context(ContextKind::ValidValue);
            let known = if known.is_empty() { known } else { format!("；可用：{known}") };
            format!("用法有误：“{value}”不能用于 {argument}{known}")
        }
        ErrorKind::ValueValidation => {
            // What a parser of ours says is in both languages, the Chinese first.
            let reason = error.source().map(ToString::to_string).unwrap_or_default();
            let reason = reason.split_once(" / ").map(|(zh, _)| format!("：{zh}"));
            format!("用法有误：“{value}”不能用于 {argument}{}", reason.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            format!("用法有误：{argument} 不能与 {other} 同时使用")
        }
        ErrorKind::MissingRequiredArgument => format!("用法有误：缺少 {argument}"),
        _ => return None,
    })
}
