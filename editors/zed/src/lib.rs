//! Tells Zed how to start `unsnarl server`, and hands on the settings of `lsp.unsnarl`.
//!
//! Downloads nothing: `unsnarl` is the one that the settings name, or the one on the project's `PATH`.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{register_extension, serde_json, Command, Extension, LanguageServerId, Result, Worktree};

struct Unsnarl;

impl Extension for Unsnarl {
    fn new() -> Unsnarl {
        Unsnarl
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let (path, arguments, env) = match binary {
            Some(binary) => (binary.path, binary.arguments, binary.env),
            None => (None, None, None),
        };
        let command = path.or_else(|| worktree.which("unsnarl")).ok_or(
            "there is no `unsnarl` on `PATH`: install it with cargo, or say in `lsp.unsnarl.binary.path` where it is",
        )?;
        let mut environment = worktree.shell_env();
        environment.extend(env.unwrap_or_default());
        let args = arguments.unwrap_or_else(|| vec!["server".to_owned()]);
        Ok(Command { command, args, env: environment })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| serde_json::json!({ "unsnarl": settings })))
    }
}

register_extension!(Unsnarl);
