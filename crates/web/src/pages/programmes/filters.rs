//! What narrows the list of programmes.

use app::confirmations::Held;
use words::programme as say_of;

use crate::ask::Ask;
use crate::law::{Book, Standing};
use crate::view::{Choice, Field, Form};

/// The form above the list.
pub(super) fn filters(ask: &Ask, book: &Book) -> Form {
    let say = ask.say;
    let query = |name: &str| ask.query.text(name).unwrap_or_default();
    let select = |name: &'static str, key: &str, all: Vec<(String, String)>| {
        let chosen = query(name);
        let whole = Choice::new("", say.t("programmes.any"), chosen.is_empty());
        let all = all.into_iter().map(|(value, text)| {
            let is_chosen = value == chosen;
            Choice::new(value, text, is_chosen)
        });
        Field::select(name, say.t(key), [whole].into_iter().chain(all).collect())
    };
    let mut kinds: Vec<(String, String)> = Vec::new();
    let mut subjects: Vec<(String, String)> = Vec::new();
    let mut authorities: Vec<(String, String)> = Vec::new();
    for programme in book.programmes() {
        let kind = (programme.kind.clone(), say.both(&say_of::kind(&programme.kind)));
        let subject = (programme.subject.clone(), say.both(&say_of::subject(&programme.subject)));
        let authority = (programme.authority.zh.clone(), say.both(&programme.authority));
        for (all, one) in
            [(&mut kinds, kind), (&mut subjects, subject), (&mut authorities, authority)]
        {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    let standings = Standing::ALL.map(|(code, key)| (code.to_owned(), say.t(key)));
    let checked = [
        (Held::Differs.code(), "programmes.has-differing"),
        (Held::Open.code(), "programmes.has-open"),
        (Held::Agrees.code(), "programmes.all-agree"),
    ];
    let checked = checked.map(|(code, key)| (code.to_owned(), say.t(key)));
    Form::new("/programmes#list", say.t("list.search"))
        .field(Field::kind("q", say.t("programmes.words"), "search", query("q")))
        .field(select("authority", "programmes.authority", authorities))
        .field(select("subject", "programmes.subject", subjects))
        .field(select("kind", "programmes.kind", kinds))
        .field(select("standing", "programmes.standing", standings.to_vec()))
        .field(select("checked", "programmes.checked", checked.to_vec()))
}
