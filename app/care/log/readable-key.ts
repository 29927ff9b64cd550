/** The name of a value that another version has written, as words: "secondHand_news" is "Second hand news". */
export function readableKey(key: string): string {
  const words = key
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
