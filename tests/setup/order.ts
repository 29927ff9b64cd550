import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** "unit" is last: its files are short, so all processes end at about the same time. */
const PROJECTS = ['attacks', 'domain', 'faults', 'product', 'unit']

/**
 * The longest files of these projects. Those of "faults" mostly wait, for a lease that runs out or for a
 * broken network. They run beside those of "attacks", which use the processor.
 */
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
