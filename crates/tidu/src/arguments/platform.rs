//! Commands that run and keep the platform. Their settings come from the one table of `operation`.

use std::path::PathBuf;

use clap::{Arg, ArgGroup, ArgMatches, Args, Command, FromArgMatches, Subcommand};
use operation::{SETTINGS, Setting};

use super::TEMPLATE;

/// The settings that say where an installation is: all that a command needs that only opens its data.
const WHERE: [&str; 3] = ["data", "database", "keys"];

/// Where the installation is: every setting as an option.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// What was given: names as in the file.
    pub given: Vec<(String, String)>,
}

impl FromArgMatches for Settings {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut settings = Self::default();
        settings.update_from_arg_matches(matches)?;
        Ok(settings)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        *self = given(matches, &names);
        Ok(())
    }
}

impl Args for Settings {
    fn augment_args(command: Command) -> Command {
        options(command, SETTINGS.iter())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// Where the installation is, and nothing else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Whereabouts(pub Settings);

impl FromArgMatches for Whereabouts {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut found = Self::default();
        found.update_from_arg_matches(matches)?;
        Ok(found)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0 = given(matches, &WHERE);
        Ok(())
    }
}

impl Args for Whereabouts {
    fn augment_args(command: Command) -> Command {
        options(command, SETTINGS.iter().filter(|setting| WHERE.contains(&setting.name)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// What was given of some settings.
fn given(matches: &ArgMatches, names: &[&str]) -> Settings {
    let value = |name: &str| matches.get_one::<String>(name).cloned();
    let given = names.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?)));
    Settings { config: matches.get_one::<PathBuf>("config").cloned(), given: given.collect() }
}

fn options<'a>(command: Command, settings: impl Iterator<Item = &'a Setting>) -> Command {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help("配置文件；默认用当前文件夹里的 tidu.toml（如果有） / Configuration file; by default tidu.toml in this folder, if there is one");
    settings.fold(command.arg(config), |command, setting| {
        let help = format!("{} / {} [{}]", setting.zh, setting.en, setting.default);
        command.arg(Arg::new(setting.name).long(setting.flag).value_name("VALUE").help(help))
    })
}

/// `tidu serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub settings: Settings,
}

/// `tidu migrate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    pub settings: Whereabouts,
}

/// `tidu backup`.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// 备份文件（.zip），不能已存在 / The file to write (.zip); it must not exist
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    #[command(flatten)]
    pub settings: Whereabouts,
}

/// `tidu restore`.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// 备份文件 / The backup
    #[arg(value_name = "FILE", help_heading = "参数 / Arguments")]
    pub file: PathBuf,

    #[command(flatten)]
    pub settings: Whereabouts,
}

/// `tidu doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub settings: Settings,
}

/// `tidu rescue`.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["password", "second_factor"]))]
pub(crate) struct Rescue {
    /// 登录名 / The login
    #[arg(value_name = "LOGIN", help_heading = "参数 / Arguments")]
    pub login: String,

    /// 生成一次性密码，只显示这一次 / Make a password for one time, shown this once
    #[arg(long)]
    pub password: bool,

    /// 取消二次验证，下次登录时重新设置 / Take the second factor away; another is set up at the next sign-in
    #[arg(long)]
    pub second_factor: bool,

    #[command(flatten)]
    pub settings: Whereabouts,
}

/// `tidu audit`.
#[derive(Debug, clap::Args)]
#[command(subcommand_help_heading = "命令 / Commands", disable_help_subcommand = true)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub what: AuditWhat,
}

/// What is done with audit records.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditWhat {
    /// 校验审计记录：指出被改动、删除或调换的记录 / Verify audit records: name what was altered, removed or moved
    #[command(help_template = TEMPLATE, next_help_heading = "选项 / Options")]
    Verify(AuditVerify),
}

/// `tidu audit verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct AuditVerify {
    /// 导出的审计文件；不写则校验数据库 / An exported file; without it, the database of the installation
    #[arg(value_name = "FILE", help_heading = "参数 / Arguments")]
    pub file: Option<PathBuf>,

    #[command(flatten)]
    pub settings: Whereabouts,
}
