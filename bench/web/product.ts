import { startProcess } from '@/bench/support/processes'
import { findPort } from '@/tests/support/product'
import { productEnvironment } from './environment'

const PROFILER = ['--import', './bench/web/profiler.mjs']

/** A running web process: where it answers, its process id, and how to end it. */
export type WebServer = { origin: string; pid: number; stop(): Promise<void> }

export type ProductServer = WebServer & {
  startProfile(): Promise<void>
  /** Writes what the web process did since `startProfile`, for Chromium's tools for developers. */
  writeProfile(file: string): Promise<void>
}

/** `settings`: variables of the environment besides those of every benchmark. */
export type ProductOptions = { hasProfiler?: boolean; settings?: Record<string, string> }

/** Starts the product's web process alone, without a worker. */
export async function startProduct(
  secrets: Record<string, string>,
  databaseUrl: string,
  { hasProfiler = false, settings = {} }: ProductOptions = {},
): Promise<ProductServer> {
  const port = await findPort()
  const child = await startProcess({
    args: [...(hasProfiler ? PROFILER : []), 'server/run.mjs', 'web'],
    environment: { ...productEnvironment(secrets, databaseUrl, port), ...settings },
  })
  return {
    origin: `http://localhost:${port}`,
    pid: child.pid,
    stop: child.stop,
    startProfile: async () => void (await child.request({})),
    writeProfile: async (writeProfileTo) => void (await child.request({ writeProfileTo })),
  }
}
