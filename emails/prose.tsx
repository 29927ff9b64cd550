import { Link } from 'react-email'
import type { LetterLink } from '@/lib/messaging'
import { painted } from './paint'

type ProseProps = { text: string; links: readonly LetterLink[] }

/** A text in which everything that can be followed is a link. */
export function Prose({ text, links }: ProseProps) {
  const link = links.find(({ words }) => text.includes(words))
  if (!link) return text
  const at = text.indexOf(link.words)
  return (
    <>
      <Prose text={text.slice(0, at)} links={links} />
      <Link href={link.href} {...painted('link', { textDecorationLine: 'underline' })}>
        {link.words}
      </Link>
      <Prose text={text.slice(at + link.words.length)} links={links} />
    </>
  )
}
