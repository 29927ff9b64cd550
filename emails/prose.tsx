import { Link } from 'react-email'
import type { EmailLink } from '@/lib/messaging'
import { themed } from './paint'

type ProseProps = { text: string; links: readonly EmailLink[] }

/** A text in which everything that can be followed is a link. */
export function Linkified({ text, links }: ProseProps) {
  const link = links.find(({ words }) => text.includes(words))
  if (!link) return text
  const at = text.indexOf(link.words)
  return (
    <>
      <Linkified text={text.slice(0, at)} links={links} />
      <Link href={link.href} {...themed('link', { textDecorationLine: 'underline' })}>
        {link.words}
      </Link>
      <Linkified text={text.slice(at + link.words.length)} links={links} />
    </>
  )
}
