// Loaded into a worker before its own code (--import, with --expose-gc): tells its memory when asked.
process.on('message', () => {
  const { rss } = process.memoryUsage()
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.send({ rss, heapUsed, external })
})
process.channel.unref()
