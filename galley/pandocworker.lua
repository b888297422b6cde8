-- Pandoc as a worker that stays: requests on its input, answers on its output, each a line and as many bytes as it says.
-- A request's line is "read|write|convert FORMAT COLUMNS MATHML BYTES"; an answer's "ok|no BYTES". What is read is read in
-- a sandbox. Options are those of the command line, where its defaults and those of Lua differ.
local abbreviations = {}
for line in pandoc.pipe(arg[1], {'--print-default-data-file', 'abbreviations'}, ''):gmatch('[^\r\n]+') do
  abbreviations[line] = true
end
local template = pandoc.template.compile(arg[2])

local function tree(text, format)
  local options = pandoc.ReaderOptions{columns = 72, abbreviations = abbreviations}
  return pandoc.read(text, format, options, {})
end

local function ended(text) -- as the command line ends what it does not put into a template
  return text:sub(-1) == '\n' and text or text .. '\n'
end

local function served(kind, format, columns, mathml, text)
  if kind == 'read' then return ended(pandoc.write(tree(text, format), 'json')) end
  local options = {wrap_text = 'wrap-none', columns = columns}
  if kind == 'convert' then
    local from, to = format:match('^(.-)>(.*)$')
    return ended(pandoc.write(tree(text, from), to, options))
  end
  if mathml == 'mathml' then options.html_math_method = 'mathml' end
  if format:match('^typst') then return ended(pandoc.write(pandoc.read(text, 'json'), format, options)) end
  options.template = template
  return pandoc.write(pandoc.read(text, 'json'), format, options)
end

io.stdout:setvbuf('full')
for line in io.lines() do
  local kind, format, columns, mathml, bytes = line:match('^(%S+) (%S+) (%d+) (%S+) (%d+)$')
  local size = tonumber(bytes)
  local done, out = pcall(served, kind, format, tonumber(columns), mathml, size > 0 and io.read(size) or '')
  out = tostring(out)
  io.write(done and 'ok ' or 'no ', #out, '\n', out)
  io.flush()
  collectgarbage()
end
