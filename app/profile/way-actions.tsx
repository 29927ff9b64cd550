import { ActionButton } from '@/components/action-button'
import { buttonClass } from '@/components/button'
import type { RecoveryMethod } from '@/lib/contacts'
import { getTranslations } from '../_text/translations'
import { askForProof } from './_verify/actions'

type Props = { way: RecoveryMethod; isDue: boolean; isLocked: boolean; name: string }

type Action = { href: string; word: 'add' | 'verify' | 'change' | 'remove'; isFirst?: boolean }

/**
 * The actions of one address, the one that helps most first. While the account is restricted, only
 * the yearly check is left: it changes nothing.
 */
export async function WayActions({ way, isDue, isLocked, name }: Props) {
  const t = await getTranslations('profile')
  const mayVerify = isDue || way.state === 'recycled'
  const actions = isLocked ? [] : actionsOf(way, isDue)
  return (
    <>
      {mayVerify && (
        <form action={askForProof.bind(null, { role: way.role, kind: way.kind })}>
          <ActionButton look="secondary">
            {t('verify')}
            <span className="sr-only"> {name}</span>
          </ActionButton>
        </form>
      )}
      {actions.map(({ href, word, isFirst }) => (
        <a key={word} href={href} className={buttonClass(isFirst ? 'secondary' : 'quiet')}>
          {t(word)}
          <span className="sr-only"> {way.mask ?? name}</span>
        </a>
      ))}
    </>
  )
}

function actionsOf({ role, kind, state, isConfirmed }: RecoveryMethod, isDue: boolean): Action[] {
  const base = role === 'primary' ? `/profile/${kind}` : `/profile/recovery/${kind}`
  if (state === 'missing') return [{ href: base, word: 'add', isFirst: true }]
  const proof = role === 'primary' ? `${base}/verify` : `${base}/confirm`
  const change = {
    href: role === 'primary' ? base : `${base}/replace`,
    word: 'change',
    isFirst: (state === 'unreachable' && !isDue) || state === 'recycled',
  } as const
  return [
    ...(isConfirmed ? [] : [{ href: proof, word: 'verify', isFirst: true } as const]),
    // An unconfirmed recovery address is removed and added again.
    ...(role === 'recovery' && !isConfirmed ? [] : [change]),
    ...(role === 'recovery' ? [{ href: `${base}/remove`, word: 'remove' } as const] : []),
  ]
}
