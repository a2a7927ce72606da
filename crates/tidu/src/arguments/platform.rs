//! Commands that run and keep the platform. Their settings come from the one table of `operation`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Subcommand};
use operation::SETTINGS;

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
        self.config = matches.get_one::<PathBuf>("config").cloned();
        let given = |name: &str| matches.get_one::<String>(name).cloned();
        self.given = SETTINGS
            .iter()
            .filter_map(|setting| Some((setting.name.to_owned(), given(setting.name)?)))
            .collect();
        Ok(())
    }
}

impl Args for Settings {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new("config")
            .long("config")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("配置文件；默认用当前文件夹里的 tidu.toml（如果有） / Configuration file; by default tidu.toml in this folder, if there is one");
        SETTINGS.iter().fold(command.arg(config), |command, setting| {
            let help = format!("{} / {} [{}]", setting.zh, setting.en, setting.default);
            command.arg(Arg::new(setting.name).long(setting.flag).value_name("VALUE").help(help))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
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
    pub settings: Settings,
}

/// `tidu backup`.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// 备份文件（.zip），不能已存在 / The file to write (.zip); it must not exist
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    #[command(flatten)]
    pub settings: Settings,
}

/// `tidu restore`.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// 备份文件 / The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    #[command(flatten)]
    pub settings: Settings,
}

/// `tidu doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub settings: Settings,
}

/// `tidu audit`.
#[derive(Debug, clap::Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub what: AuditWhat,
}

/// What is done with audit records.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditWhat {
    /// 校验审计记录：指出被改动、删除或调换的记录 / Verify audit records: name what was altered, removed or moved
    Verify(AuditVerify),
}

/// `tidu audit verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct AuditVerify {
    /// 导出的审计文件；不写则校验数据库 / An exported file; without it, the database of the installation
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,

    #[command(flatten)]
    pub settings: Settings,
}
