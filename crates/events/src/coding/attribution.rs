//! Who says so.

use variorum_model::{Annotations, Modality, Quotation, Span};

/// The quotations of a report, to be asked who covers a stretch of it.
pub(crate) struct Attributions<'a> {
    /// In text order of their starts.
    quotations: Vec<&'a Quotation>,
    /// Longest of them, in bytes: bounds how far back a covering one may start.
    longest: usize,
}

impl<'a> Attributions<'a> {
    /// Indexes the quotations.
    pub(crate) fn new(annotations: &'a Annotations) -> Attributions<'a> {
        let mut quotations: Vec<&Quotation> = annotations.quotations.iter().collect();
        quotations.sort_by_key(|q| (q.span.start, q.span.end));
        let longest = quotations.iter().map(|q| q.span.len()).max().unwrap_or(0);
        Attributions { quotations, longest }
    }

    /// The quotations that cover `span`, innermost first.
    pub(crate) fn covering(&self, span: Span) -> Vec<&'a Quotation> {
        let earliest = (span.start as usize).saturating_sub(self.longest) as u32;
        let from = self.quotations.partition_point(|q| q.span.start < earliest);
        let to = self.quotations.partition_point(|q| q.span.start <= span.start);
        let mut found: Vec<&Quotation> = self.quotations[from..to.max(from)]
            .iter()
            .copied()
            .filter(|q| q.span.contains(span))
            .collect();
        found.sort_by_key(|q| (q.span.len(), q.span.start));
        found
    }

    /// The quotations that have characters of `span`, in text order of their starts.
    pub(crate) fn overlapping(&self, span: Span) -> impl Iterator<Item = &'a Quotation> + '_ {
        let earliest = (span.start as usize).saturating_sub(self.longest) as u32;
        let from = self.quotations.partition_point(|q| q.span.start < earliest);
        let here = self.quotations[from..].iter().take_while(move |q| q.span.start < span.end);
        here.copied().filter(move |q| q.span.overlaps(span))
    }

    /// Sources of what stands at `span`, innermost first, each once.
    pub(crate) fn sources(&self, span: Span) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for quotation in self.covering(span) {
            if let Some(source) = quotation.source
                && !found.iter().any(|f| f.overlaps(source))
            {
                found.push(source);
            }
        }
        found
    }

    /// What the cue of the innermost quotation leaves open, if anything.
    pub(crate) fn stance(&self, span: Span) -> Option<Modality> {
        let open = self.covering(span).into_iter().map(|q| q.stance);
        open.into_iter().find(|m| *m != Modality::Actual)
    }
}
