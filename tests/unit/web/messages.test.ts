import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import outage from '@/messages/outage.json'

type Words = { [key: string]: string | Words }

const leavesOf = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : leavesOf(value, `${path}${key}.`),
  )

const argumentsOf = (sentence: string) =>
  [...new Set([...sentence.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))].sort()

describe('the messages', () => {
  it('have the same keys in both languages', () => {
    expect(leavesOf(en).map(([key]) => key)).toEqual(leavesOf(id).map(([key]) => key))
    expect(Object.keys(outage.en)).toEqual(Object.keys(outage.id))
  })

  it('have the same placeholders in both languages', () => {
    const english = new Map(leavesOf(en))
    for (const [key, sentence] of leavesOf(id))
      expect([key, argumentsOf(english.get(key) ?? '')]).toEqual([key, argumentsOf(sentence)])
  })

  it('E2 contain no English in Indonesian, including refusals and the outage page', () => {
    const english =
      /\b(the|and|your|you|please|password|click|invalid|required|error|try again|not found|failed|sign in|log ?in)\b/i
    for (const [key, sentence] of [...leavesOf(id), ...leavesOf(outage.id)])
      expect([key, sentence.replace(/\{\w+\}/g, '')]).not.toEqual([
        key,
        expect.stringMatching(english),
      ])
  })

  it('E2 use kamu, and spell kedaluwarsa', () => {
    for (const [key, sentence] of leavesOf(id))
      expect([key, sentence]).not.toEqual([
        key,
        expect.stringMatching(/\banda\b|kadaluarsa|kadaluwarsa/i),
      ])
  })
})
