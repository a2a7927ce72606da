//! Tokens to expressions, by recursive descent. The grammar stands in docs/rule-format.md.

use rules::Operator;

use crate::expression::ast::{Expr, Node, SyntaxError};
use crate::expression::lexer::{Token, TokenKind, error, tokens};

mod cursor;
mod phrase;

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
}
