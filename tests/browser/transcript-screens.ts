import { BY_PHONE, SENTENCE } from '../support/pages'
import { group, onlyGroup, onlyTextbox, textbox, top, topOfOne } from '../support/transcript'

const CODE_HINT =
  '6 angka. Jangan berikan kode ini kepada siapa pun, termasuk yang mengaku dari Blibli. Kode masih berlaku … menit.'
const PASSWORD_HINT =
  'Minimal 8 karakter, lebih baik 15 atau lebih. Boleh berupa kalimat, dengan spasi dan emoji. Hindari kata yang umum, serta nama, email, atau nomormu sendiri.'

const RESEND = 'button Kirim ulang kode disabled – Kirim ulang dalam …'

const BY_WHATSAPP = 'button Kirim lewat WhatsApp disabled – Kirim ulang dalam …'

export const WRONG_ONCE = `${SENTENCE.code_wrong} Sisa 4 percobaan.`

const codeScreen = (refusal = '', value = '') => [
  onlyTextbox('Kode OTP', CODE_HINT, refusal, value),
  'button Verifikasi',
]

export const choose = (refusal = '') => [
  'link Kembali ke profil',
  'Langkah 1 dari 4',
  ...topOfOne(
    'Tambah Akun Recovery',
    'Pilih satu yang tetap bisa kamu buka kalau nomor handphone utamamu hilang atau berganti.',
    refusal,
  ),
  ...onlyGroup(
    'Mau pakai yang mana?',
    {
      Email: 'Email lain, bukan email utamamu.',
      'No. Handphone': 'Nomor lain, bukan nomor utamamu. Misalnya milik keluarga.',
    },
    refusal,
  ),
  'button Lanjutkan',
]

export const type = (refusal = '') => [
  'link Kembali',
  'Langkah 2 dari 4',
  ...topOfOne('Email untuk Akun Recovery', 'Harus berbeda dari email utama akunmu.', refusal),
  onlyTextbox('Email', 'Contoh: nama@contoh.com', refusal),
  'Dengan menekan "Simpan", kamu setuju kami menyimpan alamat ini secara terenkripsi dan memakainya hanya untuk memulihkan akunmu dan mengirim pemberitahuan. Persetujuan ini bisa kamu cabut kapan saja dengan menghapus alamatnya di profil.',
  'button Simpan',
]

/** The closed explanation of what to do when no code arrives. */
const NO_CODE = ['group', '  Kode tidak datang?']

export const authorise = (address: string, phone: string, refusal = '', value = '') => [
  'link Salah ketik? Ubah',
  'Langkah 3 dari 4',
  ...topOfOne(
    'Kode OTP dari nomor utama',
    `Supaya hanya kamu yang bisa menambahkan ${address}, masukkan Kode OTP yang kami kirim ke nomor utamamu, 0813-\u2060••••-\u2060${phone.slice(-4)}.`,
    refusal,
  ),
  ...codeScreen(refusal, value),
  RESEND,
  BY_WHATSAPP,
  ...NO_CODE,
  'link Butuh bantuan?',
]

export const confirm = (mask: string, refusal = '') => [
  'Langkah 4 dari 4',
  ...topOfOne(
    'Verifikasi Akun Recovery',
    `Sudah tersimpan di profilmu. Tinggal satu langkah: masukkan Kode OTP yang kami kirim ke ${mask}.`,
    refusal,
  ),
  ...codeScreen(refusal),
  RESEND,
  ...NO_CODE,
  'link Nanti saja, ke profil',
  'link Butuh bantuan?',
]

export const added = (mask: string) => [
  '> heading level 1 Akun Recovery aktif',
  `${mask} sekarang bisa dipakai untuk memulihkan akunmu. Kami mengirim pemberitahuan ke setiap email dan nomor akunmu.`,
  '+1.000 poin',
  'Poin kamu sekarang 1.000 poin.',
  'link Ke profil',
  'link Tambah No. Handphone juga',
]

export const forgotten = (identifier = '', choice = '') => [
  'Langkah 1 dari 3',
  ...top(
    'Lupa kata sandi?',
    'Tidak apa-apa. Tulis email atau nomor handphone akunmu, lalu pilih cara membuktikan bahwa itu kamu.',
    identifier,
    choice,
  ),
  textbox('Email atau nomor handphone', '', identifier),
  ...group(
    'Pakai kode yang mana?',
    {
      [BY_PHONE]:
        'Pilih ini kalau nomor utamamu masih kamu pegang. SMS bisa dibaca siapa pun yang memegang kartu SIM itu.',
      'OTP lewat WhatsApp ke nomor handphone utama':
        'Pilih ini kalau nomor utamamu masih dipakai di WhatsApp. Kalau tidak sampai, SMS menyusul sendiri.',
      'OTP ke Akun Recovery':
        'Pilih ini kalau nomor utamamu hilang atau berganti. Kode dikirim ke setiap Akun Recovery yang sudah aktif.',
      'Kode cadangan yang kamu simpan':
        'Pilih ini kalau kamu menyimpan kode cadangan di kertas. Tidak ada pesan yang dikirim.',
    },
    choice,
  ),
  'button Kirim kode',
  'link Kembali ke halaman masuk',
  'link Kehilangan nomor dan Akun Recovery?',
  'link Butuh bantuan?',
]

export const resetCode = (refusal = '') => [
  'Langkah 2 dari 3',
  ...topOfOne(
    'Masukkan Kode OTP',
    'Kalau akunnya terdaftar, kode sudah kami kirim ke tujuan yang kamu pilih.',
    refusal,
  ),
  ...codeScreen(refusal),
  RESEND,
  BY_WHATSAPP,
  ...NO_CODE,
  'link Pakai cara lain',
  'link Butuh bantuan?',
]

export const newPassword = (refusal = '', value = '') => [
  'Langkah 3 dari 3',
  ...topOfOne(
    'Buat kata sandi baru',
    'Kodenya cocok. Setelah kata sandi disimpan, semua perangkat akan keluar dari akunmu.',
    refusal,
  ),
  onlyTextbox('Kata sandi baru', PASSWORD_HINT, refusal, value),
  'button Tampilkan kata sandi',
  'button Simpan kata sandi',
]

export const CHANGED = [
  '> heading level 1 Kata sandi sudah diganti',
  'Semua perangkat sudah keluar dari akunmu, dan kami mengirim pemberitahuan ke setiap email dan nomor akunmu. Sekarang masuk dengan kata sandi barumu.',
  'link Masuk',
]
