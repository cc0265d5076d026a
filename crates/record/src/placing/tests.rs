use super::*;
use crate::growing::grow;
use crate::{likes, schema};
use variorum_stories::Sketch;

/// Numbers that look drawn by lot, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn share(&mut self) -> f32 {
        self.below(1_000) as f32 / 1_000.0
    }
}

fn record() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    schema::migrate(&mut db).unwrap();
    db
}

/// A report that is like others so, of a hash that its number does not tell.
fn add(db: &Connection, number: i64, hash: u64, like: Vec<(i64, Likeness)>) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&hash.to_be_bytes());
    let sql =
        "INSERT INTO report VALUES (?1,?2,?3,'text','p',NULL,NULL,NULL,'en',NULL,NULL,0,NULL)";
    db.execute(sql, params![number, number.to_string(), bytes]).unwrap();
    let sketch = Sketch::default().to_bytes();
    let sql = "INSERT INTO sketch VALUES (?1, ?2, ?3)";
    db.execute(sql, params![number, sketch, likes::to_bytes(like)]).unwrap();
}

fn kept(db: &Connection) -> Vec<Placed> {
    let mut statement = db.prepare("SELECT * FROM placement ORDER BY report").unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Placed { report: row.get(0)?, event: row.get(1)?, story: row.get(2)? })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn from_scratch(db: &Connection) -> Vec<Placed> {
    let mut placed = placements(db, i64::MAX, false).unwrap();
    placed.sort_by_key(|p| p.report);
    placed
}

/// Adds reports that are like one in `sparse` of those before them, some at a time; how many came to stand elsewhere.
fn grown(seed: u64, count: i64, sparse: u64) -> usize {
    let (mut random, mut db, mut number, mut moved) = (Random(seed), record(), 0, 0);
    while number < count {
        for _ in 0..=random.below(4) {
            number += 1;
            let others = (1..number).filter(|_| random.below(sparse) == 0).collect::<Vec<i64>>();
            let like = others.into_iter().map(|other| {
                let story = random.share() * random.share();
                let event =
                    if random.below(9) == 0 { random.share() } else { story * random.share() };
                (other, Likeness { event, story, carried: 0.0 })
            });
            let like = like.collect();
            add(&db, number, random.below(u64::MAX), like);
        }
        let before = kept(&db);
        place_all(&mut db, Way::Index).unwrap();
        let after = kept(&db);
        assert_eq!(after, from_scratch(&db), "seed {seed}, {number} reports");
        moved += before.iter().zip(&after).filter(|(a, b)| a != b).count();
        if random.below(3) == 0 {
            grow(&mut db, Way::Index).unwrap();
        }
    }
    moved
}

#[test]
fn invariant_03_placing_around_new_reports_is_placing_from_scratch() {
    let moved: usize = (0..150).map(|seed| grown(seed, 60, 4 + seed % 40)).sum();
    let moved = moved + (0..6).map(|seed| grown(1_000 + seed, 160, 30 + 14 * seed)).sum::<usize>();
    // Otherwise nothing would be shown.
    assert!(moved > 2_000, "{moved}");
}

#[test]
fn who_is_alone_is_placed_alone() {
    let mut db = record();
    let strong = Likeness { event: 0.9, story: 0.9, carried: 0.0 };
    for number in 1..=600 {
        // Pairs of two.
        let like = if number % 2 == 0 { vec![(number - 1, strong)] } else { Vec::new() };
        add(&db, number, number as u64, like);
    }
    place_all(&mut db, Way::All).unwrap();
    grow(&mut db, Way::Index).unwrap();
    for (number, like, want) in [
        (601, vec![], vec![601]),
        (602, vec![(5, strong)], vec![5, 6, 602]),
        (603, vec![(602, strong)], vec![5, 6, 602, 603]),
    ] {
        add(&db, number, number as u64, like);
        let index = Segments::load(&db).unwrap();
        let placed = around::placements_around(&db, index, number, 10).unwrap().unwrap();
        let mut looked_at: Vec<i64> = placed.iter().map(|p| p.report).collect();
        looked_at.sort_unstable();
        assert_eq!(looked_at, want);
        place_all(&mut db, Way::Cheaper).unwrap();
        assert_eq!(kept(&db), from_scratch(&db));
    }
}
