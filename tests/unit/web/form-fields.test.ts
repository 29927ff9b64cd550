import { describe, expect, it } from 'vitest'
import { safeParse } from 'zod/mini'
import { code, newPassword } from '@/app/_forms/form-fields'

const read = (shape: typeof code | typeof newPassword, typed: unknown) => {
  const parsed = safeParse(shape, typed)
  return parsed.success ? parsed.data : parsed.error.issues[0]?.message
}

describe('a typed code', () => {
  it.each([
    ['123456'],
    [' 123 456 '],
    ['123-456'],
    ['123–456'],
    ['123−456'],
    ['\u200b123\u2060456\ufeff'],
    ['kode: 123456\n'],
    ['١٢٣٤٥٦'],
    ['۱۲۳۴۵۶'],
    ['１２３４５６'],
    ['123456 Kode OTP Blibli, berlaku 10 menit.\n\n@akun.contoh.example #123456'],
  ])('is accepted: %s', (typed) => {
    expect(read(code, typed)).toBe('123456')
  })

  it('O4 keeps its leading zeros', () => {
    expect(read(code, '012345')).toBe('012345')
  })

  it.each([
    ['', 'code_missing'],
    ['   ', 'code_missing'],
    [undefined, 'code_missing'],
    [new File([], 'kode'), 'code_missing'],
    ['12345', 'code_too_short'],
    ['1234567', 'code_too_long'],
    ['O12345', 'code_not_digits'],
    ['enam angka', 'code_not_digits'],
    ['123456 atau 654321', 'code_not_digits'],
  ])('is refused with its own reason: %s', (typed, reason) => {
    expect(read(code, typed)).toBe(reason)
  })
})

describe('a new password', () => {
  it.each([
    ['😀'.repeat(8), '😀'.repeat(8)],
    [' spasi di tepi ', ' spasi di tepi '],
    ['a'.repeat(128), 'a'.repeat(128)],
    ['', 'password_missing'],
    ['😀'.repeat(7), 'password_too_short'],
    ['a'.repeat(129), 'password_too_long'],
  ])('is counted in characters and never trimmed: %s', (typed, outcome) => {
    expect(read(newPassword, typed)).toBe(outcome)
  })
})
