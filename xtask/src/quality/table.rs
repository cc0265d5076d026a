//! The one aligned table.

use super::figure::{Better, Figure, Unit};
use super::floors::Standing;

/// What stands over the columns.
const HEADS: [&str; 6] = ["task", "set", "figure", "value", "floor", "change"];

/// Columns of numbers stand to the right.
const RIGHT: [bool; 6] = [false, false, false, true, true, false];

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row([String; 6]);

impl Row {
    /// A measured figure beside its bound.
    pub(crate) fn figure(task: &str, set: &str, figure: &Figure, standing: Standing) -> Row {
        let (bound, change) = match standing {
            Standing::Kept(bound) => (bound_text(bound, figure), change(figure, bound)),
            Standing::Fell(bound) => {
                (bound_text(bound, figure), format!("{} FELL", change(figure, bound)))
            }
            Standing::Unbound if figure.better == Better::Told => (String::new(), String::new()),
            Standing::Unbound => ("-".into(), "new".into()),
        };
        Row([task.into(), set.into(), figure.name.clone(), figure.text(), bound, change])
    }

    /// A set whose command failed.
    pub(crate) fn failed(task: &str, set: &str) -> Row {
        Row([task.into(), set.into(), "-".into(), "-".into(), "-".into(), "FAILED".into()])
    }
}

fn bound_text(bound: f64, figure: &Figure) -> String {
    match figure.unit {
        Unit::Count => format!("{bound:.0}"),
        _ => format!("{bound:.3}"),
    }
}

fn change(figure: &Figure, bound: f64) -> String {
    let change = figure.value - bound;
    match figure.unit {
        _ if change.abs() < 5e-5 => "=".into(),
        Unit::Count => format!("{change:+.0}"),
        _ => format!("{change:+.4}"),
    }
}

/// The rows under their heads, columns as wide as their widest cell.
pub(crate) fn render(rows: &[Row]) -> String {
    let heads = HEADS.map(str::to_owned);
    let lines: Vec<&[String; 6]> =
        std::iter::once(&heads).chain(rows.iter().map(|r| &r.0)).collect();
    let mut widths = [0; 6];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line.iter()) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for line in lines {
        let mut text = String::new();
        for ((cell, width), right) in line.iter().zip(widths).zip(RIGHT) {
            text += &if right { format!("{cell:>width$}  ") } else { format!("{cell:<width$}  ") };
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_falls_are_told() {
        let rows = [
            Row::figure("pages", "fundus", &Figure::rate("f1", 0.9512), Standing::Kept(0.95)),
            Row::figure("pages", "fundus", &Figure::rate("title", 0.5), Standing::Fell(0.61)),
            Row::figure("names", "a", &Figure::rate("ap", 0.832), Standing::Kept(0.832)),
            Row::figure("collate", "open", &Figure::share("found", 5, 9), Standing::Unbound),
            Row::figure("collate", "open", &Figure::faults("traps_hit", 3), Standing::Fell(1.0)),
            Row::figure(
                "collate",
                "open",
                &Figure::told("time", 2.04, Unit::Seconds),
                Standing::Unbound,
            ),
            Row::failed("warc", "damaged"),
        ];
        let expected = "\
task     set      figure          value  floor  change
pages    fundus   f1             0.9512  0.950  +0.0012
pages    fundus   title          0.5000  0.610  -0.1100 FELL
names    a        ap             0.8320  0.832  =
collate  open     found      5/9 0.5556      -  new
collate  open     traps_hit           3      1  +2 FELL
collate  open     time            2.0 s
warc     damaged  -                   -      -  FAILED
";
        assert_eq!(render(&rows), expected);
    }
}
