import { measureOnServer } from '@/bench/support/on-server'
import { measureCommits } from './measure'
import { formatCommitReport } from './report'

/** Measures how many transactions with a message commit in a second, and what their job cost before. */
export const measure = () => measureOnServer(measureCommits, formatCommitReport)
