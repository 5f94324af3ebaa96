-- What wrk saw, on one line: answers, seconds, bytes, p50 and p99 in ms, answers of 400 and more, lost ones.
done = function(summary, latency, requests)
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("SEEN %d %f %d %f %f %d %d\n", summary.requests, summary.duration / 1e6,
    summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.errors.status, lost))
end
