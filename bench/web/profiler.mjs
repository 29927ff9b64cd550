// Loaded into the web process before its own code (--import): starts a CPU profile at the first
// message, and writes it to the file that the next one names.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

const session = new Session()
session.connect()

process.on('message', async ({ writeProfileTo }) => {
  if (writeProfileTo) {
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(writeProfileTo, JSON.stringify(profile))
  } else {
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
  }
  process.send({ isDone: true })
})
process.channel.unref()
