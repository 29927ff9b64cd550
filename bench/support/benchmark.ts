/** What the door of a benchmark (bench/<name>/index.ts) exports: it measures, and says what it found in Markdown and in numbers. */
export type Benchmark = { measure(): Promise<{ report: string; figures: object }> }
