import type { Page } from 'playwright-core'

/** Waits until React has hydrated the forms of the page. */
export const isTakenOver = (page: Page) =>
  page.waitForFunction(() => {
    const forms = [...document.querySelectorAll('main form')]
    return (
      forms.length > 0 &&
      forms.every((form) => Object.keys(form).some((key) => key.startsWith('__react')))
    )
  })
