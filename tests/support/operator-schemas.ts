import { Ajv, type SchemaObject } from 'ajv'
import addFormats from 'ajv-formats'

const PHONE_NUMBER = { type: 'string', pattern: '^\\+[1-9][0-9]{4,14}$' }

const object = (required: string[], properties: Record<string, object>): SchemaObject => ({
  type: 'object',
  required,
  properties,
})

/** A request holds nothing that is not specified. */
const request = (properties: Record<string, object>): SchemaObject => ({
  ...object(Object.keys(properties), properties),
  additionalProperties: false,
})

/**
 * JSON Schemas of what is asked and answered, written from the specifications: SIM Swap 2.1.0 and
 * Number Recycling 0.2.0 of CAMARA (with a token of the client, a number is required), RFC 6749 and
 * RFC 7523, and Vonage's Identity Insights 1.0.
 */
const SCHEMAS = {
  correlator: { type: 'string', pattern: '^[a-zA-Z0-9-_:;.\\/<>{}]{0,256}$' },
  error: object(['status', 'code', 'message'], {
    status: { type: 'integer' },
    code: { type: 'string' },
    message: { type: 'string' },
  }),
  'check request': request({
    phoneNumber: PHONE_NUMBER,
    maxAge: { type: 'integer', format: 'int32', minimum: 1, maximum: 2400 },
  }),
  'check answer': object(['swapped'], { swapped: { type: 'boolean' } }),
  'retrieve-date request': request({ phoneNumber: PHONE_NUMBER }),
  'retrieve-date answer': object(['latestSimChange'], {
    latestSimChange: { type: 'string', format: 'date-time', nullable: true },
    monitoredPeriod: { type: 'integer' },
  }),
  'recycling request': request({
    phoneNumber: PHONE_NUMBER,
    specifiedDate: { type: 'string', format: 'date' },
  }),
  'recycling answer': object(['phoneNumberRecycled'], { phoneNumberRecycled: { type: 'boolean' } }),
  'token request': request({
    grant_type: { const: 'client_credentials' },
    scope: { type: 'string', pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e ]+$' },
    client_id: { type: 'string', minLength: 1 },
    client_assertion_type: { const: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
    client_assertion: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$' },
  }),
  'token answer': object(['access_token', 'token_type'], {
    access_token: { type: 'string' },
    token_type: { type: 'string' },
    expires_in: { type: 'number' },
    scope: { type: 'string' },
  }),
  'insights request': request({
    phone_number: { type: 'string', pattern: '^\\+?[1-9][0-9]{6,14}$' },
    purpose: { const: 'FraudPreventionAndDetection' },
    insights: request({
      sim_swap: request({ period: { type: 'integer', minimum: 1, maximum: 2400 } }),
    }),
  }),
  'insights answer': object(['request_id', 'insights'], {
    request_id: { type: 'string', format: 'uuid' },
    insights: object(['sim_swap'], {
      sim_swap: object(['status'], {
        latest_sim_swap_at: { type: 'string', format: 'date-time' },
        is_swapped: { type: 'boolean' },
        status: object(['code'], { code: { type: 'string' }, message: { type: 'string' } }),
      }),
    }),
  }),
} as const satisfies Record<string, SchemaObject>

export type SchemaName = keyof typeof SCHEMAS

const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv)

/** What is wrong with a value by a schema; empty when it is as specified. */
export function faultsIn(name: SchemaName, value: unknown): string[] {
  ajv.validate(SCHEMAS[name], value)
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${name}${instancePath}: ${message}`)
}
