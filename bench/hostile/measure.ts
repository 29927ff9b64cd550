import os from 'node:os'
import { describeHost } from '@/bench/support/machine'
import { startProduct } from '@/tests/support/product'
import { measureAnswers } from './answers'
import { measureConnections } from './connections'
import { measureFields } from './fields'
import { findWebProcess } from './web-process'

export type HostileFigures = Awaited<ReturnType<typeof measureHostile>>

export async function measureHostile() {
  const machine = describeHost()
  const fields = await measureFields()
  const product = await startProduct()
  try {
    const web = findWebProcess(new URL(product.origin).port)
    const answers = await measureAnswers(product.origin, web)
    const connections = await measureConnections(product.origin, web)
    return { machine, fields, answers, connections, loadAtEnd: os.loadavg()[0] ?? 0 }
  } finally {
    await product.stop()
  }
}
