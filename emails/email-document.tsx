import { Body, Container, Head, Heading, Html, Preview, Section, Text } from 'react-email'
import { fonts } from '@/components/theme'
import type { EmailContent } from '@/lib/messaging'
import { STYLE_SHEET, themed } from './paint'
import { EmailPart } from './parts'
import { Linkified } from './prose'

const FONTS = fonts.map((font) => (font.includes(' ') ? `'${font}'` : font)).join(', ')
const HEADER = { border: '1px solid', borderRadius: '16px 16px 0 0', padding: '16px 24px' }
const BRAND = { fontSize: '22px', lineHeight: '28px', fontWeight: 800, margin: '0' }
const CARD = {
  border: '1px solid',
  borderTop: '0',
  borderRadius: '0 0 16px 16px',
  padding: '12px 24px',
}
const HEADING = { fontSize: '24px', lineHeight: '32px', fontWeight: 700, margin: '12px 0' }
const CARE = { fontSize: '14px', lineHeight: '22px', margin: '16px 0 0' }

/**
 * The document of an e-mail: a card with the name of the brand and the content,
 * customer care below. It loads nothing.
 */
export function EmailDocument({ content }: { content: EmailContent }) {
  const { locale, subject, brand, preview, heading, parts, care, links } = content
  return (
    <Html lang={locale}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta
          name="format-detection"
          content="telephone=no, date=no, address=no, email=no, url=no"
        />
        <style>{STYLE_SHEET}</style>
      </Head>
      <Body lang={locale} className="canvas" style={{ fontFamily: FONTS, wordBreak: 'break-word' }}>
        <Preview useTitleTag={false}>{preview}</Preview>
        <Section {...themed('canvas', { padding: '24px 12px' })}>
          <Container>
            <Section {...themed('header', HEADER)}>
              <Text style={BRAND}>{brand}</Text>
            </Section>
            <Section {...themed('card', CARD)}>
              <Heading style={HEADING}>{heading}</Heading>
              {parts.map((part) => (
                <EmailPart key={JSON.stringify(part)} part={part} links={links} />
              ))}
            </Section>
            <Text {...themed('muted', CARE)}>
              <Linkified text={care} links={links} />
            </Text>
          </Container>
        </Section>
      </Body>
    </Html>
  )
}
