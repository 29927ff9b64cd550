import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliError } from '@/lib/platform/command'
import { createDeferred } from './deferred'

const STOP_TIMEOUT_MS = 15_000

type Environment = Record<string, string | undefined>
/** `args` are those of Node, the script first. */
type Command = { title: string; args: readonly string[]; environment?: Environment }
type State = {
  environment: Environment
  running: Map<string, ChildProcess>
  unexpectedExit: ReturnType<typeof createDeferred>
  isStopping: boolean
}

export type ProcessGroup = ReturnType<typeof createProcessGroup>

/**
 * The processes of one launcher. Each has an IPC channel to the launcher and exits when it closes,
 * also when the launcher is killed. `unexpectedExit` rejects when a service exits before `stop`.
 */
export function createProcessGroup(environment: Environment) {
  const state: State = {
    environment,
    running: new Map(),
    unexpectedExit: createDeferred(),
    isStopping: false,
  }
  return {
    runCommand: (command: Command) => runCommand(state, command),
    startService: (command: Command) => startService(state, command),
    restartService: (command: Command) => restartService(state, command),
    stop: () => stop(state),
    unexpectedExit: state.unexpectedExit.promise,
  }
}

/** Runs a command to its end. Throws its output when it fails. */
async function runCommand(state: State, command: Command) {
  const child = launch(state, command, 'pipe')
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const [status] = await once(child, 'close')
  if (status !== 0 && !state.isStopping)
    throw cliError(`${output.join('').trim()}\n\n${command.title} failed.`)
}

/**
 * Starts a long-running process and waits for its first message, which reports that it is ready.
 */
async function startService(state: State, command: Command) {
  const child = launch(state, command, 'inherit')
  child.on('exit', (status, signal) => {
    const isExpected = state.isStopping || state.running.get(command.title) !== child
    if (!isExpected)
      state.unexpectedExit.reject(
        cliError(`${command.title} ended unexpectedly (${signal ?? `exit code ${status}`}).`),
      )
  })
  await Promise.race([once(child, 'message'), state.unexpectedExit.promise])
}

async function restartService(state: State, command: Command) {
  const child = state.running.get(command.title)
  state.running.delete(command.title)
  if (child) await terminate(child)
  if (!state.isStopping) await startService(state, command)
}

async function stop(state: State) {
  state.isStopping = true
  await Promise.all([...state.running.values()].map(terminate))
}

function launch(state: State, { title, args, environment }: Command, output: 'inherit' | 'pipe') {
  if (state.isStopping) throw cliError(`${title} was not started: the launcher is stopping.`)
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...state.environment, ...environment },
    stdio: ['ignore', output, output, 'ipc'],
  })
  state.running.set(title, child)
  return child
}

/** Sends SIGTERM, and SIGKILL after 15 s. */
async function terminate(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const forceKill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(forceKill)
}
