//! The check of an audit file, line by line. Does not open the file.

use std::io::{self, BufRead, Read as _};

use crypto::MacRing;

use crate::append::Head;
use crate::line::{FORM, Line, read_line};
use crate::problem::Place;
use crate::report::Report;
use crate::unreadable::Unreadable;
use crate::verify::Verifier;

/// No record is longer.
const LONGEST: u64 = 16 << 20;

/// Checks the audit file that `from` reads. What is not as it should be is in the report.
///
/// # Errors
/// Only when reading itself fails.
pub fn verify_file(mut from: impl BufRead, macs: Option<&MacRing>) -> io::Result<Report> {
    let first = match next(&mut from)? {
        Some(Ok(Line::Begin { form, after })) if form == FORM => Ok(after),
        Some(Ok(Line::Begin { form, .. })) => Err(Unreadable::Version(form)),
        Some(Err(why)) => Err(why),
        Some(Ok(_)) | None => Err(Unreadable::NotAnAuditFile),
    };
    let after = match first {
        Ok(after) => after,
        Err(why) => {
            let mut nothing = Verifier::new(Head::NONE, macs);
            nothing.unreadable(Place::Line(1), why);
            return Ok(nothing.finish(None));
        }
    };
    let (mut verifier, mut head, mut number) = (Verifier::new(after, macs), None, 1);
    while let Some(line) = next(&mut from)? {
        number += 1;
        let over = matches!(line, Err(Unreadable::TooLong));
        match line {
            Ok(Line::Seal(seal)) if head.is_none() => verifier.seal(&seal),
            Ok(Line::Record(linked)) if head.is_none() => verifier.record(&linked),
            Ok(Line::Head(last)) if head.is_none() => head = Some(last),
            Ok(_) => verifier.unreadable(Place::Line(number), Unreadable::Misplaced),
            Err(why) => verifier.unreadable(Place::Line(number), why),
        }
        if over {
            break;
        }
    }
    Ok(verifier.finish(head.as_ref()))
}

fn next(from: &mut impl BufRead) -> io::Result<Option<Result<Line, Unreadable>>> {
    let mut line = Vec::new();
    let read = from.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        let long = read as u64 == LONGEST;
        return Ok(Some(Err(if long { Unreadable::TooLong } else { Unreadable::Cut })));
    }
    let text = std::str::from_utf8(&line).map_err(|_| Unreadable::NotText);
    Ok(Some(text.and_then(read_line)))
}
