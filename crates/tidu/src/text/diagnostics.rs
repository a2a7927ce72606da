//! A diagnostic of the rulebook on a terminal: the line of the file, the place underlined, the
//! remedy. Places in other files follow with lines of their own.

use std::fmt;

use enterprise::{Lang, Text};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use rulebook::{Diagnostic, Severity, Sources, Span};

use crate::output::Screen;

/// The diagnostic as text that ends in a line break.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &Sources, screen: &Screen) -> String {
    rendered(diagnostic, diagnostic.severity(), sources, screen)
}

/// The same where it keeps nobody from anything, whatever it would be in a rulebook.
pub(crate) fn remark(diagnostic: &Diagnostic, sources: &Sources, screen: &Screen) -> String {
    rendered(diagnostic, Severity::Warning, sources, screen)
}

fn rendered(
    diagnostic: &Diagnostic,
    severity: Severity,
    sources: &Sources,
    screen: &Screen,
) -> String {
    let lang = screen.lang;
    let here = |span: &Span| span.file == diagnostic.span.file;
    let mut labels = vec![label(&diagnostic.span, &diagnostic.label, lang, true)];
    let near = diagnostic.others.iter().filter(|(span, _)| here(span));
    labels.extend(near.map(|(span, words)| label(span, words, lang, false)));
    let far = diagnostic.others.iter().filter(|(span, _)| !here(span));
    let related = far.map(|(span, words)| Shown {
        message: words.get(lang).to_owned(),
        code: None,
        severity: miette::Severity::Advice,
        help: None,
        labels: vec![label(span, &Text::default(), lang, true)],
        source: source(sources, span),
        related: Vec::new(),
    });
    let shown = Shown {
        message: diagnostic.message.get(lang).to_owned(),
        code: Some(diagnostic.code.as_str()),
        severity: match severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        },
        help: diagnostic.help.as_ref().map(|help| help.get(lang).to_owned()),
        labels,
        source: source(sources, &diagnostic.span),
        related: related.collect(),
    };
    let theme =
        if screen.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(screen.width)
        .with_links(false)
        .without_syntax_highlighting();
    let mut text = String::new();
    // Writing to a string fails only if the snippet cannot be read; the message alone must do then.
    if handler.render_report(&mut text, &shown).is_err() {
        text = format!("{}: {}\n", diagnostic.code.as_str(), shown.message);
    }
    text.lines().flat_map(|line| [in_words(line.trim_end(), screen), "\n".to_owned()]).collect()
}

/// The renderer has two English words of its own; the Chinese ones are as wide.
fn in_words(line: &str, screen: &Screen) -> String {
    if line == "Advice:" {
        return screen.say("另见：", "See also:").to_owned();
    }
    let colour_before = line.starts_with('\u{1b}').then(|| line.split_once('m')).flatten();
    let (colour, words) = colour_before.unwrap_or_default();
    let (end, words) = if colour.is_empty() { ("", line) } else { ("m", words) };
    match words.strip_prefix("  help: ") {
        Some(rest) => format!("{colour}{end}  {}{rest}", screen.say("建议：", "help: ")),
        None => line.to_owned(),
    }
}

fn label(span: &Span, words: &Text, lang: Lang, primary: bool) -> LabeledSpan {
    let words = Some(words.get(lang).to_owned()).filter(|words| !words.is_empty());
    let (start, length) = (span.start, span.end.saturating_sub(span.start));
    if primary {
        LabeledSpan::new_primary_with_span(words, (start, length))
    } else {
        LabeledSpan::new_with_span(words, (start, length))
    }
}

fn source(sources: &Sources, span: &Span) -> RuleFile {
    let text = sources.text(&span.file).unwrap_or_default().to_owned();
    RuleFile { name: span.file.to_string(), text }
}

/// A rule file whose columns count characters, as editors and the JSON form do, not bytes.
#[derive(Debug)]
struct RuleFile {
    name: String,
    text: String,
}

impl SourceCode for RuleFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, lines_before, lines_after)?;
        let before = self.text.get(..contents.span().offset()).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            contents.line(),
            column,
            contents.line_count(),
        )))
    }
}

#[derive(Debug)]
struct Shown {
    message: String,
    code: Option<&'static str>,
    severity: miette::Severity,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    source: RuleFile,
    related: Vec<Self>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let related = self.related.iter().map(|shown| shown as &dyn miette::Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = _>>)
    }
}
