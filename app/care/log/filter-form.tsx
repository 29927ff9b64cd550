import type { ReactNode } from 'react'
import { Button } from '@/components/button'
import { Field, INPUT_CLASS } from '@/components/form/field'
import { getTranslations } from '../../_text/translations'
import { type ChosenFilter, EVENT_TYPES } from './filter'

type Props = { chosen: ChosenFilter; names: ReadonlyMap<string, string> }

/** The filters of the log. They are parameters of the URL, so the form needs no JavaScript. */
export async function FilterForm({ chosen, names }: Props) {
  const t = await getTranslations('careLog')
  return (
    <form action="/care/log" className="grid gap-4 sm:grid-cols-2">
      <Choice name="person" label={t('person')} chosen={chosen.person} all={t('everybody')}>
        {[...names].map(([staffId, name]) => (
          <option key={staffId} value={staffId}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="type" label={t('what')} chosen={chosen.type} all={t('everything')}>
        {EVENT_TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`type.${type}`)}
          </option>
        ))}
      </Choice>
      <Day name="from" label={t('from')} chosen={chosen.from} />
      <Day name="to" label={t('to')} chosen={chosen.to} />
      <div>
        <Button>{t('show')}</Button>
      </div>
    </form>
  )
}

type FieldProps = { name: string; label: string; chosen: string }

function Choice({
  all,
  children,
  chosen,
  ...field
}: FieldProps & { all: string; children: ReactNode }) {
  return (
    <Field {...field}>
      <select id={field.name} name={field.name} defaultValue={chosen} className={INPUT_CLASS}>
        <option value="">{all}</option>
        {children}
      </select>
    </Field>
  )
}

function Day({ chosen, ...field }: FieldProps) {
  return (
    <Field {...field}>
      <input
        id={field.name}
        name={field.name}
        type="date"
        defaultValue={chosen}
        className={INPUT_CLASS}
      />
    </Field>
  )
}
