//! Reads settings from where they can stand, and says everything that is wrong with them at once.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use url::Url;

use super::provider::provider;
use super::{Config, SETTINGS};
use crate::log::LogForm;
use crate::words::{Trouble, system, unreadable};

/// What the outside says.
#[derive(Clone, Default, Debug)]
pub struct Given {
    /// The configuration file, if one was named.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: Vec<(String, String)>,
    /// The command line: names as in the file.
    pub flags: Vec<(String, String)>,
    /// Whether the command line is all: the usual file is not looked for.
    pub alone: bool,
}

/// Looked for beside the program's folder when none is named.
const USUAL: &str = "tidu.toml";
/// Names in the environment that are no settings.
const OTHERS: [&str; 4] = ["TIDU_LANG", FILE, "TIDU_TEST_POSTGRES", "TIDU_TEST_ALL"];
/// Names the configuration file, as `--config` does.
const FILE: &str = "TIDU_CONFIG";

/// A value and where it stands.
struct Value {
    text: String,
    at: String,
}

/// Reads the configuration.
///
/// # Errors
/// All that is wrong, each with where it stands and what to do.
pub fn read_config(given: &Given) -> Result<Config, Vec<Trouble>> {
    let mut wrong = Vec::new();
    let mut values = BTreeMap::new();
    let usual = Path::new(USUAL);
    let named = given.environment.iter().find(|(name, text)| name == FILE && !text.is_empty());
    let named = named.map(|(_, text)| Path::new(text));
    let file = given.file.as_deref().or(named);
    let file = file.or_else(|| (!given.alone && usual.is_file()).then_some(usual));
    if let Some(file) = file {
        from_file(file, &mut values, &mut wrong);
    }
    for (name, text) in &given.environment {
        if OTHERS.contains(&name.as_str()) {
            continue;
        }
        let Some(setting) = name.strip_prefix("TIDU_").map(str::to_lowercase) else { continue };
        if is_known(&setting) {
            values.insert(setting, Value { text: text.clone(), at: name.clone() });
        } else {
            let near = nearest(&setting).map(|near| format!("TIDU_{}", near.to_uppercase()));
            wrong.push(unknown(name, near, "环境变量", "environment variable"));
        }
    }
    for (name, text) in &given.flags {
        values.insert(name.clone(), Value { text: text.clone(), at: flag(name) });
    }
    let config = assemble(&values, &mut wrong);
    if wrong.is_empty() { config.ok_or_else(Vec::new) } else { Err(wrong) }
}

fn from_file(file: &Path, values: &mut BTreeMap<String, Value>, wrong: &mut Vec<Trouble>) {
    let shown = file.display();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let why = system(&error);
            return wrong.push(Trouble::new(
                format!("配置文件 {shown} 读不了：{}", why.zh),
                format!("the configuration file {shown} cannot be read: {}", why.en),
                "请检查 --config 或 TIDU_CONFIG 指的文件名和权限",
                "see the name that `--config` or TIDU_CONFIG gives, and its permissions",
            ));
        }
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            return wrong.push(Trouble::new(
                format!("配置文件 {shown} 不是有效的 TOML：\n{error}"),
                format!("the configuration file {shown} is not valid TOML:\n{error}"),
                "请改正指出的位置",
                "mend the place that is pointed at",
            ));
        }
    };
    for (name, value) in table {
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Array(all) if all.iter().all(toml::Value::is_str) => {
                all.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(",")
            }
            _ => {
                wrong.push(Trouble::new(
                    format!("配置文件 {shown} 里的 {name} 不是文本或数字"),
                    format!("`{name}` in {shown} is neither a text nor a number"),
                    "请写成 名称 = \"值\"",
                    "write: name = \"value\"",
                ));
                continue;
            }
        };
        if is_known(&name) {
            values.insert(name.clone(), Value { text, at: format!("{shown}: {name}") });
        } else {
            let near = nearest(&name).map(str::to_owned);
            wrong.push(unknown(&format!("{shown}: {name}"), near, "设置", "setting"));
        }
    }
}

