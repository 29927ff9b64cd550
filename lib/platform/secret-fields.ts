/** Fields of forms whose content never goes back to the browser. */
export const SECRET_FIELDS: readonly string[] = [
  'password',
  'newPassword',
  'currentPassword',
  'code',
  'callerWord',
  'savedCode',
  'ticket',
  'solution',
  'credential',
]
