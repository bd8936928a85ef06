//! `--message-format`, as cargo reads it.

use crate::report::CargoRendering;

/// What cargo would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people, with the code.
    Human,
    /// For people, a line each.
    Short,
    Json(Messages),
}

/// An object a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    pub rendering: CargoRendering,
    /// Whether findings go to standard error as text, so that only the progress of the build is JSON.
    pub are_rendered: bool,
}

impl MessageFormat {
    /// Reads all values of the option: lists with commas. None if there are no values; the message says what is wrong.
    pub fn read(values: &[String]) -> Result<Option<MessageFormat>, String> {
        let mut kind: Option<&'static str> = None;
        let mut messages = Messages::default();
        for name in values.iter().flat_map(|value| value.split(',')) {
            match name.to_ascii_lowercase().as_str() {
                "human" => one(&mut kind, "human")?,
                "short" => one(&mut kind, "short")?,
                "json" => one(&mut kind, "json")?,
                variant => {
                    match variant {
                        "json-render-diagnostics" => messages.are_rendered = true,
                        "json-diagnostic-short" => messages.rendering.is_short = true,
                        "json-diagnostic-rendered-ansi" => messages.rendering.has_color = true,
                        _ => {
                            return Err(format!(
                                "there is no message format `{name}`; it is `human`, `short`, `json`, \
                                 `json-diagnostic-short`, `json-diagnostic-rendered-ansi` or `json-render-diagnostics`"
                            ));
                        }
                    }
                    if kind.is_some_and(|kind| kind != "json") {
                        return Err(TWO.to_owned());
                    }
                    kind = Some("json");
                }
            }
        }
        Ok(kind.map(|kind| match kind {
            "human" => MessageFormat::Human,
            "short" => MessageFormat::Short,
            _ => MessageFormat::Json(messages),
        }))
    }
}

const TWO: &str = "two kinds of `--message-format` cannot be had at once";

fn one(kind: &mut Option<&'static str>, name: &'static str) -> Result<(), String> {
    match kind {
        Some(known) if *known != "json" || name != "json" => Err(TWO.to_owned()),
        _ => {
            *kind = Some(name);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_cargo_reads_them() {
        let read = |values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            MessageFormat::read(&values)
        };
        let json = |is_short, has_color, are_rendered| {
            let rendering = CargoRendering { is_short, has_color };
            Ok(Some(MessageFormat::Json(Messages { rendering, are_rendered })))
        };
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["human"]), Ok(Some(MessageFormat::Human)));
        assert_eq!(read(&["Short"]), Ok(Some(MessageFormat::Short)));
        assert_eq!(read(&["json"]), json(false, false, false));
        assert_eq!(read(&["json-diagnostic-rendered-ansi"]), json(false, true, false));
        assert_eq!(read(&["json,json-diagnostic-short", "json-diagnostic-rendered-ansi"]), json(true, true, false));
        assert_eq!(read(&["json-diagnostic-short,json"]), json(true, false, false));
        assert_eq!(read(&["json-render-diagnostics"]), json(false, false, true));
        for mixed in ["human,json", "json,short", "short,json-diagnostic-short", "human,short", "short,short"] {
            assert!(read(&[mixed]).is_err_and(|message| message.contains("two kinds")), "{mixed}");
        }
        assert!(read(&["xml"]).is_err_and(|message| message.contains("`xml`")));
    }
}
