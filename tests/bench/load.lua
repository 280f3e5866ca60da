-- Requests for wrk: the paths of a file, one a line, in turn. BENCH_PATHS names the file.
-- BENCH_THINK, in milliseconds, lets every connection pause before each request, on average so long and at most
-- twice that: connections that mostly think are visitors who come one by one; wrk has no other way to hold a rate.

local paths, place = {}, 0
local think = tonumber(os.getenv("BENCH_THINK") or "0")

function setup(thread)
  thread:set("number", place)
  place = place + 1
end

function init()
  for line in io.lines(os.getenv("BENCH_PATHS")) do
    paths[#paths + 1] = wrk.format("GET", line)
  end
  place = (number or 0) * 997
  math.randomseed(1 + (number or 0))
end

function request()
  place = place + 1
  return paths[(place - 1) % #paths + 1]
end

if think > 0 then
  function delay()
    return math.floor(2 * think * math.random() + 0.5)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'BENCH {"requests": %d, "seconds": %.3f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
