import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { arrivesAt, follow, isTakenOver, press, reads } from '../support/pages'
import { DESKTOP, NO_SCRIPT, PHONE, visit } from '../support/walk'

const search = async (page: Page, words: string) => {
  await page.getByRole('searchbox').fill(words)
  await press(page, 'Cari')
}

/** The names of the listed products, in order. */
const listed = (page: Page) => page.locator('[aria-labelledby=products] li a').allTextContents()

describe('a search', () => {
  it('lists what has the words in its name, category or keywords, says how many, and shows them first', async () => {
    const page = await visit(PHONE)
    await page.goto('/')
    await search(page, 'HP')
    await reads(page, 'Hasil untuk "HP"')
    await reads(page, /^1 barang$/)
    expect(await listed(page)).toEqual(['Handphone 5G 256 GB'])
    expect(await page.title()).toBe('Hasil untuk "HP" – Blibli')
    expect(new URL(page.url()).hash).toBe('#products')
    const heading = await page.getByRole('heading', { level: 1 }).boundingBox()
    expect(heading?.y).toBeLessThan(PHONE.height / 3)
    await search(page, '!!!')
    await reads(page, 'Belum ada barang yang cocok')
    expect(await listed(page)).toEqual([])
  })
})

describe('a category', () => {
  it('shows its goods only, is marked as the current one, and leads back to all', async () => {
    const page = await visit(DESKTOP)
    await page.goto('/')
    const all = await listed(page)
    await follow(page, 'Audio')
    await page.getByRole('heading', { level: 1, name: 'Audio' }).waitFor()
    expect(await listed(page)).toEqual(['Headphone nirkabel', 'Speaker Bluetooth'])
    expect(await page.locator('[aria-current=true]').allTextContents()).toEqual(['Audio'])
    await follow(page, 'Lihat semua barang')
    await reads(page, 'Rekomendasi hari ini')
    expect(await listed(page)).toEqual(all)
  })
})

describe.each([PHONE, NO_SCRIPT])('the cart $mode', (mode) => {
  it('counts what is put in, changes the quantity, sums it, and sells nothing', async () => {
    const page = await visit(mode)
    await page.goto('/')
    await follow(page, 'Headphone nirkabel')
    await arrivesAt(page, '/produk/headphone-nirkabel')
    await reads(page, 'Rp749.000')
    await reads(page, '-20%')
    await press(page, 'Masukkan keranjang')
    await arrivesAt(page, '/keranjang')
    await page.goto('/produk/lampu-meja')
    await press(page, 'Masukkan keranjang')
    await arrivesAt(page, '/keranjang')
    await press(page, 'Tambah Lampu meja LED')
    await reads(page, 'Total (3 barang)')
    await reads(page, 'Rp937.000')
    await page.getByRole('link', { name: 'Keranjang, 3 barang' }).waitFor()
    await press(page, 'Kurangi Lampu meja LED')
    await reads(page, 'Total (2 barang)')
    await press(page, 'Hapus Headphone nirkabel')
    await reads(page, 'Total (1 barang)')
    await page.getByText('Checkout').click()
    await reads(page, 'Ini toko demo')
    await press(page, 'Hapus Lampu meja LED')
    await reads(page, 'Keranjangmu masih kosong')
    await page.getByRole('link', { name: 'Keranjang, 0 barang' }).waitFor()
  })
})

it('the quantity changes in place: the pressed button keeps the focus', async () => {
  const page = await visit(PHONE)
  await page.goto('/produk/lampu-meja')
  await press(page, 'Masukkan keranjang')
  await arrivesAt(page, '/keranjang')
  await page.reload()
  await isTakenOver(page)
  await press(page, 'Tambah Lampu meja LED')
  await reads(page, 'Total (2 barang)')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Tambah Lampu meja LED',
  )
})

it.each(['/', '/produk/lampu-meja'])(
  'every picture of %s loads, in a space of its own',
  async (path) => {
    const page = await visit(PHONE)
    await page.goto(path)
    for (const picture of await page.locator('main img').all()) {
      await picture.scrollIntoViewIfNeeded()
      await expect
        .poll(() =>
          picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
        )
        .toBe(600)
      expect(await picture.getAttribute('height')).toBe('600')
    }
  },
)
