import { notFound } from 'next/navigation'
import { Card } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { Mail, MessageSquareText } from '@/components/icons'
import { PageHeading } from '@/components/page-heading'
import { type InboxEntry, listInbox } from '@/lib/messaging'
import { PageTitle } from '../../_text/page-title'
import { getFormatter, getTranslations } from '../../_text/translations'
import { mayReadInbox } from '../inbox-access'

const MOST = 50

/**
 * The messages that customers would have received, newest first, while no provider is configured.
 */
export default async function InboxPage() {
  if (!(await mayReadInbox())) notFound()
  const t = await getTranslations('inbox')
  const entries = await listInbox(null, MOST)
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <PageTitle screen="inbox" />
      <PageHeading heading={t('title')} intro={t('intro')} />
      <TextLink href="/dev/inbox">{t('reload')}</TextLink>
      {entries.length === 0 && <p>{t('empty')}</p>}
      {entries.map((entry) => (
        <InboxCard key={entry.id} entry={entry} />
      ))}
    </div>
  )
}

async function InboxCard({
  entry: { id, channel, to, subject, text, html, createdAt },
}: {
  entry: InboxEntry
}) {
  const t = await getTranslations('inbox')
  const format = await getFormatter()
  const Icon = channel === 'email' ? Mail : MessageSquareText
  return (
    <Card>
      <article className="grid gap-2">
        <header className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <Icon aria-hidden className="size-5 shrink-0" />
          <span className="font-semibold break-all">{to}</span>
          <time dateTime={createdAt}>
            {format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'medium' })}
          </time>
        </header>
        {subject && <h2 className="font-semibold">{subject}</h2>}
        <p className="whitespace-pre-wrap break-words">{text}</p>
        {html && (
          <a
            className="justify-self-start text-accent underline underline-offset-4"
            href={`/dev/inbox/html/${id}`}
          >
            {t('html')}
          </a>
        )}
      </article>
    </Card>
  )
}
