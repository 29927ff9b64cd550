import type { Metadata, Viewport } from 'next'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ErrorWords } from '@/components/error-words'
import { env } from '@/lib/platform/env'
import { getTranslations } from './_text/translations'
import { isCarePage } from './care/_session/host'
import { ShopFrame } from './site-frame'
import './globals.css'

export const viewport: Viewport = { colorScheme: 'light dark' }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('footer')
  return {
    description: t('note', { brand: env().BRAND_NAME }),
    formatDetection: { telephone: false },
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('error')
  return (
    <html lang={await getLocale()}>
      <body className="flex min-h-dvh flex-col">
        <ErrorWords
          words={{
            title: t('title'),
            heading: t('heading'),
            text: t('text'),
            reference: t.raw('reference'),
            retry: t('retry'),
            home: t('home'),
            notSent: t('notSent'),
            kept: t('kept'),
            offline: t('offline'),
            outdated: t('outdated'),
          }}
        >
          {isCarePage() ? children : <ShopFrame>{children}</ShopFrame>}
        </ErrorWords>
      </body>
    </html>
  )
}
