/**
 * The export of every bench/<name>/index.ts: measures, and returns a Markdown report and the same
 * figures as numbers.
 */
export type Benchmark = { measure(): Promise<{ report: string; figures: object }> }
