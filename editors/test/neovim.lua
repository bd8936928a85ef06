-- Neovim as a client of unsnarl, with the committed configuration and nothing else.
-- `nvim --clean -l editors/test/neovim.lua PROJECT [ENCODING | older | watching | unwatched]`, with the binary first on
-- PATH. PROJECT is a copy of a folder of `editors/test/projects`. ENCODING is the only one that Neovim then offers;
-- `older` takes the configuration for versions without `vim.lsp.enable`; `watching` edits files on the disk;
-- `unwatched` writes configuration where nobody watches.

local project = vim.uv.fs_realpath(arg[1])
local here = vim.fs.dirname(vim.uv.fs_realpath(arg[0]))
local is_rust = vim.uv.fs_stat(project .. '/Cargo.toml') ~= nil
local caller_path = project .. (is_rust and '/src/lib.rs' or '/caller.py')
local helper_path = project .. (is_rust and '/src/helper.rs' or '/helper.py')
local LINT = 'blocking-call-in-async'
local PATIENCE = 30000

local function fail(message, ...)
  io.stderr:write('neovim: ', message:format(...), '\n')
  for _, client in ipairs(vim.lsp.get_clients()) do
    client:stop(true)
  end
  os.exit(1)
end

local function equal(what, actual, expected)
  if not vim.deep_equal(actual, expected) then
    fail('%s is %s, not %s', what, vim.inspect(actual), vim.inspect(expected))
  end
end

local function wait(what, is_so)
  if not vim.wait(PATIENCE, is_so, 20) then
    fail('no %s came', what)
  end
end

---The diagnostics of a buffer, once there are so many and they satisfy `is_so`.
local function diagnostics(buffer, count, is_so)
  local found
  wait(('%d diagnostics of %s'):format(count, vim.api.nvim_buf_get_name(buffer)), function()
    found = vim.diagnostic.get(buffer)
    return #found == count and (is_so == nil or is_so(found))
  end)
  return found
end

local function open(path)
  vim.cmd.edit(path)
  return vim.api.nvim_get_current_buf()
end

local function lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
end

---What the server sent for the finding's first step.
local function first_step(diagnostic)
  local related = diagnostic.user_data.lsp.relatedInformation
  equal('the number of steps', #related, 1)
  equal('the address of the step', vim.uri_to_fname(related[1].location.uri), helper_path)
  return related[1]
end

---Whether the call stands between these bytes of a line, as Neovim counts them.
local function check_place(diagnostic, line)
  local text = lines(diagnostic.bufnr)[line + 1]
  local from, to = text:find(is_rust and 'helper::settle()' or 'settle()', 1, true)
  equal('the place', { diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col },
    { line, from - 1, line, to })
end

local function run(encoding)
  local caller = open(caller_path)
  local line = is_rust and 3 or 4
  local finding = diagnostics(caller, 1)[1]
  local client = vim.lsp.get_clients({ bufnr = caller })[1]
  equal('the client', client.name, 'unsnarl')
  equal('the root', client.root_dir, project)
  equal('the encoding', client.offset_encoding, encoding or 'utf-8')
  equal('the code', finding.code, LINT)
  equal('the source', finding.source, 'unsnarl')
  equal('the severity', finding.severity, vim.diagnostic.severity.WARN)
  check_place(finding, line)
  equal('the line of the step', first_step(finding).location.range.start.line, 4)

  -- An edit of the helper that is not saved.
  vim.o.hidden = true
  local helper = open(helper_path)
  local before = lines(helper)
  vim.api.nvim_buf_set_lines(helper, 4, 5, true, { is_rust and '    drop(());' or '    pass' })
  diagnostics(caller, 0)
  vim.api.nvim_buf_set_lines(helper, 0, -1, true, before)
  local comment = (is_rust and '//' or '#') .. ' 漢'
  vim.api.nvim_buf_set_lines(helper, 0, 0, true, { comment, comment })
  diagnostics(caller, 1, function(found)
    return first_step(found[1]).location.range.start.line == 6
  end)
  equal('whether the helper is modified', vim.bo[helper].modified, true)

  -- An edit of the caller: the finding goes with its line.
  vim.api.nvim_set_current_buf(caller)
  vim.api.nvim_buf_set_lines(caller, line, line, true, { '    ' .. comment, '' })
  finding = diagnostics(caller, 1, function(found)
    return found[1].lnum == line + 2
  end)[1]
  check_place(finding, line + 2)
  -- In the middle of the line, before the call.
  local inside = is_rust and 13 or 11
  vim.api.nvim_buf_set_text(caller, line + 2, inside, line + 2, inside, { '"🐍🦀", ' })
  finding = diagnostics(caller, 1, function(found)
    return found[1].col > finding.col
  end)[1]
  check_place(finding, line + 2)

  -- The action that silences it.
  vim.api.nvim_win_set_cursor(0, { line + 3, finding.col + 1 })
  local unsilenced = lines(caller)
  -- Ends the block of edits that `undo` takes back.
  vim.cmd('let &undolevels = &undolevels')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == ('allow `%s` here'):format(LINT)
    end,
  })
  wait('edit by the code action', function()
    return #lines(caller) == #unsilenced + 1
  end)
  local expected = vim.deepcopy(unsilenced)
  table.insert(expected, line + 3, ('    %s unsnarl: allow(%s, reason = "say why this is fine here")'):format(
    is_rust and '//' or '#', LINT))
  equal('the silenced text', lines(caller), expected)
  diagnostics(caller, 0)
  vim.cmd('silent undo')
  equal('the text after undo', lines(caller), unsilenced)
  diagnostics(caller, 1)

  -- What the function waits for.
  local hover = client:request_sync('textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding),
    PATIENCE, caller)
  local shown = hover and hover.result and hover.result.contents.value or ''
  if not shown:find('`settle` blocks', 1, true) then
    fail('the hover says %s', vim.inspect(hover))
  end

  client:stop()
  wait('end of the server', function()
    return client:is_stopped()
  end)
