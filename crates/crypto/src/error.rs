//! What can go wrong with a provider and with a sealed secret. Never says what the secret was.

use std::fmt;

/// The provider could not answer: no random bytes, no connection to the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable(pub String);

/// Why a secret could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// The provider could not answer.
    Unavailable(Unavailable),
    /// These bytes were not written by this provider, or are cut short.
    Form,
    /// Sealed under a key that the key ring does not hold; its id.
    UnknownKey(String),
    /// The bytes were changed, or belong to another place in the database.
    Altered,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "密码服务不可用 / the cryptographic provider cannot answer: {}", self.0)
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => why.fmt(f),
            Self::Form => {
                f.write_str("不是本系统加密的数据 / these bytes were not sealed by this provider")
            }
            Self::UnknownKey(id) => write!(f, "缺少密钥 {id} / key {id} is not in the key file"),
            Self::Altered => f.write_str(
                "加密数据被改动，或不属于此处 / the sealed bytes were changed or belong elsewhere",
            ),
        }
    }
}

impl std::error::Error for Unavailable {}
impl std::error::Error for SealError {}

impl From<Unavailable> for SealError {
    fn from(why: Unavailable) -> Self {
        Self::Unavailable(why)
    }
}
