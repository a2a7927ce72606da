//! Why a server of PostgreSQL is not to be had: what it or the network says, without the driver around it.

use std::io;

use access::Words;
use sea_orm::sqlx;

/// Why a server is not to be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreachable {
    /// Nobody listens there.
    Refused,
    /// Nobody knows the name of the machine.
    NoSuchHost,
    /// There is no answer.
    TimedOut,
    /// User or password are wrong, or the server lets nobody in from here.
    NotLetIn,
    /// The server has no such database.
    NoSuchDatabase,
    /// It is starting or stopping, or takes no connections to the database.
    Closed,
    /// As many are connected as it takes.
    TooMany,
    /// Something else, in its own words.
    Other(String),
}

impl Unreachable {
    /// What to tell people.
    pub fn words(&self) -> Words<String> {
        let (zh, en) = match self {
            Self::Refused => {
                ("该地址和端口上没有数据库服务", "nobody listens at this address and port")
            }
            Self::NoSuchHost => ("找不到这台主机", "there is no such host"),
            Self::TimedOut => ("没有回应", "it does not answer"),
            Self::NotLetIn => (
                "用户名或密码不对，或服务器不允许从本机连接",
                "user or password are wrong, or it lets nobody in from this machine",
            ),
            Self::NoSuchDatabase => ("服务器上没有这个数据库", "it has no such database"),
            Self::Closed => (
                "服务器正在启动、停止，或暂不接受连接",
                "it is starting or stopping, or takes no connections",
            ),
            Self::TooMany => ("服务器的连接数已满", "it has no connection left"),
            Self::Other(said) => {
                return Words {
                    zh: format!("原话：{said}"),
                    en: format!("in its own words: {said}"),
                };
            }
        };
        Words { zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl From<sqlx::Error> for Unreachable {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(error) => match error.kind() {
                // Of a socket in a folder the file is missing.
                io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound => Self::Refused,
                io::ErrorKind::TimedOut | io::ErrorKind::HostUnreachable => Self::TimedOut,
                _ if error.to_string().contains("lookup address") => Self::NoSuchHost,
                _ => Self::Other(error.to_string()),
            },
            sqlx::Error::Database(error) => {
                let state = error.code().unwrap_or_default().into_owned();
                match state.as_str() {
                    "28P01" | "28000" => Self::NotLetIn,
                    "3D000" => Self::NoSuchDatabase,
                    "53300" => Self::TooMany,
                    "55000" => Self::Closed,
                    _ if state.starts_with("57") => Self::Closed,
                    _ => Self::Other(error.message().to_owned()),
                }
            }
            other => Self::Other(other.to_string()),
        }
    }
}
