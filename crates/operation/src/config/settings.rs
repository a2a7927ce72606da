//! The table of settings: the file, the environment, the help and the documentation are made from it.

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in the file. In the environment it is `TIDU_` and the name in capitals.
    pub name: &'static str,
    /// Its name on the command line.
    pub flag: &'static str,
    /// What it is by itself, in words or as it would be written.
    pub default: &'static str,
    /// An example.
    pub example: &'static str,
    /// What it is for, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// All settings.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "data",
        flag: "data",
        default: "tidu-data",
        example: "/var/lib/tidu",
        zh: "数据文件夹：密钥、备份和内置数据库",
        en: "folder of the installation: keys, backups, and the embedded database",
    },
    Setting {
        name: "database",
        flag: "database",
        default: "SQLite in `data`",
        example: "postgres://tidu:password@db.example/tidu",
        zh: "PostgreSQL 数据库地址；不设则用数据文件夹里的 SQLite",
        en: "address of a PostgreSQL database; without it, SQLite in the folder",
    },
    Setting {
        name: "listen",
        flag: "listen",
        default: "127.0.0.1:8720",
        example: "0.0.0.0:8720",
        zh: "监听地址",
        en: "address and port to listen on",
    },
    Setting {
        name: "public_url",
        flag: "public-url",
        default: "http:// and the address of `listen`",
        example: "https://tidu.example.gov.cn",
        zh: "用户访问的网址；以 https 开头表示前面有 TLS",
        en: "the address that people type; `https` says that TLS stands in front",
    },
    Setting {
        name: "trusted_proxies",
        flag: "trusted-proxies",
        default: "none",
        example: "10.0.0.2, 10.0.0.3",
        zh: "可信的反向代理地址；只采信它们转来的来源地址",
        en: "addresses of proxies whose `X-Forwarded-For` is believed",
    },
    Setting {
        name: "keys",
        flag: "keys",
        default: "`keys` in `data`",
        example: "/etc/tidu/keys",
        zh: "密钥文件；请与备份分开保管",
        en: "file with the keys; keep a copy apart from backups",
    },
    Setting {
        name: "bureau",
        flag: "bureau",
        default: "示例市民营经济发展局",
        example: "青岛市民营经济发展局",
        zh: "主管部门名称，首次启动时使用",
        en: "name of the bureau, for the first start",
    },
    Setting {
        name: "log_form",
        flag: "log-form",
        default: "text",
        example: "json",
        zh: "日志格式：text 或 json",
        en: "form of the log: text or json",
    },
    Setting {
        name: "log_level",
        flag: "log-level",
        default: "info",
        example: "debug",
        zh: "日志级别：error、warn、info、debug、trace",
        en: "what is logged: error, warn, info, debug, trace",
    },
    Setting {
        name: "metrics_secret_file",
        flag: "metrics-secret-file",
        default: "none: loopback only",
        example: "/etc/tidu/metrics-secret",
        zh: "含指标访问口令的文件；不设则只允许本机读取",
        en: "file with the secret for reading metrics; without it only from this machine",
    },
    Setting {
        name: "patience_seconds",
        flag: "patience-seconds",
        default: "20",
        example: "60",
        zh: "停止时最多等待处理中的请求多少秒",
        en: "seconds to wait for requests under way at the end",
    },
    Setting {
        name: "connections",
        flag: "connections",
        default: "1024",
        example: "4096",
        zh: "同时连接数上限；可信代理和本机以外，一个地址至多占四分之一",
        en: "most connections at once; one address holds a quarter at most, but for the trusted proxy and this machine",
    },
    Setting {
        name: "sign_ins_per_minute",
        flag: "sign-ins-per-minute",
        default: "60",
        example: "600",
        zh: "同一来源地址每分钟最多尝试登录多少次（整个单位可能共用一个地址）",
        en: "most attempts to sign in from one address in a minute (an office may share one)",
    },
    Setting {
        name: "api_requests_per_minute",
        flag: "api-requests-per-minute",
        default: "600",
        example: "6000",
        zh: "接口每个令牌每分钟最多多少次请求",
        en: "most requests to the API with one token in a minute",
    },
    Setting {
        name: "oidc_issuer",
        flag: "oidc-issuer",
        default: "none",
        example: "https://sso.example.gov.cn",
        zh: "统一认证（OpenID Connect）的签发者网址；四项 oidc 设置要么全设，要么全不设",
        en: "issuer of the provider of identities (OpenID Connect); all four `oidc` settings or none",
    },
    Setting {
        name: "oidc_client",
        flag: "oidc-client",
        default: "none",
        example: "tidu",
        zh: "本平台在统一认证登记的客户端标识",
        en: "the identifier under which the provider knows this platform",
    },
    Setting {
        name: "oidc_secret_file",
        flag: "oidc-secret-file",
        default: "none",
        example: "/etc/tidu/oidc-secret",
        zh: "含统一认证客户端口令的文件",
        en: "file with the secret that is shared with the provider",
    },
    Setting {
        name: "oidc_name",
        flag: "oidc-name",
        default: "none",
        example: "市统一身份认证",
        zh: "登录页按钮上的统一认证名称",
        en: "name of the provider on the button of the page of signing in",
    },
    Setting {
        name: "backups",
        flag: "backups",
        default: "`backups` in `data`",
        example: "/mnt/backup/tidu",
        zh: "备份文件夹",
        en: "folder for backups",
    },
    Setting {
        name: "backups_kept",
        flag: "backups-kept",
        default: "14",
        example: "30",
        zh: "保留多少份自动备份",
        en: "how many automatic backups are kept",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_documented_in_both_languages() {
        for page in ["operation.md", "operation.zh-CN.md"] {
            let path =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
            let text = std::fs::read_to_string(path).unwrap();
            for setting in SETTINGS {
                assert!(
                    text.contains(&format!("| `{}` |", setting.name)),
                    "{} in {page}",
                    setting.name
                );
            }
            let rows = text
                .lines()
                .filter(|line| line.starts_with("| `") && line.matches('|').count() == 4)
                .count();
            assert_eq!(rows, SETTINGS.len(), "rows of {page}");
        }
    }
}
