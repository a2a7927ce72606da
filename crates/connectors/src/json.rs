//! JSON facts documents: one object, an array of them, or objects one after another. Each is read
//! as a small tree of bounded size, then taken apart; the whole file is never in memory.

mod document;
mod fields;
mod lists;
mod mistake;
mod stream;
mod titles;
mod tree;
mod write;

use std::io::BufRead;
use std::ops::ControlFlow;

use enterprise::{Catalogue, Place, Problem};

use crate::read::Intake;
use crate::seen::Seen;
use crate::subject::Draft;

/// Streams the documents of `reader`.
pub(crate) fn read(
    reader: impl BufRead,
    catalogue: &Catalogue,
    place: &Place,
    intake: &mut Intake<'_>,
) -> Result<(), Box<Problem>> {
    let mut seen = Seen::default();
    let mut row = 0;
    stream::documents(reader, &mut |tree| {
        row += 1;
        let mut draft = Draft::new(catalogue, Place { row: Some(row), ..place.clone() });
        document::assemble(&mut draft, &tree);
        intake.take(draft.finish("uscc", &mut seen))
    })
    .map_err(|problem: Box<Problem>| {
        Box::new((*problem).at(Place { row: Some(row + 1), ..place.clone() }))
    })
}

pub(crate) use lists::ends_before;
pub use mistake::{TWICE, json_mistake};
pub use write::write_facts;

/// What to do with one document.
type Each<'a> = dyn FnMut(tree::Json) -> ControlFlow<()> + 'a;
