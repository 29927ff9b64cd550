import { CareLinks } from '@/components/care'
import { Disclosure } from '@/components/disclosure'
import { TextLink } from '@/components/flow-page'
import { env } from '@/lib/platform/env'
import type { FormScreen } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { careContacts } from '../help/care-contacts'

/**
 * What else can be done on a code screen: choose another address of the account, replace the lost
 * primary number, to which alone the code can go, or check what was typed.
 */
const REMEDY: Partial<Record<FormScreen, 'choose' | 'replace'>> = {
  resetCode: 'choose',
  unfreezeCode: 'choose',
  restrictionCode: 'choose',
  changeAuthorise: 'choose',
  eraseCode: 'choose',
  recoveryAuthorise: 'replace',
  removeCode: 'replace',
}

/** Where care answers one customer alone. */
const DIRECT = ['phone', 'chat', 'email']

type Props = { screen: FormScreen; restart: string }

/**
 * What to do when no code arrives. To a stranger it says the same for every account and for none:
 * it depends on the screen alone.
 */
export async function NoCode({ screen, restart }: Props) {
  const t = await getTranslations('noCode')
  const remedy = REMEDY[screen]
  const direct = (await careContacts()).filter(({ kind }) => DIRECT.includes(kind))
  return (
    <Disclosure summary={t('summary')} className="border-t border-line pt-2">
      <ul className="grid list-disc gap-2 ps-5 text-sm">
        <li>{t('wait')}</li>
        <li>{t('sms')}</li>
        {env().hasWhatsapp && <li>{t('whatsapp')}</li>}
        <li>{t('email')}</li>
        {screen === 'resetCode' && <li>{t('unknown')}</li>}
        {remedy === undefined && <li>{t('typed')}</li>}
        {remedy === 'choose' && env().NUMBER_SIGNALS !== 'none' && <li>{t('newSim')}</li>}
        {remedy === 'choose' && (
          <li>
            <p>{t('lostAddress')}</p>
            <TextLink href={restart}>{t('otherWay')}</TextLink>
          </li>
        )}
        {remedy === 'replace' && (
          <li>
            <p>{t('lostNumber')}</p>
            <TextLink href="/profile/phone">{t('changeNumber')}</TextLink>
          </li>
        )}
        <li>
          <p>{t('care')}</p>
          <CareLinks contacts={direct} />
        </li>
      </ul>
      {remedy && <TextLink href="/help/lost">{t('lost')}</TextLink>}
    </Disclosure>
  )
}
