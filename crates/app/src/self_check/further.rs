//! Asking on after a verdict (再问): of programmes that are decided already, what else stands in the way.

use jiff::civil::Date;
use rules::{Programme, Rulebook};

use super::SelfCheck;
use crate::refusal::Refusal;

/// Of which programmes everything is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through<'a> {
    /// Of all that are looked for.
    All,
    /// Of one, by its id.
    One(&'a str),
}

impl SelfCheck {
    /// Asks on about a programme, whatever its verdict.
    ///
    /// # Errors
    /// It is not looked for.
    pub fn ask_through(
        &mut self,
        rulebook: &Rulebook,
        today: Date,
        which: Through<'_>,
    ) -> Result<(), Refusal> {
        let programmes = self.programmes(rulebook, today);
        let is_one = |programme: &&Programme| match which {
            Through::All => true,
            Through::One(id) => programme.id == id || self.through.contains(&programme.id),
        };
        if let Through::One(id) = which
            && !programmes.iter().any(|programme| programme.id == id)
        {
            return Err(Refusal::NotFound);
        }
        let through: Vec<String> =
            programmes.into_iter().filter(is_one).map(|one| one.id.clone()).collect();
        if self.through != through {
            self.kept_until = None;
            self.through = through;
        }
        Ok(())
    }

    /// Takes the programmes that somebody named and that are looked for.
    pub(super) fn read_through(&mut self, rulebook: &Rulebook, today: Date, named: &[String]) {
        let programmes = self.programmes(rulebook, today).into_iter();
        let through = programmes.filter(|programme| named.contains(&programme.id));
        self.through = through.map(|programme| programme.id.clone()).collect();
    }

    /// Whether everything about a programme is asked.
    pub(super) fn is_through(&self, programme: &Programme) -> bool {
        self.through.contains(&programme.id)
    }
}
