-- Point queries for wrk. "distinct" and "warm" never send one text twice; "repeated" sends one.
local mode = "distinct"
local sent = 0
local events = 50000
local query = "SELECT%%20%%3Fp%%20%%3Fo%%20WHERE%%20%%7B%%20%%3C"
  .. "https%%3A%%2F%%2Fw3id.org%%2Fpolemos%%2Fid%%2Fevent%%2Fsynthetic-%d"
  .. "%%3E%%20%%3Fp%%20%%3Fo%%20%%7D%%20%%23%s%d"

function init(arguments)
  mode = arguments[1] or mode
  wrk.headers["Accept"] = "application/sparql-results+json"
end

function request()
  if mode ~= "repeated" then sent = sent + 1 end
  local text = string.format(query, (sent * 7919) % events, mode, sent)
  return wrk.format("GET", wrk.path .. "?query=" .. text)
end
