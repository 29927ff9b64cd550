import { Badge } from '@/components/badge'
import { TextLink } from '@/components/flow-page'
import type { StaffEntry, StaffMember, StaffState } from '@/lib/support'
import { formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'

const TONES = {
  active: 'success',
  enrolled: 'warning',
  invited: 'info',
  expired: 'warning',
  disabled: 'info',
} as const satisfies Record<StaffState, 'success' | 'warning' | 'info'>

type Props = { person: StaffEntry; reader: StaffMember }

/** Somebody on staff: name, role, state, who invited, and what the reader may do about it. */
export async function Person({ person, reader }: Props) {
  const t = await getTranslations()
  const { staffId, name, state, invitedById, invitedBy } = person
  const at = await formatMoment(person.createdAt)
  const mayConfirm = state === 'enrolled' && invitedById !== reader.staffId
  const mayDisable = state !== 'disabled' && staffId !== reader.staffId
  return (
    <li className="grid gap-1 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-semibold wrap-anywhere">{name}</p>
        <Badge tone={TONES[state]} label={t(`careStaff.state.${state}`)} />
      </div>
      <p className="text-sm text-muted">
        {t(`staffRole.${person.role}`)} ·{' '}
        {invitedBy
          ? t('careStaff.invitedBy', { name: invitedBy, at })
          : t('careStaff.first', { at })}
      </p>
      {state === 'enrolled' && !mayConfirm && (
        <p className="text-sm">{t('careStaff.otherConfirms')}</p>
      )}
      <div className="flex flex-wrap gap-x-6">
        {mayConfirm && (
          <TextLink href={`/care/staff/confirm/${staffId}`}>
            {t('careStaff.confirm')}
            <span className="sr-only"> {name}</span>
          </TextLink>
        )}
        {mayDisable && (
          <TextLink href={`/care/staff/disable/${staffId}`}>
            {t('careStaff.disable')}
            <span className="sr-only"> {name}</span>
          </TextLink>
        )}
      </div>
    </li>
  )
}
