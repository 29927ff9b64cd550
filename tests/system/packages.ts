/** Names the Debian package of a program that is missing; passes any other error on. */
export const named = (name: string) => (error: unknown) => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    throw new Error(`${name} is missing. Install the package of that name: apt-get install ${name}`)
  throw error
}