fn assemble(values: &BTreeMap<String, Value>, wrong: &mut Vec<Trouble>) -> Option<Config> {
    let text = |name: &str| {
        values.get(name).map(|value| value.text.trim()).filter(|text| !text.is_empty())
    };
    let data = PathBuf::from(text("data").unwrap_or("tidu-data"));
    let place = match text("database") {
        None => store::Place::folder(&data),
        Some(url) => store::Place::postgres(url),
    };
    let place = place.map_err(|error| wrong.push(Trouble::from(error))).ok();
    let listen = parsed::<SocketAddr>(
        values,
        "listen",
        "127.0.0.1:8720",
        "地址加端口",
        "an address and a port",
        wrong,
    );
    let public_url = match text("public_url") {
        None => None,
        Some(_) => parsed::<Url>(values, "public_url", "", "完整网址", "a whole address", wrong)
            .filter(|url| is_web_address(url, wrong)),
    };
    let mut trusted_proxies = Vec::new();
    for part in text("trusted_proxies")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match part.parse::<IpAddr>() {
            Ok(address) => trusted_proxies.push(address),
            Err(_) => wrong.push(not_a(
                values,
                "trusted_proxies",
                "IP 地址，用逗号分开",
                "addresses with commas between",
            )),
        }
    }
    let log_form =
        parsed::<LogForm>(values, "log_form", "text", "text 或 json", "`text` or `json`", wrong);
    let log_level = parsed::<tracing::Level>(
        values,
        "log_level",
        "info",
        "error、warn、info、debug 或 trace",
        "error, warn, info, debug or trace",
        wrong,
    );
    let mut whole = |name, default, range| whole(values, name, default, range, wrong);
    let patience = whole("patience_seconds", "20", 0..=3600);
    let connections = whole("connections", "1024", 1..=100_000);
    let sign_ins = whole("sign_ins_per_minute", "60", 1..=1_000_000);
    let backups_kept = whole("backups_kept", "14", 1..=10_000);
    let api_requests = whole("api_requests_per_minute", "600", 1..=1_000_000);
    let metrics_secret = text("metrics_secret_file").and_then(|file| secret(file, wrong));
    let provider = provider(&text, listen, public_url.as_ref(), wrong);
    Some(Config {
        place: place?,
        listen: listen?,
        public_url,
        trusted_proxies,
        keys: text("keys").map_or_else(|| data.join("keys"), PathBuf::from),
        bureau: text("bureau").unwrap_or("示例市民营经济发展局").to_owned(),
        log_form: log_form?,
        log_level: log_level?,
        metrics_secret,
        patience: Duration::from_secs(patience?.into()),
        connections: usize::try_from(connections?).ok()?,
        sign_ins_per_minute: NonZeroU32::new(sign_ins?)?,
        api_requests_per_minute: NonZeroU32::new(api_requests?)?,
        provider,
        backups: text("backups").map_or_else(|| data.join("backups"), PathBuf::from),
        backups_kept: usize::try_from(backups_kept?).ok()?,
        data,
    })
}

fn parsed<T: FromStr>(
    values: &BTreeMap<String, Value>,
    name: &str,
    default: &str,
    zh: &str,
    en: &str,
    wrong: &mut Vec<Trouble>,
) -> Option<T> {
    let text = values.get(name).map_or(default, |value| value.text.trim());
    match text.parse() {
        Ok(value) => Some(value),
        Err(_) => {
            wrong.push(not_a(values, name, zh, en));
            None
        }
    }
}

/// A whole number within bounds.
fn whole(
    values: &BTreeMap<String, Value>,
    name: &str,
    default: &str,
    range: RangeInclusive<u32>,
    wrong: &mut Vec<Trouble>,
) -> Option<u32> {
    let text = values.get(name).map_or(default, |value| value.text.trim());
    let found = text.parse().ok().filter(|number| range.contains(number));
    if found.is_none() {
        let (least, most) = (range.start(), range.end());
        let zh = format!(" {least} 到 {most} 的整数");
        let en = format!("a whole number from {least} to {most}");
        wrong.push(not_a(values, name, &zh, &en));
    }
    found
}

fn not_a(values: &BTreeMap<String, Value>, name: &str, zh: &str, en: &str) -> Trouble {
    let (at, text) =
        values.get(name).map_or((name, ""), |value| (value.at.as_str(), value.text.as_str()));
    let example =
        SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.example);
    Trouble::new(
        format!("{at} 的值“{text}”不对，应为{zh}"),
        format!("`{text}` of {at} is not {en}"),
        format!("例如 {example}"),
        format!("for instance {example}"),
    )
}

fn is_web_address(url: &Url, wrong: &mut Vec<Trouble>) -> bool {
    let fine = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none();
    if !fine {
        wrong.push(Trouble::new(
            format!("public_url 的值“{url}”不对：应以 http 或 https 开头，后面没有路径"),
            format!("`{url}` of public_url: http or https, a host, and no path"),
            "例如 https://tidu.example.gov.cn",
            "for instance https://tidu.example.gov.cn",
        ));
    }
    fine
}

pub(super) fn secret(file: &str, wrong: &mut Vec<Trouble>) -> Option<String> {
    match std::fs::read_to_string(file) {
        Ok(text) if text.trim().len() >= 16 => Some(text.trim().to_owned()),
        Ok(_) => {
            wrong.push(Trouble::new(
                format!("{file} 里的口令少于 16 个字符"),
                format!("the secret in {file} has fewer than 16 characters"),
                "请写入更长的随机文本",
                "write a longer random text into it",
            ));
            None
        }
        Err(error) => {
            wrong.push(unreadable(Path::new(file), &error));
            None
        }
    }
}

fn flag(name: &str) -> String {
    let setting = SETTINGS.iter().find(|setting| setting.name == name);
    format!("--{}", setting.map_or(name, |setting| setting.flag))
}

fn is_known(name: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.name == name)
}

