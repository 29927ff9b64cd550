import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import path from 'node:path'
import { expect, vi } from 'vitest'
import { newFolder } from '../support/environment'
import { findPort } from '../support/product'
import { makeCertificate } from './certificate'

export const HOST = 'akun.toko.example'
export const CARE_HOST = 'care.toko.example'
const folder = path.resolve(newFolder('nginx'))
export const inFolder = (name: string) => path.join(folder, name)

/** Where nginx listens, once it is configured. */
export const ports = { plain: 0, tls: 0 }

let nginx: ReturnType<typeof spawn> | undefined

/**
 * Writes the files of deploy/ with the ports and folders of this test, and certificates. The first web
 * process has this port, and the second one is down.
 */
export async function configure(webPort: number | string) {
  makeCertificates()
  Object.assign(ports, { plain: await findPort(), tls: await findPort() })
  const replaced = {
    '127.0.0.1:3001': `127.0.0.1:${webPort}`,
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

function makeCertificates() {
  for (const [host, live] of [
    [HOST, '.'],
    [CARE_HOST, 'care'],
  ] as const) {
    const { file, keyFile } = makeCertificate(host)
    mkdirSync(inFolder(live), { recursive: true })
    copyFileSync(file, inFolder(`${live}/fullchain.pem`))
    copyFileSync(keyFile, inFolder(`${live}/privkey.pem`))
  }
}

/** Starts nginx with what was written, and waits until it answers. */
export async function startNginx() {
  nginx = spawn('nginx', ['-c', inFolder('nginx.conf')], { stdio: 'ignore' })
  await vi.waitFor(() => call('/', { isPlain: true }), { timeout: 10_000, interval: 50 })
}

/** Ends nginx, if it was started, and removes its files. */
export async function stopNginx() {
  if (nginx) {
    const exited = once(nginx, 'exit')
    nginx.kill('SIGTERM')
    await exited
  }
  rmSync(folder, { recursive: true })
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
