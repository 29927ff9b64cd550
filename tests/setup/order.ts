import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Runs the files that mostly wait beside the files that fill the processor. The files of "domain" stay together, because they
 * share processes only as neighbours.
 */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const of = (...names: string[]) => sorted.filter(({ project }) => names.includes(project.name))
    const last = [...spread(of('faults'), of('product')), ...of('unit')]
    return [...sorted.filter((file) => !last.includes(file)), ...last]
  }
}

/** Puts the files of `few` at even distances into `many`. */
function spread<File>(few: File[], many: File[]): File[] {
  const placed = [few, many].flatMap((files) =>
    files.map((file, index) => ({ file, place: (index + 0.5) / files.length })),
  )
  return placed.sort((one, other) => one.place - other.place).map(({ file }) => file)
}
