import { Button, Section, Text } from 'react-email'
import type { ActionPart, EmailLink, Part } from '@/lib/messaging'
import { themed } from './paint'
import { Linkified } from './prose'

const TEXT = { fontSize: '16px', lineHeight: '24px', margin: '16px 0' }
const BOX = { border: '1px solid', borderRadius: '10px', padding: '12px 16px', margin: '16px 0' }
const LINE = { ...TEXT, margin: '4px 0' }
const BUTTON = {
  display: 'block',
  padding: '14px 16px',
  borderRadius: '10px',
  fontSize: '16px',
  fontWeight: 700,
  textAlign: 'center',
} as const
const SMALL = { fontSize: '13px', lineHeight: '20px', margin: '8px 0 16px' }
// The padding balances the space after the last digit.
const DIGITS = {
  fontSize: '34px',
  lineHeight: '44px',
  fontWeight: 700,
  letterSpacing: '6px',
  paddingLeft: '6px',
  margin: '0',
}

/** One part of an e-mail. */
export function EmailPart({ part, links }: { part: Part; links: readonly EmailLink[] }) {
  switch (part.kind) {
    case 'paragraph':
      return (
        <Text style={TEXT}>
          <Linkified text={part.text} links={links} />
        </Text>
      )
    case 'warning':
      return (
        <Section {...themed('warning', BOX)}>
          <Text style={{ ...LINE, fontWeight: 600 }}>
            <Linkified text={part.text} links={links} />
          </Text>
        </Section>
      )
    case 'code':
      return <Code {...part} />
    case 'action':
      return <Action {...part} links={links} />
    case 'facts':
      return <Facts {...part} />
    default:
      return part satisfies never
  }
}

function Code({ label, code }: Extract<Part, { kind: 'code' }>) {
  return (
    <Section {...themed('code', { ...BOX, textAlign: 'center' })}>
      <Text {...themed('muted', { ...LINE, fontSize: '14px' })}>{`${label}:`}</Text>
      <Text style={DIGITS}>{code}</Text>
    </Section>
  )
}

function Facts({ facts }: Extract<Part, { kind: 'facts' }>) {
  return (
    <Section {...themed('facts', BOX)}>
      {facts.map(({ label, value }) => (
        <Text key={label} style={LINE}>
          <span {...themed('muted')}>{`${label}:`}</span> <strong>{value}</strong>
        </Text>
      ))}
    </Section>
  )
}

type ActionProps = ActionPart & { links: readonly EmailLink[] }

/** The button, and its link to copy for readers whose mailbox shows no button. */
function Action({ label, link, isUrgent, links }: ActionProps) {
  return (
    <>
      <Button href={link} {...themed(isUrgent ? 'stop' : 'button', BUTTON)}>
        {label}
      </Button>
      <Text {...themed('muted', SMALL)}>
        <Linkified text={`${label}: ${link}`} links={links} />
      </Text>
    </>
  )
}
