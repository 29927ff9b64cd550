import { canSpend } from '@/lib/points'
import { checkWord, findAccount, type StaffMember } from '@/lib/support'
import translations from '@/messages/id.json'
import { newClient } from '../../support/client'
import { textOf } from '../../support/html'
import { productNow } from '../../support/running'
import { logIn, outcomeOf } from '../intruder'
import { createOwner, DAY_MS, expectMessages, type Owner, unfreeze } from '../owner'
import { type AdvanceClock, type Report, testCareAttack } from '../report'
import {
  accepted,
  approve,
  ask,
  hire,
  look,
  openCase,
  refusalOf,
  sendWordTo,
  vetoPathAt,
} from './people'

const ALL = ['primary number', 'primary e-mail', 'recovery number', 'recovery e-mail'] as const
const LOOK_UPS_PER_HOUR = 20

export function testAgentAttacks(advanceClock: AdvanceClock) {
  testCareAttack('a bribed agent', 'the passkey of an agent', async (report) => {
    const [owner, agent] = [await createOwner(advanceClock), await hire('agent')]
    const { number, links } = await takeHostage(report, agent, owner)
    const asked = accepted(await ask(agent, number, 'unfreeze'))
    const other = await hire('approver')
    report.expectStopped(
      'approve the own request',
      refusalOf(await approve(other, agent, asked.actionId)),
      'not_permitted',
    )
    await guessWord(report, agent, owner)
    const again = await unfreeze(report, owner, {
      link: links['recovery e-mail'],
      verifiedBy: ['primary number', 'recovery e-mail'],
    })
    await expectSeen(report, again)
  })

  testCareAttack('a bribed agent and a bribed approver', 'two passkeys', async (report) => {
    const owner = await createOwner(advanceClock)
    const [agent, approver] = [await hire('agent'), await hire('approver')]
    const { number, links } = await takeHostage(report, agent, owner)
    const since = productNow()
    const asked = accepted(await ask(agent, number, 'unfreeze'))
    const approved = accepted(await approve(approver, approver, asked.actionId))
    report.addGain('an unfreeze that waits for 24 hours', approved.outcome, 'waiting')
    await expectMessages(report, owner, 'notice.unfreeze_announced', ALL, since)
    await veto(report, owner)
    await advanceClock(DAY_MS)
    report.expectStopped('open the account after the veto', await isOpen(owner), 'account_frozen')
    report.expectStopped(
      'ask for another unfreeze',
      refusalOf(await ask(agent, number, 'unfreeze')),
      'proof_needed',
    )
    await unfreeze(report, owner, {
      link: links['recovery number'],
      verifiedBy: ['primary e-mail', 'recovery number'],
    })
  })

  testCareAttack(
    'an agent who looks for well-known people',
    'the passkey of an agent, and names',
    async (report) => {
      const [owner, agent] = [await createOwner(advanceClock), await hire('agent')]
      report.expectStopped(
        'search by a name',
        refusalOf(await look(agent, owner.name)),
        'query_partial',
      )
      report.expectStopped(
        'search by a part of an e-mail',
        refusalOf(await look(agent, owner.email.slice(0, owner.email.indexOf('@')))),
        'query_partial',
      )
      await openCase(report, agent, owner)
      report.addGain('sees the account, with masked addresses')
      for (let count = 1; count < LOOK_UPS_PER_HOUR; count++) await look(agent, owner.email)
      report.expectStopped(
        `look up more than ${LOOK_UPS_PER_HOUR} in an hour`,
        refusalOf(await look(agent, owner.email)),
        'look_ups_used_up',
      )
      await expectSeen(report, owner)
    },
  )
}

/** All that one agent can do alone: look at the account, and freeze it. */
async function takeHostage(report: Report, agent: StaffMember, owner: Owner) {
  const { number } = await openCase(report, agent, owner)
  report.addGain('sees the account, with masked addresses')
  const since = productNow()
  report.addGain('freezes it', accepted(await ask(agent, number, 'freeze')).outcome, 'carried_out')
  const links = await expectMessages(report, owner, 'notice.frozen', ALL, since)
  report.expectStopped(
    'log in with a password of the owner that was bought',
    outcomeOf(await logIn(newClient(), owner.email, owner.password)),
    '/unfreeze',
  )
  return { number, links }
}

async function guessWord(report: Report, agent: StaffMember, owner: Owner) {
  const caseNumber = await sendWordTo(owner, agent)
  const outcomes: string[] = []
  for (const typed of ['BBBB BBBB', 'CCCC CCCC', 'DDDD DDDD', 'FFFF FFFF'])
    outcomes.push(refusalOf(await checkWord(agent, { caseNumber, typed }, productNow())))
  report.expectStopped('guess the word of a caller', outcomes.at(-1), 'word_exhausted')
}

/** The owner, signed in, sees each look in the activity. */
async function expectSeen(report: Report, owner: Owner) {
  const page = textOf((await owner.client.open('/profile/activity')).html)
  const words = translations.message.happened.care_viewed
  if (!page.toLowerCase().includes(words.toLowerCase()))
    throw new Error('the activity does not show the look')
  report.addRecoveryStep('sees in the activity that customer care looked at the account')
}

async function veto(report: Report, owner: Owner) {
  const client = newClient()
  const page = await client.open(await vetoPathAt(owner.at['recovery e-mail']))
  const answer = await client.follow(await client.press(page, translations.veto.submit))
  if (!textOf(answer.html).includes(translations.vetoStopped.title))
    throw new Error('the veto did not end on its page')
  report.addRecoveryStep('veto with the link at the recovery e-mail')
}

async function isOpen(owner: Owner) {
  const userId = (await findAccount(owner.at['primary e-mail'])) ?? ''
  const outcome = await canSpend(userId, productNow())
  return outcome.ok ? 'open' : outcome.refusal
}
