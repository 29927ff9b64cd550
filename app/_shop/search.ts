import 'server-only'
import { getTranslations } from '../_text/translations'
import { type Category, findCategory, PRODUCTS, type Product } from './products'

const QUERY_MAX_CHARACTERS = 100

/** What a visitor of the home page wants to see: the goods of a search or of a category, or all. */
export type Wanted = { query: string; category: Category | undefined }

type Query = Record<'q' | 'category', string | string[] | undefined>

/** Reads the query of the home page. A search ignores the category. */
export function readWanted({ q, category }: Partial<Query>): Wanted {
  const query = [q].flat().join(' ').trim().slice(0, QUERY_MAX_CHARACTERS)
  const [name = ''] = [category].flat()
  return { query, category: query ? undefined : findCategory(name) }
}

/**
 * The goods of a category; those of a search, whose words all begin a word of the name, the category
 * or the keywords in the customer's language; or all.
 */
export async function listWanted({ query, category }: Wanted): Promise<readonly Product[]> {
  if (category) return PRODUCTS.filter((product) => product.category === category)
  if (!query) return PRODUCTS
  const t = await getTranslations('shop')
  const wanted = wordsOf(query)
  return PRODUCTS.filter(({ id, category: own }) => {
    const words = wordsOf(
      `${t(`products.${id}.name`)} ${t(`categories.${own}`)} ${t(`products.${id}.keywords`)}`,
    )
    return (
      wanted.length > 0 && wanted.every((begin) => words.some((word) => word.startsWith(begin)))
    )
  })
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
