//! The generated law is real law.

use rulebook::compile;

use super::Law;

#[test]
fn the_generated_law_compiles_at_every_size() {
    for criteria in [10, 100, 300, 1000] {
        let law = Law::generated(criteria, 1);
        let compiled = compile(&law.sources);
        let errors: Vec<_> = compiled
            .diagnostics
            .iter()
            .filter(|found| found.severity() == rulebook::Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{criteria}: {} {:#?}", errors.len(), errors.first());
        assert_eq!(law.plain.leaves(), criteria);
        println!(
            "{criteria}: {} programmes, {} comparisons, {} bands, {} amounts",
            law.plain.programmes.len(),
            law.plain.comparisons.len(),
            law.plain.bands.len(),
            law.plain.amounts.len()
        );
    }
}
