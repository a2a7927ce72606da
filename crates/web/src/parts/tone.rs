//! What a colour says. No colour says it alone: a sign or a word stands beside it.

/// What a colour says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// Met, done, valid.
    Good,
    /// Not met, failed, over.
    Bad,
    /// Open for lack of data.
    Open,
    /// A person's word is pending.
    Pending,
    /// Nearly: one thing short.
    Near,
    /// Decides nothing: outside the logic, in the past.
    Dim,
    /// One of several that only have to be told apart, counted from 1 to 6.
    Series(u8),
}

impl Tone {
    /// The class of the stylesheet.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Plain => "tone-plain",
            Self::Good => "tone-good",
            Self::Bad => "tone-bad",
            Self::Open => "tone-open",
            Self::Pending => "tone-pending",
            Self::Near => "tone-near",
            Self::Dim => "tone-dim",
            Self::Series(number) => match number % 6 {
                1 => "tone-1",
                2 => "tone-2",
                3 => "tone-3",
                4 => "tone-4",
                5 => "tone-5",
                _ => "tone-6",
            },
        }
    }

    /// A sign for those who do not see the colour; empty where colours only tell series apart.
    pub fn sign(&self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Bad => "✗",
            Self::Open => "?",
            Self::Pending => "…",
            Self::Near => "△",
            Self::Dim => "–",
            Self::Plain | Self::Series(_) => "",
        }
    }
}
