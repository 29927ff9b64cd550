import { expect, it } from 'vitest'
import { readableKey } from '@/app/care/log/readable-key'

it.each([
  ['wordId', 'Word id'],
  ['second_hand', 'Second hand'],
  ['secondHand_news2Day', 'Second hand news2 day'],
  ['x', 'X'],
  ['', ''],
])('the key %s is read as "%s"', (key, words) => {
  expect(readableKey(key)).toBe(words)
})
