//! A scan of Rust source that cannot fail: brackets, words, punctuation and comments, from bytes alone.
//!
//! For what must be known before the parser may run: how deep the text nests and where its items end. It knows
//! strings, characters, lifetimes and comments only as far as it takes not to look into them.

/// What stands between two bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    /// `}` and the other closing brackets.
    Close {
        is_brace: bool,
    },
    Word,
    Punct(u8),
    Literal,
    Comment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scanned {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

#[derive(Clone)]
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Scanner<'t> {
        Scanner { bytes: text.as_bytes(), at: 0 }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn skip_while(&mut self, test: impl Fn(u8) -> bool) {
        while self.at < self.bytes.len() && test(self.bytes[self.at]) {
            self.at += 1;
        }
    }

    /// A text from its opening quote; a quote that is never closed is only a quote.
    fn skip_text(&mut self, quote: u8) {
        let start = self.at;
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\\' => self.at += 2,
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
        self.at = start + 1;
    }

    /// `r#"…"#` from the first `#` or quote; false if it is none.
    fn skip_raw_text(&mut self) -> bool {
        let start = self.at;
        let mut hashes = 0;
        while self.peek(hashes) == b'#' {
            hashes += 1;
        }
        if self.peek(hashes) != b'"' {
            return false;
        }
        let mut at = self.at + hashes + 1;
        while at < self.bytes.len() {
            if self.bytes[at] == b'"'
                && self.bytes.len() - at > hashes
                && self.bytes[at + 1..at + 1 + hashes].iter().all(|byte| *byte == b'#')
            {
                self.at = at + 1 + hashes;
                return true;
            }
            at += 1;
        }
        self.at = start + hashes + 1;
        true
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0usize;
        while self.at < self.bytes.len() {
            if self.peek(0) == b'/' && self.peek(1) == b'*' {
                depth += 1;
                self.at += 2;
            } else if self.peek(0) == b'*' && self.peek(1) == b'/' {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// `'a'` or `'a`
    fn skip_quote(&mut self) -> Token {
        if self.peek(1) == b'\\' {
            self.skip_text(b'\'');
            return Token::Literal;
        }
        let mut end = self.at + 2;
        while end < self.bytes.len() && self.bytes[end] & 0xC0 == 0x80 {
            end += 1;
        }
        if self.bytes.get(end) == Some(&b'\'') {
            self.at = end + 1;
            return Token::Literal;
        }
        self.at += 1;
        self.skip_while(is_word);
        Token::Literal
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl Iterator for Scanner<'_> {
    type Item = Scanned;

    fn next(&mut self) -> Option<Scanned> {
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let start = self.at;
        let first = *self.bytes.get(self.at)?;
        let token = match first {
            b'/' if self.peek(1) == b'/' => {
                self.skip_while(|byte| byte != b'\n');
                Token::Comment
            }
            b'/' if self.peek(1) == b'*' => {
                self.skip_block_comment();
                Token::Comment
            }
            b'"' => {
                self.skip_text(b'"');
                Token::Literal
            }
            b'\'' => self.skip_quote(),
            b'(' | b'[' | b'{' => {
                self.at += 1;
                Token::Open
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                Token::Close { is_brace: first == b'}' }
            }
            byte if is_word(byte) => {
                self.skip_while(is_word);
                let word = &self.bytes[start..self.at];
                let is_raw = matches!(word, b"r" | b"br" | b"cr") && self.skip_raw_text();
                let is_text = !is_raw && matches!(word, b"b" | b"c") && self.peek(0) == b'"';
                if is_text {
                    self.skip_text(b'"');
                }
                if !is_raw && word == b"b" && self.peek(0) == b'\'' {
                    self.skip_quote();
                    Token::Literal
                } else if is_raw || is_text || byte.is_ascii_digit() {
                    Token::Literal
                } else {
                    Token::Word
                }
            }
            byte => {
                self.at += 1;
                Token::Punct(byte)
            }
        };
        Some(Scanned { token, start, end: self.at.min(self.bytes.len()) })
    }
}

/// Words that begin or join something that nests.
const NESTING_WORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "do", "dyn", "else", "fn", "for", "if", "impl", "in", "let", "loop",
    "match", "move", "mut", "raw", "return", "static", "try", "unsafe", "while", "yield",
];

/// An upper bound of how deep the syntax tree of a text can be: brackets, and within each pair of them the operators,
/// prefixes and keywords since the last separator, for `a + a + …`, `!!!…` and `a.b.c…` nest without brackets.
pub(super) fn depth(text: &str) -> usize {
    let mut levels: Vec<usize> = vec![0];
    let mut total = 0usize;
    let mut deepest = 0usize;
    let mut after_block = false;
    let mut previous = 0u8;
    for scanned in Scanner::new(text) {
        let here = levels.last_mut().expect("the outermost level is never closed");
        let ends_statement = after_block
            && match scanned.token {
                Token::Word => !matches!(&text[scanned.start..scanned.end], "else" | "as"),
                Token::Close { .. } | Token::Literal | Token::Punct(b'#') => true,
                _ => false,
            };
        if ends_statement {
            total -= *here;
            *here = 0;
        }
        match scanned.token {
            Token::Comment => continue,
            Token::Open => {
                *here += 1;
                levels.push(0);
                total += 1;
            }
            Token::Close { .. } => {
                total -= *here;
                if levels.len() > 1 {
                    levels.pop();
                } else {
                    levels[0] = 0;
                }
            }
            Token::Punct(b',' | b';') => {
                total -= *here;
                *here = 0;
            }
            Token::Punct(b'>') if previous == b'=' => {
                total -= *here;
                *here = 0;
            }
            Token::Punct(b':') if previous == b':' => {}
            Token::Punct(_) => {
                *here += 1;
                total += 1;
            }
            Token::Word if NESTING_WORDS.contains(&&text[scanned.start..scanned.end]) => {
                *here += 1;
                total += 1;
            }
            Token::Word | Token::Literal => {}
        }
        after_block = scanned.token == Token::Close { is_brace: true };
        previous = if let Token::Punct(byte) = scanned.token { byte } else { 0 };
        deepest = deepest.max(total);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_do_not_add_up() {
        let flat = "fn f() { a(b, c); if x { d() } else { e() } match y { A => {} B => {} } }\n".repeat(1000);
        assert!(depth(&flat) < 20, "{}", depth(&flat));
    }

    #[test]
    fn chains_without_brackets_add_up() {
        for chain in ["+ a ", "!", ".b", " as T", "else if x {} ", "|| ", "()", "?", "&"] {
            assert!(depth(&format!("x{}", chain.repeat(5000))) >= 5000, "{chain}");
        }
    }

    #[test]
    fn texts_and_comments_are_not_looked_into() {
        let text =
            r##"let a = "((((("; let b = r#"(("("#; let c = '('; let d: &'static str = b'('; /* (( /* ( */ */ // (("##;
        assert!(depth(text) < 10);
    }
}
