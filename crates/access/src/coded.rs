//! Lists of words with a stable code: the one place where a thing's code and names stand.
//! Codes are kept in databases and audit records, so that they are never changed or used again.

/// An enum from lines of `Variant "code" "中文" "English";`.
macro_rules! coded {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($variant:ident $code:literal $zh:literal $en:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!($en, " (", $zh, ").")] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text that stands for it in data; never changes.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What users read.
            pub const fn words(self) -> $crate::words::Words {
                match self { $(Self::$variant => $crate::words::Words { zh: $zh, en: $en }),+ }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use coded;
