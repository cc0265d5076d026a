//! `collate` as people and programs use it.

use crate::running::{example, text, variorum, variorum_with};

#[test]
fn the_terminal_record_tells_everything_in_order() {
    let files = example("harbour-talks");
    let mut arguments = vec!["collate".to_owned(), "--width".into(), "100".into()];
    arguments.extend(files);
    let page = text(&arguments);
    let sections = [
        "6 reports",
        "WITNESSES",
        "WHERE THEY DISAGREE",
        "WHAT THEY AGREE ON",
        "WHAT HAPPENED",
        "ONLY AN UNNAMED SOURCE SAYS SO",
        "ONLY ONE REPORT SAYS SO",
        "WHO LEANS ON WHOM",
        "HOW THEY SAY IT",
        "ONE NAME, MANY SPELLINGS",
    ];
    let mut from = 0;
    for section in sections {
        let at = page[from..].find(section).unwrap_or_else(|| panic!("no {section} after {from}"));
        from += at;
    }
    assert!(page.lines().all(|l| l.chars().count() <= 100), "a line is wider than asked");
    assert!(!page.contains('\u{1b}'), "colour off a terminal");
}

#[test]
fn colour_only_when_asked() {
    let mut arguments: Vec<String> = ["collate", "--color", "always"].map(str::to_owned).into();
    arguments.extend(example("harbour-talks"));
    assert!(text(&arguments).contains("\u{1b}["));
    arguments[2] = "never".to_owned();
    assert!(!text(&arguments).contains('\u{1b}'));
}

#[test]
fn the_page_is_self_contained_and_every_citation_has_its_place() {
    let mut arguments: Vec<String> = ["collate", "--format", "html"].map(str::to_owned).into();
    arguments.extend(example("market-blast"));
    let page = text(&arguments);
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("default-src 'none'"));
    for outside in ["src=", "@import", "url(", "<link", "<iframe", "<img", "onclick="] {
        let markup = page.replace("default-src=", "");
        assert!(!markup.contains(outside), "{outside} stands in the page");
    }
    let links = citations(&page);
    assert!(links > 50, "only {links} citations");
}

/// How many citations a page has, each of which has its place.
fn citations(page: &str) -> usize {
    let addresses = page.split("class=\"cite\" href=\"#").skip(1);
    let addresses = addresses.map(|part| part.split('"').next().expect("an address"));
    let placed = |id: &&str| assert!(page.contains(&format!("id=\"{id}\"")), "no place for {id}");
    addresses.inspect(placed).count()
}

#[test]
fn the_page_of_many_reports_says_how_many_citations_it_leaves_out() {
    let row = |n: usize| {
        let text = format!("Lena Hartwig met Omar Saleh in Oslo on Monday, paper {n} says.");
        format!("{}\n", serde_json::json!({"id": format!("r{n}"), "text": text}))
    };
    let rows: String = (0..30).map(row).collect();
    let done = variorum_with(&["collate", "--format", "html", "-"], rows.as_bytes());
    let page = String::from_utf8(done.stdout).expect("UTF-8");
    let name = page.split("<summary>Lena Hartwig").nth(1).expect("she is named");
    let name = name.split("</details>").next().expect("her entry");
    assert_eq!(name.matches("class=\"cite\"").count(), 24);
    assert!(name.contains("and 6 more, in the record as JSON"), "{name}");
    citations(&page);
}

#[test]
fn nothing_to_collate_is_said_so() {
    let done = variorum(&["collate", "no/such/report.txt"]);
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("variorum: no/such/report.txt"), "{said}");
    assert!(said.contains("nothing to collate"), "{said}");
}

#[test]
fn event_rows_have_their_columns_whatever_the_order_of_the_reports() {
    for (format, columns) in [("polecat", 40), ("gdelt", 61), ("gdelt-mentions", 16), ("plover", 1)]
    {
        let rows = |files: Vec<String>| {
            let mut arguments: Vec<String> =
                ["collate", "--format", format].map(str::to_owned).into();
            arguments.extend(files);
            text(&arguments)
        };
        let files = example("market-blast");
        let out = rows(files.clone());
        assert!(out.lines().count() > 10, "{format}: {out}");
        assert!(out.lines().all(|l| l.split('\t').count() == columns), "{format}");
        assert_eq!(out, rows(files.into_iter().rev().collect()), "{format}");
    }
}
