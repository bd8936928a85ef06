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

---Tells of configuration that is written in Neovim, where it does not look after files itself.
---@param client vim.lsp.Client
local function tell_of_configuration(client)
  if vim.tbl_get(client.capabilities, 'workspace', 'didChangeWatchedFiles', 'dynamicRegistration') then
    return
  end
  vim.api.nvim_create_autocmd('BufWritePost', {
    pattern = { 'unsnarl.toml', 'pyproject.toml', 'Cargo.toml' },
    callback = function(event)
      if client:is_stopped() then
        return true
      end
      local change = { uri = vim.uri_from_bufnr(event.buf), type = vim.lsp.protocol.FileChangeType.Changed }
      client:notify('workspace/didChangeWatchedFiles', { changes = { change } })
    end,
  })
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
  on_init = tell_of_configuration,
}