fn nearest(name: &str) -> Option<&'static str> {
    SETTINGS
        .iter()
        .map(|setting| (strsim::damerau_levenshtein(setting.name, name), setting.name))
        .min()
        .filter(|(distance, known)| *distance <= 2.max(known.len() / 3))
        .map(|(_, known)| known)
}

fn unknown(name: &str, near: Option<String>, zh: &str, en: &str) -> Trouble {
    let (help_zh, help_en) = match near {
        Some(near) => (format!("是不是 {near}？"), format!("did you mean `{near}`?")),
        None => {
            let all: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
            let all = all.join(", ");
            (format!("可用的有：{all}"), format!("there are: {all}"))
        }
    };
    Trouble::new(format!("没有{zh} {name}"), format!("there is no {en} `{name}`"), help_zh, help_en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(
        file: &str,
        environment: &[(&str, &str)],
        flags: &[(&str, &str)],
    ) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tidu.toml");
        std::fs::write(&path, file).unwrap();
        let own = |all: &[(&str, &str)]| {
            all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let (environment, flags) = (own(environment), own(flags));
        let given = Given { file: Some(path), environment, flags, alone: false };
        read_config(&given)
            .map_err(|wrong| format!("{wrong:?}").replace(folder.path().to_str().unwrap(), ""))
    }

    #[test]
    fn the_command_line_comes_before_the_environment_and_that_before_the_file() {
        let file = "listen = \"127.0.0.1:1\"\nbureau = \"甲市\"\ndata = \"x\"\n";
        let config = given(
            file,
            &[("TIDU_LISTEN", "127.0.0.1:2"), ("TIDU_BUREAU", "乙市")],
            &[("listen", "127.0.0.1:3")],
        )
        .unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.bureau, "乙市");
        assert_eq!(config.data, Path::new("x"));
        assert_eq!(config.keys, Path::new("x/keys"));
    }

    #[test]
    fn names_that_are_wrong_are_told_with_the_nearest() {
        let wrong = given("lisen = \"127.0.0.1:1\"\n", &[("TIDU_BACKUP", "x")], &[]).unwrap_err();
        assert!(wrong.contains("did you mean `listen`?"), "{wrong}");
        assert!(wrong.contains("did you mean `TIDU_BACKUPS`?"), "{wrong}");
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let file = "listen = \"here\"\nlog_level = \"loud\"\npublic_url = \"ftp://x\"\ndatabase = \"mysql://u:secret@h/d\"\n";
        let wrong = given(file, &[], &[]).unwrap_err();
        for part in ["`here`", "`loud`", "ftp://x", "postgres://"] {
            assert!(wrong.contains(part), "{part} in {wrong}");
        }
        assert!(!wrong.contains("secret"), "{wrong}");
    }

    #[test]
    fn numbers_have_bounds_and_the_bounds_are_told() {
        for (name, text, told) in [
            ("backups_kept", "0", "from 1 to 10000"),
            ("connections", "99999999999", "from 1 to 100000"),
            ("connections", "0", "from 1 to 100000"),
            ("sign_ins_per_minute", "-1", "from 1 to 1000000"),
            ("patience_seconds", "86400", "from 0 to 3600"),
            ("patience_seconds", "soon", "from 0 to 3600"),
        ] {
            let wrong = given("", &[], &[(name, text)]).unwrap_err();
            assert!(wrong.contains(told) && wrong.contains(text), "{name} {text}: {wrong}");
        }
        let config = given("", &[], &[("backups_kept", "1"), ("patience_seconds", "0")]).unwrap();
        assert_eq!((config.backups_kept, config.patience.as_secs()), (1, 0));
    }

    #[test]
    fn the_environment_names_the_file_and_one_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("other.toml");
        std::fs::write(&file, "bureau = \"丙市\"\n").unwrap();
        let by = |path: &Path, flag: Option<&Path>| {
            let environment = vec![("TIDU_CONFIG".to_owned(), path.display().to_string())];
            read_config(&Given { environment, file: flag.map(Path::to_owned), ..Given::default() })
        };
        assert_eq!(by(&file, None).unwrap().bureau, "丙市");
        let nowhere = folder.path().join("nowhere.toml");
        let wrong = format!("{:?}", by(&nowhere, None).unwrap_err());
        assert!(wrong.contains("nowhere.toml") && wrong.contains("not there"), "{wrong}");
        // What the command line says comes first.
        assert_eq!(by(&nowhere, Some(&file)).unwrap().bureau, "丙市");
    }

    #[test]
    fn without_tls_in_front_an_address_for_others_is_in_the_open() {
        let table = [
            ("127.0.0.1:1", "", false),
            ("[::1]:1", "", false),
            ("0.0.0.0:1", "", true),
            ("0.0.0.0:1", "http://tidu.example", true),
            ("0.0.0.0:1", "https://tidu.example", false),
        ];
        for (listen, public, open) in table {
            let config = given("", &[], &[("listen", listen), ("public_url", public)]).unwrap();
            assert_eq!(config.is_in_the_open(), open, "{listen} {public}");
        }
    }
}
