'use client'

import { ErrorNotice } from '@/components/error-notice'
import { referenceOf } from '@/components/error-reference'
import { useErrorWords } from '@/components/error-words'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: Props) {
  const words = useErrorWords()
  return words && <ErrorNotice words={words} reference={referenceOf(error)} retry={reset} />
}
