import type { Sample } from './samples'

const SCHEMES = ['light', 'dark'] as const

const STYLE = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin: 0 auto; padding: 1rem; max-width: 100rem; }
nav ul { columns: 16rem; padding-left: 1rem; }
section { border-top: 1px solid; margin-top: 2rem; }
.views { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
iframe { border: 1px solid; width: 400px; max-width: 100%; height: 760px; }
figure { margin: 0 0 1rem; }
pre { border: 1px solid; border-radius: 0.5rem; padding: 0.75rem; margin: 0; width: 22rem; max-width: 90%; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
`

type GalleryProps = { brand: string; samples: readonly Sample[] }

/**
 * A page with every message: the e-mail in light and dark, its text part, and the SMS with the same
 * content.
 */
export function Gallery({ brand, samples }: GalleryProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Messages of ${brand}`}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>Messages of {brand}</h1>
        <nav>
          <ul>
            {samples.map((sample) => (
              <li key={idOf(sample)}>
                <a href={`#${idOf(sample)}`}>{nameOf(sample)}</a>
              </li>
            ))}
          </ul>
        </nav>
        {samples.map((sample) => (
          <SampleSection key={idOf(sample)} sample={sample} />
        ))}
      </body>
    </html>
  )
}

function SampleSection({ sample }: { sample: Sample }) {
  const { locale, email, sms } = sample
  return (
    <section id={idOf(sample)}>
      <h2>{nameOf(sample)}</h2>
      <p lang={locale}>{email.subject}</p>
      <div className="views">
        {SCHEMES.map((scheme) => (
          <iframe
            key={scheme}
            title={`${nameOf(sample)}, ${scheme}`}
            sandbox=""
            loading="lazy"
            srcDoc={email.html.replaceAll(
              '(prefers-color-scheme: dark)',
              scheme === 'dark' ? 'all' : 'not all',
            )}
          />
        ))}
        <div>
          <figure>
            <figcaption>Text part</figcaption>
            <pre lang={locale}>{email.text}</pre>
          </figure>
          <figure>
            <figcaption>SMS, {sms.septets} septets</figcaption>
            <pre lang={locale}>{sms.text}</pre>
          </figure>
        </div>
      </div>
    </section>
  )
}

function nameOf({ title, locale }: Sample) {
  return `${title}, ${locale}`
}

function idOf(sample: Sample) {
  return nameOf(sample).replace(/\W+/g, '-')
}
