//! The page of events: what dated things the law looks back for, and where.

use enterprise::{Lang, Text};
use rules::Rulebook;

use crate::indicators::used;
use crate::markdown::code;
use crate::sheet::Sheet;
use crate::site;
use crate::uses::{Thing, Uses};

/// The page; none without events.
pub(crate) fn sheet(rulebook: &Rulebook, uses: &Uses<'_>, lang: Lang) -> Option<Sheet> {
    let events = &rulebook.catalogue.events;
    if events.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new(lang, site::EVENTS, &Text::new("事件", "Events"));
    let words = sheet.say(
        "未列出某类事件，不等于没有发生；须声明该期间的清单完整，才能认定“无”。",
        "That no event is listed does not mean that there was none: somebody has to declare the list of \
         the period complete.",
    );
    sheet.paragraph(words);
    for event in events {
        let label = sheet.t(&event.label);
        sheet.heading(2, &label, Some(&event.id));
        let mut facts = Vec::new();
        let attributes: Vec<String> =
            event.attributes.iter().map(|attribute| sheet.t(&attribute.label)).collect();
        if !attributes.is_empty() {
            facts.push(
                sheet.pair(sheet.say("须另填", "Also to be given"), &sheet.list(&attributes)),
            );
        }
        facts.push(sheet.pair(sheet.say("代码", "Id"), &code(&event.id)));
        sheet.bullets(&facts);
        used(&mut sheet, uses.places(&Thing::Event(&event.id)), &[]);
    }
    Some(sheet)
}
