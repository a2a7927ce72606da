//! Files to facts, and blank forms to fill in.
//!
//! Reads JSON facts documents, Excel workbooks (`.xlsx`) and CSV tables into
//! [`Facts`](enterprise::Facts), one subject at a time and in bounded memory, and writes the blank
//! form and the JSON document that it reads back. It never judges, knows no rule, and never guesses: what cannot be read
//! exactly is refused with the place, the reason and the remedy.
//!
//! ```
//! use std::ops::ControlFlow;
//! use enterprise::Catalogue;
//!
//! let folder = std::env::temp_dir().join(format!("connectors-doc-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! let path = folder.join("firms.json");
//! std::fs::write(&path, r#"{"uscc":"91370202MA0000000Y","name":"梯度科技"}"#)?;
//!
//! let mut names = Vec::new();
//! let summary = connectors::read_subjects(&path, &Catalogue::default(), &mut |reading| {
//!     names.extend(reading.name);
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(summary.map(|summary| summary.subjects).ok(), Some(1));
//! assert_eq!(names, ["梯度科技"]);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod csv;
mod encoding;
mod json;
mod number;
mod read;
mod says;
mod seen;
mod spoken;
mod subject;
mod table;
mod template;
mod xlsx;

pub use json::{TWICE, json_mistake, write_facts};
pub use read::{Blanks, Reading, Summary, read_facts, read_subjects, read_subjects_with};
pub use spoken::{spoken_code, spoken_date, spoken_value};
pub use template::{Years, write_template};
