//! Sentences of a CoNLL-U file: words, heads, relations, and where they stand in their text.

use anyhow::{Context, Result, ensure};

/// One word of a tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Form.
    pub(crate) form: String,
    /// Lemma.
    pub(crate) lemma: String,
    /// Universal part of speech.
    pub(crate) part: String,
    /// Penn Treebank tag.
    pub(crate) tag: String,
    /// Index of the head; `None` for a root.
    pub(crate) head: Option<usize>,
    /// Relation to the head.
    pub(crate) relation: String,
    /// First character and the one after the last, where the text has the word as one stretch of its own.
    pub(crate) place: Option<[usize; 2]>,
    /// The last column: what the format keeps no place for, such as entities.
    pub(crate) misc: String,
}

/// One sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    /// Its document, as `# newdoc id` names it.
    pub(crate) document: String,
    /// Its `# text`.
    pub(crate) text: String,
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// Whether `# newpar` stands before it.
    pub(crate) opens_paragraph: bool,
}

/// Reads a file's text. Places are those that MISC states (`Start`, `End`), else those at which the
/// forms stand in `# text`.
pub(crate) fn parse(file: &str) -> Result<Vec<Tree>> {
    let mut trees = Vec::new();
    let mut document = String::new();
    for block in file.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut tree = Tree::default();
        let mut contracted = Vec::new();
        for line in block.lines() {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                id.clone_into(&mut document);
            } else if let Some(text) = line.strip_prefix("# text = ") {
                text.clone_into(&mut tree.text);
            } else if line == "# newpar" || line.starts_with("# newpar id") {
                tree.opens_paragraph = true;
            } else if !line.starts_with('#') && !line.is_empty() {
                read_line(line, &mut tree, &mut contracted).with_context(|| line.to_owned())?;
            }
        }
        document.clone_into(&mut tree.document);
        let count = tree.words.len();
        ensure!(
            tree.words.iter().all(|w| w.head.is_none_or(|head| head < count)),
            "a head too far"
        );
        place(&mut tree, &contracted);
        trees.push(tree);
    }
    Ok(trees)
}

/// A word, or a form that several words share: its first word, how many, the form.
fn read_line(
    line: &str,
    tree: &mut Tree,
    contracted: &mut Vec<(usize, usize, String)>,
) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    ensure!(columns.len() == 10, "not ten columns");
    if let Some((first, last)) = columns[0].split_once('-') {
        let (first, last): (usize, usize) = (first.parse()?, last.parse()?);
        ensure!(1 <= first && first <= last, "no range");
        contracted.push((first - 1, last + 1 - first, columns[1].to_owned()));
    } else if !columns[0].contains('.') {
        let head: usize = columns[6].parse()?;
        tree.words.push(Word {
            form: columns[1].to_owned(),
            lemma: columns[2].to_owned(),
            part: columns[3].to_owned(),
            tag: columns[4].to_owned(),
            head: head.checked_sub(1),
            relation: columns[7].to_owned(),
            place: stated(columns[9]),
            misc: columns[9].to_owned(),
        });
    }
    Ok(())
}

/// The place that MISC states.
fn stated(misc: &str) -> Option<[usize; 2]> {
    let number = |name: &str| {
        misc.split('|').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
    };
    Some([number("Start")?, number("End")?])
}

/// Finds words without a stated place in the text, in order. Words that share a form have places of
/// their own where their forms make up the shared one ("do" + "n't").
fn place(tree: &mut Tree, contracted: &[(usize, usize, String)]) {
    let text: Vec<char> = tree.text.chars().collect();
    let mut at = 0;
    let mut next = 0;
    while next < tree.words.len() {
        let shared = contracted.iter().find(|(first, count, form)| {
            let words = tree.words.iter().skip(*first).take(*count);
            *first == next && words.map(|w| w.form.as_str()).collect::<String>() != *form
        });
        let (count, form) = match shared {
            Some((_, count, form)) => (*count, form.clone()),
            None => (1, tree.words[next].form.clone()),
        };
        let place = find(&text, at, &form);
        if let Some([_, end]) = place {
            at = end;
        }
        if let (1, None) = (count, tree.words[next].place) {
            tree.words[next].place = place;
        }
        next += count;
    }
}

/// The form in the text after white space only.
fn find(text: &[char], at: usize, form: &str) -> Option<[usize; 2]> {
    let start = at + text.get(at..)?.iter().take_while(|c| c.is_whitespace()).count();
    let form: Vec<char> = form.chars().collect();
    text[start..].starts_with(&form).then(|| [start, start + form.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# newdoc id = d1\n# text = Tamm doesn't go, cannot\n\
        1\tTamm\tTamm\tPROPN\tNNP\t_\t4\tnsubj\t_\t_\n\
        2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
        5\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\t_\n\
        6-7\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n\
        6\tcan\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n\
        7\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        7.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\n\
        # text = Go\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tStart=30|End=32\n";

    #[test]
    fn words_stand_where_their_forms_do() {
        let trees = parse(FILE).unwrap();
        let places: Vec<_> = trees[0].words.iter().map(|w| w.place).collect();
        let expected =
            [Some([0, 4]), Some([5, 9]), Some([9, 12]), Some([13, 15]), Some([15, 16]), None, None];
        assert_eq!(places, expected);
        assert_eq!(trees[1].words[0].place, Some([30, 32]));
        assert_eq!((trees[0].words[0].head, trees[0].words[3].head), (Some(3), None));
        assert_eq!(trees[1].document, "d1");
    }

    #[test]
    fn what_is_no_conllu_is_told() {
        for file in
            ["1\tone\n", "1\ta\ta\tX\tX\t_\t9\tdep\t_\t_\n", "x-y\ta\ta\tX\tX\t_\t0\t_\t_\t_\n"]
        {
            assert!(parse(file).is_err(), "{file:?}");
        }
    }
}