end

local function watch()
  local caller = open(caller_path)
  diagnostics(caller, 1)
  local client = vim.lsp.get_clients({ bufnr = caller })[1]
  wait('registration of files to watch', function()
    return client.dynamic_capabilities:get('workspace/didChangeWatchedFiles') ~= nil
  end)
  local before = vim.fn.readfile(helper_path)
  local harmless = vim.deepcopy(before)
  harmless[5] = is_rust and '    drop(());' or '    pass'
  -- Nobody says when the watch has begun.
  wait('change on the disk', function()
    vim.fn.writefile(harmless, helper_path)
    return vim.wait(1000, function()
      return #vim.diagnostic.get(caller) == 0
    end, 20)
  end)
  vim.fn.writefile(before, helper_path)
  diagnostics(caller, 1)
  vim.fn.writefile({ '[lints]', 'all = "allow"' }, vim.fs.joinpath(project, 'unsnarl.toml'))
  diagnostics(caller, 0)
end

local function configure()
  local caller = open(caller_path)
  diagnostics(caller, 1)
  local configuration = open(vim.fs.joinpath(project, 'unsnarl.toml'))
  vim.api.nvim_buf_set_lines(configuration, 0, -1, true, { '[lints]', 'all = "allow"' })
  vim.cmd('silent write')
  diagnostics(caller, 0)
  vim.api.nvim_buf_set_lines(configuration, 0, -1, true, { '[lints]', 'all = "deny"' })
  vim.cmd('silent write')
  diagnostics(caller, 1, function(found)
    return found[1].severity == vim.diagnostic.severity.ERROR
  end)
end

local configurations = vim.fs.joinpath(here, '..', 'neovim')
local way = arg[2]
if way == 'unwatched' then
  local executable = vim.fn.executable
  vim.fn.executable = function(name)
    return name == 'inotifywait' and 0 or executable(name)
  end
end
if way == 'older' then
  dofile(vim.fs.joinpath(configurations, 'older.lua'))
else
  vim.opt.runtimepath:prepend(configurations)
  vim.lsp.enable('unsnarl')
end
vim.cmd('filetype on')
if way == 'watching' then
  watch()
elseif way == 'unwatched' then
  configure()
elseif way == nil or way == 'older' then
  run(nil)
else
  vim.lsp.config('unsnarl', { capabilities = { general = { positionEncodings = { way } } } })
  run(way)
end
print(('neovim %s: %s: %s: passed'):format(tostring(vim.version()), is_rust and 'rust' or 'python', way or 'as it comes'))
