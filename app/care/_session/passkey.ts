import 'server-only'
import type { core } from 'zod/mini'
import type { Begun, PasskeyText } from '@/components/care/passkey'
import type { Result } from '@/lib/platform/result'
import {
  type AssertedAct,
  beginAct,
  commitAct,
  completeAct,
  type SignedInStaff,
  type StaffAct,
} from '@/lib/support'
import { submit } from '../../_forms/form'
import { getTranslations } from '../../_text/translations'
import { keepPasskeyChallenge, passkeyChallenge } from './challenge-cookie'

/** The texts of a form that a passkey signs. */
export async function passkeyText(): Promise<PasskeyText> {
  const t = await getTranslations('carePasskey')
  return { cancelled: t('cancelled'), unsupported: t('unsupported'), noScript: t('noScript') }
}

/**
 * The `begin` of an `AssertedForm`: checks the form, and asks for a signature over the act that
 * `toAct` makes of it. Returns what the browser asks its authenticator for, or the faults of the
 * form. Call it after `requireStaffAction`.
 */
export async function beginAsserted<Schema extends core.$ZodType>(
  staff: SignedInStaff,
  schema: Schema,
  form: FormData,
  toAct: (input: core.output<Schema>) => StaffAct,
): Promise<Begun> {
  const asked: Begun[] = []
  const refused = await submit(schema, form, async (input) => {
    const { secret, options } = await beginAct(staff, toAct(input), new Date())
    await keepPasskeyChallenge(secret)
    asked.push({ get: options })
    return {}
  })
  return asked[0] ?? { refused }
}

/**
 * What a browser has posted as the answer of its authenticator, with the secret of its challenge.
 */
export async function readPasskey(form: FormData) {
  const credential = form.get('credential')
  return {
    secret: await passkeyChallenge(),
    credential: typeof credential === 'string' ? credential : '',
    now: new Date(),
  }
}

type Act = Pick<AssertedAct, 'staff' | 'act' | 'others'>

/**
 * The second half of an `AssertedForm`: runs `work` in the transaction that uses up the signature
 * in `form`. `act` is made of what was posted now, so a signature over other values is refused. See
 * `completeAct` of `lib/support` for the refusals.
 */
export async function completeAsserted<Value, Word extends string>(
  form: FormData,
  act: Act,
  work: Parameters<typeof completeAct<Value, Word>>[1],
): Promise<Result<Value, Word | 'passkey_refused'>> {
  return completeAct({ ...act, ...(await readPasskey(form)) }, work)
}

/** The same with `commitAct`: what `work` wrote commits also when it refuses. */
export async function commitAsserted<Ready, Value, Word extends string>(
  form: FormData,
  act: Act,
  prepared: Parameters<typeof commitAct<Ready, Value, Word>>[1],
): Promise<Result<Value, Word | 'passkey_refused'>> {
  return commitAct({ ...act, ...(await readPasskey(form)) }, prepared)
}
