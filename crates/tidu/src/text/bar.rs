//! A score as a bar: what is certain, what is still possible, what is lost, and the pass mark.

use rules::ScoreResult;
use words::score::figures;

const CELLS: i64 = 10;

/// `▕██████▒▒░░▏ 62–78/60`
pub(crate) fn bar(score: &ScoreResult<'_>) -> String {
    let most = score.groups.iter().map(|group| group.group.max.0).sum::<i64>();
    let cells = drawn(score.low.0, score.high.0, most);
    format!("▕{cells}▏ {}", figures(score))
}

fn drawn(low: i64, high: i64, most: i64) -> String {
    let most = most.max(high).max(1);
    let certain = (low.max(0) * CELLS).div_euclid(most);
    // Whatever is still possible is at least visible.
    let reach = (high.max(0) * CELLS + most - 1).div_euclid(most);
    let possible = if low < high { (reach - certain).max(0) } else { 0 };
    let lost = (CELLS - certain - possible).max(0);
    [("█", certain), ("▒", possible), ("░", lost)]
        .map(|(cell, count)| cell.repeat(usize::try_from(count).unwrap_or(0)))
        .concat()
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn ten_cells_whatever_the_score() {
        for (low, high, most, bar) in [
            (6200, 7800, 10000, "██████▒▒░░"),
            (0, 0, 10000, "░░░░░░░░░░"),
            (10000, 10000, 10000, "██████████"),
            (6010, 6020, 10000, "██████▒░░░"),
            (0, 10000, 10000, "▒▒▒▒▒▒▒▒▒▒"),
            (500, 500, 0, "██████████"),
            (6200, 6200, 10000, "██████░░░░"),
        ] {
            assert_eq!(drawn(low, high, most), bar);
        }
    }
}
