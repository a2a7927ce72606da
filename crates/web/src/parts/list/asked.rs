//! What an address asks of a list: the order, and which columns.

use super::Column;
use crate::fields::Fields;

/// What an address asks of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Asked {
    pub sort: Option<Sort>,
    /// The keys of the columns that are chosen; none if nothing was chosen.
    pub columns: Option<Vec<String>>,
}

/// An order: the key of a column, and whether large comes first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sort {
    pub key: String,
    pub down: bool,
}

impl Asked {
    /// Reads an address; what no column is called is left out.
    pub fn of(query: &Fields, columns: &[Column]) -> Self {
        let sort = query.text("sort").and_then(|asked| {
            let (key, down) = asked.strip_prefix('-').map_or((asked, false), |key| (key, true));
            let found = columns.iter().find(|column| column.sorts && column.key == key)?;
            Some(Sort { key: found.key.to_string(), down })
        });
        let asked: Vec<&str> = query
            .all("columns")
            .flat_map(|value| value.split(','))
            .filter(|key| columns.iter().any(|column| column.key == *key))
            .collect();
        let chosen = (!asked.is_empty()).then(|| asked.into_iter().map(str::to_owned).collect());
        Self { sort, columns: chosen }
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: &Column) -> bool {
        column.stays
            || match &self.columns {
                Some(chosen) => chosen.iter().any(|key| *key == column.key),
                None => !column.aside,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_only_for_what_the_list_has() {
        let columns = [
            Column::link("name", "名称").sorts(),
            Column::figure("revenue", "营业收入").sorts(),
            Column::text("district", "区县"),
            Column::text("phone", "电话").aside(),
        ];
        let shown = |address: &str| {
            let asked = Asked::of(&Fields::read(address.as_bytes()).unwrap(), &columns);
            let keys: Vec<&str> = columns
                .iter()
                .filter(|column| asked.shows(column))
                .map(|column| &*column.key)
                .collect();
            let sort = asked.sort.map(|sort| (sort.key, sort.down));
            (keys.join(" "), sort)
        };
        let table = [
            ("", "name revenue district", None),
            ("sort=-revenue", "name revenue district", Some(("revenue".to_owned(), true))),
            ("sort=district", "name revenue district", None),
            ("sort=%27--", "name revenue district", None),
            ("columns=phone", "name phone", None),
            (
                "columns=phone&columns=district&sort=name",
                "name district phone",
                Some(("name".to_owned(), false)),
            ),
            ("columns=phone,revenue,nonsense", "name revenue phone", None),
            ("columns=nonsense", "name revenue district", None),
        ];
        for (address, keys, sort) in table {
            assert_eq!(shown(address), (keys.to_owned(), sort), "{address}");
        }
    }
}
