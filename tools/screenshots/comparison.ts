/** One screen beside those of others: what they do, and what the product does. */
type Compared = { screen: string; others: string; here: string }

export const COMPARISON: readonly Compared[] = [
  {
    screen: 'Code entry',
    others:
      'GOV.UK has one field, says where the code went, and tells an error once, at the field. Clerk shows the waiting time inside the grey resend link.',
    here: 'The same, and the attempts that are left. A signed-in customer also sees whether the code was sent and delivered; a stranger sees what to expect by the time alone. An expired code leaves one action: another code.',
  },
  {
    screen: 'No code arrives',
    others: 'GOV.UK offers "I have not received a code" with steps. Most shops only resend.',
    here: 'Steps on every code screen, another way, and a page for customers who have lost everything.',
  },
  {
    screen: 'Recovery settings',
    others:
      'Google and Apple list each way with its state, ask for the password again before a change, and remind of an old one.',
    here: 'One list with state, date and next action; a yearly check that earns points. The own addresses are shown in full after a fresh log-in or the password.',
  },
  {
    screen: 'Forgotten password',
    others:
      'Tokopedia lets the customer choose SMS, WhatsApp or e-mail on a screen of its own. Many shops then show a masked address, which tells a stranger that the account exists.',
    here: 'The choice is on the first screen, the same for everybody, and no address is shown before a code was right.',
  },
  {
    screen: 'Devices and activity',
    others:
      'Google and GitHub name device, place and time, mark the present one, and end sessions.',
    here: 'The same, grouped by day, with "Bukan kamu?" beside each event and a reference to copy.',
  },
  {
    screen: 'Account in danger',
    others:
      'Banks freeze a card with one button. Shops send the customer to a form or a telephone.',
    here: 'Freezing is one button, also from the link in a notice. The page says beforehand who can open the account again.',
  },
]

/** A flow on a phone, beside typing: how many screens it has, and how often the customer taps. */
type Counted = { flow: string; screens: number; taps: number; steps: string }

export const TAPS: readonly Counted[] = [
  {
    flow: 'add a recovery account',
    screens: 5,
    taps: 6,
    steps: 'blue box, kind, Lanjutkan, Simpan, Verifikasi, Verifikasi',
  },
  {
    flow: 'reset the password, from the log-in',
    screens: 4,
    taps: 5,
    steps: 'Lupa kata sandi?, choice, Kirim kode, Verifikasi, Simpan kata sandi',
  },
  {
    flow: 'register',
    screens: 3,
    taps: 3,
    steps: 'Daftar, Verifikasi, Verifikasi; the customer is then signed in',
  },
  {
    flow: 'freeze, from a notice',
    screens: 2,
    taps: 2,
    steps: 'the link, Bekukan akun',
  },
]
