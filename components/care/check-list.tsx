type Props = {
  legend: string
  hint: string
  choices: readonly { name: string; label: string }[]
}

/** Boxes to tick, each a field of its own. */
export function CheckList({ legend, hint, choices }: Props) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-semibold">{legend}</legend>
      <p className="text-sm text-muted">{hint}</p>
      {choices.map(({ name, label }) => (
        <label
          key={name}
          className="flex min-h-12 cursor-pointer items-center gap-4 rounded-control border-2 border-edge bg-surface px-4 py-2 has-checked:border-brand has-checked:bg-tint"
        >
          <input type="checkbox" name={name} className="size-5 shrink-0 accent-(--brand)" />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
