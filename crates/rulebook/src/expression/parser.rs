//! Tokens to expressions, by recursive descent. The grammar stands in docs/rule-format.md.

use std::ops::Range;

use rules::{ElapsedUnit, Operator, Until, Window};

use crate::expression::ast::{Expr, Node, SyntaxError};
use crate::expression::lexer::{Token, TokenKind, error, tokens};

/// Deeper expressions are refused: nobody reads them, and each level takes stack.
const DEEPEST: usize = 40;
/// Longer expressions are refused before they are read.
const LONGEST_EXPRESSION: usize = 1000;
/// Blocks over years within blocks over years: each multiplies what has to be tested.
const MOST_YEAR_BLOCKS: usize = 2;
/// More years than any law looks back.
const LONGEST: i16 = 30;

/// Words of the grammar, which name nothing.
pub(crate) const RESERVED: [&str; 12] =
    ["and", "or", "not", "in", "of", "last", "years", "months", "over", "from", "to", "base"];

type Parsed = Result<Expr, SyntaxError>;

/// Reads a whole expression.
pub(crate) fn parse(text: &str) -> Parsed {
    let tokens = tokens(text)?;
    if let Some(token) = tokens.get(LONGEST_EXPRESSION) {
        let mut error = error(token.at.clone(), "表达式过长", "the expression is too long");
        error.too_deep = true;
        return Err(error);
    }
    let mut parser = Parser { tokens, next: 0, end: text.len(), depth: 0, year_blocks: 0 };
    let expr = parser.condition()?;
    match parser.peek() {
        // A sum of many terms nests as deep as it is long.
        None if expr.height() > DEEPEST => {
            let (zh, en) = nested_too_deep();
            Err(SyntaxError { too_deep: true, ..error(expr.at, &zh, &en) })
        }
        None => Ok(expr),
        Some(Token { kind: TokenKind::Sign(sign), at }) if *sign != "(" && *sign != "{" => {
            Err(error(
                at.clone(),
                "这里多出来了；前面的表达式已经完整",
                "the expression was complete before this",
            ))
        }
        Some(Token { at, .. }) => Err(error(
            at.clone(),
            "此前缺少运算符，如 and、or、>=、+",
            "an operator is missing before this, such as and, or, >=, +",
        )),
    }
}

