//! What rules say about each other: repeats, contradictions, parts that decide nothing. Condition by
//! condition in a small normal form; facts play no part.

mod alternatives;
mod conjunction;
mod implied;
mod in_force;
mod line;
mod node;
mod placed;
mod possible;
mod report;
mod scales;
mod subject;
mod test;
mod versions;

pub(crate) use versions::check_logic;
