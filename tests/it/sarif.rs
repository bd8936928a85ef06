//! SARIF logs keep to the schema of SARIF 2.1.0 and show chains as code flows.

use crate::discovery::Scratch;
use serde_json::{Value, json};
use std::process::Command;

const SCHEMA: &str = include_str!("../sarif/sarif-schema-2.1.0.json");

fn log(scratch: &Scratch, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
    command.args(["check", "--format", "sarif"]).args(arguments).current_dir(&scratch.root);
    let output = command.output().expect("the command can be run");
    serde_json::from_slice(&output.stdout).expect("is JSON")
}

#[track_caller]
fn assert_valid(log: &Value) {
    // Its pattern of language tags has a bracket too many, which strict regular expressions refuse.
    let schema = SCHEMA.replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is right");
    let errors: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn logs_keep_to_the_schema() {
    let app = "import asyncio\nimport time\n\n\ndef refresh():\n    time.sleep(2)\n\n\nasync def handler():\n    \
               refresh()\n    asyncio.create_task(handler())\n";
    let broken = "# unsnarl: alow(x)\nasync def f(:\n    pass\n";
    let scratch = Scratch::new("sarif", &[("a pp/ä.py", app), ("broken.py", broken)]);
    let log = log(&scratch, &["-D", "tasks"]);
    assert_valid(&log);
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(unsnarl::lints::ALL.len()));
    let results = run["results"].as_array().expect("is a list");
    let levels: Vec<(&str, &str)> = results
        .iter()
        .map(|it| (it["ruleId"].as_str().expect("is a text"), it["level"].as_str().expect("is a text")))
        .collect();
    assert_eq!(levels, [("blocking-call-in-async", "warning"), ("untracked-spawn", "error")]);
    let first = &results[0];
    let rule = &run["tool"]["driver"]["rules"][first["ruleIndex"].as_u64().expect("is a number") as usize];
    assert_eq!(rule["id"], "blocking-call-in-async");
    assert_eq!(first["partialFingerprints"]["unsnarl/v1"].as_str().map(str::len), Some(16));
    let steps = first["codeFlows"][0]["threadFlows"][0]["locations"].as_array().expect("is a list");
    let told: Vec<Value> = steps
        .iter()
        .map(|step| {
            let place = &step["location"]["physicalLocation"];
            json!([place["artifactLocation"]["uri"], place["region"]["startLine"], step["location"]["message"]["text"]])
        })
        .collect();
    let expected = [
        json!(["a%20pp/%C3%A4.py", 10, "calls `refresh`, which leads to `time.sleep`"]),
        json!(["a%20pp/%C3%A4.py", 6, "`time.sleep` sleeps"]),
    ];
    assert_eq!(told, expected);
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().expect("is a list");
    assert!(notes.iter().any(|note| note["descriptor"]["id"] == "malformed-directive"), "{notes:?}");
}

#[test]
fn an_empty_log_keeps_to_the_schema() {
    let scratch = Scratch::new("sarif-empty", &[]);
    let log = log(&scratch, &[]);
    assert_valid(&log);
    assert_eq!(log["runs"][0]["results"], json!([]));
}
