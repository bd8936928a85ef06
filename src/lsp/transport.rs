//! The client's messages as they come over a stream, each behind the header that says how long it is
//! (<https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#baseProtocol>).
//!
//! A message that cannot be read is answered with an error, and the next one is looked for: where a length was right,
//! right behind it, else at the next header. Knows no methods.

use lsp_server::{Connection, ErrorCode, Message};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};
use std::thread;

const LENGTH: &str = "content-length:";

/// Bytes of a line between messages that are kept: more are no header.
const LONGEST_HEADER: u64 = 1 << 12;

/// The process's standard input and output as a connection. Its threads end with the streams and with the process.
pub fn stdio() -> io::Result<Connection> {
    let (sender, outgoing) = crossbeam_channel::unbounded::<Message>();
    let (incoming, receiver) = crossbeam_channel::unbounded::<Message>();
    thread::Builder::new().name("unsnarl-writer".to_owned()).spawn(move || {
        for message in outgoing {
            // A client that does not listen any more will close its own end, too.
            if message.write(&mut io::stdout().lock()).is_err() {
                break;
            }
        }
    })?;
    thread::Builder::new().name("unsnarl-reader".to_owned()).spawn(move || {
        let mut stream = io::stdin().lock();
        while let Ok(Some(read)) = next(&mut stream) {
            let is_heard = match read {
                Incoming::Message(message) => incoming.send(message).is_ok(),
                Incoming::Wrong(wrong) => wrong.answer(&mut io::stdout().lock()).is_ok(),
            };
            if !is_heard {
                break;
            }
        }
    })?;
    Ok(Connection { sender, receiver })
}

#[derive(Debug)]
enum Incoming {
    Message(Message),
    Wrong(Wrong),
}

/// Something that is no message.
#[derive(Debug, PartialEq)]
struct Wrong {
    /// Null where it cannot be told.
    id: Value,
    code: i32,
    message: String,
}

impl Wrong {
    fn parse(message: impl Into<String>) -> Wrong {
        Wrong { id: Value::Null, code: ErrorCode::ParseError as i32, message: message.into() }
    }

    fn answer(&self, stream: &mut impl Write) -> io::Result<()> {
        let error = json!({ "code": self.code, "message": self.message });
        let answer = json!({ "jsonrpc": "2.0", "id": self.id, "error": error }).to_string();
        write!(stream, "Content-Length: {}\r\n\r\n{answer}", answer.len())?;
        stream.flush()
    }
}

/// The next message; none at the end of the stream.
fn next(stream: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    loop {
        let length = match header(stream)? {
            Header::Length(length) => length,
            Header::Wrong(wrong) => return Ok(Some(Incoming::Wrong(wrong))),
            Header::End => return Ok(None),
        };
        let mut body = Vec::new();
        // Not made room for at once: the length may be any number.
        stream.by_ref().take(length).read_to_end(&mut body)?;
        if (body.len() as u64) < length {
            return Ok(None);
        }
        match message(&body) {
            Some(incoming) => return Ok(Some(incoming)),
            None => continue,
        }
    }
}

enum Header {
    Length(u64),
    Wrong(Wrong),
    End,
}

/// Reads up to the empty line before a message.
fn header(stream: &mut impl BufRead) -> io::Result<Header> {
    let mut length = None;
    let mut wrong = None;
    loop {
        let Some(line) = line(stream)? else { return Ok(Header::End) };
        let line = line.trim();
        // What is left of a message whose length was wrong stands before the next header, on the same line.
        let at = line.to_ascii_lowercase().rfind(LENGTH);
        match at.map(|at| line[at + LENGTH.len()..].trim()) {
            Some(value) => match value.parse() {
                Ok(value) => length = Some(value),
                Err(_) => wrong = Some(format!("`{value}` is no `Content-Length`")),
            },
            None if line.is_empty() => match (length, wrong.take()) {
                (Some(length), _) => return Ok(Header::Length(length)),
                (None, Some(wrong)) => return Ok(Header::Wrong(Wrong::parse(wrong))),
                (None, None) => {}
            },
            None => _ = wrong.get_or_insert_with(|| "a message has no `Content-Length`".to_owned()),
        }
    }
}

