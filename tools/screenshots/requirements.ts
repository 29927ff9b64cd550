/**
 * The requirements of the customer's side, in groups. The name of each test that covers a point
 * starts with the point's id.
 */
export const REQUIREMENTS: Record<string, Record<string, string>> = {
  'Log-in': {
    L1: 'One real form that posts, with labels and a submit button; it works without JavaScript.',
    L2: 'Password managers recognise both fields, by names that stay the same from build to build.',
    L3: '"Masuk" is never disabled; a second click sends nothing more.',
    L4: 'A wrong password and an unknown account are refused in the same words, the same page and the same time.',
    L5: 'A refused log-in keeps the identifier and empties the password.',
    L6: 'The password can be shown by a button that is no submit, and is hidden again before it is sent.',
    L7: 'Both fields take what is pasted, without a limit of length.',
    L8: '"Lupa kata sandi?" stands in the same place wherever one is asked to log in or register.',
    L9: 'The keyboard of a phone leaves the button to be seen.',
    L10: 'A lock says what to do and not whether the account exists, and ends by itself.',
  },
  'Entering a code': {
    O1: 'One field of text with digits for a keyboard, which telephones fill.',
    O2: 'A code pasted with spaces, a hyphen or the words around it is understood.',
    O3: 'Digits of other scripts are understood.',
    O4: 'A leading zero is kept.',
    O5: 'Nothing is sent on the sixth digit; Enter sends.',
    O6: 'Too short, too long, not digits, wrong, expired and too often wrong each have their own sentence at the field.',
    O7: 'The screen says where the code went: masked to who is signed in, unspecific to everybody else.',
    O8: 'A refusal has the focus. What the browser refuses stays; what the server refuses is emptied and never shown again.',
    O9: 'A browser that reads the SMS fills the code in and submits it, and stops waiting when it is submitted by hand.',
    O10: 'Reload and Back keep the step and the time that is left.',
    O11: 'An expired code says so, one click sends another, and the attempts stay counted.',
    O12: 'A right code works once; in a second tab it is refused kindly.',
    O13: 'A code of one flow, purpose or session works in no other.',
    O14: 'Letters twice as big and 400 % zoom lose nothing.',
  },
  'Sending and sending again': {
    D1: '"Kirim ulang kode" is always there under the same name, with the time to wait in words.',
    D2: 'The wait is a minute, then longer by the limits; it is the server’s, in every tab and after a reload.',
    D3: 'The countdown is not read out; that a code was sent is, once.',
    D4: 'Too early is answered with the reason and the time, in words and as Retry-After.',
    D5: 'Another way can be reached from the code screen.',
    D6: 'A wrong address can be mended without losing the way.',
    D7: 'A message that no provider takes is not called sent.',
    D8: 'A code arrives within three seconds, one for each click.',
  },
  Fields: {
    F1: 'A number is the same one in every notation.',
    F2: 'The field of a number says what it is for, shows an example, and changes nothing while one types.',
    F3: 'Landline, foreign, too short and too long each have their own sentence.',
    F4: 'A number is shown as its owner writes it, masked, never with +62.',
    F5: 'An e-mail address of 254 characters or with a tag is taken as it was typed.',
    F6: 'A slip such as gmial.com is asked about, and may be none.',
    F7: 'The recovery account differs from the primary, whatever the notation.',
    F8: 'Every field has its label above it.',
  },
  'Password reset': {
    P1: 'Known and unknown accounts get the same answer, the choice included.',
    P2: 'The choice is a group with a legend, which a keyboard works.',
    P3: 'The new password has one field, a button to show it, and its rules before one types.',
    P4: 'Long sentences, spaces and emoji are taken; common and own words are refused with the reason.',
    P5: 'Password managers see whose password it is.',
    P6: 'Afterwards the way leads to the log-in, and every other session is over.',
    P7: 'Every address is told, and the activity has a line of it.',
    P8: '/.well-known/change-password leads to the page; other names are not there.',
  },
  'Pop-up on the home page': {
    U1: 'It stands at the top right, moves nothing and takes no focus.',
    U2: 'A named region, not modal, closed by "Tutup" with room for a thumb.',
    U3: 'Escape and the button close it; the focus goes back to where it was.',
    U4: 'It never covers what has the focus, at 320, 360, 768 and 1366 px.',
    U5: 'Putting it off is remembered on the server; who has a recovery account never sees it.',
    U6: 'It works without JavaScript, and leads to the wizard.',
  },
  'Wizard and profile': {
    W1: 'The blue box "Tambah Akun Recovery" stands at the bottom of the profile and can be read.',
    W2: 'Each step says which of how many it is, has the focus at its heading and a title of its own.',
    W3: 'Back, of the browser and of the page, keeps what was typed.',
    W4: 'Time and a session that ended cost nothing: the server keeps the state.',
    W5: 'Another primary number takes a review, password and code, and is told to old and new.',
    W6: 'The profile shows recovery accounts masked, since when, in which state; replacing and removing ask for a code.',
  },
  'Points and notices': {
    N1: 'Points read "1.250 poin", their history sums to the balance, and the reward comes once.',
    N2: 'What has changed is said politely, once.',
  },
  'Errors, language, messages': {
    E1: 'A refusal stands in a summary that has the focus, at its field in the same words, and in the title.',
    E2: 'Indonesian throughout, one form of address, no English anywhere.',
    E3: 'axe finds nothing, in light and dark, refused and waiting.',
    E4: 'A slow send says so, a second press sends nothing, and without a network one can try again.',
    M1: 'An SMS has the code first, its life, a warning and the binding last, in 140 characters of one part.',
    M2: 'An e-mail has the code in its subject, a whole text part, and can be read in light and dark without images.',
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
  N2: 'The product has no count of unread notices. It sends each notice to every address at once, and the activity page lists all of them.',
  L9: 'The browser of the tests has no keyboard on its screen. A window of 360 × 380 stands for the space that a keyboard leaves.',
  O9: 'No SMS reaches the browser of the tests. The test replaces the function that reads one.',
}
