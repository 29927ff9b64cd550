import { expect } from 'vitest'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import { textOf } from './html'

type Page = { path: string; html: string }

type Words = { [key: string]: string | Words }

export const leavesOf = (words: Words): string[] =>
  Object.values(words).flatMap((word) => (typeof word === 'string' ? [word] : leavesOf(word)))

/**
 * The texts of the English pages, without placeholders and without texts that both languages share.
 */
const own = new Set(leavesOf(id))
const ENGLISH = leavesOf(en).filter(
  (words) => words.includes(' ') && !words.includes('{') && !own.has(words),
)

/** Common English words, and texts of browsers and frameworks. */
const LEAKS =
  /\b(the|and|your|please|click|submit|invalid|required|not found|could not|something|went wrong|try again|loading|server|error)\b/i

/** The text of a page, its title, and its readable attributes. */
export function saidBy({ html }: Page) {
  const attributes = [
    ...html.matchAll(/ (?:aria-label|title|placeholder|alt|content)="([^"]*)"/g),
  ].map(([, words]) => words)
  return [textOf(html), /<title>(.*?)<\/title>/.exec(html)?.[1], ...attributes].join('\n')
}

/** Expects that a page has no English text. */
export function isIndonesian(page: Page) {
  const said = saidBy(page)
  expect([page.path, page.html]).toEqual([page.path, expect.stringMatching(/<html[^>]* lang="id"/)])
  expect([
    page.path,
    said.match(LEAKS)?.[0],
    ENGLISH.filter((words) => said.includes(words)),
  ]).toEqual([page.path, undefined, []])
  for (const [form] of page.html.matchAll(/<form\b.*?<\/form>/gs))
    if (/ required/.test(form)) expect(form).toMatch(/^<form[^>]* novalidate/i)
}
