export type StepsProps = { label: string; current: number; total: number }

/** "Langkah 2 dari 3", in words and as a bar. */
export function Steps({ label, current, total }: StepsProps) {
  return (
    <div className="grid gap-2">
      <p className="text-sm font-medium text-muted">{label}</p>
      <div aria-hidden className="flex gap-2">
        {Array.from({ length: total }, (_, index) => index + 1).map((step) => (
          <span
            key={step}
            className={`h-2 grow rounded-full ${step <= current ? 'bg-brand' : 'bg-line'}`}
          />
        ))}
      </div>
    </div>
  )
}