fn nested_too_deep() -> (String, String) {
    (format!("嵌套超过 {DEEPEST} 层"), format!("nested more than {DEEPEST} levels deep"))
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    depth: usize,
    year_blocks: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |token| token.at.clone())
    }

    fn last_end(&self) -> usize {
        self.next.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |token| token.at.end)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Sign(found), .. }) if *found == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Word(found), .. }) if found == word)
    }

    fn word_at(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.next + ahead)?.kind {
            TokenKind::Word(ref word) => Some(word),
            _ => None,
        }
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.next += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> Result<(), SyntaxError> {
        if self.take_sign(sign) {
            return Ok(());
        }
        Err(error(self.here(), &format!("此处应为“{sign}”"), &format!("expected `{sign}` here")))
    }

    fn word(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.take_word(word) {
            return Ok(());
        }
        Err(error(self.here(), &format!("此处应为“{word}”"), &format!("expected `{word}` here")))
    }

    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth >= DEEPEST {
            let (zh, en) = nested_too_deep();
            return Err(self.too_deep(&zh, &en));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// What is said of several years.
    fn over_years<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.year_blocks >= MOST_YEAR_BLOCKS {
            return Err(self.too_deep(
                &format!("按年度计算的内容嵌套超过 {MOST_YEAR_BLOCKS} 层"),
                &format!("more than {MOST_YEAR_BLOCKS} blocks over years within each other"),
            ));
        }
        self.year_blocks += 1;
        let result = read(self);
        self.year_blocks -= 1;
        result
    }

    fn too_deep(&self, zh: &str, en: &str) -> SyntaxError {
        SyntaxError { too_deep: true, ..error(self.here(), zh, en) }
    }

    fn condition(&mut self) -> Parsed {
        self.deeper(|parser| {
            let start = parser.here().start;
            let mut parts = vec![parser.conjunction()?];
            while parser.take_word("or") {
                parts.push(parser.conjunction()?);
            }
            Ok(parser.joined(start, parts, Node::Any))
        })
    }

    fn conjunction(&mut self) -> Parsed {
        let start = self.here().start;
        let mut parts = vec![self.negation()?];
        while self.take_word("and") {
            parts.push(self.negation()?);
        }
        Ok(self.joined(start, parts, Node::All))
    }

    fn joined(&self, start: usize, mut parts: Vec<Expr>, node: fn(Vec<Expr>) -> Node) -> Expr {
        match parts.len() {
            1 => parts.remove(0),
            _ => Expr { node: node(parts), at: start..self.last_end() },
        }
    }

    fn negation(&mut self) -> Parsed {
        let start = self.here().start;
        if self.take_word("not") {
            let inner = self.deeper(Self::negation)?;
            return Ok(self.made(start, Node::Not(Box::new(inner))));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let start = self.here().start;
        let left = self.sum()?;
        if let Some(operator) = self.operator() {
            let right = self.sum()?;
            return Ok(self.made(start, Node::Compare(operator, Box::new(left), Box::new(right))));
        }
        if self.take_word("in") {
            self.sign("{")?;
            let mut options = Vec::new();
            loop {
                // A code of digits is no name; it stands in quotation marks.
                let quoted = matches!(self.peek(), Some(Token { kind: TokenKind::Quoted(_), .. }));
                options.push(if quoted { self.quoted()? } else { self.name()? });
                if !self.take_sign(",") {
                    break;
                }
            }
            self.sign("}")?;
            return Ok(self.made(start, Node::In(Box::new(left), options)));
        }
        Ok(left)
    }

    fn operator(&mut self) -> Option<Operator> {
        let operators = [
            (">=", Operator::AtLeast),
            ("<=", Operator::AtMost),
            (">", Operator::MoreThan),
            ("<", Operator::LessThan),
            ("=", Operator::Equal),
        ];
        operators.into_iter().find(|(sign, _)| self.take_sign(sign)).map(|(_, operator)| operator)
    }

    fn sum(&mut self) -> Parsed {
        let start = self.here().start;
        let mut left = self.product()?;
        while let Some(sign) = ['+', '-'].into_iter().find(|sign| self.take_sign(&sign.to_string()))
        {
            let right = self.product()?;
            left = self.made(start, Node::Arithmetic(sign, Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn product(&mut self) -> Parsed {
        let start = self.here().start;
        let mut left = self.signed()?;
        while let Some(sign) = ['*', '/'].into_iter().find(|sign| self.take_sign(&sign.to_string()))
        {
            let right = self.signed()?;
            left = self.made(start, Node::Arithmetic(sign, Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed {
        let start = self.here().start;
        if self.take_sign("-") {
            let inner = self.deeper(Self::signed)?;
            return Ok(self.made(start, Node::Negate(Box::new(inner))));
        }
        self.operand()
    }

    fn operand(&mut self) -> Parsed {
        let start = self.here().start;
        let Some(token) = self.peek().cloned() else {
            return Err(error(self.here(), "表达式没有写完", "the expression ends too early"));
        };
        match token.kind {
            TokenKind::Sign("(") => {
                self.next += 1;
                let inner = self.condition()?;
                self.sign(")")?;
                Ok(Expr { at: start..self.last_end(), ..inner })
            }
            TokenKind::Number(number) => {
                self.next += 1;
                let mut unit = None;
                if let Some(Token { kind: TokenKind::Unit(name), .. }) = self.peek() {
                    unit = Some(name.clone());
                    self.next += 1;
                }
                Ok(self.made(start, Node::Number(number, unit)))
            }
            TokenKind::Word(word) => self.phrase(start, &word),
            TokenKind::Quoted(_) | TokenKind::Unit(_) | TokenKind::Sign(_) => Err(error(
                token.at,
                "此处应为指标、阈值或条件",
                "expected an indicator, a limit or a condition here",
            )),
        }
    }

    fn phrase(&mut self, start: usize, word: &str) -> Parsed {
        let next = self.word_at(1).unwrap_or_default().to_owned();
        match (word, next.as_str()) {
            ("each" | "some", "of") => {
                let each = word == "each";
                self.next += 2;
                let years = self.last_years()?;
                let parts = self.over_years(Self::block)?;
                Ok(self.made(start, Node::Years { each, years, parts }))
            }
            ("at", "least") => {
                self.next += 2;
                let k = self.whole(1, 1000)?;
                self.word("of")?;
                let parts = self.block()?;
                let k = usize::try_from(k).unwrap_or(usize::MAX);
                Ok(self.made(start, Node::AtLeast(k, parts)))
            }
            ("sum" | "average", "of") => {
                let mean = word == "average";
                self.next += 2;
                let years = self.last_years()?;
                let part = Box::new(self.over_years(Self::bracketed)?);
                Ok(self.made(start, Node::OverYears { mean, years, part }))
            }
            ("average" | "compound", "growth") => {
                let compound = word == "compound";
                self.next += 2;
                self.word("over")?;
                let years = self.years()?;
                let part = Box::new(self.over_years(Self::bracketed)?);
                Ok(self.made(start, Node::GrowthOver { compound, years, part }))
            }
            ("full", "years") => {
                self.next += 2;
                self.elapsed(start, ElapsedUnit::Years)
            }
            ("begun", "years") => {
                self.next += 2;
                self.elapsed(start, ElapsedUnit::YearsBegun)
            }
            ("days", "from") => {
                self.next += 1;
                self.elapsed(start, ElapsedUnit::Days)
            }
            _ => self.call_or_name(start, word),
        }
    }

    fn call_or_name(&mut self, start: usize, word: &str) -> Parsed {
        self.next += 1;
        match word {
            "any" | "all" if self.is_sign("{") => {
                let parts = self.block()?;
                let node = if word == "any" { Node::Any(parts) } else { Node::All(parts) };
                Ok(self.made(start, node))
            }
            "min" | "max" if self.is_sign("(") => {
                self.sign("(")?;
                let mut parts = vec![self.sum()?];
                while self.take_sign(",") {
                    parts.push(self.sum()?);
                }
                self.sign(")")?;
                Ok(self.made(start, Node::Extreme { least: word == "min", parts }))
            }
            "growth" if self.is_sign("(") => {
                let part = Box::new(self.bracketed()?);
                Ok(self.made(start, Node::Growth(part)))
            }
            "holds" if self.is_sign("(") => {
                self.sign("(")?;
                let (programme, at) = self.quoted()?;
                self.sign(")")?;
                Ok(self.made(start, Node::Holds(programme, at)))
            }
            "happened" if self.is_sign("(") => self.happened(start),
            _ if RESERVED.contains(&word) => {
                let at = start..self.last_end();
                Err(error(
                    at,
                    &format!("“{word}”是保留字，此处没有意义"),
                    &format!("`{word}` is a reserved word and has no meaning here"),
                ))
            }
            _ => {
                let name = self.made(start, Node::Name(word.to_owned()));
                if !self.take_sign("[") {
                    return Ok(name);
                }
                let offset = self.base_offset()?;
                self.sign("]")?;
                Ok(self.made(start, Node::At(Box::new(name), offset)))
            }
        }
    }

    fn happened(&mut self, start: usize) -> Parsed {
        self.sign("(")?;
        let (event, event_at) = self.quoted()?;
        self.sign(",")?;
        let window = self.window()?;
        let mut filter = None;
        if self.take_sign(",") {
            let (attribute, at) = self.name()?;
            let here = self.here();
            let operator = self
                .operator()
                .ok_or_else(|| error(here, "此处应为比较符号", "expected a comparison here"))?;
            let limit = self.sum()?;
            filter = Some((attribute, at, operator, Box::new(limit)));
        }
        self.sign(")")?;
        Ok(self.made(start, Node::Happened { event, event_at, window, filter }))
    }

    /// `last 36 months`, `since start of base-1`
    fn window(&mut self) -> Result<Window, SyntaxError> {
        if self.take_word("since") {
            self.word("start")?;
            self.word("of")?;
            return Ok(Window::SinceStartOf(self.base_offset()?));
        }
        self.word("last")?;
        let months = self.whole(1, 1200)?;
        self.word("months")?;
        Ok(Window::Months(u32::try_from(months).unwrap_or(u32::MAX)))
    }

    fn elapsed(&mut self, start: usize, unit: ElapsedUnit) -> Parsed {
        self.word("from")?;
        let from_start = self.here().start;
        let (name, _) = self.name()?;
        let from = Box::new(self.made(from_start, Node::Name(name)));
        self.word("to")?;
        let to = if self.take_word("today") {
            Until::Today
        } else if self.take_word("start") {
            self.word("of")?;
            Until::StartOfYear(self.base_offset()?)
        } else {
            self.word("end")?;
            self.word("of")?;
            Until::EndOfYear(self.base_offset()?)
        };
        Ok(self.made(start, Node::Elapsed { unit, from, to }))
    }

    /// `base`, `base-1`, `base+1`
    fn base_offset(&mut self) -> Result<i16, SyntaxError> {
        self.word("base")?;
        let sign = if self.take_sign("-") {
            -1
        } else if self.take_sign("+") {
            1
        } else {
            return Ok(0);
        };
        let years = self.whole(0, i64::from(LONGEST))?;
        Ok(sign * i16::try_from(years).unwrap_or(LONGEST))
    }

    /// `last n years`
    fn last_years(&mut self) -> Result<i16, SyntaxError> {
        self.word("last")?;
        self.years()
    }

    fn years(&mut self) -> Result<i16, SyntaxError> {
        let years = self.whole(1, i64::from(LONGEST))?;
        if !self.take_word("year") {
            self.word("years")?;
        }
        Ok(i16::try_from(years).unwrap_or(LONGEST))
    }

    fn whole(&mut self, least: i64, most: i64) -> Result<i64, SyntaxError> {
        let at = self.here();
        if let Some(Token { kind: TokenKind::Number(number), .. }) = self.peek()
            && let Ok(value) = number.parse::<i64>()
            && (least..=most).contains(&value)
        {
            self.next += 1;
            return Ok(value);
        }
        Err(error(
            at,
            &format!("此处应为 {least} 至 {most} 的整数"),
            &format!("expected a whole number from {least} to {most} here"),
        ))
    }

    fn bracketed(&mut self) -> Parsed {
        self.sign("(")?;
        let inner = self.deeper(Self::sum)?;
        self.sign(")")?;
        Ok(inner)
    }

    fn block(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        self.sign("{")?;
        let mut parts = vec![self.condition()?];
        while self.take_sign(";") {
            if self.is_sign("}") {
                break;
            }
            parts.push(self.condition()?);
        }
        self.sign("}")?;
        Ok(parts)
    }

    fn quoted(&mut self) -> Result<(String, Range<usize>), SyntaxError> {
        let at = self.here();
        match self.peek() {
            Some(Token { kind: TokenKind::Quoted(text), .. }) => {
                let text = text.clone();
                self.next += 1;
                Ok((text, at))
            }
            _ => Err(error(at, "此处应为引号中的标识", "expected an id in double quotes here")),
        }
    }

    fn name(&mut self) -> Result<(String, Range<usize>), SyntaxError> {
        let at = self.here();
        match self.peek() {
            Some(Token { kind: TokenKind::Word(word), .. }) => {
                let word = word.clone();
                self.next += 1;
                Ok((word, at))
            }
            _ => Err(error(at, "此处应为名称", "expected a name here")),
        }
    }

    fn made(&self, start: usize, node: Node) -> Expr {
        Expr { node, at: start..self.last_end() }
    }
}
