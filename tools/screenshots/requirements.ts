/**
 * The requirements of the customer's side, in groups. The name of each test that covers a point
 * starts with the point's id.
 */
export const REQUIREMENTS: Record<string, Record<string, string>> = {
  'Log-in': {
    L1: 'One HTML form with method POST, labels and a submit button. It works without JavaScript.',
    L2: 'Password managers recognise both fields. Their names are the same in every build.',
    L3: '"Masuk" is never disabled. A second click sends no second request.',
    L4: 'A wrong password and an unknown account get the same text, the same page and the same response time.',
    L5: 'After a refused log-in the identifier is kept and the password is empty.',
    L6: 'A button, which does not submit, shows the password. It is hidden again before it is sent.',
    L7: 'Both fields accept pasted text of any length.',
    L8: '"Lupa kata sandi?" is at the same place on every page to log in or register.',
    L9: 'The button stays visible above the keyboard of a phone.',
    L10: 'A lock says what to do, does not reveal whether the account exists, and ends after a time.',
  },
  'Entering a code': {
    O1: 'One text field with a numeric keyboard, which phones can fill in from the SMS.',
    O2: 'A pasted code with spaces, a hyphen or surrounding words is accepted.',
    O3: 'Digits of other scripts are accepted.',
    O4: 'A leading zero is kept.',
    O5: 'The sixth digit does not submit the form; Enter does.',
    O6: 'Too short, too long, not digits and wrong each have their own message at the field, with the attempts that are left. An expired and a used-up code each have a message in the place of the field.',
    O7: 'The screen says where the code was sent: the masked address to a signed-in customer, the address that was just typed in full, no address to others.',
    O8: 'The focus moves to the refusal. A code that the browser refuses is kept; one that the server refuses is never shown again.',
    O9: 'A browser that can read the SMS fills in the code and submits it. It stops waiting when the customer submits.',
    O10: 'Reload and Back keep the step and the remaining time.',
    O11: 'An expired code has its own message, and the resend is the primary action. The attempts are still counted.',
    O12: 'A right code works once. In a second tab it is refused with an explanation.',
    O13: 'A code works only in its own flow, purpose and session.',
    O14: 'With text of twice the size and at 400 % zoom, all content stays usable.',
  },
  'Sending and sending again': {
    D1: '"Kirim ulang kode" is always present with the same name, and is grey with the waiting time inside until it works.',
    D2: 'The wait is one minute, then longer by the limits. The server keeps it for every tab and reload.',
    D3: 'Screen readers announce once that a code was sent, and do not announce the countdown.',
    D4: 'A request that is too early is answered with the reason and the time, as text and as Retry-After.',
    D5: 'The code screen leads to the other address.',
    D6: 'A wrong address can be corrected without a restart of the flow, and the rest of the input is kept.',
    D7: 'The page does not say "sent" of a message that no provider accepted.',
    D8: 'A code arrives within three seconds, one for each click.',
  },
  Fields: {
    F1: 'All notations of a number are the same number.',
    F2: 'The field of a number says what it is for, shows an example, and does not change the input during typing.',
    F3: 'Landline, foreign, too short and too long numbers each have their own message.',
    F4: 'A number is shown in the national notation, masked, never with +62.',
    F5: 'An e-mail address of 254 characters or with a tag is accepted as typed.',
    F6: 'The page asks about a probable typing error such as gmial.com. The customer may keep it.',
    F7: 'The recovery account must differ from the primary address in every notation.',
    F8: 'Every field has its label above it.',
  },
  'Password reset': {
    P1: 'Known and unknown accounts get the same answer and the same choices.',
    P2: 'The choice is a group with a legend that can be used with a keyboard.',
    P3: 'The new password has one field and a button to show it. Its rules are visible before typing.',
    P4: 'Long sentences, spaces and emoji are accepted. Common passwords and personal words are refused with the reason.',
    P5: 'Password managers find the identifier that belongs to the password.',
    P6: 'After the reset the page leads to the log-in, and every session has ended.',
    P7: 'Every address gets a notice, and the activity page lists the reset.',
    P8: '/.well-known/change-password redirects to the page. Unknown well-known names are 404.',
  },
  'Pop-up on the home page': {
    U1: 'The pop-up is at the top right, moves no content and does not take the focus.',
    U2: 'It is a named region, not modal, with a button "Tutup" of at least 44 pixels.',
    U3: 'Escape and the button close it. The focus returns to where it was.',
    U4: 'It never covers the focused element at 320, 360, 768 and 1366 px.',
    U5: 'The server remembers that it was dismissed. A customer with a recovery account never sees it.',
    U6: 'It works without JavaScript and leads to the wizard.',
  },
  'Wizard and profile': {
    W1: 'The blue box "Tambah Akun Recovery" is at the bottom of the profile and is readable.',
    W2: 'Each step shows its number and the total, has its own title, and starts with the focus on its heading; on a touch device, a code screen starts with it in the field.',
    W3: 'Back, in the browser and on the page, keeps the input.',
    W4: 'The server keeps the state, so a pause or an ended session loses no input.',
    W5: 'A change of the primary number needs the password, a review and codes. Old and new number get a notice.',
    W6: 'The profile shows recovery accounts masked, with date and state. Replacing and removing need a code.',
  },
  'Points and notices': {
    N1: 'Points are shown as "1.250 poin". The history sums to the balance, and the reward is credited once.',
    N2: 'A change is announced once, in a polite live region.',
  },
  'Errors, language, messages': {
    E1: 'A refusal is named in the title and told at its field. The only field of a form has the focus; other forms have a summary in the same words, which has the focus.',
    E2: 'All texts are Indonesian with one form of address, without English.',
    E3: 'axe finds no violation, in light and dark, in refused and waiting forms.',
    E4: 'A slow submission shows its progress, a second press sends nothing, and a network error offers another try.',
    M1: 'An SMS contains the code first, its lifetime, a warning, and the origin binding last, in one part of 140 characters.',
    M2: 'An e-mail has the code in its subject, a complete text part, and is readable in light and dark without images.',
  },
}

export const REQUIREMENT_IDS = Object.values(REQUIREMENTS).flatMap((requirements) =>
  Object.keys(requirements),
)

/** How some points are interpreted where the product has to choose between two goals. */
export const INTERPRETATIONS: Record<string, string> = {
  O8: 'The page empties the field after the server refused a code. It never shows a submitted secret again.',
  D2: 'The wait between two codes is always one minute. The limits of an address make it longer: five codes in ten minutes, ten in a day. The wait after wrong attempts starts at thirty seconds and doubles.',
  W4: 'The product does not warn of a time limit, because a customer loses nothing by it. A session lasts thirty days. The server keeps what was typed in the wizard for thirty minutes after the last code, and keeps a saved address without a limit.',
  N2: 'A change ends on a screen of its own. Its heading has the focus, so a screen reader reads it once. The product has no count of unread notices. It sends each notice to every address at once, and the activity page lists all of them.',
  L9: 'The browser of the tests has no keyboard on its screen. A window of 360 × 380 stands for the space that a keyboard leaves.',
  O9: 'No SMS reaches the browser of the tests. The test replaces the function that reads one.',
}
