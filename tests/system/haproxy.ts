import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { newFolder } from '../support/environment'
import { findPort } from '../support/product'
import { named } from './packages'
import type { Node } from './replicas'

const run = promisify(execFile)

export const CONFIGURATION = 'deploy/haproxy/haproxy.cfg'

export type HaProxy = { port: number; stop(): Promise<void> }

/** Throws with what HAProxy says when it does not accept a configuration without a warning. */
export async function checkConfiguration(file: string): Promise<void> {
  const args = ['-c', '-dW', '-f', file]
  await run('haproxy', args).catch(named('haproxy'))
}

/** Starts Debian's HAProxy with the configuration of deploy/ in front of these servers. */
export async function startHaProxy(nodes: readonly Node[]): Promise<HaProxy> {
  const [folder, port] = [newFolder('haproxy'), await findPort()]
  const file = path.join(folder, 'haproxy.cfg')
  writeFileSync(file, localConfiguration(nodes, port))
  await checkConfiguration(file)
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  await once(child, 'spawn')
  // A test that fails in its hooks leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    port,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

/** The file of deploy/ with the addresses of this machine, and without what belongs to its unit. */
function localConfiguration(nodes: readonly Node[], port: number) {
  const ofUnit = /^ {2}(?:user|stats socket) .*\n/gm
  const text = readFileSync(CONFIGURATION, 'utf8')
    .replace(ofUnit, '')
    .replace('log /dev/log', 'log stderr format raw')
  return nodes.reduce(
    (rest, { name, port: own }) =>
      rest.replace(new RegExp(`(server ${name}) \\S+`), `$1 127.0.0.1:${own}`),
    text.replace(/bind \S+/, `bind 127.0.0.1:${port}`),
  )
}
