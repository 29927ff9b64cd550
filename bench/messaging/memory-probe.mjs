// Loaded into a worker before its own code (--expose-gc --import): answers every message with the
// memory in use.
process.on('message', () => {
  const { rss } = process.memoryUsage()
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.send({ rss, heapUsed, external })
})
process.channel.unref()
