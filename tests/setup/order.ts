import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Runs the projects one after another. Files share a process only as neighbours of one project, and a
 * new process costs seconds. The long files of "attacks" come first and the short ones of "unit" last.
 */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const of = (name: string) => sorted.filter(({ project }) => project.name === name)
    const ordered = ['attacks', 'domain', 'faults', 'product', 'unit'].flatMap(of)
    return [...ordered, ...sorted.filter((file) => !ordered.includes(file))]
  }
}
