import { expect } from 'vitest'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import { textOf } from './html'

type Page = { path: string; html: string }

type Words = { [key: string]: string | Words }

export const leavesOf = (words: Words): string[] =>
  Object.values(words).flatMap((word) => (typeof word === 'string' ? [word] : leavesOf(word)))

/** What the English pages say and the Indonesian ones never do; gaps and what both have in common are left out. */
const own = new Set(leavesOf(id))
const ENGLISH = leavesOf(en).filter(
  (words) => words.includes(' ') && !words.includes('{') && !own.has(words),
)

/** Everyday English, and what browsers and frameworks say by themselves. */
const LEAKS =
  /\b(the|and|your|please|click|submit|invalid|required|not found|could not|something|went wrong|try again|loading|server|error)\b/i

/** What a page says to eyes and ears: its text, its title, and what stands in attributes. */
export function saidBy({ html }: Page) {
  const attributes = [
    ...html.matchAll(/ (?:aria-label|title|placeholder|alt|content)="([^"]*)"/g),
  ].map(([, words]) => words)
  return [textOf(html), /<title>(.*?)<\/title>/.exec(html)?.[1], ...attributes].join('\n')
}

/** Expects that a page says nothing but Indonesian. */
export function isIndonesian(page: Page) {
  const said = saidBy(page)
  expect([page.path, page.html]).toEqual([page.path, expect.stringContaining('<html lang="id"')])
  expect([
    page.path,
    said.match(LEAKS)?.[0],
    ENGLISH.filter((words) => said.includes(words)),
  ]).toEqual([page.path, undefined, []])
  for (const [form] of page.html.matchAll(/<form\b.*?<\/form>/gs))
    if (/ required/.test(form)) expect(form).toMatch(/^<form[^>]* novalidate/i)
}
