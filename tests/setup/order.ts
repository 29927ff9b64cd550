import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects that use the processor. "unit" comes last, because its files are short. */
const PROJECTS = ['attacks', 'domain', 'faults', 'product', 'unit']

/** Long files, of which those of "faults" mostly wait: for a lease that runs out, or for a broken network. */
const FIRST = [
  'faults/worker-network',
  'attacks/strangers',
  'attacks/takeovers',
  'faults/worker',
  'attacks/care',
  'faults/providers',
  'attacks/signals',
  'faults/provider-pace',
  'faults/killed',
].map((name) => `/tests/${name}.test.ts`)

/**
 * Runs the long files first, beside each other, and then one project after another. Files share a process
 * only as neighbours of one project, and a new process costs seconds.
 */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isFirst = ({ moduleId }: TestSpecification, name: string) => moduleId.endsWith(name)
    const ordered = [
      ...FIRST.flatMap((name) => sorted.filter((file) => isFirst(file, name))),
      ...PROJECTS.flatMap((name) => sorted.filter(({ project }) => project.name === name)),
      ...sorted,
    ]
    return [...new Set(ordered)]
  }
}
