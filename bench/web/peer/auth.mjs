import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { emailOTP, phoneNumber } from 'better-auth/plugins'
import pg from 'pg'

/** The same cost as in the product. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const CODE = { otpLength: 6, expiresIn: 600, allowedAttempts: 5 }

/** The product stores its messages; here nothing is sent or stored. */
const sendNothing = async () => {}

export const auth = betterAuth({
  database: new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: Number(process.env.DATABASE_POOL ?? 1),
  }),
  baseURL: process.env.BETTER_AUTH_URL,
  secret: process.env.BETTER_AUTH_SECRET,
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => hash(password, ARGON2),
      verify: ({ hash: stored, password }) => verify(stored, password),
    },
  },
  plugins: [
    phoneNumber({ ...CODE, sendOTP: sendNothing, sendPasswordResetOTP: sendNothing }),
    emailOTP({ ...CODE, sendVerificationOTP: sendNothing }),
  ],
})
