//! Why something was not done, in words for who asked for it, and faults for who runs the platform.

use std::fmt;

use access::Why;

/// Why a use case did not do it. Nothing was changed.
#[derive(Debug)]
pub enum Refusal {
    /// Nobody is signed in, or not any more.
    SignIn,
    /// The second factor has to be given first.
    GiveSecondFactor,
    /// The policy does not allow it.
    Forbidden(Why),
    /// There is none, or none that the caller may see.
    NotFound,
    /// Something that was given cannot be taken.
    Invalid(Vec<Invalid>),
    /// Somebody else has changed it since it was read.
    Changed,
    /// It stands in the way of something that is there.
    Conflict(Words),
    /// It has been done under the same key: what was answered then is the answer.
    Repeated,
    /// Too many attempts: not before so many seconds.
    TooMany {
        /// Seconds to wait.
        seconds: i64,
    },
    /// It can be asked again later: the database or the disk is not to be had.
    Later(Fault),
    /// A fault of the platform, not of the caller.
    Broken(Fault),
}

/// A field that cannot be taken as it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// The name of the field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub why: Words,
}

/// A sentence in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// What went wrong inside, for the log only.
#[derive(Debug)]
pub struct Fault {
    said: String,
    /// Whether there is no room left to write: people may be told that.
    full: bool,
}

impl Fault {
    /// What went wrong.
    pub fn new(what: impl fmt::Display) -> Self {
        Self { said: what.to_string(), full: false }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.said)
    }
}

impl Refusal {
    /// One field that cannot be taken.
    pub fn invalid(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Refusal::Invalid(vec![Invalid { field, why: Words::new(zh, en) }])
    }

    /// It stands in the way of something that is there.
    pub fn conflict(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Refusal::Conflict(Words::new(zh, en))
    }

    /// A fault of the platform.
    pub fn broken(what: impl fmt::Display) -> Self {
        Refusal::Broken(Fault::new(what))
    }

    /// What to tell who asked.
    pub fn words(&self) -> Words {
        match self {
            Refusal::SignIn => Words::new("请先登录", "sign in first"),
            Refusal::GiveSecondFactor => {
                Words::new("请先完成二次验证", "give the second factor first")
            }
            Refusal::Forbidden(why) => {
                let words = why.words();
                Words::new(words.zh, words.en)
            }
            Refusal::NotFound => {
                let words = Why::NotHere.words();
                Words::new(words.zh, words.en)
            }
            Refusal::Invalid(fields) => {
                let join = |each: fn(&Words) -> &String| {
                    fields
                        .iter()
                        .map(|invalid| each(&invalid.why).as_str())
                        .collect::<Vec<_>>()
                        .join("；")
                };
                Words::new(join(|words| &words.zh), join(|words| &words.en))
            }
            Refusal::Changed => Words::new(
                "这一内容刚刚在别处被修改（可能是您本人，也可能是他人），您的修改没有保存。",
                "this has just been changed elsewhere, by you or somebody else; your change was not saved",
            ),
            Refusal::Conflict(words) => words.clone(),
            Refusal::Repeated => Words::new(
                "这一幂等键的请求已经办理",
                "this has been done under the same key already",
            ),
            Refusal::TooMany { seconds } => {
                let minutes = (seconds / 60).saturating_add(1);
                Words::new(
                    format!("尝试次数过多，请在 {minutes} 分钟后再试"),
                    format!("too many attempts: try again in {minutes} minutes"),
                )
            }
            Refusal::Later(fault) if fault.full => Words::new(
                "服务器的磁盘已满，暂时不能保存，您的操作没有生效；请联系系统管理员",
                "the disk of the server is full; nothing was done: tell the administrator",
            ),
            Refusal::Later(_) => Words::new(
                "系统暂时无法保存或读取数据，您的操作没有生效；请稍后再试",
                "the data cannot be reached at the moment; nothing was done: try again later",
            ),
            Refusal::Broken(_) => Words::new(
                "系统出现故障，您的操作没有生效；请联系管理员",
                "something is broken; nothing was done: tell the administrator",
            ),
        }
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Changed => Refusal::Changed,
            error if error.is_passing() => {
                let full = matches!(error, store::Error::Full(_));
                Refusal::Later(Fault { full, ..Fault::new(error) })
            }
            error => Refusal::Broken(Fault::new(error)),
        }
    }
}

impl From<crypto::Unavailable> for Refusal {
    fn from(error: crypto::Unavailable) -> Self {
        Refusal::Later(Fault::new(error))
    }
}
