// Serves the built pages on PORT, and tells the parent when it is ready.
import { createServer } from 'node:http'
import next from 'next'

const port = Number(process.env.PORT)
const server = createServer({ keepAliveTimeout: 75_000 })
const app = next({ dir: import.meta.dirname, port, httpServer: server, quiet: true })
await app.prepare()
const handle = app.getRequestHandler()
server.on('request', (request, response) => handle(request, response))
server.listen(port, '127.0.0.1', () => process.send('ready'))
process.on('SIGTERM', () => process.exit())
process.on('disconnect', () => process.exit())
