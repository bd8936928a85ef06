//! `unsnarl explain LINT` and `unsnarl explain FILE:LINE`.

use super::arguments::{Color, ExplainArguments, ExplainFormat};
use super::session::{Failure, Session, WrittenPlace};
use super::{Exit, output, pages};
use crate::report;
use std::path::PathBuf;

pub fn explain(arguments: ExplainArguments) -> Exit {
    match WrittenPlace::parse(&arguments.what) {
        None => pages::explain(&arguments.what),
        Some(place) => explain_place(&place, arguments).unwrap_or_else(|failure| failure.told(Color::Auto)),
    }
}

fn explain_place(place: &WrittenPlace, arguments: ExplainArguments) -> Result<Exit, Failure> {
    let ExplainArguments { mut paths, selection, format, basis, .. } = arguments;
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    // The file itself is read even if it stands elsewhere or would be left out.
    paths.push(place.file.clone());
    if !place.file.is_file() {
        return Err(Failure::Message(format!("there is no file `{}`", place.file.display())));
    }
    let session = Session::open(paths, &selection, &basis)?;
    let at = session.place(place)?;
    let shown = session.sources.shown(at);
    let text = &session.sources.get(at.file).text;
    let explained = session.workers.run(|| session.program.explain(at, text, &session.settings));
    let Some(explanation) = explained else {
        return Err(Failure::Message(format!("nothing is known of `{shown}`: the file was not understood")));
    };
    let is_empty = explanation.calls.is_empty() || explanation.is_of_function;
    if is_empty && format == ExplainFormat::Text {
        let what = if place.column.is_some() { "at this place" } else { "on this line" };
        let around = match explanation.functions.first() {
            Some(_) => "; this is the function around it",
            None => ", and no function is around it",
        };
        output::stderr(format!("note: no call begins {what}{around}\n").as_bytes());
    }
    let bytes = match format {
        ExplainFormat::Text => report::explanation(&explanation, &session.sources),
        ExplainFormat::Json => report::explanation_json(&explanation, &session.sources),
    };
    Ok(output::stdout(&bytes, session.exit))
}