/// A line, or its end if it is too long to be a header's; none at the end of the stream.
fn line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    loop {
        let read = stream.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            return Ok(Some(String::from_utf8_lossy(&line).into_owned()));
        }
        if read == 0 {
            return Ok(None);
        }
        let kept = line.len().saturating_sub(LONGEST_HEADER as usize);
        line.drain(..kept);
    }
}

/// None for an answer to nothing that was asked, which nobody waits for.
fn message(body: &[u8]) -> Option<Incoming> {
    match serde_json::from_slice::<Message>(body) {
        // With a number that is no id of the protocol, a request looks like a notification.
        Ok(Message::Notification(_)) if !id(body).is_null() => {}
        Ok(message) => return Some(Incoming::Message(message)),
        Err(_) => {}
    }
    let wrong = match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) if !object.contains_key("method") => return None,
        Err(error) => Wrong::parse(error.to_string()),
        Ok(_) => Wrong {
            id: id(body),
            code: ErrorCode::InvalidRequest as i32,
            message: "this is neither a request nor a notification".to_owned(),
        },
    };
    Some(Incoming::Wrong(wrong))
}

/// The id of a message, if it has one that can be given back.
fn id(body: &[u8]) -> Value {
    #[derive(Deserialize)]
    struct Identified {
        #[serde(default)]
        id: Value,
    }
    let names_it = body.windows(4).any(|part| part == b"\"id\"");
    let read = names_it.then(|| serde_json::from_slice::<Identified>(body));
    let id = read.and_then(Result::ok).map(|it| it.id).unwrap_or_default();
    if id.is_number() || id.is_string() { id } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a stream: methods, and codes of errors.
    fn read(stream: &str) -> Vec<String> {
        let mut stream = stream.as_bytes();
        let mut all = Vec::new();
        while let Some(incoming) = next(&mut stream).expect("memory can be read") {
            all.push(match incoming {
                Incoming::Message(Message::Request(it)) => it.method,
                Incoming::Message(Message::Notification(it)) => it.method,
                Incoming::Message(Message::Response(it)) => format!("answer {}", it.id),
                Incoming::Wrong(wrong) => format!("{} {}", wrong.code, wrong.id),
            });
        }
        all
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[test]
    fn messages_are_read_in_all_forms_of_headers() {
        let typed = format!("content-length: {}\r\nContent-Type: x; charset=utf-8\r\n\r\n{EXIT}", EXIT.len());
        let bare = format!("Content-Length:{}\n\n{EXIT}", EXIT.len());
        assert_eq!(read(&[framed(EXIT), typed, bare, "\r\n".to_owned(), framed(EXIT)].concat()), ["exit"; 4]);
        assert_eq!(read(&framed(r#"{"id":7,"result":null}"#)), ["answer 7"]);
    }

    #[test]
    fn what_cannot_be_read_is_answered_and_the_next_message_is_read() {
        let after = |wrong: &str| read(&format!("{wrong}{}", framed(EXIT)));
        assert_eq!(after(&framed("{ no json")), ["-32700 null", "exit"]);
        assert_eq!(after(&framed(r#"{"id":1.5,"method":"x"}"#)), ["-32600 1.5", "exit"]);
        assert_eq!(after(&framed(r#"{"id":9007199254740993,"method":"x"}"#)), ["-32600 9007199254740993", "exit"]);
        assert_eq!(after(&framed("[]")), ["-32600 null", "exit"]);
        assert_eq!(after(&framed(r#"{"id":null,"result":1}"#)), ["exit"]);
        assert_eq!(after("Content-Length: many\r\n\r\n{}"), ["-32700 null", "exit"]);
        assert_eq!(after("Content-Length: -1\r\n\r\n"), ["-32700 null", "exit"]);
        assert_eq!(after("Content-Type: x\r\n\r\n{}"), ["-32700 null", "exit"]);
        assert_eq!(after("Content-Length: 9\r\n\r\n{\"id\":1,\"method\":\"x\"}"), ["-32700 null", "exit"]);
        assert_eq!(after(&"x".repeat(100_000)), ["exit"]);
        // Takes a part of the next message along.
        let long = format!("Content-Length: {}\r\n\r\n{EXIT}", EXIT.len() + 30);
        assert_eq!(after(&format!("{long}{}", framed(EXIT))), ["-32700 null", "exit"]);
        assert_eq!(read("Content-Length: 99999999999999\r\n\r\n{}"), [""; 0]);
    }
}
