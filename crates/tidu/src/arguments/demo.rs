//! The arguments of `tidu demo`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// `tidu demo`
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// 数据文件夹（默认为当前文件夹下的 tidu-demo） / Folder (default: tidu-demo in the present folder)
    #[arg(long, value_name = "DIR", default_value = "tidu-demo", hide_default_value = true)]
    pub data: PathBuf,
    /// 监听地址（默认 127.0.0.1:8720） / Address and port (default: 127.0.0.1:8720)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8720", hide_default_value = true)]
    pub listen: SocketAddr,
    /// 首次启动时虚构城市的户数（默认 20000） / Entities of the made-up city, at the first start (default: 20,000)
    #[arg(
        long,
        value_name = "N",
        default_value_t = 20_000,
        hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(100..=city::MOST)
    )]
    pub enterprises: u64,
    /// 允许其他机器访问；口令会打印在屏幕上，请勿用于正式场合 / Let other machines reach it, although its passwords are printed
    #[arg(long)]
    pub expose: bool,
}
