import { Section } from '@/components/card'
import type { ActivityEntry } from '@/lib/activity'
import { dayOf, formatDay } from '../../_text/format'
import { Entry } from './entry'

type Props = { entries: readonly ActivityEntry[]; now: Date }

/** The events, a card for each day. The latest is first, in the order of `entries`. */
export function Days({ entries, now }: Props) {
  const days = [...new Set(entries.map(({ at }) => dayOf(at)))]
  return days.map((day) => (
    <Day key={day} day={day} events={entries.filter(({ at }) => dayOf(at) === day)} now={now} />
  ))
}

type DayProps = { day: string; events: readonly ActivityEntry[]; now: Date }

async function Day({ day, events, now }: DayProps) {
  return (
    <Section id={`day-${day}`} heading={await formatDay(day, now)}>
      <ol>
        {events.map((entry) => (
          <Entry key={entry.position} entry={entry} />
        ))}
      </ol>
    </Section>
  )
}
