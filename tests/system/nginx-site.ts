import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import path from 'node:path'
import { expect } from 'vitest'
import { newFolder } from '../support/environment'
import { portOf } from '../support/fake-providers'
import { findPort } from '../support/product'

export const HOST = 'akun.toko.example'
export const CARE_HOST = 'care.toko.example'
export const folder = path.resolve(newFolder('nginx'))
export const inFolder = (name: string) => path.join(folder, name)

export const seen: { method: string; url: string; headers: IncomingHttpHeaders }[] = []
/** Stands for a web process, and shows what nginx passes to it. */
export const upstream = createServer((incoming, answer) => {
  const { method = '', url = '', headers } = incoming
  incoming.resume().once('end', () => {
    seen.push({ method, url, headers })
    answer.statusCode = url === '/unavailable' ? 503 : 200
    answer.end('from the product')
  })
})

let ports = { plain: 0, tls: 0 }

/** The files of deploy/ with the ports and folders of this test. The second web process is down. */
export async function configure() {
  await once(upstream.listen(0), 'listening')
  ports = { plain: await findPort(), tls: await findPort() }
  const replaced = {
    '127.0.0.1:3001': `127.0.0.1:${portOf(upstream.address())}`,
    '127.0.0.1:3002': `127.0.0.1:${await findPort()}`,
    'listen 80;': `listen 127.0.0.1:${ports.plain};`,
    'listen [::]:80;': '',
    'listen 443 ssl http2;': `listen 127.0.0.1:${ports.tls} ssl http2;`,
    'listen [::]:443 ssl http2;': '',
    '/etc/letsencrypt/live/akun.toko.example': folder,
    '/etc/letsencrypt/live/care.toko.example': inFolder('care'),
    '/var/log/nginx': folder,
    '/var/lib/recovery-account': folder,
  }
  const files = ['recovery-account.conf', 'recovery-account-care.conf']
  const given = files.map((file) => readFileSync(`deploy/nginx/${file}`, 'utf8')).join('\n')
  const site = Object.entries(replaced).reduce((text, [from, to]) => {
    expect(text, from).toContain(from)
    return text.replaceAll(from, to)
  }, given)
  writeFileSync(inFolder('site.conf'), site)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${inFolder(name)};`)
    .join('\n')
  // Its workers would become "nobody", who may not enter the folder of the test.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(
    inFolder('nginx.conf'),
    `${user} daemon off; pid ${inFolder('pid')}; error_log ${inFolder('start.log')}; worker_processes 1;
events {} http { include /etc/nginx/mime.types; ${temporary} include ${inFolder('site.conf')}; }`,
  )
}

type Call = {
  method?: string
  headers?: Record<string, string>
  body?: Buffer
  isPlain?: boolean
  host?: string
}

/** A request of a browser that resolves the host to this machine. */
export async function call(
  url: string,
  { method = 'GET', headers = {}, body, isPlain, host = HOST }: Call = {},
) {
  const options = {
    ...{ method, path: url, host: '127.0.0.1' },
    headers: { host, ...headers, ...(body && { 'content-length': body.length }) },
  }
  const request = isPlain
    ? plainRequest({ ...options, port: ports.plain })
    : tlsRequest({
        ...options,
        port: ports.tls,
        servername: host,
        ca: ['fullchain.pem', 'care/fullchain.pem'].map((file) => readFileSync(inFolder(file))),
      })
  request.end(body)
  const [answer] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return {
    status: answer.statusCode as number,
    headers: answer.headers as IncomingHttpHeaders,
    text: Buffer.concat(chunks).toString(),
  }
}
