/**
 * The export of every bench/<name>/index.ts: measures, and returns a Markdown report and the same
 * figures as numbers; undefined when its options ask for no report. `args` are the options after its
 * name.
 */
export type Benchmark = {
  measure(args: readonly string[]): Promise<{ report: string; figures: object } | undefined>
}
