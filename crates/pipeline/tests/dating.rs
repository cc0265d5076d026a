//! Days of publication that other reports settle, through every stage.

use variorum_model::contract::Record;
use variorum_model::{RawReport, SourceForm};
use variorum_pipeline::Pipeline;

fn raw(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.to_owned(),
        path: format!("{id}.txt"),
        form: SourceForm::PlainText,
        text: text.to_owned(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    }
}

const DATED: &str = "Lindqvist and Saleh Meet in Vienna\n\nTue Nov 13, 2018 10:04:00\n\n\
    Norwegian Foreign Minister Anna Lindqvist met Kenyan Defence Minister Omar Saleh in Vienna on \
    Monday to discuss fishing rights.\n\nThe two ministers agreed to meet again.\n";
const WEEKDAY: &str = "Ministers Discuss Fishing Rights\n\n\
    Kenyan Defence Minister Omar Saleh held talks with Norwegian Foreign Minister Anna Lindqvist in \
    Vienna on Monday.\n\nFishing rights were discussed at the meeting.\n";
const DAYS_AGO: &str = "Fishing Dispute Nears Its End\n\n\
    Norwegian Foreign Minister Anna Lindqvist met Kenyan Defence Minister Omar Saleh in Vienna three \
    days ago.\n\nThe dispute has lasted for years.\n";
const OTHERS: &str = "Envoy Visits Lima\n\n\
    Portuguese envoy Jorge Vidal met Peruvian President Elena Rojas in Lima on Monday.\n\nThey spoke \
    of trade.\n";

#[test]
fn an_undated_report_is_dated_by_what_others_date() {
    let pipeline = Pipeline::load();
    let texts = [("a", DATED), ("b", WEEKDAY), ("c", DAYS_AGO), ("d", OTHERS)];
    let read = texts.map(|(id, text)| pipeline.read(&raw(id, text)).expect("a report"));
    let record: Record = pipeline.record(read.to_vec(), &[]);
    for (id, value, words, others) in [
        ("b", Some("2018-11-12/2018-11-18"), "Monday", "Monday"),
        ("c", Some("2018-11-15"), "three days ago", "Monday"),
        // Other people's Monday is nobody's evidence.
        ("d", None, "", ""),
    ] {
        let report = record.reports.iter().find(|r| r["id"] == id).expect("the report");
        let published = &report["published"];
        assert_eq!(published["value"].as_str(), value, "{id}");
        if value.is_some() {
            assert_eq!(published["basis"], "inferred");
            let step = &published["steps"][0];
            assert_eq!(step["rule"], "dated_by_other_reports");
            assert_eq!(step["evidence"][0]["quote"], words);
            assert_eq!(step["evidence"][0]["report"], id);
            assert_eq!(step["evidence"][1]["quote"], others);
            assert_ne!(step["evidence"][1]["report"], id);
        }
    }
}
