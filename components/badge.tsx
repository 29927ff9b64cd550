const LOOK = {
  success: 'bg-success-tint text-success',
  warning: 'bg-warning-tint text-warning',
  info: 'bg-tint text-accent',
} as const

export type BadgeProps = { tone: keyof typeof LOOK; label: string }

/** A word beside a name that says in what state it is. */
export function Badge({ tone, label }: BadgeProps) {
  return <span className={`rounded-full px-2 text-sm font-medium ${LOOK[tone]}`}>{label}</span>
}
