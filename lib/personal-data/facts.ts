import type { FieldName } from './words'

/** A value of a person's data. */
export type Cell = string | number | Date | null

/** One row of a section, by the names of its fields. The rows of a section have the same fields. */
export type Fact = Partial<Record<FieldName, Cell>>
