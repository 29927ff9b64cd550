/**
 * The names, with a number where several are equal: "Chrome di Android (1)", "Chrome di Android (2)".
 */
export function numberEqual(names: readonly string[]): string[] {
  return names.map((name, nth) => {
    const isAlone = names.filter((other) => other === name).length === 1
    const number = names.slice(0, nth + 1).filter((other) => other === name).length
    return isAlone ? name : `${name} (${number})`
  })
}
