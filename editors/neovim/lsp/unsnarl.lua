-- unsnarl for Neovim 0.11 and later; `unsnarl` must be on PATH.
--
-- Copy this file to `lsp/unsnarl.lua` in Neovim's configuration folder and write `vim.lsp.enable('unsnarl')` in
-- `init.lua`. Other servers for the same files go on beside it.

-- Neovim tells servers of files that change outside of it, but on Linux only if it is asked to, and well only with
-- `inotifywait` (the package inotify-tools).
local capabilities
if vim.fn.executable('inotifywait') == 1 then
  capabilities = { workspace = { didChangeWatchedFiles = { dynamicRegistration = true } } }
end

---@type vim.lsp.Config
return {
  cmd = { 'unsnarl', 'server' },
  filetypes = { 'python', 'rust' },
  -- Findings follow calls through the whole repository, so its top comes before the nearest manifest.
  root_markers = {
    'unsnarl.toml',
    '.git',
    'Cargo.lock',
    { 'Cargo.toml', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt' },
  },
  -- For example `['min-certainty'] = 'possible'`: what is not said here is the project's own to say.
  init_options = vim.empty_dict(),
  capabilities = capabilities,
}
