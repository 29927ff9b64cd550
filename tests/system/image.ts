import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { instructionsOf } from '../support/dockerfile'
import type { Start } from './processes'

const run = promisify(execFile)

/** What a build of an image may see of the machine: programs, the registry of packages, a proxy. */
const OF_MACHINE = /^(?:PATH|HOME|npm_config_\w+|\w+_proxy|NODE_EXTRA_CA_CERTS)$/i

type Stage = {
  root: string
  workdir: string
  environment: Record<string, string>
  user?: string
  entrypoint: string[]
  command: string[]
}

/** An image as folders: what `docker run` would start, where, as whom. */
export type Image = Stage & { folder: string }

/**
 * Follows the steps of a Dockerfile in folders, without a container engine: each stage has a root of
 * its own, and commands run on this machine. Throws for an instruction that it does not know.
 */
export async function assembleImage(dockerfile: string, context: string): Promise<Image> {
  // Outside of the checkout, because Node would find its packages.
  const parent = mkdtempSync(path.join(tmpdir(), 'image-'))
  chmodSync(parent, 0o755)
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const { name, rest } of instructionsOf(dockerfile)) {
    if (name === 'FROM') {
      const as = / AS (?<as>\w+)$/i.exec(rest)?.groups?.as ?? 'last'
      stage = openStage(path.join(parent, as))
      stages.set(as, stage)
    } else if (stage) await follow(stage, name, rest, { context, stages })
  }
  if (!stage) throw new Error('the Dockerfile has no stage')
  return { ...stage, folder: parent }
}

function openStage(root: string): Stage {
  mkdirSync(root)
  return { root, workdir: '/', environment: {}, entrypoint: [], command: [] }
}

/** The folder of a path inside an image. */
export const inImage = ({ root, workdir }: Stage, name = '.') =>
  path.join(root, path.resolve(workdir, name))

type Sources = { context: string; stages: Map<string, Stage> }

async function follow(stage: Stage, name: string, rest: string, sources: Sources) {
  if (name === 'WORKDIR') {
    stage.workdir = path.resolve(stage.workdir, rest)
    mkdirSync(inImage(stage), { recursive: true })
  } else if (name === 'COPY') copy(stage, rest.split(' '), sources)
  else if (name === 'RUN') await runIn(stage, rest)
  else if (name === 'ENV') {
    const pairs = rest.split(' ').map((pair) => pair.split('='))
    Object.assign(stage.environment, Object.fromEntries(pairs))
  } else if (name === 'USER') stage.user = rest
  else if (name === 'ENTRYPOINT') stage.entrypoint = JSON.parse(rest)
  else if (name === 'CMD') stage.command = JSON.parse(rest)
  else if (name !== 'EXPOSE') throw new Error(`unknown instruction ${name}`)
}

function copy(stage: Stage, words: string[], { context, stages }: Sources) {
  const from = words[0]?.startsWith('--from=') ? words.shift()?.replace('--from=', '') : undefined
  const origin = from === undefined ? context : stages.get(from)?.root
  if (!origin) throw new Error(`there is no stage ${from}`)
  const target = words.pop() ?? ''
  for (const word of words) {
    const source = path.join(origin, word)
    if (!existsSync(source)) throw new Error(`COPY: there is no ${word}`)
    const isInto = target.endsWith('/') && !statSync(source).isDirectory()
    const to = inImage(stage, isInto ? path.join(target, path.basename(word)) : target)
    cpSync(source, to, { recursive: true, verbatimSymlinks: true })
  }
}

async function runIn(stage: Stage, command: string) {
  const machine = Object.entries(process.env).filter(([name]) => OF_MACHINE.test(name))
  const env = Object.assign(
    {},
    ...machine.map(([name, value]) => ({ [name]: value })),
    stage.environment,
  )
  await run('sh', ['-c', command], { cwd: inImage(stage), env, maxBuffer: 64 * 1_024 * 1_024 })
}

/**
 * Where and as whom the processes of an image run: as its user, where this process may become
 * another one, and without a folder for temporary files.
 */
export function startIn(image: Image, env: NodeJS.ProcessEnv): Start {
  const [uid = 0, gid = 0] = (image.user ?? '').split(':').map(Number)
  return {
    cwd: inImage(image),
    env: { ...env, TMPDIR: '/nonexistent', ...image.environment },
    ...(process.getuid?.() === 0 && { uid, gid }),
  }
}
