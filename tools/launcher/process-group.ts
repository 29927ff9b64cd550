import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fault } from '@/lib/platform/command'
import { failable } from './deferred'

const PATIENCE_MS = 15_000

type Environment = Record<string, string | undefined>
/** `args` are those of Node, the script first. */
type Command = { title: string; args: readonly string[]; environment?: Environment }
type State = {
  environment: Environment
  running: Map<string, ChildProcess>
  death: ReturnType<typeof failable>
  isStopping: boolean
}

export type Crew = ReturnType<typeof createCrew>

/**
 * The processes of one launch. Each is started with a channel to the launcher and ends when that closes, so none outlives
 * a launcher that was killed. `death` rejects when a kept process ends by itself.
 */
export function createCrew(environment: Environment) {
  const state: State = { environment, running: new Map(), death: failable(), isStopping: false }
  return {
    run: (command: Command) => run(state, command),
    keep: (command: Command) => keep(state, command),
    replace: (command: Command) => replace(state, command),
    stop: () => stop(state),
    death: state.death.promise,
  }
}

/** Runs a command to its end. Its output is shown only when it fails. */
async function run(state: State, command: Command) {
  const child = launch(state, command, 'pipe')
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const [status] = await once(child, 'close')
  if (status !== 0 && !state.isStopping)
    throw fault(`${output.join('').trim()}\n\n${command.title} failed.`)
}

/** Starts a process that is to live as long as the launch, and waits until it is ready. */
async function keep(state: State, command: Command) {
  const child = launch(state, command, 'inherit')
  child.on('exit', (status, signal) => {
    const isExpected = state.isStopping || state.running.get(command.title) !== child
    if (!isExpected)
      state.death.fail(
        fault(`${command.title} ended unexpectedly (${signal ?? `exit code ${status}`}).`),
      )
  })
  await Promise.race([once(child, 'message'), state.death.promise])
}

/** Ends a kept process and starts it anew. */
async function replace(state: State, command: Command) {
  const child = state.running.get(command.title)
  state.running.delete(command.title)
  if (child) await end(child)
  if (!state.isStopping) await keep(state, command)
}

/** Asks every process to end, and ends those that have not after fifteen seconds. */
async function stop(state: State) {
  state.isStopping = true
  await Promise.all([...state.running.values()].map(end))
}

function launch(state: State, { title, args, environment }: Command, stdio: 'inherit' | 'pipe') {
  if (state.isStopping) throw fault(`${title} was not started: the launch is being stopped.`)
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...state.environment, ...environment },
    stdio: ['ignore', stdio, stdio, 'ipc'],
  })
  state.running.set(title, child)
  return child
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(force)
}
