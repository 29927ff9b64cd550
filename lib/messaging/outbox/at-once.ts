/**
 * SQL for the earliest start of work that is written now; `now` is the SQL of the writer's time. The
 * start is a day in the past, and never after PostgreSQL's time: a writer whose clock is ahead, or a
 * worker whose clock is a day behind, must not delay the work.
 */
export const atOnce = (now: string): string => `least(${now}, now()) - interval '25 hours'`
