-- Point queries with a heavy one among every hundred; no text is sent twice.
local events = 50000
local heavy_every = 100
local sent = 0
local threads = {}
statuses = {}
local pol = "https%%3A%%2F%%2Fw3id.org%%2Fpolemos%%2F"
local point = "SELECT%%20%%3Fp%%20%%3Fo%%20WHERE%%20%%7B%%20%%3C" .. pol
  .. "id%%2Fevent%%2Fsynthetic-%d%%3E%%20%%3Fp%%20%%3Fo%%20%%7D%%20%%23%s"
local heavy = "SELECT%%20%%3Fc%%20%%28COUNT%%28%%2A%%29%%20AS%%20%%3Fn%%29%%20WHERE%%20%%7B"
  .. "%%20%%3Fe%%20a%%20%%3Fc%%20%%3B%%20%%3C" .. pol .. "ontology%%23pointValue%%3E%%20%%3Fv"
  .. "%%20FILTER%%28%%3Fv%%20%%3E%%20%d%%29%%20%%7D%%20GROUP%%20BY%%20%%3Fc%%20%%23%s"

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  wrk.headers["Accept"] = "application/sparql-results+json"
  salt = id .. "-" .. (arguments[1] or "load")
end

function request()
  sent = sent + 1
  local kind = (sent % heavy_every == 0) and heavy or point
  local text = string.format(kind, (sent * 7919) % events, salt .. "-" .. sent)
  return wrk.format("GET", wrk.path .. "?query=" .. text)
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
  local total = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      total[status] = (total[status] or 0) + count
    end
  end
  local told = {}
  for status, count in pairs(total) do
    table.insert(told, string.format('"%d":%d', status, count))
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout
  print(string.format(
    'JSON {"seconds":%f,"requests":%d,"p50":%f,"p90":%f,"p99":%f,"p999":%f,"max":%f,"errors":%d,"statuses":{%s}}',
    summary.duration / 1e6, summary.requests, latency:percentile(50) / 1e3,
    latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3,
    latency.max / 1e3, errors, table.concat(told, ",")))
end
