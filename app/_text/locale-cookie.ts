/** The cookie with the chosen language. */
export const LOCALE_COOKIE = 'locale'
