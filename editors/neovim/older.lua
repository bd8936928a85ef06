-- unsnarl for Neovim 0.8 to 0.10, which have no `vim.lsp.enable`; `unsnarl` must be on PATH.
--
-- Put this into `init.lua`, or into a file of `plugin/` in Neovim's configuration folder.

local markers = {
  'unsnarl.toml',
  '.git',
  'Cargo.lock',
  'Cargo.toml',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
}

local function root_of(path)
  for _, marker in ipairs(markers) do
    local found = vim.fs.find(marker, { path = vim.fs.dirname(path), upward = true })[1]
    if found then
      return vim.fs.dirname(found)
    end
  end
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'python', 'rust' },
  callback = function(event)
    vim.lsp.start({
      name = 'unsnarl',
      cmd = { 'unsnarl', 'server' },
      root_dir = root_of(vim.api.nvim_buf_get_name(event.buf)),
      init_options = vim.empty_dict(),
    })
  end,
})
