import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * A minimal SMTP server without TLS. `senderAnswer` and `recipientAnswer` are its replies to MAIL
 * FROM and RCPT TO.
 */
export type FakeMailServer = {
  url: string
  received: { recipients: string[]; source: string }[]
  senderAnswer: string
  recipientAnswer: string
  close(): Promise<void>
}

export async function startFakeMailServer(): Promise<FakeMailServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    void converse(socket, fake)
  })
  const fake: FakeMailServer = {
    url: '',
    received: [],
    senderAnswer: '250 ok',
    recipientAnswer: '250 ok',
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  await once(server.listen(0, '0.0.0.0'), 'listening')
  const address = server.address()
  fake.url = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
  return fake
}

async function converse(socket: Socket, fake: FakeMailServer) {
  const recipients: string[] = []
  let source: string[] | undefined
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 fake')
  for await (const line of createInterface({
    input: socket,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (source && line !== '.') source.push(line)
    else if (source) {
      fake.received.push({ recipients, source: source.join('\n') })
      source = undefined
      say('250 taken')
    } else if (line.startsWith('RCPT TO')) {
      recipients.push(line.slice('RCPT TO:'.length))
      say(fake.recipientAnswer)
    } else if (line.startsWith('MAIL FROM')) say(fake.senderAnswer)
    else if (line === 'DATA') {
      source = []
      say('354 go on')
    } else if (line === 'STARTTLS') say('502 not here')
    else say(line === 'QUIT' ? '221 bye' : '250 ok')
  }
}
