//! Steps over the tokens: what stands next, what must stand here, how deep it is nested.

use std::ops::Range;

use crate::expression::ast::{Expr, Node, SyntaxError};
use crate::expression::lexer::{Token, TokenKind, error};
use crate::expression::parser::{DEEPEST, MOST_YEAR_BLOCKS, Parsed, Parser, nested_too_deep};

impl Parser {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub(super) fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |token| token.at.clone())
    }

    pub(super) fn last_end(&self) -> usize {
        self.next.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |token| token.at.end)
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Sign(found), .. }) if *found == sign)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Word(found), .. }) if found == word)
    }

    pub(super) fn word_at(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.next + ahead)?.kind {
            TokenKind::Word(ref word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.next += usize::from(found);
        found
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    pub(super) fn sign(&mut self, sign: &str) -> Result<(), SyntaxError> {
        if self.take_sign(sign) {
            return Ok(());
        }
        Err(error(self.here(), &format!("此处应为“{sign}”"), &format!("expected `{sign}` here")))
    }

    pub(super) fn word(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.take_word(word) {
            return Ok(());
        }
        Err(error(self.here(), &format!("此处应为“{word}”"), &format!("expected `{word}` here")))
    }

    pub(super) fn deeper<T>(
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
    pub(super) fn over_years<T>(
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

    pub(super) fn too_deep(&self, zh: &str, en: &str) -> SyntaxError {
        SyntaxError { too_deep: true, ..error(self.here(), zh, en) }
    }

    pub(super) fn whole(&mut self, least: i64, most: i64) -> Result<i64, SyntaxError> {
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

    pub(super) fn bracketed(&mut self) -> Parsed {
        self.sign("(")?;
        let inner = self.deeper(Self::sum)?;
        self.sign(")")?;
        Ok(inner)
    }

    pub(super) fn block(&mut self) -> Result<Vec<Expr>, SyntaxError> {
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

    pub(super) fn quoted(&mut self) -> Result<(String, Range<usize>), SyntaxError> {
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

    pub(super) fn name(&mut self) -> Result<(String, Range<usize>), SyntaxError> {
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

    pub(super) fn made(&self, start: usize, node: Node) -> Expr {
        Expr { node, at: start..self.last_end() }
    }
}
