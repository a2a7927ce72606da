//! A part of the firms that the caller sees.

use std::sync::Arc;

use access::Action;
use snapshot::{City, Filter, Order, Part, Sight};

use super::figures::{Figures, figures_on_lists, lists_others};
use super::sight;
use crate::aside::aside;
use crate::caller::Caller;
use crate::looks::on_record;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Which firms.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// The other way round.
    pub down: bool,
}

/// A part of a list of firms.
#[derive(Debug)]
pub struct ListedEnterprises {
    /// The population, with what was found of everybody.
    pub city: Arc<City>,
    /// The rows of the part.
    pub rows: Vec<u32>,
    /// How many the whole list has.
    pub total: u64,
    /// What is shown of figures.
    pub figures: Figures,
}

/// A part of the list; nothing as long as there is no population.
pub async fn list_enterprises(
    platform: &Platform,
    caller: &Caller,
    wish: Wish,
    part: Part,
) -> Result<Option<ListedEnterprises>, Refusal> {
    let look = Look::ask(platform, caller, Action::EnterpriseList).await?;
    let Some(city) = platform.city() else { return Ok(None) };
    let sight = sight(look.unit(), &look.scope(), city.snapshot().shape().catalogue()).await?;
    drop(look);
    let figures = figures_on_lists(caller);
    if figures == Figures::Shown && lists_others(caller) {
        on_record(platform, caller, Action::EnterpriseList, ("list", "enterprise")).await?;
    }
    aside(move || listed(city, &sight, &wish, part, figures)).await.map(Some)
}

pub(super) fn listed(
    city: Arc<City>,
    sight: &Sight,
    wish: &Wish,
    part: Part,
    figures: Figures,
) -> ListedEnterprises {
    // An order tells as much as the figures by which it is made.
    let told = figures == Figures::Shown || matches!(wish.order, Order::Code | Order::Name);
    let order = if told { &wish.order } else { &Order::Code };
    let rows = city.select(sight, &wish.filter);
    let total = rows.len() as u64;
    let rows = city.ordered(rows, order, wish.down, part);
    ListedEnterprises { city, rows, total, figures }
}
