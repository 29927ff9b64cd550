const LOOK = {
  success: 'bg-success-tint text-success',
  warning: 'bg-warning-tint text-warning',
  info: 'bg-tint text-accent',
} as const

export type BadgeProps = { tone: keyof typeof LOOK; label: string }

/** A short label that names a state. */
export function Badge({ tone, label }: BadgeProps) {
  return <span className={`rounded-full px-2 text-sm font-medium ${LOOK[tone]}`}>{label}</span>
}
