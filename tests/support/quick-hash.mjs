// With --import, or imported by a set-up file, this makes the hash of a password cheap: a test hashes
// hundreds of them. A hash contains its parameters, so all of it is verified as ever. The cost that
// the product chooses is tested in tests/unit/password.test.ts, which runs without this.
import { createRequire } from 'node:module'

const PRODUCT_TIME_COST = 2
const QUICK = { memoryCost: 1_024, timeCost: 1, parallelism: 1 }

const argon2 = createRequire(import.meta.url)('@node-rs/argon2')
const { hash } = argon2

/** A test that asks for a slower hash than the product's gets it. */
argon2.hash = (password, options = {}, ...rest) =>
  hash(password, options.timeCost > PRODUCT_TIME_COST ? options : { ...options, ...QUICK }, ...rest)
