import { checkWord, completeAct, findStaffSession } from '@/lib/support'
import { newClient } from '../../support/client'
import { productNow } from '../../support/running'
import { makeStaff, trySignIn } from '../../support/staff'
import { insertStaffSession } from '../../support/staff-fixtures'
import { logIn, outcomeOf } from '../intruder'
import { createOwner, expectMessages, freezeByLink } from '../owner'
import { type AdvanceClock, testCareAttack } from '../report'
import { accepted, approve, ask, hire, openCase, refusalOf, sendWordTo, wordAt } from './people'

const ALL = ['primary number', 'primary e-mail', 'recovery number', 'recovery e-mail'] as const
const IDLE_MS = 16 * 60_000

export function testCallerAttacks(advanceClock: AdvanceClock) {
  testCareAttack(
    'a caller with all personal data',
    'name, e-mail, number and history of the owner, but no address',
    async (report) => {
      const [owner, agent] = [await createOwner(advanceClock), await hire('agent')]
      const caseNumber = await sendWordTo(owner, agent)
      const say = async (typed: string) =>
        refusalOf(await checkWord(agent, { caseNumber, typed }, productNow()))
      report.expectStopped('read out a code of a reset', await say('123456'), 'looks_like_code')
      for (const typed of ['BBBBBBBB', 'CCCCCCCC', 'DDDDDDDD']) await say(typed)
      report.expectStopped('guess the word', await say('FFFFFFFF'), 'word_exhausted')
      report.expectStopped(
        'have an open account opened',
        refusalOf(await ask(agent, caseNumber, 'unfreeze')),
        'not_possible',
      )
      report.addRecoveryStep('never lost access')
    },
  )

  testCareAttack(
    'a relay between the owner and an agent',
    'the ear of both: the owner reads the word out to the caller',
    async (report) => {
      const owner = await createOwner(advanceClock)
      const [agent, approver] = [await hire('agent'), await hire('approver')]
      const { number } = await openCase(report, agent, owner)
      accepted(await ask(agent, number, 'freeze'))
      const caseNumber = await sendWordTo(owner, agent)
      const typed = await wordAt(owner.at['recovery number'])
      accepted(await checkWord(agent, { caseNumber, typed }, productNow()))
      report.addGain('counts as the owner of one address')
      const since = productNow()
      const asked = accepted(await ask(agent, caseNumber, 'unfreeze'))
      const opened = accepted(await approve(approver, approver, asked.actionId))
      report.addGain(
        'a frozen account is opened at once, with a password that nobody knows',
        opened.outcome,
        'carried_out',
      )
      report.expectStopped(
        'log in',
        outcomeOf(await logIn(newClient(), owner.email, owner.password)),
        'login_wrong',
      )
      const links = await expectMessages(report, owner, 'notice.unfrozen_by_care', ALL, since)
      await freezeByLink(links['primary number'])
      report.addRecoveryStep('freeze with the link at the primary number')
    },
  )

  testCareAttack('a stolen cookie of staff', 'the session of an agent', async (report) => {
    const [owner, agent] = [await createOwner(advanceClock), await hire('agent')]
    const secret = await insertStaffSession(agent.staffId)
    const thief = newClient()
    thief.cookies.set('care-session', secret)
    report.addGain('looks accounts up as the agent', (await thief.open('/care')).path, '/care')
    const session = await findStaffSession(secret, productNow())
    if (!session) throw new Error('the session is not live')
    await openCase(report, session, owner)
    const unsigned = { staff: session, act: { type: 'freeze' }, secret: '', credential: '{}' }
    const outcome = await completeAct({ ...unsigned, now: productNow() }, async () => never())
    report.expectStopped('act without the passkey', refusalOf(outcome), 'passkey_refused')
    await advanceClock(IDLE_MS)
    report.expectStopped(
      'use it after 15 minutes without use',
      (await thief.follow(await thief.open('/care'))).path,
      '/care/sign-in',
    )
    report.addRecoveryStep('never lost access; sees each look in the activity')
  })

  testCareAttack(
    'a stolen laptop of staff',
    'the device with the passkey of an agent, but neither its PIN nor a finger',
    async (report) => {
      await createOwner(advanceClock)
      const now = productNow()
      const person = await makeStaff('agent', { now })
      report.expectStopped(
        'sign in without the PIN',
        refusalOf(await trySignIn(person.authenticator, now, { isVerified: false })),
        'passkey_refused',
      )
      report.expectStopped(
        'sign in at a page that looks like the console',
        refusalOf(await trySignIn(person.authenticator, now, { origin: 'https://care.example' })),
        'passkey_refused',
      )
      report.addRecoveryStep('never lost access; an administrator disables the agent')
    },
  )
}

const never = (): never => {
  throw new Error('the act was carried out')
}
