import translations from '@/messages/id.json'

const { delivery, expected } = translations.code
const DELIVERY: string[] = [...Object.values(delivery), ...Object.values(expected)]
const CLOCK = /\d:\d\d|\d+ (?:detik|menit)/g

/** Whether a text says how far the delivery of a code is: it changes while a test runs. */
export const isDelivery = (text: string) => DELIVERY.includes(text)

/** A page's text without what changes by time alone: clocks, waits and the delivery of a code. */
export const withoutElapsed = (text: string) =>
  DELIVERY.reduce((rest, sentence) => rest.replaceAll(sentence, '…'), text).replace(CLOCK, '…')
