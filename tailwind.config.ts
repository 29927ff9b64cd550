import type { Config } from 'tailwindcss'
import plugin from 'tailwindcss/plugin'
import { colours, fonts } from './components/theme'

type Scheme = 'light' | 'dark'

const variables = (scheme: Scheme) =>
  Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--${name}`, value[scheme]]))

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: Object.fromEntries(Object.keys(colours).map((name) => [name, `var(--${name})`])),
      fontFamily: { sans: fonts },
      borderRadius: { card: '1rem', control: '0.625rem' },
      boxShadow: {
        card: '0 1px 2px rgb(16 32 72 / 0.06), 0 4px 16px rgb(16 32 72 / 0.06)',
        float: '0 8px 32px rgb(16 32 72 / 0.22)',
      },
      maxWidth: { form: '28rem', page: '72rem' },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ':root': { colorScheme: 'light dark', ...variables('light') },
        '@media screen and (prefers-color-scheme: dark)': { ':root': variables('dark') },
      })
    }),
  ],
} satisfies Config
