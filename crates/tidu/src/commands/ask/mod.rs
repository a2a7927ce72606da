//! `tidu ask`: asks for what is missing, the most telling first, until every programme is decided or
//! waits for judgements only. What was answered is saved at once.

mod conversation;
mod reading;
mod session;
mod talk;
mod target;
mod terminal;

use std::io;
use std::path::Path;

use answers::asked;

use super::{fail, question, usable};
use crate::arguments::Ask;
use crate::exit::Exit;
use crate::output::Screen;
use crate::{clock, law};
use session::Session;
use talk::Talk;
use target::Target;

pub(super) fn run(ask: &Ask, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let question = question(&ask.when);
    let programmes = if ask.programme.is_empty() {
        // Nobody is asked for the sake of a rule that is for reference only.
        asked::deciding(rulebook)
    } else {
        match asked::named(&ask.programme, rulebook) {
            Ok(programmes) => programmes,
            Err(text) => return Ok(fail(&screen, &text)),
        }
    };
    let target = match Target::of(ask, &rulebook.catalogue, &screen) {
        Ok(target) => target,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let source = session::source(clock::today());
    let session = Session::new(rulebook, programmes, question, target.facts, source);
    let mut talk = Talk::new(session, target.from, target.path, screen);
    talk.begin()?;
    loop {
        let Some(asked) = talk.session.next() else {
            talk.all_asked()?;
            break;
        };
        if !talk.put(asked)? {
            break;
        }
        if let Err(text) = talk.save() {
            return Ok(fail(&screen, &text));
        }
    }
    talk.end()?;
    Ok(Exit::Answered)
}
