import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { failable } from '@/tools/launcher/deferred'

export type Child = ReturnType<typeof adopt>

type Start = {
  command: string
  environment: Record<string, string>
  nodeOptions?: readonly string[]
}

const running = new Set<ChildProcess>()
const death = failable()

/** Does a work that needs its processes: fails when one of them ends by itself, and leaves none behind. */
export async function withProcesses<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await Promise.race([work(), death.promise])
  } finally {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  }
}

/** Starts one of our commands in a process of its own and waits until it says that it is ready. */
export async function start({ command, environment, nodeOptions = [] }: Start): Promise<Child> {
  const child = spawn(process.execPath, [...nodeOptions, 'tools/run.mjs', command], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => {
    if (running.delete(child)) death.fail(new Error(`${command} ended by itself`))
  })
  const [first] = await once(child, 'message')
  return adopt(child, first)
}

function adopt(child: ChildProcess, first: unknown) {
  return {
    /** What it said when it was ready. */
    first,
    onMessage: (listen: (message: unknown) => void) => child.on('message', listen),
    async ask(question: object): Promise<unknown> {
      const answered = once(child, 'message')
      child.send(question)
      return (await answered)[0]
    },
    async end() {
      running.delete(child)
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
