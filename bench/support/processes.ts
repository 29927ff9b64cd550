import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createDeferred } from '@/tools/launcher/deferred'

export type BenchProcess = ReturnType<typeof connect>

/** `args` are those of Node, the script first. `folder`: where it is started, by default here. */
type Command = {
  args: readonly string[]
  environment: Record<string, string>
  folder?: string
}

const running = new Set<ChildProcess>()
const unexpectedExit = createDeferred()

/**
 * Runs `work`. Rejects when a process that it started exits unexpectedly, and kills all of them at
 * the end.
 */
export async function withProcesses<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await Promise.race([work(), unexpectedExit.promise])
  } finally {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  }
}

/** Starts a Node process and waits for its first message, which reports that it is ready. */
export async function startProcess({
  args,
  environment,
  folder = '.',
}: Command): Promise<BenchProcess> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => {
    if (running.delete(child))
      unexpectedExit.reject(new Error(`${args.join(' ')} exited unexpectedly`))
  })
  const [readyMessage] = await once(child, 'message')
  return connect(child, readyMessage)
}

function connect(child: ChildProcess, readyMessage: unknown) {
  return {
    /** Its process id. */
    pid: Number(child.pid),
    readyMessage,
    onMessage: (listen: (message: unknown) => void) => child.on('message', listen),
    /** Sends a message and returns the next one that the process sends. */
    async request(message: object): Promise<unknown> {
      const response = once(child, 'message')
      child.send(message)
      return (await response)[0]
    },
    async stop() {
      running.delete(child)
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
