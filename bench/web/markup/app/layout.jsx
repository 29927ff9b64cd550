import './globals.css'

export default function Layout({ children }) {
  return (
    <html lang="id">
      <body className="flex min-h-dvh flex-col">{children}</body>
    </html>
  )
}
